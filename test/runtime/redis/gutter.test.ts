import { backendFromUrl, Cache, json } from "@cachetory/runtime";
import { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";

let server: RedisServer;

beforeEach(async () => {
  vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  server = await startRedisServer();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await server.stop();
});

const keys = Array.from({ length: 20 }, (_, index) => `k${index}`);

/** A cache whose gutter keeps values longer than a test takes, so that no test depends on how quick it is. */
function openCache(
  options: { readonly singleFlight?: "cluster"; readonly writeBack?: "guarded" } = {},
  readTimeout = "10s",
) {
  const backend = backendFromUrl(`${server.url}?read-timeout=${readTimeout}`);
  const cache = new Cache<string, number>({
    backend,
    serializer: json(),
    prefix: "t:",
    ttl: "10m",
    gutter: { ttl: "10m" },
    ...options,
  });
  let loads = 0;
  const load = (): number => {
    loads += 1;
    return 1;
  };
  /** How many loads it takes that all keys are asked for so often, in every way. */
  const loadsOf = async (rounds: number): Promise<number> => {
    const before = loads;
    for (let round = 0; round < rounds; round += 1) {
      await Promise.all(keys.map((key) => cache.getOrSet(key, load)));
      await cache.getOrSetMany(keys, (missing) => missing.map(load));
    }
    return loads - before;
  };
  return { cache, loadsOf };
}

describe.each([{}, { singleFlight: "cluster" }, { writeBack: "guarded" }] as const)(
  "a hot set of keys (%j)",
  (options) => {
    test("is loaded once while the server is dead, and found in it when it is back", async () => {
      const { cache, loadsOf } = openCache(options);
      await using _ = cache;
      expect(await loadsOf(3)).toBe(20);
      await server.kill();
      expect(await loadsOf(20)).toBe(20);
      await server.restart();
      await until("it is there again", async () => (await cache.health()).state === "up");
      await until("the key is in it", async () => {
        await loadsOf(1);
        return cache.has("k0");
      });
    });

    test("is loaded once while the server stands still", async () => {
      const { cache, loadsOf } = openCache(options, "50ms");
      await using _ = cache;
      await cache.ready();
      server.pause();
      expect(await loadsOf(3)).toBe(20);
      server.resume();
    });
  },
);

test("what is deleted while the server is dead is loaded again", async () => {
  const { cache } = openCache();
  await using _ = cache;
  await cache.ready();
  await server.kill();
  await cache.getOrSet("a", () => 1);
  await expect(cache.delete("a")).rejects.toMatchObject({ code: "UNAVAILABLE" });
  expect(await cache.get("a")).toBeUndefined();
  expect(await cache.getOrSet("a", () => 2)).toBe(2);
  expect(await cache.get("a")).toBe(2);
});

test("a hot set of keys is loaded once where the server is full, and where lists are under its keys", async () => {
  const { cache, loadsOf } = openCache();
  await using _ = cache;
  await server.ask("CONFIG", "SET", "maxmemory", "1");
  expect(await loadsOf(10)).toBe(20);
  await server.ask("CONFIG", "SET", "maxmemory", "0");
  await cache.deleteMany(keys);
  for (const key of keys) await server.ask("RPUSH", `t:${key}`, "item");
  expect(await loadsOf(10)).toBe(20);
  expect(await server.ask("LRANGE", "t:k0", "0", "-1")).toEqual(["item"]);
});

test.each(["if-absent", "guarded"] as const)("what a batch is not to store is not kept (%s)", async (writeBack) => {
  const backend = backendFromUrl(server.url);
  await using cache = new Cache<string, number>({
    backend,
    serializer: json(),
    prefix: "t:",
    writeBack,
    gutter: { ttl: "10m" },
  });
  await cache.ready();
  await server.kill();
  const batch = cache.batch(async (some) => some.map(() => 1), { storeIf: (_, key) => key !== "b" });
  await Promise.allSettled([batch.refresh("a"), batch.refresh("b")]);
  expect(await cache.get("a")).toBe(1);
  expect(await cache.get("b")).toBeUndefined();
});

test.each([
  ["is full", ["CONFIG", "SET", "maxmemory", "1"]],
  ["is a replica", ["REPLICAOF", "127.0.0.1", "1"]],
] as const)("a guarded cache has it, too, where a server %s", async (_, command) => {
  const { cache, loadsOf } = openCache({ writeBack: "guarded" });
  await using _cache = cache;
  await cache.ready();
  const other = new Redis(server.url);
  await other.call(command[0], command.slice(1));
  expect(await loadsOf(5)).toBe(20);
  other.disconnect();
});
