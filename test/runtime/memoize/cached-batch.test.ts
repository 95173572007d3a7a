import { Cache, cachedBatch, defaultHashedKey, json, MemoryBackend } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { beforeEach, describe, expect, test } from "vitest";

let backend: ControlledBackend;
let cache: Cache<string, number>;
/** The items of each call of the function. */
let asked: unknown[][];

beforeEach(() => {
  backend = new ControlledBackend();
  cache = new Cache<string, number>({ backend, serializer: json(), ttl: "1m" });
  asked = [];
});

async function loadPrices(ids: number[]): Promise<number[]> {
  asked.push(ids);
  return ids.map((id) => id * 100);
}

describe("single calls of a function that loads many", () => {
  test("are one read, one call of it and one write for all of one turn", async () => {
    const priceOf = cachedBatch(cache)(loadPrices);
    const ids = Array.from({ length: 100 }, (_, id) => id);
    expect(await Promise.all(ids.map((id) => priceOf(id)))).toEqual(ids.map((id) => id * 100));
    expect(asked).toEqual([ids]);
    expect(backend.calls).toEqual(["getMany", "setManyIfAbsent"]);
  });

  test("have the keys, the options and the methods of cached", async () => {
    const priceOf = cachedBatch(cache, { name: "priceOf", timeToLive: "10s" })(loadPrices);
    await priceOf(42);
    expect(priceOf.key(42)).toBe("priceOf:42");
    expect(await cache.get("priceOf:42")).toBe(4200);
    expect(await cache.ttl("priceOf:42")).toBeLessThanOrEqual(10_000);
    expect([priceOf.name, priceOf.original]).toEqual(["priceOf", loadPrices]);
    expect([await priceOf.purge(42), await priceOf.purge(42)]).toEqual([true, false]);
    await cache.set("priceOf:42", 1);
    expect(await Promise.all([priceOf.refresh(42), priceOf.refresh(43)])).toEqual([4200, 4300]);
    expect(asked).toEqual([[42], [42, 43]]);
    expect([await cache.get("priceOf:42"), await cache.get("priceOf:43")]).toEqual([4200, 4300]);
  });

  test("are told apart by all that an object says", async () => {
    const stockOf = cachedBatch(cache, { name: "stockOf" })((wheres: { id: number; city: string }[]) => {
      asked.push(wheres);
      return wheres.map(({ id, city }) => id + city.length);
    });
    const calls = [
      { id: 1, city: "Ede" },
      { city: "Ede", id: 1 },
      { id: 1, city: "Oss" },
    ];
    expect(await Promise.all(calls.map(stockOf))).toEqual([4, 4, 4]);
    expect(asked).toEqual([[calls[0], calls[2]]]);
    expect(stockOf.key({ id: 1, city: "Ede" })).toBe("stockOf:city=Ede:id=1");
    const hashed = cachedBatch(cache, { makeKey: defaultHashedKey })(loadPrices);
    expect(hashed.key(1)).toMatch(/^[0-9a-f]{64}$/);
  });

  test("may be answered with a map of items that are equal, not the same", async () => {
    const stockOf = cachedBatch(cache, { name: "stockOf" })(
      async (wheres: { id: number }[]) => new Map(wheres.map(({ id }) => [{ id }, id])),
    );
    expect(await Promise.all([stockOf({ id: 1 }), stockOf({ id: 2 })])).toEqual([1, 2]);
  });

  test("fail by themselves where the function gives an Error, or no key can be made", async () => {
    const priceOf = cachedBatch(cache, { name: "priceOf" })((ids: unknown[]) =>
      ids.map((id) => (id === 2 ? new Error("no 2") : Number(id))),
    );
    const settled = await Promise.allSettled([priceOf(1), priceOf(2), priceOf(new Map()), priceOf(3)]);
    expect(settled).toMatchObject([
      { value: 1 },
      { reason: { message: "no 2" } },
      { reason: { code: "INVALID_KEY" } },
      { value: 3 },
    ]);
  });

  test("take no more than maxBatch at once", async () => {
    const priceOf = cachedBatch(cache, { maxBatch: 2 })(loadPrices);
    await Promise.all([1, 2, 3].map(priceOf));
    expect(asked).toEqual([[1, 2], [3]]);
  });

  test("give ttl and exclude the key and the value", async () => {
    const priceOf = cachedBatch(cache, {
      name: "p",
      timeToLive: (key, value) => ({ ms: key.length * 1000 + value }),
      exclude: (key, value) => key === "p:2" || value === 300,
    })(loadPrices);
    expect(await Promise.all([1, 2, 3].map(priceOf))).toEqual([100, 200, 300]);
    expect(await cache.ttl("p:1")).toBeGreaterThan(3000);
    expect([await cache.has("p:2"), await cache.has("p:3")]).toEqual([false, false]);
  });

  test("leave alone what somebody stored meanwhile, unless told otherwise", async () => {
    const priceOf = cachedBatch(cache, { name: "p", ifNotExists: false })(async (ids: number[]) => {
      await backend.memory.set("p:1", "1", {});
      return ids.map(() => 2);
    });
    await priceOf(1);
    expect(await cache.get("p:1")).toBe(2);
  });

  test("need a name for their keys", () => {
    expect(() => cachedBatch(cache)((ids: number[]) => ids)).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION" }),
    );
  });
});

describe("a cache that is chosen for each call", () => {
  test("is read once for all its calls, with one load for each cache", async () => {
    const [one, other] = [new ControlledBackend(), new ControlledBackend()];
    const odd = new Cache<string, number>({ backend: one, serializer: json() });
    const even = new Cache<string, number>({ backend: other, serializer: json() });
    const priceOf = cachedBatch((id: number) => (id % 2 === 1 ? odd : even))(loadPrices);
    expect(await Promise.all([1, 2, 3, 4].map(priceOf))).toEqual([100, 200, 300, 400]);
    expect(asked).toEqual([
      [1, 3],
      [2, 4],
    ]);
    expect([one.calls, other.calls]).toEqual([
      ["getMany", "setManyIfAbsent"],
      ["getMany", "setManyIfAbsent"],
    ]);
    expect(await priceOf.purge(1)).toBe(true);
    expect(one.calls).toContain("delete");
  });

  test("may be none: then the function is called for all of the turn, every time", async () => {
    const priceOf = cachedBatch((id: number) => (id === 0 ? cache : null))(loadPrices);
    for (const _ of [1, 2]) expect(await Promise.all([1, 2, 1].map(priceOf))).toEqual([100, 200, 100]);
    expect(asked).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect([await priceOf.purge(1), await priceOf.refresh(3)]).toEqual([false, 300]);
    expect(backend.calls).toEqual([]);
  });

  test("may be none, and then no call shares what was begun before it", async () => {
    const finish: ((prices: number[]) => void)[] = [];
    const priceOf = cachedBatch(null, { name: "priceOf" })(
      (_: number[]) => new Promise<number[]>((resolve) => finish.push(resolve)),
    );
    const early = priceOf(1);
    await expect.poll(() => finish).toHaveLength(1);
    const late = priceOf(1);
    await expect.poll(() => finish).toHaveLength(2);
    finish[1]?.([2]);
    finish[0]?.([1]);
    expect([await early, await late]).toEqual([1, 2]);
  });
});

test("two functions of one cache share loads with nobody but themselves", async () => {
  const shared = new Cache<string, number>({ backend: new MemoryBackend(), serializer: json() });
  const doubled = cachedBatch(shared, { name: "doubled" })((ids: number[]) => ids.map((id) => id * 2));
  const tripled = cachedBatch(shared, { name: "tripled" })((ids: number[]) => ids.map((id) => id * 3));
  expect(await Promise.all([doubled(1), tripled(1), doubled(2)])).toEqual([2, 3, 4]);
});
