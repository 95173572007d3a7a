import {
  Cache,
  type CacheOptions,
  json,
  KeyvBackend,
  MemoryBackend,
  RedisBackend,
  type RedisClient,
} from "@cachetory/runtime";
import { Redis as Redis6 } from "ioredis";
import { Redis as Redis5 } from "ioredis-5";
import { Redis as Valkey } from "iovalkey";
import Keyv from "keyv";
import { createClient } from "redis";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { backendContract } from "../../contract/backend.ts";
import { realTime } from "../../contract/real-time.ts";
import { patient } from "../../support/patience.ts";
import { type RedisCluster, startRedisCluster } from "../../support/redis-cluster.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

const encoder = new TextEncoder();

function guarded(backend: RedisBackend) {
  return backend.guarded();
}

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

backendContract("redis, guarded", {
  ...realTime,
  make: () => guarded(new RedisBackend({ host: "127.0.0.1", port: server.port, ...patient })),
});

const clients: readonly {
  readonly title: string;
  open(port: number): Promise<{ client: RedisClient; close(): unknown }>;
}[] = [
  {
    title: "ioredis 6",
    async open(port) {
      const client = new Redis6(port, "127.0.0.1");
      return { client, close: () => client.disconnect() };
    },
  },
  {
    title: "ioredis 6, whose own commands are used",
    async open(port) {
      const client = new Redis6(port, "127.0.0.1", { enableAutoPipelining: true });
      return { client, close: () => client.disconnect() };
    },
  },
  {
    title: "ioredis 5",
    async open(port) {
      const client = new Redis5(port, "127.0.0.1");
      return { client, close: () => client.disconnect() };
    },
  },
  {
    title: "iovalkey",
    async open(port) {
      const client = new Valkey(port, "127.0.0.1");
      return { client, close: () => client.disconnect() };
    },
  },
  {
    title: "node-redis",
    async open(port) {
      const client = createClient({ socket: { port, host: "127.0.0.1" } });
      client.on("error", () => {});
      await client.connect();
      return { client, close: () => client.destroy() };
    },
  },
];

describe.each(clients)("by a client of $title", ({ open }) => {
  let given: Awaited<ReturnType<(typeof clients)[number]["open"]>>;
  let plain: RedisBackend;

  beforeAll(async () => {
    given = await open(server.port);
    plain = new RedisBackend(given.client, patient);
  });
  afterAll(() => given.close());
  beforeEach(async () => {
    await server.ask("FLUSHALL");
  });

  const guardOf = async (key: string): Promise<string> => {
    const { guard } = await guarded(plain).getGuarded(key, "text", 60_000, "absent");
    return guard ?? "none";
  };
  /** Whether what was loaded under this guard is stored. */
  const stores = async (key: string, guard: string, ifNotExists = true): Promise<boolean> => {
    await guarded(plain).setGuarded([{ key, stored: "loaded", ttlMs: 60_000, guard, ifNotExists }]);
    return (await plain.get(key, "text")) === "loaded";
  };

  test("a read of what is absent leaves a guard, under which a load is stored once", async () => {
    const guard = await guardOf("a");
    expect(await server.ask("PTTL", "a~guard{a}")).toBeLessThanOrEqual(60_000);
    expect(await stores("a", guard)).toBe(true);
    expect(await plain.ttl("a")).toBeLessThanOrEqual(60_000);
    expect(await server.ask("EXISTS", "a~guard{a}")).toBe(0);
    await plain.delete("a");
    expect(await stores("a", guard)).toBe(false);
  });

  test("a read of what is there gives it, as text and as bytes, and leaves no guard unless it is asked to", async () => {
    await plain.set("a", new Uint8Array([0, 255]), {});
    await plain.set("b", "é", {});
    expect(await guarded(plain).getGuarded("b", "text", 1_000, "absent")).toEqual({ stored: "é", guard: undefined });
    const { stored, guard } = await guarded(plain).getGuarded("a", "bytes", 1_000, "always");
    expect(new Uint8Array(stored as Uint8Array)).toEqual(new Uint8Array([0, 255]));
    expect(await stores("a", guard ?? "none", false)).toBe(true);
  });

  test("loads that begin without a change between them share a guard; one that is to replace them leaves another", async () => {
    const guard = await guardOf("a");
    expect(await guardOf("a")).toBe(guard);
    const anew = await guarded(plain).getGuarded("a", "text", 60_000, "anew");
    expect(anew.guard).not.toBe(guard);
    expect(await stores("a", guard)).toBe(false);
  });

  test("what was to be replaced goes where the guard is lost, and what others have left meanwhile stays", async () => {
    const replaces = async (meanwhile: () => Promise<unknown>): Promise<unknown> => {
      await plain.set("a", "old \u00e9", {});
      const { stored, guard } = await guarded(plain).getGuarded("a", "text", 60_000, "anew");
      expect(stored).toBeUndefined();
      await meanwhile();
      await stores("a", guard ?? "none", false);
      return plain.get("a", "text");
    };
    expect(await replaces(async () => undefined)).toBe("loaded");
    // As a server does that is full.
    expect(await replaces(() => server.ask("DEL", "a~guard{a}"))).toBeUndefined();
    expect(await replaces(() => guarded(plain).set("a", "another's", {}))).toBe("another's");
    expect(await replaces(() => guarded(plain).delete("a"))).toBeUndefined();
    await server.ask("DEL", "a");
    const { guard } = await guarded(plain).getGuarded("a", "text", 60_000, "anew");
    await server.ask("RPUSH", "a", "x");
    await server.ask("DEL", "a~guard{a}");
    await stores("a", guard ?? "none", false);
    expect(await server.ask("TYPE", "a")).toBe("list");
  });

  test.each<[string, (backend: ReturnType<typeof guarded>) => Promise<unknown>]>([
    ["delete", (backend) => backend.delete("a")],
    ["deleteMany", (backend) => backend.deleteMany(["b", "a"])],
    ["take", (backend) => backend.take("a", "text")],
    ["expireAt of the past", (backend) => backend.expireAt("a", 1)],
    ["clear", (backend) => backend.clear({ head: "", owns: (key) => key === "a" }, {})],
    ["set, and its end", async (backend) => backend.set("a", "x", { ttlMs: 1 })],
    ["setMany, and its end", async (backend) => backend.setMany([["a", "x"]], 1)],
    ["setManyIfAbsent, and its end", async (backend) => backend.setManyIfAbsent?.([["a", "x"]], 1)],
    ["setManyEach, and its end", async (backend) => backend.setManyEach?.([["a", "x", 1]], false)],
  ])("%s voids what a read has left", async (_name, change) => {
    const guard = await guardOf("a");
    await change(guarded(plain));
    await expect.poll(() => plain.has("a")).toBe(false);
    expect(await stores("a", guard)).toBe(false);
  });

  test("what is somebody else's list is absent, and stays", async () => {
    await server.ask("RPUSH", "a", "x");
    const { stored, guard } = await guarded(plain).getGuarded("a", "text", 1_000, "absent");
    expect(stored).toBeUndefined();
    await guarded(plain).setGuarded([
      { key: "a", stored: "y", ttlMs: undefined, guard: guard ?? "", ifNotExists: true },
    ]);
    expect(await server.ask("TYPE", "a")).toBe("list");
    expect(await guarded(plain).take("a", "text")).toBeUndefined();
  });

  test("many are stored in one step, each under its own guard, text and bytes, for a time and for ever", async () => {
    const [a = "", b = ""] = [await guardOf("a"), await guardOf("b")];
    await guarded(plain).setGuarded([
      { key: "a", stored: "x", ttlMs: undefined, guard: a, ifNotExists: true },
      { key: "b", stored: encoder.encode("y"), ttlMs: 60_000, guard: b, ifNotExists: true },
      { key: "c", stored: "z", ttlMs: 60_000, guard: "another", ifNotExists: true },
    ]);
    expect(await plain.getMany(["a", "b", "c"], "text")).toEqual(["x", "y", undefined]);
    expect([await plain.ttl("a"), await plain.ttl("b")]).toEqual(["forever", expect.any(Number)]);
  });

  test("guards are no entries", async () => {
    await guardOf("a");
    await plain.set("b", "x", {});
    expect(await guarded(plain).clear({ head: "", owns: () => true }, { dryRun: true })).toBe(1);
    expect(await server.ask("EXISTS", "a~guard{a}")).toBe(1);
    expect(await guarded(plain).clear({ head: "", owns: () => true }, {})).toBe(1);
    expect(await server.ask("DBSIZE")).toBe(0);
  });
});

describe("a cache", () => {
  const cacheOn = (
    backend: CacheOptions<string, number>["backend"],
    more: Partial<CacheOptions<string, number>> = {},
  ) =>
    new Cache<string, number>({
      backend,
      serializer: json(),
      prefix: "app:",
      ttl: "1h",
      writeBack: "guarded",
      ...more,
    });
  const connect = (commandTimeoutMs: number): RedisBackend =>
    new RedisBackend({ host: "127.0.0.1", port: server.port, commandTimeoutMs });

  beforeEach(async () => {
    await server.ask("FLUSHALL");
  });

  test("does not store what another process has deleted since, as one without a guard does", async () => {
    for (const [writeBack, left] of [["guarded", undefined] as const, ["if-absent", 1] as const]) {
      await using loads = cacheOn(connect(1_001), { writeBack });
      await using changes = cacheOn(connect(1_002), { writeBack });
      const answer = await loads.getOrSet("a", async () => {
        await changes.delete("a");
        return 1;
      });
      expect([answer, await changes.get("a")]).toEqual([1, left]);
    }
  });

  test("stores what nobody has changed, single and many, and replaces what cannot be read", async () => {
    await using cache = cacheOn(connect(1_001));
    await server.ask("SET", "app:unfit", "{");
    expect(await cache.getOrSet("a", () => 1)).toBe(1);
    expect(await cache.getOrSet("unfit", () => 2)).toBe(2);
    await cache.getOrSetMany(["b", "c"], () => [3, 4]);
    await cache.refresh("a", () => 5);
    await cache.set("over", 1);
    expect(await cache.refresh("over", () => 2, { ttl: { ms: 0 } })).toBe(2);
    expect([...(await cache.getMany(["a", "unfit", "b", "c"]))].map(([, value]) => value)).toEqual([5, 2, 3, 4]);
    expect(await cache.ttl("b")).toBeGreaterThan(3_500_000);
    expect(await server.ask("DBSIZE")).toBe(4);
  });

  test("with values that may be served stale, stores and replaces under a guard, and not what was deleted since", async () => {
    const stale = { stale: { whileRevalidate: "1h" }, ttl: "1h" } as const;
    await using loads = cacheOn(connect(1_001), stale);
    await using changes = cacheOn(connect(1_002), stale);
    expect(await loads.getOrSet("a", () => 1)).toBe(1);
    await changes.set("a", 2, { ttl: "1ms" });
    await expect.poll(() => changes.has("a")).toBe(false);
    expect(await loads.getOrSet("a", () => 3)).toBe(2);
    await expect.poll(() => changes.get("a")).toBe(3);

    const changed: readonly ((key: string) => Promise<unknown>)[] = [
      (key) => changes.delete(key),
      (key) => changes.deleteMany([key]),
      (key) => changes.take(key),
      (key) => changes.expireAt(key, new Date(0)),
      (key) => changes.clear().then(() => changes.has(key)),
      async (key) => {
        await changes.set(key, 4, { ifNotExists: true });
        await changes.delete(key);
      },
    ];
    for (const [index, change] of changed.entries()) {
      const key = `b${index}`;
      const answer = await loads.getOrSet(key, async () => {
        await change(key);
        return 1;
      });
      expect([answer, await changes.get(key)]).toEqual([1, undefined]);
    }
    await loads.getOrSetMany(["c", "d"], () => [5, 6]);
    await loads.refresh("c", () => 7);
    expect([...(await changes.getMany(["c", "d"]))].map(([, value]) => value)).toEqual([7, 6]);
  });

  test("costs a hit nothing", async () => {
    await using cache = cacheOn(connect(1_001));
    await cache.set("a", 1);
    await server.ask("CONFIG", "RESETSTAT");
    expect(await cache.getOrSet("a", () => 2)).toBe(1);
    expect(String(await server.ask("INFO", "commandstats"))).not.toContain("cmdstat_eval");
  });

  test("of a load that takes longer than its deadline, stores nothing", async () => {
    await using cache = cacheOn(connect(1_001), { singleFlight: { deadline: "50ms" } });
    const slow = async (): Promise<number> => {
      await new Promise((resolve) => setTimeout(resolve, 120));
      return 1;
    };
    expect(await cache.getOrSet("a", slow)).toBe(1);
    expect(await cache.get("a")).toBeUndefined();
  });

  test("loads all the same where the server dies, and refreshes nothing without saying so", async () => {
    const own = await startRedisServer();
    await using cache = cacheOn(new RedisBackend({ host: "127.0.0.1", port: own.port, commandTimeoutMs: 300 }));
    await cache.set("b", 1);
    await own.kill();
    expect(await cache.getOrSet("a", () => 1)).toBe(1);
    expect((await cache.getOrSetMany(["a", "c"], (keys) => keys.map(() => 1))).size).toBe(2);
    await expect(cache.refresh("a", () => 1)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await own.stop();
  });

  test("in memory needs no guard; a backend that others may change, and that has none, is refused", async () => {
    expect(await cacheOn(new MemoryBackend()).getOrSet("a", () => 1)).toBe(1);
    await expect(cacheOn(new KeyvBackend(new Keyv())).getOrSet("a", () => 1)).rejects.toMatchObject({
      code: "INVALID_OPTION",
      message: expect.stringContaining("has no guards"),
    });
  });
});

describe("a Cluster", () => {
  let cluster: RedisCluster;

  beforeAll(async () => {
    cluster = await startRedisCluster();
  }, 120_000);
  afterAll(() => cluster.stop());

  const connect = (): RedisBackend =>
    new RedisBackend({ cluster: cluster.nodes.map(({ port }) => ({ host: "127.0.0.1", port })), ...patient });

  backendContract("redis+cluster, guarded", { ...realTime, make: () => guarded(connect()) });

  test("has guards and leases in the slots of their keys, with hash tags and without", async () => {
    await using backend = connect();
    await using cache = new Cache<string, number>({
      backend,
      serializer: json(),
      prefix: "app:",
      writeBack: "guarded",
      singleFlight: "cluster",
    });
    const keys = ["a", "b:{7}:c", "é", "x".repeat(300)];
    for (const key of keys) expect(await cache.getOrSet(key, () => 1)).toBe(1);
    await cache.getOrSetMany(["d", "e", "f:{7}"], (missing) => missing.map(() => 2));
    expect((await cache.getMany([...keys, "d", "e", "f:{7}"])).size).toBe(7);
    expect(await cache.clear()).toBe(7);
  });

  test("refuses to guard a key whose braces are no hash tag", async () => {
    await using backend = connect();
    await expect(guarded(backend).delete("a{b")).rejects.toMatchObject({ code: "INVALID_KEY" });
  });
});
