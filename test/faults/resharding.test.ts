import { afterAll, beforeAll, expect, test } from "vitest";
import { type RedisCluster, startRedisCluster } from "../support/redis-cluster.ts";
import { deploymentOfCluster } from "./deployments.ts";
import { productOf } from "./steady-load.ts";
import { underLoad } from "./under-load.ts";

let cluster: RedisCluster;
beforeAll(async () => {
  cluster = await startRedisCluster();
});
afterAll(() => cluster.stop());

test("slots that move from one master to another, there and back, take no entries along", async () => {
  await underLoad(deploymentOfCluster(cluster), async ({ caches, load }) => {
    const texts = Object.values(caches).map((cache) => cache.keyOf({ id: 0 }));
    const slots = new Set(await Promise.all(texts.map((text) => cluster.slotOf(text))));
    const loads = load.loads;
    for (const slot of slots) {
      const from = await cluster.masterOf(slot);
      const to = cluster.nodes.find((node) => node !== from && cluster.nodes.indexOf(node) < 3);
      if (to === undefined) throw new Error("There is no other master.");
      const there = await cluster.startMigration(slot, to);
      await load.answers(4);
      await there.moveKeys();
      await load.answers(4);
      await there.finish();
      await load.answers(1);
      await cluster.migrateSlot(slot, from);
    }
    for (const cache of Object.values(caches)) expect(await cache.get({ id: 0 })).toEqual(productOf(0));
    // Each entry was with one of the two at any time: what is missed is not read in time, if at all.
    expect(load.loads - loads).toBeLessThan(slots.size);
  });
});
