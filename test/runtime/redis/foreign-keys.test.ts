import {
  Cache,
  type CacheOptions,
  json,
  LayeredBackend,
  MemoryBackend,
  RedisBackend,
  SyncCache,
  syncBackendFromUrl,
  tag,
} from "@cachetory/runtime";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { patient } from "../../support/patience.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";

let server: RedisServer;
let other: Redis;

beforeAll(async () => {
  server = await startRedisServer();
  other = new Redis(server.port, "127.0.0.1");
});
beforeEach(() => other.flushall());
afterAll(async () => {
  other.disconnect();
  await server.stop();
});

type Options = Omit<CacheOptions<string, number>, "backend" | "serializer">;

/** All that has a way of its own to store what was loaded. */
const kinds: Readonly<Record<string, Options>> = {
  "with a ttl": { ttl: "1m" },
  "for ever": { ttl: "forever" },
  "with jitter and a ttl of the value": { ttl: "1m", jitter: 0.1, ttlOf: () => ({ ms: 30_000 }) },
  guarded: { ttl: "1m", writeBack: "guarded" },
  "with a lease": { ttl: "1m", singleFlight: "cluster" },
  "guarded, with a lease": { ttl: "1m", writeBack: "guarded", singleFlight: "cluster" },
  "with stale values": { ttl: "1m", stale: { whileRevalidate: "1h", onError: "1h" } },
  "with refresh ahead": { ttl: "1m", refreshAhead: "50%" },
  "with stale values, guarded": { ttl: "1m", stale: { whileRevalidate: "1h" }, writeBack: "guarded" },
  "with tags": { ttl: "1m", tags: { ofKey: () => [tag("family", 1)] } },
};

const others: readonly [string, (key: string) => Promise<unknown>][] = [
  ["a list", (key) => other.rpush(key, "theirs")],
  ["a hash", (key) => other.hset(key, "field", "theirs")],
  ["an empty text", (key) => other.set(key, "")],
  ["foreign bytes", (key) => other.set(key, Buffer.from([0xff, 0x00, 0xfe]))],
];

/** What is under a key, of whatever type. */
async function dumpOf(key: string): Promise<string | undefined> {
  return (await other.dumpBuffer(key))?.toString("hex");
}

async function expectKept(keys: readonly string[], run: (put: () => Promise<void>) => Promise<unknown>): Promise<void> {
  const before = new Map<string, string | undefined>();
  for (const [what, put] of others) {
    before.clear();
    await other.flushall();
    await run(async () => {
      for (const key of keys) await put(key);
      for (const key of keys) before.set(key, await dumpOf(key));
    });
    expect([...before.values()].every((dump) => dump !== undefined)).toBe(true);
    for (const [key, dump] of before) expect([what, key, await dumpOf(key)]).toEqual([what, key, dump]);
  }
}

function open(options: Options, isLayered = false): Cache<string, number> {
  const far = new RedisBackend({ port: server.port, ...patient });
  return new Cache<string, number>({
    ...options,
    backend: isLayered ? new LayeredBackend({ near: new MemoryBackend(), far, heads: ["t:"] }) : far,
    serializer: json(),
    prefix: "t:",
  });
}

const cases = Object.entries(kinds).flatMap(([name, options]) => [
  { name, options, isLayered: false },
  // A near layer has neither leases nor entries that depend on records.
  ...(options.singleFlight === undefined && options.tags === undefined
    ? [{ name: `${name}, near too`, options, isLayered: true }]
    : []),
]);

describe.each(cases)("what others put under a key during a load stays: $name", ({ options, isLayered }) => {
  test("of one key", () =>
    expectKept(["t:a"], async (put) => {
      await using cache = open(options, isLayered);
      await cache.ready();
      expect(
        await cache.getOrSet("a", async () => {
          await put();
          return 1;
        }),
      ).toBe(1);
    }));

  test("of many keys", () =>
    expectKept(["t:a", "t:b", "t:c"], async (put) => {
      await using cache = open(options, isLayered);
      await cache.ready();
      const loaded = await cache.getOrSetMany(["a", "b", "c"], async (keys) => {
        await put();
        return keys.map(() => 1);
      });
      expect(loaded.size).toBe(3);
    }));

  test("of many keys with lifetimes of their own", () =>
    expectKept(["t:a", "t:b"], async (put) => {
      await using cache = open(options, isLayered);
      await cache.ready();
      await cache.getOrSetMany(
        ["a", "b"],
        async () => {
          await put();
          return [1, 2];
        },
        { ttl: (value) => ({ ms: 10_000 * value }) },
      );
    }));
});

describe.each(Object.entries(kinds))("a list or a hash is a miss, and stays when it is loaded: %s", (_, options) => {
  test.each(others.slice(0, 2))("%s", async (_, put) => {
    await using cache = open(options);
    for (const key of ["t:a", "t:b"]) await put(key);
    const before = await Promise.all(["t:a", "t:b"].map(dumpOf));
    expect(await cache.get("a")).toBeUndefined();
    expect(await cache.getOrSet("a", () => 1)).toBe(1);
    expect((await cache.getOrSetMany(["a", "b"], (keys) => keys.map(() => 1))).size).toBe(2);
    expect(await Promise.all(["t:a", "t:b"].map(dumpOf))).toEqual(before);
    // What is said to be stored is stored.
    expect(await cache.set("a", 3)).toBe(true);
    expect(await other.type("t:a")).toBe("string");
  });
});

test("what stands for no value leaves it alone, too", () =>
  expectKept(["t:a"], async (put) => {
    await using cache = new Cache<string, number | null>({
      backend: new RedisBackend({ port: server.port, ...patient }),
      serializer: json(),
      prefix: "t:",
      ttl: "1m",
      negative: { ttl: "10s" },
    });
    await cache.getOrSet("a", async () => {
      await put();
      return null;
    });
  }));

test("so does a cache without promises", () =>
  expectKept(["t:a"], async (put) => {
    await put();
    const isText = (await other.type("t:a")) === "string";
    using cache = new SyncCache<string, number>({
      backend: syncBackendFromUrl(server.url),
      serializer: json(),
      prefix: "t:",
      ttl: "1m",
    });
    // Bytes that nobody can read are replaced; they are not what is absent.
    if (!isText) expect(cache.getOrSet("a", () => 1)).toBe(1);
    expect(cache.set("b", 1)).toBe(true);
  }));

describe.each(["plain", "guarded"] as const)(
  "whose store was not answered, a load leaves alone what others put there: %s",
  (writeBack) => {
    test.each([
      ["a list", (client: Redis) => client.rpush("t:a", "theirs")],
      ["a hash", (client: Redis) => client.hset("t:a", "field", "theirs")],
    ] as const)("%s", async (_, put) => {
      await using own = await startRedisServer();
      const client = new Redis(own.url);
      await using cache = new Cache<string, number>({
        backend: new RedisBackend({ port: own.port, commandTimeoutMs: 300 }),
        serializer: json(),
        prefix: "t:",
        ttl: "1m",
        gutter: false,
        ...(writeBack === "guarded" && { writeBack }),
      });
      await cache.ready();
      await cache.getOrSet("a", async () => {
        await put(client);
        own.pause();
        return 1;
      });
      await expect(cache.set("b", 1)).rejects.toThrow("did not answer");
      own.resume();
      await until("it stores again", () => cache.set("b", 2).catch(() => false));
      expect(await client.type("t:a")).not.toMatch(/string|none/);
      client.disconnect();
    });
  },
);

test.each(["getOrSet", "getOrSetMany"] as const)(
  "a cache without promises loads once what has a list under its key: %s",
  async (operation) => {
    using cache = new SyncCache<string, number>({
      backend: syncBackendFromUrl(server.url),
      serializer: json(),
      prefix: "t:",
      ttl: "1m",
      gutter: { ttl: "1m" },
    });
    await other.rpush("t:l", "theirs");
    const loaded: string[] = [];
    for (let round = 0; round < 5; round += 1) {
      if (operation === "getOrSet") cache.getOrSet("l", () => loaded.push("l"));
      else cache.getOrSetMany(["l"], (keys) => keys.map((key) => loaded.push(key)));
    }
    expect(loaded).toEqual(["l"]);
  },
);
