import { Cache, type CacheOptions, json, MemoryBackend, RedisBackend, type Tag, tag } from "@cachetory/runtime";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { patience } from "../../support/patience.ts";
import { startRedisCluster } from "../../support/redis-cluster.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { told } from "../../support/told.ts";

interface Product {
  readonly name: string;
  readonly brandId?: string;
  readonly shops?: readonly number[];
}

type Backend = Extract<CacheOptions<string, Product>["backend"], object>;

/** Of products by their id, with a tag for each, for its brand, and for the shops that have it. */
function productsOn(backend: Backend, more: Partial<CacheOptions<string, Product>> = {}): Cache<string, Product> {
  return new Cache<string, Product>({
    name: "products",
    backend,
    serializer: json(),
    prefix: "app:",
    keyText: (id) => `product:${id}`,
    ttl: "1h",
    maxTtl: "1h",
    closesBackend: false,
    tags: {
      ofKey: (id) => [tag("product", id)],
      ofValue: ({ brandId, shops = [] }) => [
        ...(brandId === undefined ? [] : [tag("brand", brandId)]),
        ...shops.map((shop) => tag("shop", shop)),
      ],
      valueFamilies: ["brand", "shop"],
    },
    ...more,
  });
}

/** Another cache of the same backend, of which only the keys have tags. */
function pricesOn(backend: Backend): Cache<string, number> {
  return new Cache<string, number>({
    name: "prices",
    backend,
    serializer: json(),
    prefix: "app:",
    keyText: (id) => `price:${id}`,
    ttl: "1h",
    maxTtl: "1h",
    closesBackend: false,
    tags: { ofKey: (id) => [tag("product", id)] },
  });
}

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());
beforeEach(() => server.ask("FLUSHALL"));

const openRedis = (): Backend => RedisBackend.fromUrl(`${server.url}${patience}`);

type Place = readonly [title: string, open: () => Backend, more: Partial<CacheOptions<string, Product>>];

const places: readonly Place[] = [
  ["memory", () => new MemoryBackend({}), {}],
  ["redis", openRedis, {}],
  ["redis, with other policies", openRedis, { stale: { onError: "1h" }, recovery: true }],
  ["redis, where writing back is guarded", openRedis, { writeBack: "guarded" }],
];

describe.each(places)("tags in %s", (_, open, more) => {
  let backend: Backend;
  let products: Cache<string, Product>;

  beforeEach(() => {
    backend = open();
    products = productsOn(backend, more);
    return async () => {
      if (typeof backend !== "function") await backend.close();
    };
  });

  const acme: Product = { name: "anvil", brandId: "acme", shops: [1, 2] };
  const other: Product = { name: "feather" };

  test("an entry is there until one of its tags is invalidated, by key or by value", async () => {
    for (const untrue of [tag("product", "7"), tag("brand", "acme"), tag("shop", 1), tag("shop", 2)]) {
      await products.set("7", acme);
      expect(await products.get("7")).toEqual(acme);
      await products.invalidateTags(untrue);
      expect(await products.get("7")).toBeUndefined();
    }
  });

  test("no other tag takes it", async () => {
    await products.set("7", acme);
    await products.invalidateTags(tag("product", "8"), tag("brand", "other"), tag("shop", 3), tag("brand", "Acme"));
    expect(await products.get("7")).toEqual(acme);
  });

  test("a value without a tag depends on its key alone", async () => {
    await products.set("7", other);
    await products.invalidateTags(tag("brand", "acme"));
    expect(await products.get("7")).toEqual(other);
    await products.invalidateTags(tag("product", "7"));
    expect(await products.get("7")).toBeUndefined();
  });

  test("they reach all caches of the backend, whoever asks", async () => {
    const prices = pricesOn(backend);
    await products.set("7", acme);
    await prices.set("7", 99);
    await prices.set("8", 1);
    await prices.invalidateTags(tag("product", "7"));
    expect(await products.get("7")).toBeUndefined();
    expect(await prices.get("7")).toBeUndefined();
    expect(await prices.get("8")).toBe(1);
  });

  test("all reads agree, and tell the reason", async () => {
    await products.setMany({ 7: acme, 8: { ...acme, brandId: "other", shops: [] } });
    await products.invalidateTags(tag("brand", "acme"));
    const misses = told("miss");
    expect([...(await products.getMany(["7", "8"])).values()].map(({ name }) => name)).toEqual(["anvil"]);
    expect(misses).toMatchObject([{ operation: "getMany", reason: "tag" }]);
    expect([await products.has("7"), await products.has("8")]).toEqual([false, true]);
    expect(await products.ttl("7")).toBeUndefined();
    expect(await products.ttl("8")).toBeGreaterThan(3_590_000);
    expect(await products.take("7")).toBeUndefined();
    expect((await products.take("8"))?.name).toBe("anvil");
  });

  test("what is loaded again replaces what is untrue, and holds", async () => {
    await products.set("7", acme);
    await products.invalidateTags(tag("product", "7"));
    expect(await products.getOrSet("7", () => other)).toEqual(other);
    expect(await products.get("7")).toEqual(other);
    await products.invalidateTags(tag("product", "7"));
    const many = await products.getOrSetMany(["7", "8"], () => [acme, acme]);
    expect([...many.values()]).toEqual([acme, acme]);
    expect(await products.get("8")).toEqual(acme);
  });

  test("an invalidation during a load wins: the load answers, and is not kept", async () => {
    for (const untrue of [tag("product", "7"), tag("brand", "acme"), tag("brand", "another of the family")]) {
      const loaded = await products.getOrSet("7", async () => {
        await products.invalidateTags(untrue);
        return acme;
      });
      expect(loaded).toEqual(acme);
      expect(await products.get("7")).toBeUndefined();
    }
  });

  test("the same where another process invalidates", async () => {
    const elsewhere = pricesOn(backend);
    await elsewhere.get("7");
    for (const untrue of [tag("product", "7"), tag("brand", "acme")]) {
      await products.getOrSet("7", async () => {
        // Records alone, as another process would: no load here is told.
        await deleteRecords(untrue);
        return acme;
      });
      expect(await products.get("7")).toBeUndefined();
    }
  });

  test("callers that come after an invalidation do not join the load before it", async () => {
    let count = 0;
    let release = (): void => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const first = products.getOrSet("7", async () => {
      count += 1;
      await held;
      return acme;
    });
    await products.get("warm");
    await products.invalidateTags(tag("product", "7"));
    const second = products.getOrSet("7", () => {
      count += 1;
      return other;
    });
    expect(await second).toEqual(other);
    release();
    expect(await first).toEqual(acme);
    expect(count).toBe(2);
    expect(await products.get("7")).toEqual(other);
  });

  test("a load of another key is not disturbed", async () => {
    await products.getOrSet("8", async () => {
      await products.invalidateTags(tag("product", "7"));
      return other;
    });
    expect(await products.get("8")).toEqual(other);
  });

  test("a record that is lost makes entries untrue, and one that is made anew makes none true", async () => {
    for (const lost of [tag("product", "7"), tag("brand", "acme")]) {
      await products.set("7", acme);
      await deleteRecords(lost);
      expect(await products.get("7")).toBeUndefined();
      await products.set("8", acme);
      expect(await products.get("7")).toBeUndefined();
      expect(await products.get("8")).toEqual(acme);
    }
  });

  test("clear makes all of the cache untrue, and nothing of another", async () => {
    const prices = pricesOn(backend);
    await products.set("7", acme);
    await prices.set("7", 99);
    await products.clear();
    expect(await products.get("7")).toBeUndefined();
    // Without patterns, they share all keys under their prefix: what is in this process is deleted.
    if (isShared()) expect(await prices.get("7")).toBe(99);
    await products.set("7", acme);
    expect(await products.get("7")).toEqual(acme);
  });

  test("a clear during a load of another process wins", async () => {
    const elsewhere = productsOn(backend, more);
    await products.getOrSet("7", async () => {
      await elsewhere.clear();
      return acme;
    });
    expect(await products.get("7")).toBeUndefined();
  });

  test("a dry run of clear touches nothing", async () => {
    await products.set("7", acme);
    expect(await products.clear(undefined, { dryRun: true })).toBe(1);
    expect(await products.get("7")).toEqual(acme);
  });

  test("an entry that is untrue is none, whoever asks", async () => {
    await products.set("7", acme);
    await products.invalidateTags(tag("product", "7"));
    expect(await products.touch("7")).toBe(false);
    expect(await products.expireIn("7", "1m")).toBe(false);
    expect(await products.expireAt("7", new Date(Date.now() + 60_000))).toBe(false);
    expect(await products.set("7", { name: "vice" }, { ifNotExists: true })).toBe(true);
    expect(await products.set("7", acme, { ifNotExists: true })).toBe(false);
    expect(await products.get("7")).toEqual({ name: "vice" });
    await products.clear();
    expect(await products.touch("7")).toBe(false);
    expect(await products.set("7", acme, { ifNotExists: true })).toBe(true);
    expect(await products.get("7")).toEqual(acme);
    expect(await products.touch("7")).toBe(true);
  });

  test("calls are answered in the order in which they were made", async () => {
    await products.set("7", { name: "vice" });
    const set = products.set("7", acme);
    const read = [
      products.get("7"),
      products.getOrThrow("7"),
      products.getOrSet("7", async () => ({ name: "loaded" })),
      products.getMany(["7"]).then((hits) => hits.get("7")),
    ];
    expect(await Promise.all(read)).toEqual([acme, acme, acme, acme]);
    expect(await set).toBe(true);
  });

  function isShared(): boolean {
    return typeof backend !== "function" && backend.isShared;
  }

  /** As an eviction, or another process, does it. */
  async function deleteRecords({ family, parts }: Tag): Promise<void> {
    const keys = [`app:~tag:{${family}}:${parts.join(":")}`, `app:~family:{${family}}`];
    if (typeof backend !== "function") expect(await backend.deleteMany(keys)).toBeGreaterThan(0);
  }
});

test("an entry that is touched again and again lives on, and with it what its tags are known by", async () => {
  let nowMs = 0;
  const products = productsOn(new MemoryBackend({ now: () => nowMs }));
  await products.set("7", { name: "anvil", brandId: "acme" });
  for (let count = 0; count < 5; count += 1) {
    nowMs += 2_000_000;
    expect(await products.touch("7")).toBe(true);
  }
  expect(await products.get("7")).toEqual({ name: "anvil", brandId: "acme" });
  await products.invalidateTags(tag("brand", "acme"));
  expect(await products.get("7")).toBeUndefined();
});

describe("on Redis", () => {
  test("what an entry depends on gets a new lifetime when it does", async () => {
    await using backend = RedisBackend.fromUrl(`${server.url}${patience}`);
    const products = productsOn(backend);
    await products.set("2", { name: "anvil", brandId: "acme" });
    const records = ["app:~cache:products", "app:~tag:{product}:2", "app:~tag:{brand}:acme", "app:~family:{brand}"];
    for (const record of records) await server.ask("PEXPIRE", record, 60_000);
    expect(await products.touch("2")).toBe(true);
    for (const record of records) {
      await expect.poll(() => server.ask("PTTL", record), { timeout: 10_000 }).toBeGreaterThan(3_000_000);
    }
  });

  test("the wire is readable: records beside the entries, with random tokens that are never the same again", async () => {
    await using backend = RedisBackend.fromUrl(`${server.url}${patience}`);
    const products = productsOn(backend);
    await products.set("7", { name: "anvil", brandId: "acme" });
    const keys = (await server.ask("KEYS", "*")) as string[];
    expect(keys.sort()).toEqual([
      "app:product:7",
      "app:~cache:products",
      "app:~family:{brand}",
      "app:~family:{shop}",
      "app:~tag:{brand}:acme",
      "app:~tag:{product}:7",
    ]);
    const before = await server.ask("GET", "app:~tag:{product}:7");
    expect(before).toMatch(/^t[\w-]{22}$/);
    await products.invalidateTags(tag("product", "7"));
    await products.set("7", { name: "anvil" });
    expect(await server.ask("GET", "app:~tag:{product}:7")).not.toBe(before);
    expect(await server.ask("PTTL", "app:~tag:{product}:7")).toBeGreaterThan(3_590_000);
  });

  test("records live as long as what is stored last", async () => {
    await using backend = RedisBackend.fromUrl(`${server.url}${patience}`);
    const products = productsOn(backend);
    await products.set("7", { name: "anvil", brandId: "acme" });
    await server.ask("PEXPIRE", "app:~tag:{product}:7", 1000);
    await server.ask("PEXPIRE", "app:~tag:{brand}:acme", 1000);
    await products.set("7", { name: "anvil", brandId: "acme" });
    expect(await server.ask("PTTL", "app:~tag:{product}:7")).toBeGreaterThan(3_590_000);
    expect(await server.ask("PTTL", "app:~tag:{brand}:acme")).toBeGreaterThan(3_590_000);
  });

  test("a read of a tagged entry is one MGET where the key tells its tags", async () => {
    await using backend = RedisBackend.fromUrl(`${server.url}${patience}`);
    const prices = pricesOn(backend);
    await prices.set("7", 1);
    await server.ask("CONFIG", "RESETSTAT");
    expect(await prices.get("7")).toBe(1);
    const stats = String(await server.ask("INFO", "commandstats"));
    expect(/cmdstat_mget:calls=(\d+)/.exec(stats)?.[1]).toBe("1");
    expect(stats).not.toContain("cmdstat_get:");
  });

  test("tags that only the value tells are one MGET more", async () => {
    await using backend = RedisBackend.fromUrl(`${server.url}${patience}`);
    const products = productsOn(backend);
    await products.set("7", { name: "anvil", brandId: "acme", shops: [1, 2] });
    await server.ask("CONFIG", "RESETSTAT");
    expect(await products.get("7")).toMatchObject({ name: "anvil" });
    const stats = String(await server.ask("INFO", "commandstats"));
    expect(/cmdstat_mget:calls=(\d+)/.exec(stats)?.[1]).toBe("2");
    expect(stats).not.toContain("cmdstat_get:");
  });

  test("long parts are hashed, and still told apart", async () => {
    await using backend = RedisBackend.fromUrl(`${server.url}${patience}`);
    const products = productsOn(backend);
    const long = (last: string): string => `${"a rather long brand ".repeat(10)}${last}`;
    await products.set("7", { name: "anvil", brandId: long("x") });
    await products.invalidateTags(tag("brand", long("y")));
    expect(await products.get("7")).toBeDefined();
    await products.invalidateTags(tag("brand", long("x")));
    expect(await products.get("7")).toBeUndefined();
  });

  test("while the server is away reads miss, loads answer, and writes and invalidations are rejected", async () => {
    const away = await startRedisServer();
    await using backend = RedisBackend.fromUrl(`${away.url}?connect-timeout=100ms&command-timeout=100ms`);
    const products = productsOn(backend);
    await products.set("7", { name: "anvil" });
    await away.stop();
    expect(await products.get("7")).toBeUndefined();
    expect(await products.getOrSet("7", () => ({ name: "loaded" }))).toEqual({ name: "loaded" });
    await expect(products.invalidateTags(tag("product", "7"))).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(products.set("7", { name: "anvil" })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    const some = { 7: { name: "anvil", brandId: "acme" }, 8: { name: "feather" } };
    await expect(products.setMany(some)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    const loaded = await products.getOrSetMany(["7", "8"], async () => Object.entries(some));
    expect([...loaded]).toEqual(Object.entries(some));
  });
});

describe("many in one call, on Redis", () => {
  const ids = Array.from({ length: 1533 }, (_, index) => `${index}`);
  const productOf = (id: string): Product => ({ name: id, brandId: `brand-${Number(id) % 3}` });
  const many = (count: number): [string, Product][] => ids.slice(0, count).map((id) => [id, productOf(id)]);

  /** How often the server was asked so since it was last told to count anew. */
  async function callsOf(command: string): Promise<number> {
    const stats = String(await server.ask("INFO", "commandstats"));
    return Number(new RegExp(`^cmdstat_${command}:calls=(\\d+)`, "m").exec(stats)?.[1] ?? 0);
  }

  test.each([
    ["tags of keys and values", {}],
    ["no tags, but cleared by a record", { tags: undefined, stale: { onError: "1h" } }],
  ] as const)("thousands may be the first that a connection is asked for: %s", async (_, more) => {
    await using backend = RedisBackend.fromUrl(`${server.url}${patience}`);
    const products = productsOn(backend, more);
    await products.setMany(many(1533));
    expect((await products.getMany(ids)).size).toBe(1533);
    expect(await products.get("1532")).toEqual(productOf("1532"));
  });

  test("what entries remember is asked for in one step, not for each of them", async () => {
    await using backend = RedisBackend.fromUrl(`${server.url}${patience}`);
    const products = productsOn(backend);
    await products.setMany(many(2));
    await server.ask("CONFIG", "RESETSTAT");
    await products.setMany(many(200));
    // Of the tags of keys, in chunks, then of those of values.
    expect(await callsOf("mget")).toBeLessThan(6);
    expect(await callsOf("eval")).toBeLessThan(8);
    expect((await products.getMany(ids)).size).toBe(200);
    await server.ask("CONFIG", "RESETSTAT");
    await products.getOrSetMany(ids, async (missing) => missing.map((id) => [id, productOf(id)]));
    // 1,333 are missing: to read them takes chunks, and so does what they remember.
    expect(await callsOf("mget")).toBeLessThan(20);
    expect(await callsOf("eval")).toBeLessThan(40);
    expect((await products.getMany(ids)).size).toBe(1533);
  });

  test("records live as long as the last of a batch", async () => {
    await using backend = RedisBackend.fromUrl(`${server.url}${patience}`);
    const products = productsOn(backend);
    await products.setMany(many(3));
    const records = ["app:~cache:products", "app:~tag:{product}:2", "app:~tag:{brand}:brand-2", "app:~family:{brand}"];
    for (const record of records) await server.ask("PEXPIRE", record, 60_000);
    await products.setMany(many(3));
    for (const record of records) {
      await expect.poll(() => server.ask("PTTL", record), { timeout: 10_000 }).toBeGreaterThan(3_000_000);
    }
  });

  test("an invalidation right behind it concerns its entries", async () => {
    await using backend = RedisBackend.fromUrl(`${server.url}${patience}`);
    const products = productsOn(backend);
    await products.ready();
    const stored = products.setMany(many(30));
    await products.invalidateTags(tag("product", "3"), tag("brand", "brand-1"));
    await stored;
    const gone = ids.slice(0, 30).filter((id) => id === "3" || Number(id) % 3 === 1);
    const found = await products.getMany(ids.slice(0, 30));
    for (const id of gone) expect(found.has(id)).toBe(false);
  });
});

test("on a Cluster tags lie anywhere, and those of a family in one slot", async () => {
  const cluster = await startRedisCluster();
  await using backend = new RedisBackend({ cluster: cluster.nodes.map(({ port }) => ({ host: "127.0.0.1", port })) });
  const products = productsOn(backend);
  const ids = Array.from({ length: 20 }, (_, index) => `${index}`);
  await products.setMany(ids.map((id) => [id, { name: id, brandId: `brand-${Number(id) % 2}`, shops: [1] }] as const));
  expect((await products.getMany(ids)).size).toBe(20);
  await products.invalidateTags(tag("brand", "brand-1"));
  expect([...(await products.getMany(ids)).keys()]).toEqual(ids.filter((id) => Number(id) % 2 === 0));
  expect(await cluster.slotOf("app:~tag:{brand}:brand-1")).toBe(await cluster.slotOf("app:~family:{brand}"));
  await products.clear();
  expect((await products.getMany(ids)).size).toBe(0);
  await cluster.stop();
});

test("a cache without tags refuses to invalidate some", async () => {
  await using cache = new Cache<string, string>({ backend: new MemoryBackend({}), serializer: json() });
  await expect(cache.invalidateTags(tag("product", 7))).rejects.toMatchObject({ code: "INVALID_OPTION" });
});

test("tags differ as their families and parts do", () => {
  expect(tag("product", "a:b").text).toBe("product:a%3Ab");
  expect(tag("product", "a", "b").text).toBe("product:a:b");
  expect(tag("all").text).toBe("all");
  expect(tag("product", 7).text).toBe(tag("product", "7").text);
  expect(tag("at", new Date(0)).text).toBe("at:1970-01-01T000000.000Z");
  for (const family of ["", "a:b", "{a}", "7"]) {
    expect(() => tag(family)).toThrow(expect.objectContaining({ code: "INVALID_KEY" }));
  }
  expect(() => tag("product", Number.NaN)).toThrow(expect.objectContaining({ code: "INVALID_KEY" }));
});

test("a value with a tag of no declared family is refused", async () => {
  const cache = productsOn(new MemoryBackend({}), {
    tags: { ofValue: () => [tag("brand", 1)], valueFamilies: ["shop"] },
  });
  await expect(cache.set("7", { name: "anvil" })).rejects.toMatchObject({ code: "INVALID_OPTION" });
});
