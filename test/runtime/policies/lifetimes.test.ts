import {
  type Cache,
  type CacheOptions,
  cached,
  json,
  MemoryBackend,
  Cache as PromisingCache,
  type Ttl,
} from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cacheKindNames, cacheKinds } from "../../support/cache-kinds.ts";

interface Page {
  readonly items: number;
}
type Value = Page | null;

const now = (): number => 1_000_000;

/** Chance that says these numbers, one after the other. */
function dice(...numbers: number[]): () => number {
  return () => numbers.shift() ?? Number.NaN;
}

describe.each(cacheKindNames)("%s", (kind) => {
  const make = (options: Partial<CacheOptions<string, Value>>) =>
    cacheKinds[kind]<string, Value>({
      backend: new MemoryBackend({ now }),
      serializer: json(),
      ttl: "100s",
      ...options,
    });

  describe("jitter", () => {
    test("takes a random share of the ttl away, and never adds to it", async () => {
      const cache = make({ jitter: 0.1, random: dice(0, 0.5, 0.999_999) });
      await cache.set("none", { items: 1 });
      await cache.set("half", { items: 1 });
      await cache.set("most", { items: 1 });
      expect(await cache.ttl("none")).toBe(100_000);
      expect(await cache.ttl("half")).toBe(95_000);
      expect(await cache.ttl("most")).toBe(90_000);
    });

    test("is thrown for each key of a setMany", async () => {
      const cache = make({ jitter: 0.2, random: dice(0, 0.5, 0.25) });
      await cache.setMany({ a: { items: 1 }, b: { items: 2 }, c: null });
      expect(await cache.ttl("a")).toBe(100_000);
      expect(await cache.ttl("b")).toBe(90_000);
      expect(await cache.ttl("c")).toBe(95_000);
    });

    test("is thrown for each key that getOrSetMany loads, and for what getOrSet loads and refresh stores", async () => {
      const cache = make({ jitter: 0.2, random: dice(0.5, 0.25, 1 / 2, 0) });
      await cache.getOrSetMany(["a", "b"], () => [{ items: 1 }, { items: 2 }]);
      await cache.getOrSet("c", () => ({ items: 3 }));
      await cache.refresh("d", () => ({ items: 4 }));
      expect(await cache.ttl("a")).toBe(90_000);
      expect(await cache.ttl("b")).toBe(95_000);
      expect(await cache.ttl("c")).toBe(90_000);
      expect(await cache.ttl("d")).toBe(100_000);
    });

    test("shortens the ttl of a call and of a touch; expireIn and expireAt keep to the millisecond", async () => {
      const cache = make({ jitter: 0.5, random: () => 0.5 });
      await cache.set("a", null, { ttl: "40s" });
      expect(await cache.ttl("a")).toBe(30_000);
      await cache.touch("a");
      expect(await cache.ttl("a")).toBe(75_000);
      await cache.touch("a", { ttl: "8s" });
      expect(await cache.ttl("a")).toBe(6_000);
      await cache.expireIn("a", "10s");
      expect(await cache.ttl("a")).toBe(10_000);
      await cache.expireAt("a", new Date(now() + 7_000));
      expect(await cache.ttl("a")).toBe(7_000);
    });

    test("leaves alone what lives for ever, and lets what lives a millisecond live", async () => {
      const cache = make({ ttl: "forever", jitter: 0.9, random: () => 0.99 });
      await cache.set("a", null);
      await cache.set("b", null, { ttl: "1ms" });
      expect(await cache.ttl("a")).toBe("forever");
      expect(await cache.ttl("b")).toBe(1);
    });

    test.each([-0.1, 1, Number.NaN])("must be a share: %d is none", (jitter) => {
      expect(() => make({ jitter })).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
    });

    test("stays between the ttl and what is left of it, by the machine's chance too", async () => {
      const lives = fc.tuple(fc.integer({ min: 1, max: 10_000_000 }), fc.double({ min: 0, max: 0.99, noNaN: true }));
      await fc.assert(
        fc.asyncProperty(lives, async ([ms, jitter]) => {
          const cache = make({ jitter });
          await cache.set("a", null, { ttl: { ms } });
          const left = await cache.ttl("a");
          expect(left).toBeLessThanOrEqual(ms);
          expect(left).toBeGreaterThanOrEqual(Math.max(1, Math.floor(ms * (1 - jitter))));
        }),
      );
    });
  });

  describe("negative", () => {
    test("a ttl of its own is for null alone, whoever stores it", async () => {
      const cache = make({ negative: { ttl: "5s" } });
      await cache.set("set", null);
      await cache.set("page", { items: 1 });
      await cache.setMany({ many: null, other: { items: 2 } });
      await cache.getOrSet("loaded", () => null);
      await cache.getOrSetMany(["loadedMany"], () => [null]);
      await cache.refresh("refreshed", () => null);
      for (const key of ["set", "many", "loaded", "loadedMany", "refreshed"]) expect(await cache.ttl(key)).toBe(5_000);
      for (const key of ["page", "other"]) expect(await cache.ttl(key)).toBe(100_000);
      expect(await cache.get("set", "fallback")).toBeNull();
    });

    test("is no longer than the ttl of the cache; a call that says a ttl means that one", async () => {
      const cache = make({ ttl: "3s", negative: { ttl: "5s" } });
      await cache.set("a", null);
      await cache.set("b", null, { ttl: "8s" });
      expect(await cache.ttl("a")).toBe(3_000);
      expect(await cache.ttl("b")).toBe(8_000);
    });

    test("a touch gives null no more than its own, and a value what is its", async () => {
      const cache = make({ negative: { ttl: "5s" } });
      await cache.set("a", null, { ttl: "1s" });
      await cache.set("b", { items: 1 }, { ttl: "1s" });
      expect(await cache.touch("a")).toBe(true);
      expect(await cache.touch("b")).toBe(true);
      expect(await cache.touch("absent")).toBe(false);
      expect(await cache.ttl("a")).toBe(5_000);
      expect(await cache.ttl("b")).toBe(100_000);
    });

    test("skip answers a loaded null without storing it", async () => {
      const cache = make({ negative: "skip" });
      expect(await cache.getOrSet("a", () => null)).toBeNull();
      expect((await cache.getOrSetMany(["a", "b"], () => [null, { items: 1 }])).get("a")).toBeNull();
      expect(await cache.refresh("a", () => null)).toBeNull();
      expect(await cache.has("a")).toBe(false);
      expect(await cache.get("b")).toEqual({ items: 1 });
    });

    test("skip asks the caller's own condition as well", async () => {
      const cache = make({ negative: "skip" });
      await cache.getOrSet("a", () => ({ items: 0 }), { storeIf: (page) => page !== null && page.items > 0 });
      expect(await cache.has("a")).toBe(false);
    });

    test("skip refuses a null that is given, before anything is stored", async () => {
      const cache = make({ negative: "skip" });
      await expect(cache.set("a", null)).rejects.toMatchObject({ code: "INVALID_VALUE" });
      await expect(cache.setMany({ b: { items: 1 }, c: null })).rejects.toMatchObject({ code: "INVALID_VALUE" });
      expect(await cache.has("b")).toBe(false);
    });

    test("store, as nothing that is said, keeps null as any other value", async () => {
      for (const negative of ["store", undefined] as const) {
        const cache = make({ negative });
        await cache.set("a", null);
        expect(await cache.ttl("a")).toBe(100_000);
      }
    });
  });

  describe("a ttl of the value", () => {
    const ttlOf = (page: Value): Ttl => (page === null || page.items === 0 ? "10s" : "200s");

    test("holds for whatever is stored, and is cut at the ttl of the cache", async () => {
      const cache = make({ ttlOf });
      await cache.set("empty", { items: 0 });
      await cache.set("full", { items: 1 });
      await cache.setMany({ "many empty": { items: 0 }, "many full": { items: 1 } });
      await cache.getOrSet("loaded empty", () => ({ items: 0 }));
      await cache.refresh("refreshed empty", () => ({ items: 0 }));
      await cache.getOrSetMany(["a empty", "b full"], () => [{ items: 0 }, { items: 1 }]);
      for (const key of ["empty", "many empty", "loaded empty", "refreshed empty", "a empty"]) {
        expect(await cache.ttl(key)).toBe(10_000);
      }
      for (const key of ["full", "many full", "b full"]) expect(await cache.ttl(key)).toBe(100_000);
    });

    test("is asked by a touch, and not where the call says a ttl", async () => {
      const cache = make({ ttlOf });
      await cache.set("a", { items: 0 }, { ttl: "50s" });
      expect(await cache.ttl("a")).toBe(50_000);
      await cache.touch("a");
      expect(await cache.ttl("a")).toBe(10_000);
    });

    test("of zero and less stores nothing, and takes what is there away", async () => {
      const cache = make({ ttlOf: () => ({ ms: 0 }) });
      await cache.set("a", null, { ttl: "1s" });
      await cache.setMany({ a: { items: 1 }, b: { items: 2 } });
      expect(await cache.has("a")).toBe(false);
      expect(await cache.has("b")).toBe(false);
    });

    test("that throws refuses a set; what was loaded is answered and not stored", async () => {
      const cache = make({
        ttlOf: () => {
          throw new RangeError("none at all");
        },
        name: "pages",
      });
      await expect(cache.set("a", null)).rejects.toMatchObject({
        code: "INVALID_DURATION",
        message: "pages got no ttl for this value. none at all",
        cause: expect.any(RangeError),
      });
      expect(await cache.getOrSet("a", () => ({ items: 1 }))).toEqual({ items: 1 });
      expect(await cache.has("a")).toBe(false);
    });

    test("that says nothing of null leaves it to negative", async () => {
      const cache = make({ ttlOf, negative: { ttl: "2s" } });
      await cache.set("a", null);
      expect(await cache.ttl("a")).toBe(2_000);
    });
  });
});

describe("a backend without a step for many lifetimes", () => {
  test("stores each all the same", async () => {
    const backend = new ControlledBackend({ now });
    const cache = new PromisingCache<string, number>({
      backend,
      serializer: json(),
      ttl: "100s",
      jitter: 0.5,
      random: dice(0, 0.2, 0.2),
    });
    await cache.setMany({ a: 1, b: 2, c: 3 });
    expect(await cache.ttl("a")).toBe(100_000);
    expect(await cache.ttl("b")).toBe(90_000);
    expect(await cache.ttl("c")).toBe(90_000);
    expect(backend.calls.filter((call) => call.startsWith("set"))).toEqual(["set", "setMany"]);
  });
});

test("a touch of a backend that does not answer says so, where it would read the value before", async () => {
  const backend = new ControlledBackend({ now });
  const cache = new PromisingCache<string, Value>({ backend, serializer: json(), ttl: "9s", negative: { ttl: "1s" } });
  backend.fail("get", "expireIn");
  await expect(cache.touch("a")).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("functions that read through the cache, and its batches, have the same lifetimes", async () => {
  const cache: Cache<string, Value> = new PromisingCache<string, Value>({
    backend: new MemoryBackend({ now }),
    serializer: json(),
    ttl: "100s",
    negative: { ttl: "4s" },
    jitter: 0.5,
    random: dice(0.5, 0, 0.5),
  });
  const pageOf = cached(cache, { name: "pageOf" })(
    async (id: number): Promise<Value> => (id === 1 ? null : { items: id }),
  );
  await pageOf(1);
  const prices = cache.batch(() => [null, { items: 9 }]);
  await Promise.all([prices.get("one"), prices.get("other")]);
  expect(await cache.ttl("pageOf:1")).toBe(3_000);
  expect(await cache.ttl("one")).toBe(4_000);
  expect(await cache.ttl("other")).toBe(75_000);
});
