import { type RedisCluster, startRedisCluster } from "../support/redis-cluster.ts";
import { type RedisSentinel, startRedisSentinel } from "../support/redis-sentinel.ts";
import { type RedisServer, startRedisServer } from "../support/redis-server.ts";
import { until } from "../support/until.ts";
import { askEach, type Deployment } from "./deployment.ts";

const noEnd = { end: async (): Promise<void> => {} };
/** Nothing takes so long here. */
const neverMs = 600_000;

export async function deployAlone(): Promise<Deployment> {
  return deploymentOfServer(await startRedisServer());
}

export function deploymentOfServer(server: RedisServer): Deployment {
  return {
    name: "Redis alone",
    url: server.url,
    servers: [server],
    masters: async () => [server],
    masterOf: async () => server,
    async demote() {
      // Of a master that there is not, so nothing is taken over from it.
      await server.ask("REPLICAOF", "127.0.0.1", 1);
      return { end: async () => void (await server.ask("REPLICAOF", "NO", "ONE")) };
    },
    keepMasters: async () => {},
    ready: () => until("the server answers", async () => (await server.ask("PING")) === "PONG"),
    stop: () => server.stop(),
  };
}

export async function deployCluster(): Promise<Deployment> {
  return deploymentOfCluster(await startRedisCluster());
}

export function deploymentOfCluster(cluster: RedisCluster): Deployment {
  return {
    name: "a Cluster",
    url: `redis+cluster://${cluster.nodes.map(({ port }) => `127.0.0.1:${port}`).join(",")}`,
    servers: cluster.nodes,
    async masters() {
      const parts = await Promise.all(cluster.nodes.map((node) => node.replication().catch(() => undefined)));
      return cluster.nodes.filter((_, index) => parts[index]?.isMaster === true);
    },
    masterOf: (key) => cluster.masterOf(key),
    async demote(key) {
      await cluster.failover(await cluster.replicaOf(await cluster.masterOf(key)));
      return noEnd;
    },
    async keepMasters() {
      await askEach(cluster.nodes, "CONFIG", "SET", "cluster-node-timeout", neverMs);
    },
    ready: () => cluster.ready(),
    stop: () => cluster.stop(),
  };
}

export async function deploySentinel(): Promise<Deployment> {
  return deploymentOfSentinel(await startRedisSentinel());
}

export function deploymentOfSentinel(group: RedisSentinel): Deployment {
  const [sentinel] = group.sentinels;
  return {
    name: "Sentinel",
    url: `redis+sentinel://127.0.0.1:${sentinel?.port}?master=${group.masterName}`,
    servers: group.servers,
    masters: async () => [await group.master()],
    masterOf: () => group.master(),
    async demote() {
      await group.failover();
      return noEnd;
    },
    keepMasters: () => group.setDownAfter(neverMs),
    ready: () =>
      until("the master has its replica", async () => {
        const [master, parts] = await Promise.all([
          group.master(),
          Promise.all(group.servers.map((server) => server.replication())),
        ]);
        const masters = group.servers.filter((_, index) => parts[index]?.isMaster === true);
        return masters.length === 1 && masters[0] === master && parts.some(({ isFollowing }) => isFollowing);
      }),
    stop: () => group.stop(),
  };
}
