import { Redis } from "ioredis";
import type { Address } from "./contender.ts";
import { startRedisServer } from "./redis-server.ts";

/** Three masters without replicas, on free loopback ports. */
export interface RedisCluster {
  readonly nodes: readonly Address[];
  stop(): void;
}

const slotCount = 16_384;

export async function startRedisCluster(): Promise<RedisCluster> {
  const servers = await Promise.all([0, 1, 2].map(() => startRedisServer(["--cluster-enabled", "yes"])));
  const clients = servers.map(({ url }) => new Redis(url));
  const nodes = servers.map(({ address }) => address);
  await Promise.all(
    clients.map(async (client, index) => {
      const first = Math.floor((index * slotCount) / 3);
      const last = Math.floor(((index + 1) * slotCount) / 3) - 1;
      await client.call("CLUSTER", "ADDSLOTSRANGE", first, last);
      await client.call("CLUSTER", "SET-CONFIG-EPOCH", index + 1);
      if (index > 0) await client.call("CLUSTER", "MEET", "127.0.0.1", nodes[0]?.port ?? 0);
    }),
  );
  while (!(await Promise.all(clients.map(isWhole))).every(Boolean)) await new Promise((next) => setTimeout(next, 50));
  for (const client of clients) client.disconnect();
  return {
    nodes,
    stop: () => {
      for (const server of servers) server.stop();
    },
  };
}

async function isWhole(client: Redis): Promise<boolean> {
  const info = String(await client.call("CLUSTER", "INFO"));
  return info.includes("cluster_state:ok") && info.includes("cluster_known_nodes:3");
}
