import { Redis } from "ioredis";
import { startRedisSentinel } from "../../../../test/support/redis-sentinel.ts";
import { until } from "../../../../test/support/until.ts";
import type { Stage } from "../stage.ts";
import { startProxy, type TcpProxy } from "../tcp-proxy.ts";

/** A master, its replica, and a sentinel. */
export async function openSentinel(isProxied: boolean): Promise<Stage> {
  const group = await startRedisSentinel();
  const { servers, sentinels, masterName } = group;
  const proxyPorts = new Map<string, string>();
  const proxies: TcpProxy[] = [];
  for (const { port } of isProxied ? servers : []) {
    const proxy = await startProxy(port, () => proxyPorts);
    proxyPorts.set(`${port}`, `${proxy.port}`);
    proxies.push(proxy);
  }
  // What a sentinel answers leads to the proxies; the connections to it are not what is broken.
  const signposts = await Promise.all(
    (isProxied ? sentinels : []).map(({ port }) => startProxy(port, () => proxyPorts)),
  );
  const client = new Redis({ sentinels: sentinels.map(({ host, port }) => ({ host, port })), name: masterName });
  client.on("error", () => {});
  return {
    place: { topology: "sentinel", ports: (isProxied ? signposts : sentinels).map(({ port }) => port), masterName },
    servers,
    proxies,
    client,
    masters: async () => [await group.master()],
    masterOf: () => group.master(),
    failOver: async () => {
      await group.failover();
    },
    async reset() {
      await until("master and replica are what they were made", async () => {
        const master = await group.master();
        const roles = await Promise.all(servers.map((server) => server.replication()));
        return roles.every(({ isMaster, isFollowing }, index) => (servers[index] === master ? isMaster : isFollowing));
      });
      await (await group.master()).ask("FLUSHALL");
    },
    async stop() {
      client.disconnect();
      await Promise.all([...proxies, ...signposts].map((proxy) => proxy.stop()));
      await group.stop();
    },
  };
}
