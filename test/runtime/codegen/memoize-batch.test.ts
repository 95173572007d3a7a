import {
  type CacheDefinition,
  type CachedFunction,
  declareBackend,
  defineCache,
  fitKey,
  intPart,
  json,
  type KeyPattern,
  memoizeBatch,
  perInstance,
  stringPart,
} from "@cachetory/runtime/codegen/v1/core";
import { beforeEach, describe, expect, expectTypeOf, test } from "vitest";

interface StockKey {
  readonly city: string;
  readonly id: number;
}

const pattern: KeyPattern = {
  segments: ["stock:", { name: "city", type: "string" }, ":", { name: "id", type: "int" }],
};

const definition: CacheDefinition<StockKey, number> = {
  name: "stock",
  pattern,
  keyText: (key) => fitKey(`stock:${stringPart(key.city, "stock.city")}:${intPart(key.id, "stock.id")}`, pattern),
  serializer: () => json(),
  ttlMs: 60_000,
};

const openStock = (): ReturnType<typeof defineCache<StockKey, number>> =>
  defineCache(definition, declareBackend({ name: "b", url: ["memory://"], prefix: "shop:" }));

/** The items of each call of a batch function. */
let asked: unknown[][];

beforeEach(() => {
  asked = [];
});

async function stockOf(id: number, city: string): Promise<number> {
  return expect.unreachable(`${id} ${city}`);
}

async function stocksOf(
  wheres: readonly { id: number; city: string }[],
): Promise<Map<{ id: number; city: string }, number>> {
  asked.push([...wheres]);
  return new Map(wheres.filter(({ id }) => id > 0).map(({ id, city }) => [{ id, city }, id * city.length]));
}

const wrap = (): CachedFunction<typeof stockOf, StockKey> =>
  memoizeBatch(openStock(), () => stockOf, {
    itemOf: (id, city) => ({ id, city }),
    keyOf: ({ id, city }) => ({ city, id }),
    load: (items) => stocksOf(items),
    isRequired: true,
  });

describe("an array that the types tell", () => {
  const rows: CacheDefinition<{ id: number }, readonly unknown[]> = {
    name: "row",
    pattern: { segments: ["row:", { name: "id", type: "int" }] },
    keyText: ({ id }) => `row:${intPart(id, "row.id")}`,
    serializer: () => json(),
    ttlMs: 60_000,
  };
  const memoized = (
    answers: "values" | "pairs",
    load: (ids: number[]) => [number, unknown[] | string][],
  ): ((id: number) => Promise<readonly unknown[] | undefined>) =>
    memoizeBatch(
      defineCache(rows, declareBackend({ name: "b", url: ["memory://"] })),
      () =>
        async (_id: number): Promise<readonly unknown[] | undefined> =>
          undefined,
      { itemOf: (id) => id, keyOf: (id) => ({ id }), load: (ids) => load(ids) as never, answers },
    );

  test("holds values, though each is an array of two that begins with what was asked for", async () => {
    const row = memoized("values", (ids) => ids.map((id) => [id, `row ${id}`]));
    expect(await Promise.all([row(1), row(2)])).toEqual([
      [1, "row 1"],
      [2, "row 2"],
    ]);
  });

  test("holds values, one for each item", async () => {
    const row = memoized("values", (ids) => ids.slice(1).map((id) => [id, "row"]));
    await expect(Promise.all([row(1), row(2)])).rejects.toThrow("asked for 2 values and answered with an array of 1");
  });

  test("holds pairs, though some are of what was not asked for", async () => {
    const row = memoized("pairs", (ids) => ids.map((id) => [id + 1, [`row ${id + 1}`]]));
    expect(await Promise.all([row(1), row(2)])).toEqual([undefined, ["row 2"]]);
  });
});

describe("a function whose calls are loaded many at once", () => {
  test("keeps its signature, and is loaded for by the batch function alone", async () => {
    const memoized = wrap();
    expectTypeOf(memoized).toExtend<typeof stockOf>();
    expect(await Promise.all([memoized(1, "Ede"), memoized(2, "Ede"), memoized(1, "Ede")])).toEqual([3, 6, 3]);
    expect(asked).toEqual([
      [
        { id: 1, city: "Ede" },
        { id: 2, city: "Ede" },
      ],
    ]);
    expect(await memoized(1, "Ede")).toBe(3);
    expect(asked).toHaveLength(1);
    expect(memoized.original).toBe(stockOf);
  });

  test("has purge, refresh and key for the same arguments", async () => {
    const memoized = wrap();
    await memoized(1, "Ede");
    expect(memoized.key(1, "Ede")).toEqual({ city: "Ede", id: 1 });
    expect([await memoized.purge(1, "Ede"), await memoized.purge(1, "Ede")]).toEqual([true, false]);
    expect(await Promise.all([memoized.refresh(1, "Ede"), memoized.refresh(2, "Oss")])).toEqual([3, 6]);
    expect(asked).toHaveLength(2);
  });

  test("rejects the call for which there is no value, where it never gives undefined", async () => {
    const memoized = wrap();
    const settled = await Promise.allSettled([memoized(1, "Ede"), memoized(0, "Ede"), memoized.refresh(-1, "Ede")]);
    expect(settled).toMatchObject([
      { value: 3 },
      { reason: { code: "NOT_LOADED", key: "shop:stock:Ede:0" } },
      { reason: { code: "NOT_LOADED" } },
    ]);
  });

  test("may give undefined where it says so", async () => {
    const findStock = async (id: number): Promise<number | undefined> => id;
    const memoized = memoizeBatch(openStock(), () => findStock, {
      itemOf: (id) => id,
      keyOf: (id) => ({ id, city: "Ede" }),
      load: (ids) => ids.map(() => undefined),
    });
    expect(await memoized(1)).toBeUndefined();
  });

  test("rejects a call of which no key can be made, and no other", async () => {
    const memoized = wrap();
    const settled = await Promise.allSettled([memoized(1.5, "Ede"), memoized(1, "Ede")]);
    expect(settled).toMatchObject([{ reason: { code: "INVALID_KEY" } }, { value: 3 }]);
  });

  test("is given no more than maxBatch at once", async () => {
    const one = async (id: number): Promise<number> => id;
    const memoized = memoizeBatch(openStock(), () => one, {
      itemOf: (id) => id,
      keyOf: (id) => ({ id, city: "Ede" }),
      load: (ids) => {
        asked.push(ids);
        return ids;
      },
      maxBatch: 2,
    });
    await Promise.all([1, 2, 3].map((id) => memoized(id)));
    expect(asked).toEqual([[1, 2], [3]]);
  });
});

test("there is one wrapper for each instance", () => {
  const wrapperOf = perInstance((instance: { readonly city: string }) => ({ city: instance.city }));
  const [one, other] = [{ city: "Ede" }, { city: "Ede" }];
  expect(wrapperOf(one)).toBe(wrapperOf(one));
  expect(wrapperOf(one)).not.toBe(wrapperOf(other));
});
