import { Cache, cached, DummyBackend, defaultHashedKey, json, MemoryBackend } from "@cachetory/runtime";
import { beforeEach, describe, expect, test, vi } from "vitest";

interface Product {
  readonly id: number;
  readonly title: string;
}

let now: number;
let backend: MemoryBackend;
let cache: Cache<string, Product>;

beforeEach(() => {
  now = 1_800_000_000_000;
  backend = new MemoryBackend({ now: () => now });
  cache = new Cache<string, Product>({ serializer: json(), backend, ttl: "1h" });
});

function counting(): { calls: number[]; load: (id: number) => Promise<Product> } {
  const calls: number[] = [];
  return {
    calls,
    load: async function load(id) {
      calls.push(id);
      return { id, title: `product ${id}, call ${calls.length}` };
    },
  };
}

describe("a cached function", () => {
  test("is called once for the same arguments", async () => {
    const { calls, load } = counting();
    const product = cached(cache)(load);
    expect(await product(1)).toEqual({ id: 1, title: "product 1, call 1" });
    expect(await product(1)).toEqual({ id: 1, title: "product 1, call 1" });
    expect(await product(2)).toEqual({ id: 2, title: "product 2, call 2" });
    expect(calls).toEqual([1, 2]);
  });

  test("stores under its name and arguments, with the ttl of the cache", async () => {
    await cached(cache)(counting().load)(7);
    expect(await cache.get("load:7")).toEqual({ id: 7, title: "product 7, call 1" });
    expect(await cache.ttl("load:7")).toBe(3_600_000);
  });

  test("stores under the name given", async () => {
    await cached(cache, { name: "product" })(counting().load)(7);
    expect(await cache.has("product:7")).toBe(true);
  });

  test("keeps two functions of one cache apart by their names", async () => {
    const one = cached(cache, { name: "one" })((id: number) => ({ id, title: "one" }));
    const two = cached(cache, { name: "two" })((id: number) => ({ id, title: "two" }));
    expect(await one(1)).toEqual({ id: 1, title: "one" });
    expect(await two(1)).toEqual({ id: 1, title: "two" });
  });

  test("passes on all arguments and this, and keeps its name", async () => {
    const shop = {
      title: "shop",
      product: cached(cache)(function product(this: { title: string }, id: number, ...more: string[]): Product {
        return { id, title: [this.title, ...more].join(" ") };
      }),
    };
    expect(await shop.product(1, "a", "b")).toEqual({ id: 1, title: "shop a b" });
    expect(shop.product.name).toBe("product");
  });

  test("shares one call among callers at the same time", async () => {
    const { calls, load } = counting();
    const product = cached(cache)(load);
    const products = await Promise.all(Array.from({ length: 10 }, () => product(1)));
    expect(new Set(products.map(({ title }) => title))).toEqual(new Set(["product 1, call 1"]));
    expect(calls).toEqual([1]);
  });

  test("caches null, and does not cache undefined", async () => {
    const nulls = new Cache<string, null>({ serializer: json(), backend });
    const giveNull = vi.fn((): null => null);
    const giveUndefined = vi.fn((): undefined => undefined);
    const cachedNull = cached(nulls, { name: "null" })(giveNull);
    const cachedUndefined = cached(nulls, { name: "undefined" })(giveUndefined);
    expect([await cachedNull(), await cachedNull()]).toEqual([null, null]);
    expect([await cachedUndefined(), await cachedUndefined()]).toEqual([undefined, undefined]);
    expect(giveNull).toHaveBeenCalledTimes(1);
    expect(giveUndefined).toHaveBeenCalledTimes(2);
  });

  test("passes errors on and does not cache them, thrown or rejected", async () => {
    const fail = vi.fn((id: number): Product => {
      throw new Error(`no product ${id}`);
    });
    const product = cached(cache, { name: "product" })(fail);
    await expect(product(1)).rejects.toThrow("no product 1");
    await expect(product(1)).rejects.toThrow("no product 1");
    expect(fail).toHaveBeenCalledTimes(2);
  });

  test("rejects, and calls nothing, for arguments that no key can be made of", async () => {
    const load = vi.fn((_: unknown): Product => ({ id: 1, title: "" }));
    await expect(cached(cache, { name: "product" })(load)(new Map())).rejects.toThrow(
      expect.objectContaining({ code: "INVALID_KEY" }),
    );
    expect(load).not.toHaveBeenCalled();
  });

  test("answers from the function where nothing is kept", async () => {
    const { calls, load } = counting();
    const product = cached(new Cache<string, Product>({ serializer: json(), backend: new DummyBackend() }))(load);
    await product(1);
    await product(1);
    expect(calls).toEqual([1, 1]);
  });

  test("without a name is refused when it is wrapped", () => {
    expect(() => cached(cache)((id: number) => ({ id, title: "" }))).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION" }),
    );
  });
});

describe("purge", () => {
  test("forgets the result for its arguments alone, and says whether there was one", async () => {
    const { calls, load } = counting();
    const product = cached(cache)(load);
    await product(1);
    await product(2);
    expect(await product.purge(1)).toBe(true);
    expect(await product.purge(1)).toBe(false);
    await product(1);
    await product(2);
    expect(calls).toEqual([1, 2, 1]);
  });
});

describe("a function that chooses the cache", () => {
  test("may be null from the start", async () => {
    const load = vi.fn((id: number) => id * 2);
    const double = cached<number>(null)(load);
    expect([await double(2), await double(2), await double.purge(2)]).toEqual([4, 4, false]);
    expect(load).toHaveBeenCalledTimes(2);
  });

  test("gets the arguments; null bypasses", async () => {
    const { calls, load } = counting();
    const product = cached((id: number) => (id > 0 ? cache : null))(load);
    await product(1);
    await product(1);
    await product(-1);
    await product(-1);
    expect(calls).toEqual([1, -1, -1]);
    expect(await product.purge(-1)).toBe(false);
    expect(await product.purge(1)).toBe(true);
  });
});

describe("the options", () => {
  test("makeKey makes the key of name and arguments, for purge too", async () => {
    const product = cached(cache, { makeKey: (name, [id]: [id: number]) => `${name}/${id % 10}` })(counting().load);
    await product(11);
    expect(await product(21)).toEqual({ id: 11, title: "product 11, call 1" });
    expect(await cache.has("load/1")).toBe(true);
    expect(await product.purge(31)).toBe(true);
  });

  test("defaultHashedKey makes short keys", async () => {
    await cached(cache, { makeKey: defaultHashedKey })(counting().load)(1);
    expect(await cache.has(defaultHashedKey("load", [1]))).toBe(true);
  });

  test("timeToLive sets the ttl, fixed or by key and value", async () => {
    await cached(cache, { timeToLive: "30s" })(counting().load)(1);
    expect(await cache.ttl("load:1")).toBe(30_000);
    const byValue = cached(cache, { timeToLive: (key, { id }) => ({ ms: key.length * 1_000 + id }) });
    await byValue(counting().load)(5);
    expect(await cache.ttl("load:5")).toBe(6_005);
  });

  test("exclude leaves results out by key and value", async () => {
    const { calls, load } = counting();
    const exclude = vi.fn((_key: string, { id }: Product) => id === 1);
    const product = cached(cache, { exclude })(load);
    await product(1);
    await product(1);
    await product(2);
    await product(2);
    expect(calls).toEqual([1, 1, 2]);
    expect(exclude).toHaveBeenLastCalledWith("load:2", { id: 2, title: "product 2, call 3" });
  });

  test.each([
    [undefined, "stored meanwhile"],
    [true, "stored meanwhile"],
    [false, "loaded"],
  ])(
    "with ifNotExists %s, a value that another process stored during the call ends as the one %s",
    async (ifNotExists, title) => {
      const product = cached(cache, { ifNotExists })(async function product(id: number) {
        // As another process does, of which no cache of this one knows.
        await backend.set(`product:${id}`, JSON.stringify({ id, title: "stored meanwhile" }), {});
        return { id, title: "loaded" };
      });
      expect(await product(1)).toEqual({ id: 1, title: "loaded" });
      expect(await cache.get("product:1")).toEqual({ id: 1, title });
    },
  );
});
