import { setTimeout } from "node:timers/promises";
import {
  BackendUnavailableError,
  backendFromUrl,
  Cache,
  json,
  RedisBackend,
  type RedisClient,
  SyncCache,
} from "@cachetory/runtime";
import { Cluster as Cluster6 } from "ioredis";
import { Cluster as Cluster5 } from "ioredis-5";
import { Cluster as ValkeyCluster } from "iovalkey";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { backendContract } from "../../contract/backend.ts";
import { realTime } from "../../contract/real-time.ts";
import { syncBackendContract } from "../../contract/sync-backend.ts";
import { countWrites } from "../../support/count-writes.ts";
import { patience, patient } from "../../support/patience.ts";
import { type RedisCluster, startRedisCluster } from "../../support/redis-cluster.ts";
import { startRedisServer } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";

let cluster: RedisCluster;
let url: string;

beforeAll(async () => {
  cluster = await startRedisCluster();
  url = `redis+cluster://${cluster.nodes.map(({ port }) => `127.0.0.1:${port}`).join(",")}`;
});

afterAll(() => cluster.stop());

const addresses = (): { host: string; port: number }[] =>
  cluster.nodes.slice(0, 1).map(({ port }) => ({ host: "127.0.0.1", port }));

backendContract("redis+cluster", {
  ...realTime,
  make: () => backendFromUrl(`${url}${patience}`),
});

syncBackendContract("redis+cluster, sync", {
  ...realTime,
  make: () => RedisBackend.fromUrl(`${url}${patience}`).sync(),
});

describe.each<[string, () => RedisClient & { disconnect(): void }]>([
  ["ioredis 6", () => new Cluster6(addresses())],
  ["ioredis 5", () => new Cluster5(addresses())],
  ["iovalkey", () => new ValkeyCluster(addresses())],
])("a Cluster of %s", (title, open) => {
  let client: RedisClient & { disconnect(): void };

  beforeAll(() => {
    client = open();
  });
  afterAll(() => client.disconnect());

  backendContract(`redis, with a Cluster of ${title} handed in`, {
    ...realTime,
    make: () => new RedisBackend(client, patient),
  });
});

/** Patient, if it is not told otherwise: a busy machine is no failure of the server. */
function openCache(prefix: string, options = patience): Cache<string, number> {
  return new Cache<string, number>({
    backend: backendFromUrl(`${url}${options}`),
    serializer: json(),
    prefix,
    ttl: "1m",
  });
}

const items = Array.from({ length: 300 }, (_, index) => [`k${index}`, index] as const);
const keys = items.map(([key]) => key);

describe("many keys", () => {
  test("are stored, read and deleted on whatever server they lie", async () => {
    await using cache = openCache("many:");
    await cache.setMany(items);
    expect([...(await cache.getMany(keys))]).toEqual(items);
    expect(await cache.deleteMany(keys)).toBe(300);
    expect((await cache.getMany(keys)).size).toBe(0);
  });

  test("of one slot are one step: a hash tag brings them together", async () => {
    await using cache = openCache("{cart}:");
    await cache.ready();
    const master = await cluster.masterOf("cart");
    await cache.setMany(items.slice(0, 3));
    // From here on it is known that values are small.
    await cache.getMany(keys);
    await master.ask("CONFIG", "RESETSTAT");
    await cache.setMany(items.slice(0, 100));
    await cache.setMany(items.slice(0, 100), { ttl: "forever" });
    expect((await cache.getMany(keys)).size).toBe(100);
    expect(await cache.deleteMany(keys)).toBe(100);
    const stats = String(await master.ask("INFO", "commandstats"));
    for (const command of ["eval", "mset", "mget", "unlink"]) expect(stats).toContain(`cmdstat_${command}:calls=1,`);
  });

  test("are cleared on all masters, and the keys of others stay", async () => {
    await using cache = openCache("clear:");
    await using other = openCache("clearly:");
    await cache.setMany(items);
    await other.setMany(items);
    expect(await cache.clear(undefined, { dryRun: true })).toBe(300);
    expect(await cache.clear()).toBe(300);
    expect((await other.getMany(keys)).size).toBe(300);
    expect(await other.clear()).toBe(300);
  });
});

test("the slot of every key is the server's", async () => {
  await using cache = openCache("");
  for (const key of ["{a}b", "a{b}c", "{}a", "a{}{b}", "{a", "a}b{c", "{{a}}b", "é{ü}日本", "🎉", "", "{a}{b}"]) {
    // A wrong one would make the group one of several slots, which the server refuses.
    const tag = `{tag ${key}}`;
    await cache.setMany([
      [`${tag}1`, 1],
      [`${tag}2`, 2],
    ]);
    expect([...(await cache.getMany([`${tag}1`, `${tag}2`])).values()]).toEqual([1, 2]);
    await cache.setMany([
      [`1${key}`, 1],
      [`2${key}`, 2],
    ]);
    expect([...(await cache.getMany([`1${key}`, `2${key}`])).values()]).toEqual([1, 2]);
  }
});

test("a slot that moves takes nobody's entries along, before, while and after", async () => {
  await using cache = openCache("{moving}:");
  await cache.setMany(items.slice(0, 20));
  const slot = await cluster.slotOf("{moving}:");
  const from = await cluster.masterOf(slot);
  const to = cluster.nodes.slice(0, 3).find((node) => node !== from);
  if (to === undefined) throw new Error("There is no other master.");
  const migration = await cluster.startMigration(slot, to);
  await migration.moveKeys(10);
  // Each alone is on one of both; of several at once a server may have to say that it is no good moment.
  expect(await Promise.all(keys.slice(0, 20).map((key) => cache.get(key)))).toEqual(
    items.slice(0, 20).map(([, n]) => n),
  );
  expect(await cache.set("k100", 100)).toBe(true);
  expect(await cache.get("k100")).toBe(100);
  await migration.moveKeys();
  await migration.finish();
  // The client asks the one that had them until now.
  expect(await Promise.all(keys.slice(0, 20).map((key) => cache.get(key)))).toEqual(
    items.slice(0, 20).map(([, n]) => n),
  );
  expect((await cache.getMany(keys)).size).toBe(21);
  await cluster.migrateSlot(slot, from);
  expect((await cache.getMany(keys)).size).toBe(21);
});

test("a failover under load loses no write that was acknowledged", async () => {
  await using cache = openCache("load:", "?command-timeout=500ms");
  await cache.ready();
  const stored = new Map<string, number>();
  let isOver = false;
  const write = async (writer: number): Promise<void> => {
    for (let index = 0; !isOver; index++) {
      const key = `${writer}:${index % 50}`;
      const isStored = await cache.set(key, index).catch(() => false);
      // What no answer came for may be there or not.
      if (isStored) stored.set(key, index);
      else stored.delete(key);
    }
  };
  const writers = Array.from({ length: 8 }, (_, writer) => write(writer));
  const master = await cluster.masterOf("load:0:0");
  await cluster.failover(await cluster.replicaOf(master));
  isOver = true;
  await Promise.all(writers);
  expect(stored.size).toBeGreaterThan(0);
  expect(Object.fromEntries(await cache.getMany(stored.keys()))).toEqual(Object.fromEntries(stored));
});

test("one dead server costs its own keys, and those of the others are hits", async () => {
  const timeout = "?command-timeout=300ms";
  await using cache = openCache("dead:", timeout);
  using sync = new SyncCache<string, number>({
    backend: RedisBackend.fromUrl(`${url}${timeout}`),
    serializer: json(),
    prefix: "dead:",
  });
  await cache.setMany(items);
  // A machine may be busy for as long as a read may take.
  await until("all are hits", async () => sync.getMany(keys).size === 300);
  const master = await cluster.masterOf("dead:k0");
  const replica = await cluster.replicaOf(master);
  // So that nobody takes its place meanwhile.
  await replica.kill();
  await master.kill();
  try {
    const hits = await cache.getMany(keys);
    expect(hits.has("k0")).toBe(false);
    expect(hits.size).toBeGreaterThan(100);
    expect(hits.size).toBeLessThan(300);
    expect([...sync.getMany(keys)]).toEqual([...hits]);
    expect(await cache.getOrSet("k0", () => 7)).toBe(7);
    expect([
      sync.getOrSet("k0", () => 7),
      sync.getOrSetMany(["k0", "k1"], (missing) => missing.map(() => 8)).size,
    ]).toEqual([7, 2]);
    const loaded = await cache.getOrSetMany(keys, (missing) => missing.map(() => -1));
    expect(loaded.size).toBe(300);
    const error: unknown = await cache.setMany(items).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(BackendUnavailableError);
    expect(error).toMatchObject({
      outcome: "unknown",
      message: expect.stringMatching(/\d+ of 300 entries were stored\./),
    });
    const cleared: unknown = await cache.clear().catch((cause: unknown) => cause);
    expect(cleared).toMatchObject({ code: "UNAVAILABLE" });
  } finally {
    await master.restart();
    await replica.restart();
    await cluster.ready();
  }
  await until("it serves again", async () => (await cache.set("k0", 1).catch(() => false)) === true);
});

test("what is acknowledged after a master was lost is there: no deletion behind a write that failed comes after it", async () => {
  await using cache = openCache("lost:", "?command-timeout=300ms");
  await cache.ready();
  const written = Array.from({ length: 20 }, (_, index) => `{k0}${index}`);
  const master = await cluster.masterOf("lost:{k0}");
  await master.kill();
  try {
    // The writes fail at different moments, and so do the deletions.
    await Promise.all(written.map((key, index) => until("it is written", () => cache.set(key, index))));
    await cluster.ready();
    for (const [index, key] of written.entries()) {
      await until(`${key} is read`, async () => (await cache.get(key)) === index);
    }
  } finally {
    await master.restart();
    await cluster.ready();
  }
});

test("who takes the place of a server that stands still is found though nothing tells of it, and no time is over", async () => {
  await using cache = openCache("frozen:", "?command-timeout=1h&connect-timeout=1h");
  await cache.set("{k0}", 1);
  const master = await cluster.masterOf("frozen:{k0}");
  const replica = await cluster.replicaOf(master);
  await until("the replica has it", async () => (await master.replication()).followers === 1);
  master.pause();
  try {
    let count = 0;
    await until("what is loaded is stored by the replica", async () => {
      count += 1;
      const key = `{k0}${count}`;
      expect(await cache.getOrSet(key, () => count)).toBe(count);
      return (await replica.ask("EXISTS", `frozen:${key}`)) === 1;
    });
    // The other one is nobody's server any more.
    await until("no server is left alone", async () => (await cache.health()).leftAlone.length === 0);
  } finally {
    master.resume();
    await cluster.ready();
  }
});

test("what a Cluster cannot serve is sent again while the command has time, and not any more", async () => {
  const server = await startRedisServer({
    cluster: true,
    config: ["cluster-require-full-coverage no", "cluster-announce-ip 127.0.0.1"],
  });
  try {
    // The slot of "a", 15495, is nobody's.
    await server.ask("CLUSTER", "ADDSLOTSRANGE", 0, 8191);
    await until("it serves others", async () => /cluster_state:ok/.test(String(await server.ask("CLUSTER", "INFO"))));
    await using backend = backendFromUrl(`redis+cluster://127.0.0.1:${server.port}?command-timeout=300ms`);
    const refusals = async (): Promise<number> =>
      Number(/cmdstat_set:.*rejected_calls=(\d+)/.exec(String(await server.ask("INFO", "commandstats")))?.[1] ?? 0);
    await expect(backend.set("a", "1", {})).rejects.toMatchObject({ code: "UNAVAILABLE" });
    const refused = await refusals();
    expect(refused).toBeGreaterThan(2);
    await setTimeout(500);
    expect(await refusals()).toBe(refused);
  } finally {
    await server.stop();
  }
});

test("without any server, reads are misses and writes reject", async () => {
  await using cache = new Cache<string, number>({
    backend: backendFromUrl("redis+cluster://127.0.0.1:1,127.0.0.1:2?command-timeout=200ms&connect-timeout=300ms"),
    serializer: json(),
    prefix: "none:",
  });
  expect(await cache.get("a", -1)).toBe(-1);
  expect((await cache.getMany(["a", "b"])).size).toBe(0);
  await expect(cache.set("a", 1)).rejects.toMatchObject({
    code: "UNAVAILABLE",
    outcome: "none",
    message: expect.stringContaining("no node of the Cluster answered"),
  });
});

test("reads and writes of one turn leave together at its end: each server gets but a part of them", async () => {
  const client = new Cluster6(addresses());
  const backend = new RedisBackend(client, { ...patient, coalesceReads: true, cork: true });
  const keys = Array.from({ length: 20 }, (_, index) => `{one slot}${index}`);
  // Afterwards there is a connection to the server that has them.
  await Promise.all(keys.map((key) => backend.get(key, "text")));
  const nodes = client.nodes("master").filter(({ status }) => status === "ready");
  const seen = nodes.map(countWrites);
  const writes = (): number => seen.reduce((sum, each) => sum + each.writes, 0);
  await Promise.all(keys.map((key) => backend.set(key, "1", {})));
  expect(writes()).toBe(1);
  expect(await Promise.all(keys.map((key) => backend.get(key, "text")))).toEqual(keys.map(() => "1"));
  expect(writes()).toBe(2);
  await backend.close();
  client.disconnect();
});
