import {
  Cache,
  CachedSync,
  CachetoryError,
  cached,
  cachedMethod,
  cachedSync,
  defaultHashedKey,
  json,
  MemoryBackend,
  SyncCache,
} from "@cachetory/runtime";
import { beforeEach, describe, expect, test } from "vitest";

let backend: MemoryBackend;
let cache: SyncCache<string, number | null>;
let calls: unknown[];

beforeEach(() => {
  backend = new MemoryBackend({ now: () => 1_800_000_000_000 });
  cache = new SyncCache<string, number | null>({ serializer: json(), backend, ttl: "1h" });
  calls = [];
});

function square(id: number): number {
  calls.push(id);
  return id * id + calls.length / 10;
}

describe("a function cached without promises", () => {
  test("is called once for the same arguments, and stored with the cache's ttl", () => {
    const squared = cachedSync(cache)(square);
    expect([squared(2), squared(2), squared(3)]).toEqual([4.1, 4.1, 9.2]);
    expect(calls).toEqual([2, 3]);
    expect([cache.get("square:2"), cache.ttl("square:2")]).toEqual([4.1, 3_600_000]);
  });

  test("can be purged, refreshed, asked for its key, and called without the cache", () => {
    const squared = cachedSync(cache)(square);
    squared(2);
    expect([squared.purge(2), squared.purge(2)]).toEqual([true, false]);
    expect([squared(2), squared.refresh(2), squared(2)]).toEqual([4.2, 4.3, 4.3]);
    expect(squared.key(2)).toBe("square:2");
    expect(squared.original).toBe(square);
    expect([squared.name, squared.length]).toEqual(["square", 1]);
  });

  test("shares its entries with one that is cached with promises", async () => {
    const promising = new Cache<string, number>({ serializer: json(), backend });
    expect(cachedSync(cache)(square)(2)).toBe(4.1);
    expect(await cached(promising)(square)(2)).toBe(4.1);
    expect(calls).toEqual([2]);
  });

  test("stores null, and neither undefined nor errors", () => {
    const find = cachedSync(cache)(function find(what: string): number | null | undefined {
      calls.push(what);
      if (what === "error") throw new Error("not found");
      return what === "null" ? null : undefined;
    });
    expect([find("null"), find("null"), find("none"), find("none")]).toEqual([null, null, undefined, undefined]);
    expect(() => find("error")).toThrow("not found");
    expect(() => find("error")).toThrow("not found");
    expect(calls).toEqual(["null", "none", "none", "error", "error"]);
  });

  test("takes the options of cached", () => {
    const squared = cachedSync(cache, {
      name: "sq",
      makeKey: defaultHashedKey,
      timeToLive: (_key, value) => (value === 9.2 ? "10s" : "1m"),
      exclude: (_key, value) => value === 4.1,
    })(square);
    squared(2);
    squared(3);
    expect([cache.has(squared.key(2)), cache.ttl(squared.key(3))]).toEqual([false, 10_000]);
    expect(squared.key(3)).toMatch(/^[0-9a-f]{64}$/);
  });

  test("passes on this, and chooses a cache by it and the arguments", () => {
    const shop = {
      rate: 10,
      priceOf: cachedSync(
        function (this: { rate: number }, id: number) {
          return id > 1 ? cache : null;
        },
        { makeKey: (name, [id]: [number], self: { rate: number }) => `${name}:${self.rate}:${id}` },
      )(function priceOf(this: { rate: number }, id: number) {
        calls.push(id);
        return id * this.rate;
      }),
    };
    expect([shop.priceOf(1), shop.priceOf(1), shop.priceOf(2), shop.priceOf(2)]).toEqual([10, 10, 20, 20]);
    expect(calls).toEqual([1, 1, 2]);
    expect(cache.has("priceOf:10:2")).toBe(true);
    expect([shop.priceOf.purge.call(shop, 1), shop.priceOf.purge.call(shop, 2)]).toEqual([false, true]);
    expect(shop.priceOf.refresh.call(shop, 1)).toBe(10);
  });

  test("may not call itself with the same arguments", () => {
    const endless: (id: number) => number = cachedSync(cache, { name: "endless" })((id: number) => endless(id));
    expect(() => endless(1)).toThrow(expect.objectContaining({ code: "RECURSIVE_LOAD" }));
    const factorial: (n: number) => number = cachedSync(cache, { name: "factorial" })((n: number) =>
      n < 2 ? 1 : n * factorial(n - 1),
    );
    expect(factorial(10)).toBe(3_628_800);
    expect(cache.get("factorial:9")).toBe(362_880);
  });

  test("needs a name for its keys, and gives no promise", () => {
    expect(() => cachedSync(cache)((id: number) => id)).toThrow(CachetoryError);
    const promising = cachedSync(cache, { name: "promising" })((async () => 1) as never) as unknown as () => number;
    expect(promising).toThrow(expect.objectContaining({ code: "INVALID_VALUE" }));
  });
});

describe("a method cached without promises", () => {
  // Node 20 cannot parse decorators, so it is applied by hand, as the compiled code would do it.
  class Shop {
    calls = 0;
    constructor() {
      for (const initializer of initializers) initializer.call(this);
    }
    priceOf(id: number): number {
      this.calls += 1;
      return id * 100 + this.calls;
    }
  }
  const initializers: ((this: object) => void)[] = [];
  const original = Shop.prototype.priceOf;

  beforeEach(() => {
    initializers.length = 0;
    const context = {
      kind: "method",
      name: "priceOf",
      static: false,
      private: false,
      addInitializer: (initializer: (this: object) => void) => void initializers.push(initializer),
    } as const;
    Shop.prototype.priceOf = CachedSync(cache)(original, context);
  });

  test("has keys of its class, and cachedMethod gives what stands on it", () => {
    const shop = new Shop();
    expect([shop.priceOf(4), shop.priceOf(4)]).toEqual([401, 401]);
    expect(cache.get("Shop#priceOf:4")).toBe(401);
    const method = cachedMethod(shop, "priceOf");
    expect([method.key(4), method.refresh(4), method.purge(4), method.purge(4)]).toEqual([
      "Shop#priceOf:4",
      402,
      true,
      false,
    ]);
  });

  test("is a method, or refused", () => {
    expect(() => CachedSync(cache)(() => 1, { kind: "field" } as never)).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION" }),
    );
  });
});
