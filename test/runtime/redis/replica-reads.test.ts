import { Cache, json, KeyvBackend, MemoryBackend, RedisBackend } from "@cachetory/runtime";
import { Redis } from "ioredis";
import Keyv from "keyv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RedisConnection } from "../../../runtime/src/backends/redis-connection.ts";
import { RedisReplicaReads } from "../../../runtime/src/backends/redis-replica-reads.ts";
import { ValueSizes } from "../../../runtime/src/backends/value-sizes.ts";
import { BackendUnavailableError } from "../../../runtime/src/errors.ts";
import { type RedisCluster, startRedisCluster } from "../../support/redis-cluster.ts";
import { type RedisSentinel, startRedisSentinel } from "../../support/redis-sentinel.ts";
import type { RedisServer } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";

function cacheOn(backend: ConstructorParameters<typeof Cache<string, string>>[0]["backend"]): Cache<string, string> {
  return new Cache({ backend, serializer: json(), prefix: "app:", ttl: "1h", reads: "replica" });
}

/** How often a server was asked for values. */
async function readsOf(server: RedisServer): Promise<number> {
  const stats = String(await server.ask("INFO", "commandstats"));
  return ["get", "mget"].reduce(
    (sum, name) => sum + Number(RegExp(`cmdstat_${name}:calls=(\\d+)`).exec(stats)?.[1] ?? 0),
    0,
  );
}

describe("what sentinels name", () => {
  let group: RedisSentinel;
  let url: string;

  beforeAll(async () => {
    group = await startRedisSentinel({});
    const hosts = group.sentinels.map(({ host, port }) => `${host}:${port}`).join(",");
    url = `redis+sentinel://${hosts}?master=${group.masterName}&command-timeout=500ms`;
  });
  afterAll(() => group.stop());

  async function servers(): Promise<{ master: RedisServer; replica: RedisServer }> {
    const master = await group.master();
    const replica = group.servers.find((server) => server !== master);
    if (replica === undefined) throw new Error("There is a master and a replica.");
    return { master, replica };
  }

  async function isCopied(replica: RedisServer, key: string): Promise<void> {
    await until("the replica has the entry", async () => (await replica.ask("EXISTS", key)) === 1);
  }

  test("get, getMany and getOrSet ask the replica, and all else the master", async () => {
    await using cache = cacheOn(RedisBackend.fromUrl(url));
    const { master, replica } = await servers();
    await cache.set("a", "1");
    await isCopied(replica, "app:a");
    const [before, onMaster] = [await readsOf(replica), await readsOf(master)];
    expect(await cache.get("a")).toBe("1");
    expect([...(await cache.getMany(["a", "b"]))]).toEqual([["a", "1"]]);
    expect(await cache.getOrSet("a", () => "loaded")).toBe("1");
    expect((await readsOf(replica)) - before).toBe(3);
    expect(await readsOf(master)).toBe(onMaster);
    expect(await cache.delete("a")).toBe(true);
    expect(await cache.has("a")).toBe(false);
  });

  test("what a replica does not know yet is loaded, and does not replace what the master has", async () => {
    await using cache = cacheOn(RedisBackend.fromUrl(url));
    const { master, replica } = await servers();
    await cache.get("warm");
    await replica.ask("REPLICAOF", "127.0.0.1", 1);
    await cache.set("behind", "stored");
    expect(await cache.getOrSet("behind", () => "loaded")).toBe("loaded");
    expect(await master.ask("GET", "app:behind")).toBe('"stored"');
    await replica.ask("REPLICAOF", "127.0.0.1", master.port);
    await until("it follows again", async () => (await master.replication()).followers === 1);
  });

  test("the master answers while the replica does not", async () => {
    await using cache = cacheOn(RedisBackend.fromUrl(url));
    const { master, replica } = await servers();
    await cache.set("a", "1");
    await isCopied(replica, "app:a");
    expect(await cache.get("a")).toBe("1");
    replica.pause();
    try {
      const onMaster = await readsOf(master);
      expect(await cache.get("a")).toBe("1");
      expect([...(await cache.getMany(["a"]))]).toEqual([["a", "1"]]);
      expect((await readsOf(master)) - onMaster).toBe(2);
    } finally {
      replica.resume();
    }
  });

  test("a replica that does not answer has half of the time of a read", async () => {
    await using cache = cacheOn(RedisBackend.fromUrl(`${url}&read-timeout=3s`));
    const { replica } = await servers();
    await cache.set("a", "1");
    await isCopied(replica, "app:a");
    await cache.get("a");
    replica.pause();
    const startMs = performance.now();
    const answered = await cache.get("a");
    const tookMs = performance.now() - startMs;
    replica.resume();
    expect(answered).toBe("1");
    // 1.5 s, and what a busy machine adds.
    expect(tookMs).toBeLessThan(2700);
  });

  test("without the master, the replica still answers", async () => {
    await using cache = cacheOn(RedisBackend.fromUrl(url));
    const { master, replica } = await servers();
    await cache.set("a", "1");
    await isCopied(replica, "app:a");
    await cache.get("a");
    master.pause();
    const answered = await cache.get("a");
    master.resume();
    expect(answered).toBe("1");
  });
});

describe("a Cluster", () => {
  let cluster: RedisCluster;

  beforeAll(async () => {
    cluster = await startRedisCluster();
  });
  afterAll(() => cluster.stop());

  test("is read on its replicas, for many keys at once as well", async () => {
    await using cache = cacheOn(
      new RedisBackend({ cluster: cluster.nodes.map(({ port }) => ({ host: "127.0.0.1", port })) }),
    );
    const keys = Array.from({ length: 60 }, (_, index) => `key-${index}`);
    await cache.setMany(keys.map((key) => [key, key] as const));
    // A replica is not named to clients before its master has heard that it has got something.
    await until("all servers name the replicas", async () => {
      const answers = await Promise.all(cluster.nodes.map((node) => node.ask("CLUSTER", "SLOTS")));
      return answers.every((ranges) => Array.isArray(ranges) && ranges.every((range: unknown[]) => range.length === 4));
    });
    const masters = cluster.nodes.slice(0, 3);
    const before = await Promise.all(masters.map(readsOf));
    expect([...(await cache.getMany(keys)).values()]).toEqual(keys);
    expect(await Promise.all(keys.map((key) => cache.get(key)))).toEqual(keys);
    expect(await Promise.all(masters.map(readsOf))).toEqual(before);
  });
});

test("what replicas have answered stays where neither they nor the masters have the rest", async () => {
  const gone = new BackendUnavailableError("Redis did not answer.", { outcome: "unknown", isLate: true });
  const limits = { within: () => Promise.reject(gone), budgetMs: () => 50 };
  const connectionOf = (mget: () => Promise<unknown[]>): RedisConnection => {
    const connection = {
      isCluster: false,
      readyClient: {},
      limits: { ...limits, sizes: new ValueSizes() },
      run: (
        _kind: unknown,
        _keys: unknown,
        command: (client: object) => Promise<unknown>,
        answer: (reply: unknown) => unknown,
        failed: (cause: unknown) => unknown,
      ) => command({ mget }).then(answer, failed),
      together: <T>(send: () => T): T => send(),
      laneFor: () => connection,
    } as unknown as RedisConnection;
    return connection;
  };
  const keys = Array.from({ length: 300 }, (_, index) => `k${index}`);
  let commands = 0;
  // Two hundred are more than one command asks for.
  const replica = connectionOf(async () => {
    commands += 1;
    if (commands > 1) throw gone;
    return Array.from({ length: 128 }, () => "1");
  });
  const reads = new RedisReplicaReads(
    replica,
    connectionOf(() => Promise.reject(gone)),
    25,
  );
  const { values, failed } = await reads.getMany(keys, "text");
  expect(values.filter((value) => value === "1").length).toBe(128);
  expect(failed.flatMap(({ indexes }) => indexes).length).toBe(300 - 128);
});

test.each([
  ["plain", {}],
  ["with an envelope", { stale: { onError: "1m" }, ttl: "1h" }],
] as const)("entries in the process are read where they are, and stay there: %s", async (_, options) => {
  const memory = new MemoryBackend({});
  const cache = new Cache<string, string>({
    backend: memory,
    serializer: json(),
    reads: "replica",
    closesBackend: false,
    ...options,
  });
  await cache.set("a", "1");
  expect(cache.peek("a")).toBe("1");
  await cache.close();
  expect(await memory.get("a", "text")).toContain('"1"');
});

test.each([
  ["one server", () => RedisBackend.fromUrl("redis://127.0.0.1:1")],
  ["a client of one's own", () => new RedisBackend(new Redis({ lazyConnect: true }))],
  ["a Keyv", () => new KeyvBackend(new Keyv({ store: new Map(), useKeyPrefix: false }))],
])("%s has no replicas that could be read", async (_, make) => {
  const cache = cacheOn(make());
  await expect(cache.get("a")).rejects.toMatchObject({ code: "INVALID_OPTION" });
});

test("with the end of the cache, its connections end, and those of others stay", async () => {
  const group = await startRedisSentinel({});
  const hosts = group.sentinels.map(({ host, port }) => `${host}:${port}`).join(",");
  const shared = RedisBackend.fromUrl(`redis+sentinel://${hosts}?master=${group.masterName}&client-name=mine`);
  const other = new Cache<string, string>({ backend: shared, serializer: json(), closesBackend: false });
  const cache = new Cache<string, string>({
    backend: shared,
    serializer: json(),
    closesBackend: false,
    reads: "replica",
  });
  await other.set("a", "1");
  await cache.get("a");
  const count = async (): Promise<number> => {
    const lists = await Promise.all(group.servers.map((server) => server.ask("CLIENT", "LIST", "TYPE", "NORMAL")));
    return lists.reduce<number>((sum, list) => sum + String(list).split("name=mine").length - 1, 0);
  };
  expect(await count()).toBe(2);
  await cache.close();
  await until("one connection is left", async () => (await count()) === 1);
  expect(await other.get("a")).toBe("1");
  await shared.close();
  await group.stop();
});
