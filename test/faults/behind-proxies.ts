import { startProxy, type TcpProxy } from "../support/proxy.ts";
import { type RedisClusterOptions, startRedisCluster } from "../support/redis-cluster.ts";
import { startRedisSentinel } from "../support/redis-sentinel.ts";
import { askOnce, connectionOf, type RedisServer, startRedisServer } from "../support/redis-server.ts";
import { until } from "../support/until.ts";
import type { Deployment } from "./deployment.ts";
import { deploymentOfCluster, deploymentOfSentinel, deploymentOfServer } from "./deployments.ts";

/** A deployment of which clients reach each server through a proxy, and nobody else does. */
export interface ProxiedDeployment extends Deployment {
  readonly proxies: readonly TcpProxy[];
}

type Secured = Pick<RedisClusterOptions, "tls">;

export async function proxiedAlone(secured: Secured = {}): Promise<ProxiedDeployment> {
  const server = await startRedisServer(secured);
  const proxies = await proxiesOf([server]);
  return {
    ...deploymentOfServer(server),
    url: `${schemeOf("redis", secured)}://127.0.0.1:${proxies[0]?.port}`,
    proxies,
    stop: () => stopped(proxies, server),
  };
}

export async function proxiedCluster(secured: Secured = {}): Promise<ProxiedDeployment> {
  const cluster = await startRedisCluster(secured);
  const proxies = await proxiesOf(cluster.nodes);
  // What clients are told of where a node is; the nodes themselves meet on their buses.
  const option = secured.tls === undefined ? "cluster-announce-port" : "cluster-announce-tls-port";
  await Promise.all(cluster.nodes.map((node, index) => node.ask("CONFIG", "SET", option, proxies[index]?.port ?? 0)));
  await until("every node tells of proxies alone", async () => {
    const told = await Promise.all(cluster.nodes.map((node) => node.ask("CLUSTER", "SLOTS")));
    return cluster.nodes.every(({ port }) => !JSON.stringify(told).includes(String(port)));
  });
  return {
    ...deploymentOfCluster(cluster),
    url: `${schemeOf("redis+cluster", secured)}://${proxies.map(({ port }) => `127.0.0.1:${port}`).join(",")}`,
    proxies,
    stop: () => stopped(proxies, cluster),
  };
}

/** The sentinel takes nobody for dead, so that nothing but the network is at fault. */
export async function proxiedSentinel(secured: Secured = {}): Promise<ProxiedDeployment> {
  const group = await startRedisSentinel({ ...secured, downAfterMs: 60_000 });
  const proxies = await proxiesOf(group.servers);
  const [sentinel] = group.sentinels;
  const [master] = group.servers;
  if (sentinel === undefined || master === undefined) throw new Error("The group has no sentinel, or no master.");
  const ask = (...command: readonly [name: string, ...args: (string | number)[]]): Promise<unknown> =>
    askOnce(connectionOf(sentinel.port, secured), command);
  await ask("SENTINEL", "REMOVE", group.masterName);
  await ask("SENTINEL", "MONITOR", group.masterName, "127.0.0.1", proxies[0]?.port ?? 0, 1);
  await group.setDownAfter(60_000);
  await until("the sentinel has found the master", async () =>
    String(await ask("SENTINEL", "MASTER", group.masterName)).includes("flags,master,"),
  );
  const deployment = deploymentOfSentinel(group);
  return {
    ...deployment,
    url: secured.tls === undefined ? deployment.url : deployment.url.replace("redis+", "rediss+"),
    proxies,
    masters: async () => [master],
    masterOf: async () => master,
    demote: async () => {
      throw new Error("The sentinel knows of one server alone.");
    },
    // The sentinel, too, comes through the proxy: for questions, and for what the master publishes.
    ready: () =>
      until("the sentinel has its connections", async () => {
        const clients = String(await master.ask("CLIENT", "LIST"));
        return /name=sentinel-\w+-cmd/.test(clients) && /name=sentinel-\w+-pubsub/.test(clients);
      }),
    stop: () => stopped(proxies, group),
  };
}

async function proxiesOf(servers: readonly RedisServer[]): Promise<readonly TcpProxy[]> {
  return Promise.all(servers.map(({ port }) => startProxy(port)));
}

async function stopped(proxies: readonly TcpProxy[], servers: { stop(): Promise<void> }): Promise<void> {
  await Promise.all([...proxies.map((proxy) => proxy.close()), servers.stop()]);
}

function schemeOf(scheme: string, { tls }: Secured): string {
  return tls === undefined ? scheme : scheme.replace("redis", "rediss");
}
