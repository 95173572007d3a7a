import { Cache, type CacheOptions, json, LayeredBackend, MemoryBackend, RedisBackend } from "@cachetory/runtime";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { patience } from "../../support/patience.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());
beforeEach(() => server.ask("FLUSHALL"));

function ratesOn(
  backend: CacheOptions<string, number>["backend"],
  more: Partial<CacheOptions<string, number>> = {},
): Cache<string, number> {
  return new Cache<string, number>({
    name: "rates",
    backend,
    serializer: json(),
    prefix: "app:",
    ttl: "1h",
    maxTtl: "1h",
    stale: { whileRevalidate: "1h", onError: "1h" },
    ...more,
  });
}

const openRedis = (): RedisBackend => RedisBackend.fromUrl(`${server.url}${patience}`);

describe("clear of a cache whose entries have an envelope, on Redis", () => {
  test("makes all of them untrue by one deletion, the stale ones too, and leaves them to their ttl", async () => {
    await using rates = ratesOn(openRedis());
    await rates.setMany([
      ["EUR", 1],
      ["USD", 2],
    ]);
    expect(await rates.clear()).toBe(0);
    expect(await rates.get("EUR")).toBeUndefined();
    expect(await rates.get("EUR", undefined, { stale: true })).toBeUndefined();
    expect((await rates.getMany(["EUR", "USD"])).size).toBe(0);
    expect(await rates.has("USD")).toBe(false);
    expect(await server.ask("EXISTS", "app:EUR", "app:USD")).toBe(2);
  });

  test("lets new values be stored and read at once", async () => {
    await using rates = ratesOn(openRedis());
    await rates.set("EUR", 1);
    await rates.clear();
    expect(await rates.getOrSet("EUR", () => 2)).toBe(2);
    expect(await rates.get("EUR")).toBe(2);
    await rates.clear();
    await rates.set("EUR", 3);
    expect(await rates.get("EUR")).toBe(3);
  });

  test("wins against a load of another process", async () => {
    await using rates = ratesOn(openRedis());
    await using elsewhere = ratesOn(openRedis());
    expect(
      await rates.getOrSet("EUR", async () => {
        await elsewhere.clear();
        return 1;
      }),
    ).toBe(1);
    expect(await rates.get("EUR")).toBeUndefined();
    expect(await elsewhere.getOrSet("EUR", () => 2)).toBe(2);
  });

  test("looks for entries where they have no end, where a cache says itself what they depend on, and in layers", async () => {
    const versions = { recordsOf: () => [], hold: () => true, toStore: () => [] };
    const near = { maxTtl: "1h", stale: { onError: "1h" } } as const;
    for (const [backend, more] of [
      [openRedis(), { maxTtl: "forever" }],
      [openRedis(), { versions }],
      [new LayeredBackend({ near: new MemoryBackend(), far: openRedis(), heads: ["app:"] }), near],
    ] as const) {
      await using rates = ratesOn(backend, more);
      await rates.set("EUR", 1);
      expect(await rates.clear()).toBe(1);
      expect(await server.ask("EXISTS", "app:EUR")).toBe(0);
    }
  });

  test("gives it no tags", async () => {
    await using rates = ratesOn(openRedis());
    await expect(rates.invalidateTags()).rejects.toMatchObject({ code: "INVALID_OPTION" });
  });
});

test("in memory the entries are let go of at once", async () => {
  await using rates = ratesOn(new MemoryBackend());
  await rates.set("EUR", 1);
  expect(await rates.clear()).toBe(1);
  expect(await rates.get("EUR", undefined, { stale: true })).toBeUndefined();
});
