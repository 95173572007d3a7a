import { Redis } from "ioredis";
import { startRedisSentinel } from "../../../../test/support/redis-sentinel.ts";
import { until } from "../../../../test/support/until.ts";
import { proxiesBefore } from "../proxies-before.ts";
import { serverNiceness } from "../server-niceness.ts";
import type { Stage } from "../stage.ts";

/** A master, its replica, and a sentinel. */
export async function openSentinel(isProxied: boolean): Promise<Stage> {
  const group = await startRedisSentinel({ niceness: serverNiceness });
  const { servers, sentinels, masterName } = group;
  // The connections to the sentinel are not what is broken, but what it answers leads to the proxies.
  const { proxies, signposts } = isProxied ? await proxiesBefore(servers, sentinels) : { proxies: [], signposts: [] };
  const client = new Redis({
    sentinels: sentinels.map(({ host, port }) => ({ host, port })),
    name: masterName,
    failoverDetector: true,
  });
  client.on("error", () => {});
  return {
    place: { topology: "sentinel", ports: (isProxied ? signposts : sentinels).map(({ port }) => port), masterName },
    servers,
    proxies,
    client,
    masters: async () => [await group.master()],
    masterOf: () => group.master(),
    foundFor: () => group.master(),
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
      await Promise.all([...proxies, ...signposts].map((proxy) => proxy.close()));
      await group.stop();
    },
  };
}
