import { type BackendUnavailableError, Cache, cached, DummyBackend, json, MemoryBackend } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { beforeEach, describe, expect, test } from "vitest";

let cache: Cache<string, number | null>;
let calls: number[];

async function double(id: number): Promise<number> {
  calls.push(id);
  return id * 2 + calls.length / 10;
}

beforeEach(() => {
  cache = new Cache<string, number | null>({ serializer: json(), backend: new MemoryBackend(), prefix: "p:" });
  calls = [];
});

describe("refresh", () => {
  test("calls the function whatever is stored, and stores what it gives", async () => {
    const doubled = cached(cache)(double);
    expect(await doubled(1)).toBe(2.1);
    expect(await doubled.refresh(1)).toBe(2.2);
    expect(await doubled(1)).toBe(2.2);
    expect(calls).toEqual([1, 1]);
  });

  test("stores with the ttl, and leaves out what exclude names", async () => {
    const doubled = cached(cache, { timeToLive: "30s", exclude: (_key, value) => value === 4.1 })(double);
    await doubled.refresh(2);
    expect(await cache.has("double:2")).toBe(false);
    await doubled.refresh(3);
    expect(await cache.ttl("double:3")).toBeLessThanOrEqual(30_000);
  });

  test("of undefined answers it and leaves alone what is stored", async () => {
    let answer: number | undefined = 1;
    const maybe = cached(cache, { name: "maybe" })(() => answer);
    expect(await maybe()).toBe(1);
    answer = undefined;
    expect(await maybe.refresh()).toBeUndefined();
    expect(await maybe()).toBe(1);
  });

  test("passes errors on, and leaves alone what is stored", async () => {
    let error: Error | undefined;
    const doubled = cached(cache, { name: "d" })((id: number) => {
      if (error !== undefined) throw error;
      return id * 2;
    });
    await doubled(1);
    error = new Error("no");
    await expect(doubled.refresh(1)).rejects.toThrow("no");
    expect(await doubled(1)).toBe(2);
  });

  test("calls the function where there is no cache", async () => {
    const doubled = cached<number>(null)(double);
    expect([await doubled.refresh(1), await doubled.refresh(1)]).toEqual([2.1, 2.2]);
  });
});

describe("key", () => {
  test("is what the cache is given, without its prefix", async () => {
    const doubled = cached(cache)(double);
    await doubled(1);
    expect(doubled.key(1)).toBe("double:1");
    expect(cache.keyOf(doubled.key(1))).toBe("p:double:1");
    expect(await cache.get(doubled.key(1))).toBe(2.1);
  });

  test("is what makeKey makes", () => {
    expect(cached(cache, { makeKey: (name, [id]: [id: number]) => `${name}/${id}` })(double).key(7)).toBe("double/7");
  });

  test("throws where none can be made of the arguments", () => {
    const any = cached(cache, { name: "any" })((_: unknown) => 1);
    expect(() => any.key(new Map())).toThrow(expect.objectContaining({ code: "INVALID_KEY" }));
  });
});

describe("the function underneath", () => {
  test("is its original, and is called without the cache", async () => {
    const doubled = cached(cache)(double);
    expect(doubled.original).toBe(double);
    await doubled.original(1);
    expect(await cache.has("double:1")).toBe(false);
  });

  test("lends its name and its number of parameters", () => {
    const doubled = cached(cache)(double);
    expect([doubled.name, doubled.length]).toEqual(["double", 1]);
  });
});

describe("callers at the same time", () => {
  test("all get the error of the one run, which the next call does not", async () => {
    let runs = 0;
    const failing = cached(cache, { name: "failing" })(async (id: number): Promise<number> => {
      runs += 1;
      if (runs === 1) throw new Error("first");
      return id;
    });
    const errors = await Promise.all([1, 1, 1].map((id) => failing(id).catch((error: unknown) => error)));
    expect(errors).toEqual([new Error("first"), new Error("first"), new Error("first")]);
    expect(runs).toBe(1);
    expect(await failing(1)).toBe(1);
  });

  test("all get null or undefined; null is stored, undefined is not", async () => {
    let runs = 0;
    const run = (id: number): null | undefined => {
      runs += 1;
      return id === 0 ? null : undefined;
    };
    const absent = cached(cache, { name: "absent" })(run);
    expect(await Promise.all([absent(0), absent(0), absent(1), absent(1)])).toEqual([null, null, undefined, undefined]);
    expect(runs).toBe(2);
    expect([await cache.has("absent:0"), await cache.has("absent:1")]).toEqual([true, false]);
  });

  test("share a run where nothing is kept, too", async () => {
    const doubled = cached(new Cache<string, number>({ serializer: json(), backend: new DummyBackend() }))(double);
    expect(await Promise.all([doubled(1), doubled(1)])).toEqual([2.1, 2.1]);
    expect(calls).toEqual([1]);
  });
});

describe("this", () => {
  class Shop {
    readonly rate: number;
    readonly ownCache: Cache<string, number | null>;
    constructor(rate: number) {
      this.rate = rate;
      this.ownCache = new Cache<string, number | null>({ serializer: json(), backend: new MemoryBackend() });
    }
  }
  function priceOf(this: Shop, id: number): number {
    return id * this.rate;
  }

  test("can be part of the key", async () => {
    const makeKey = (name: string, [id]: [id: number], self: Shop): string => `${name}:${self.rate}:${id}`;
    const price = cached(cache, { makeKey })(priceOf);
    const [cheap, dear] = [new Shop(1), new Shop(10)];
    expect([await price.call(cheap, 2), await price.call(dear, 2)]).toEqual([2, 20]);
    expect(price.key.call(dear, 2)).toBe("priceOf:10:2");
    expect(await price.purge.call(dear, 2)).toBe(true);
    expect(await price.refresh.call(dear, 3)).toBe(30);
    expect([await cache.has("priceOf:1:2"), await cache.has("priceOf:10:2")]).toEqual([true, false]);
  });

  test("can choose the cache", async () => {
    const price = cached(function (this: Shop) {
      return this.ownCache;
    })(priceOf);
    const shop = new Shop(3);
    expect(await price.call(shop, 2)).toBe(6);
    expect(await shop.ownCache.get("priceOf:2")).toBe(6);
  });
});

test("purge and refresh reject where the backend does not answer; a call does not", async () => {
  const backend = new ControlledBackend();
  const doubled = cached(new Cache<string, number>({ serializer: json(), backend }))(double);
  backend.fail("get", "set", "delete");
  expect(await doubled(1)).toBe(2.1);
  const unavailable = expect.objectContaining<Partial<BackendUnavailableError>>({ code: "UNAVAILABLE" });
  await expect(doubled.purge(1)).rejects.toEqual(unavailable);
  await expect(doubled.refresh(1)).rejects.toEqual(unavailable);
});
