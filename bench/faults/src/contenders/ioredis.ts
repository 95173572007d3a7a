import { Cluster, type Redis } from "ioredis";
import { type Contender, ttlMs } from "../contender.ts";
import type { Place } from "../topology.ts";
import { ioredisClient } from "./ioredis-client.ts";

/** What an application does that has a client and no library. */
export async function openIoredis(place: Place): Promise<Contender> {
  const client = ioredisClient(place);
  await client.ping();
  return {
    async getOrSet(cache, id, load) {
      const key = `${cache}:${id}`;
      const text = await client.get(key);
      if (text !== null) return JSON.parse(text) as unknown;
      const loaded = await load();
      await client.set(key, JSON.stringify(loaded), "PX", ttlMs[cache]);
      return loaded;
    },
    setBulk: (id, text) => client.set(`bulk:${id}`, text, "PX", ttlMs.bulk),
    clearBulk: async () => {
      const nodes = client instanceof Cluster ? client.nodes("master") : [client];
      await Promise.all(nodes.map(clearNode));
    },
    close: () => client.quit(),
  };
}

async function clearNode(node: Redis): Promise<void> {
  for (let cursor = "0", isFirst = true; isFirst || cursor !== "0"; isFirst = false) {
    const [next, keys] = await node.scan(cursor, "MATCH", "bulk:*", "COUNT", 1000);
    // One by one: the keys of a node of a Cluster are of several slots.
    await Promise.all(keys.map((key) => node.unlink(key)));
    cursor = next;
  }
}
