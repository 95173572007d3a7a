import { setTimeout as later } from "node:timers/promises";
import { Cluster } from "ioredis";
import { type RedisCluster, startRedisCluster } from "../../../../test/support/redis-cluster.ts";
import { proxiesBefore } from "../proxies-before.ts";
import { serverNiceness } from "../server-niceness.ts";
import type { Stage } from "../stage.ts";

/** Three masters, each with a replica. */
export async function openCluster(isProxied: boolean): Promise<Stage> {
  const cluster = await startRedisCluster({ niceness: serverNiceness });
  const { nodes } = cluster;
  const { proxies } = await proxiesBefore(isProxied ? nodes : []);
  const client = new Cluster(nodes.map(({ port }) => ({ host: "127.0.0.1", port })));
  client.on("error", () => {});
  return {
    // All of them: a client that knows only one that is away would know none.
    place: { topology: "cluster", ports: (isProxied ? proxies : nodes).map(({ port }) => port), masterName: "" },
    servers: nodes,
    proxies,
    client,
    masters: async () => {
      const roles = await Promise.all(nodes.map(async (node) => (await node.replication()).isMaster));
      return nodes.filter((_, index) => roles[index]);
    },
    masterOf: (key) => cluster.masterOf(key),
    foundFor: (key, except) => cluster.agreedMasterOf(key, except),
    failOver: async (key) => cluster.failover(await cluster.replicaOf(await cluster.masterOf(key))),
    reshard: (keys) => reshard(cluster, keys),
    async reset() {
      await cluster.ready();
      for (const node of nodes) if ((await node.replication()).isMaster) await node.ask("FLUSHALL");
    },
    async stop() {
      client.disconnect();
      await Promise.all(proxies.map((proxy) => proxy.close()));
      await cluster.stop();
    },
  };
}

/** Each slot is under way for a while, with both masters, before it is with its new one. */
async function reshard(cluster: RedisCluster, keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    const slot = await cluster.slotOf(key);
    const from = await cluster.masterOf(slot);
    const others = await Promise.all(cluster.nodes.map((node) => node.replication()));
    const to = cluster.nodes.find((node, index) => node !== from && others[index]?.isMaster === true);
    if (to === undefined) throw new Error("There is no other master.");
    const migration = await cluster.startMigration(slot, to);
    await later(100);
    await migration.moveKeys();
    await later(100);
    // What was written to the old one meanwhile.
    await migration.moveKeys();
    await migration.finish();
  }
}
