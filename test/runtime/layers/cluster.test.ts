import { RedisBackend } from "@cachetory/runtime";
import { Cluster } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RedisCluster, startRedisCluster } from "../../support/redis-cluster.ts";
import { until } from "../../support/until.ts";
import { holdNear, type LayeredProcess, openProcess } from "./layered-cache.ts";

let cluster: RedisCluster;

beforeAll(async () => {
  cluster = await startRedisCluster();
}, 60_000);
afterAll(() => cluster.stop());

// The keys of each third of the slots.
const keys = ["a", "b", "c", "d", "e", "f"];

function open(): LayeredProcess {
  const port = cluster.nodes.find(({ isServing }) => isServing)?.port;
  return openProcess(`redis+cluster://127.0.0.1:${port}?heartbeat=100ms`);
}

function gone({ cache }: LayeredProcess, key: string): Promise<void> {
  return until(`${key} is not near any more`, async () => cache.peek(key) === undefined);
}

async function setBehind(key: string, value: number): Promise<void> {
  await (await cluster.masterOf(`t:${key}`)).ask("SET", `t:${key}`, String(value));
}

async function feeds(): Promise<number> {
  const lists = await Promise.all(
    cluster.nodes.filter(({ isServing }) => isServing).map((node) => node.ask("CLIENT", "LIST", "TYPE", "pubsub")),
  );
  return lists.join("").split("\n").filter(Boolean).length;
}

describe("near of a Cluster", () => {
  test("is told by every master, over one connection to each", { timeout: 60_000 }, async () => {
    await using one = open();
    await one.cache.setMany(keys.map((key) => [key, 1] as const));
    for (const key of keys) await holdNear(one, key);
    const slots = await Promise.all(keys.map(async (key) => (await cluster.masterOf(`t:${key}`)).port));
    expect(new Set(slots).size).toBe(3);
    expect(await feeds()).toBe(3);
    for (const key of keys) {
      await setBehind(key, 2);
      await gone(one, key);
    }
    expect([...(await one.cache.getMany(keys)).values()]).toEqual(keys.map(() => 2));
  });

  test("is empty when other servers are masters, and goes on with these", { timeout: 60_000 }, async () => {
    await using one = open();
    await one.cache.setMany(keys.map((key) => [key, 1] as const));
    for (const key of keys) await holdNear(one, key);
    const master = await cluster.masterOf("t:a");
    await cluster.failover(await cluster.replicaOf(master));
    // The client finds out with a command that the old master redirects.
    await until("the client has found the new master", () => one.cache.set("a", 1));
    await until("its near layer has as well", async () => {
      await Promise.all(keys.map((key) => one.cache.get(key)));
      return (await feeds()) === 3 && keys.every((key) => one.cache.peek(key) === 1);
    });
    for (const key of keys) {
      await setBehind(key, 3);
      await gone(one, key);
      expect(await one.cache.get(key)).toBe(3);
    }
  });

  test("hears of a key also where its slot has moved to another master", { timeout: 60_000 }, async () => {
    await using one = open();
    await one.cache.set("moving", 1);
    await holdNear(one, "moving");
    const slot = await cluster.slotOf("t:moving");
    const from = await cluster.masterOf(slot);
    const masters = await Promise.all(["a", "b", "c", "d", "e", "f"].map((key) => cluster.masterOf(`t:${key}`)));
    const to = masters.find(({ port }) => port !== from.port);
    if (to === undefined) throw new Error("There are several masters.");
    await cluster.migrateSlot(slot, to);
    await until(
      "it is near again",
      async () => (await one.cache.get("moving")) === 1 && one.cache.peek("moving") === 1,
    );
    await setBehind("moving", 2);
    await gone(one, "moving");
    expect(await one.cache.get("moving")).toBe(2);
  });

  test("is empty once a master is lost, and back when another has its place", { timeout: 90_000 }, async () => {
    await using one = open();
    await one.cache.setMany(keys.map((key) => [key, 1] as const));
    for (const key of keys) await holdNear(one, key);
    const master = await cluster.masterOf("t:a");
    await master.kill();
    await gone(one, "b");
    expect(keys.map((key) => one.cache.peek(key))).toEqual(keys.map(() => undefined));
    await until("another has its place", () => one.cache.set("a", 2));
    await until("all is near again", async () => {
      await Promise.all(keys.map((key) => one.cache.get(key)));
      return keys.slice(1).every((key) => one.cache.peek(key) === 1) && one.cache.peek("a") === 2;
    });
    await setBehind("a", 3);
    await gone(one, "a");
    await master.restart();
    await cluster.ready();
  });

  test("is told by a bus as well, over whatever nodes", { timeout: 60_000 }, async () => {
    const port = cluster.nodes.find(({ isServing }) => isServing)?.port;
    const bus = { invalidation: "bus", ttl: "1m" } as const;
    await using one = openProcess(`redis+cluster://127.0.0.1:${port}`, bus);
    await using other = openProcess(`redis+cluster://127.0.0.1:${port}`, bus);
    await one.cache.setMany(keys.map((key) => [key, 1] as const));
    for (const key of keys) await holdNear(other, key);
    for (const key of keys) {
      await one.cache.set(key, 2);
      await gone(other, key);
      expect(await other.cache.get(key)).toBe(2);
    }
  });

  test("is told over duplicates of the nodes of a Cluster that is handed in", { timeout: 60_000 }, async () => {
    const port = cluster.nodes.find(({ isServing }) => isServing)?.port ?? 0;
    const client = new Cluster([{ host: "127.0.0.1", port }]);
    await using one = openProcess(new RedisBackend(client));
    await until("the Cluster is known", () => one.cache.set("a", 1));
    await holdNear(one, "a");
    await setBehind("a", 2);
    await gone(one, "a");
    await one.cache.close();
    client.disconnect();
  });
});
