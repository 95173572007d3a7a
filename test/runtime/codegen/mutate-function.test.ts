import {
  type Backend,
  BackendUnavailableError,
  Cache,
  type CacheOptions,
  InvalidationError,
  MemoryBackend,
  SyncCache,
} from "@cachetory/runtime";
import {
  fitKey,
  intPart,
  json,
  type KeyPattern,
  type MutatingFunction,
  mutateFunction,
  mutateSyncFunction,
  type SyncMutatingFunction,
} from "@cachetory/runtime/codegen/v1/core";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from "vitest";

interface PriceKey {
  readonly shop: number;
  readonly id: number;
}

const pattern: KeyPattern = { segments: ["price:", { name: "shop", type: "int" }, ":", { name: "id", type: "int" }] };

const options = {
  name: "price",
  pattern,
  keyText: ({ shop, id }) => fitKey(`price:${intPart(shop, "price.shop")}:${intPart(id, "price.id")}`, pattern),
  serializer: json(),
} satisfies Partial<CacheOptions<PriceKey, number>>;

interface Product {
  id: number;
  priceCents: number;
}

const warn = vi.fn<(...given: readonly unknown[]) => void>();
beforeEach(() => {
  warn.mockReset();
  vi.spyOn(process, "emitWarning").mockImplementation(warn);
});

function priceIn(backend: Backend): Cache<PriceKey, number> {
  return new Cache({ ...options, backend });
}

function syncPriceIn(backend: MemoryBackend): SyncCache<PriceKey, number> {
  return new SyncCache({ ...options, backend });
}

describe("a mutation", () => {
  test("deletes entries when the function has succeeded, and answers what it gave", async () => {
    const price = priceIn(new MemoryBackend());
    const key = { shop: 1, id: 7 };
    await price.set(key, 495);
    const seen: unknown[] = [];
    async function save(product: Product): Promise<string> {
      seen.push(await price.get(key));
      return `saved ${product.id}`;
    }
    const saving = mutateFunction<typeof save, { price: PriceKey }>("save", { price }, () => save, [
      { cache: "price", keys: ([{ id }]) => [{ shop: 1, id }] },
    ]);
    expect(await saving({ id: 7, priceCents: 5 })).toBe("saved 7");
    expect(seen).toEqual([495]);
    expect(await price.has(key)).toBe(false);
    expect(saving.original).toBe(save);
  });

  test("deletes before as well, where that is declared", async () => {
    const price = priceIn(new MemoryBackend());
    const key = { shop: 1, id: 7 };
    await price.set(key, 495);
    const seen: unknown[] = [];
    // A reader refills the entry while the function runs.
    async function save(): Promise<void> {
      seen.push(await price.has(key));
      await price.set(key, 495);
    }
    const saving = mutateFunction<typeof save, { price: PriceKey }>("save", { price }, () => save, [
      { cache: "price", before: true, keys: () => [key] },
    ]);
    await saving();
    expect(seen).toEqual([false]);
    expect(await price.has(key)).toBe(false);
  });

  test("leaves entries where the function fails", async () => {
    const price = priceIn(new MemoryBackend());
    const [one, two] = [
      { shop: 1, id: 1 },
      { shop: 1, id: 2 },
    ];
    await price.set(one, 1);
    await price.set(two, 2);
    async function save(): Promise<void> {
      throw new Error("The database says no.");
    }
    const saving = mutateFunction<typeof save, { price: PriceKey }>("save", { price }, () => save, [
      { cache: "price", keys: () => [one] },
      { cache: "price", before: true, keys: () => [two] },
    ]);
    await expect(saving()).rejects.toThrow("The database says no.");
    expect([await price.has(one), await price.has(two)]).toEqual([true, false]);
  });

  test("deletes what has some parameters of a key, and what the result tells", async () => {
    const price = priceIn(new MemoryBackend());
    const keys = [1, 2].flatMap((shop) => [1, 2].map((id) => ({ shop, id })));
    await price.setMany(keys.map((key) => [key, 1]));
    async function close(shop: number): Promise<{ readonly moved: number }> {
      return { moved: shop + 1 };
    }
    const closing = mutateFunction<typeof close, { price: PriceKey }>("close", { price }, () => close, [
      { cache: "price", parts: ([shop]) => [{ shop }] },
      { cache: "price", of: "result", keys: (_, { moved }) => [{ shop: moved, id: 1 }] },
    ]);
    await closing(1);
    expect([...(await price.getMany(keys)).keys()]).toEqual([{ shop: 2, id: 2 }]);
    await closing.original(1);
    expect(await price.has({ shop: 2, id: 2 })).toBe(true);
  });

  test("finds keys before the function changes its arguments", async () => {
    const price = priceIn(new MemoryBackend());
    await price.set({ shop: 1, id: 7 }, 495);
    async function move(product: Product): Promise<void> {
      product.id = 8;
    }
    const moving = mutateFunction<typeof move, { price: PriceKey }>("move", { price }, () => move, [
      { cache: "price", keys: ([{ id }]) => [{ shop: 1, id }] },
    ]);
    await moving({ id: 7, priceCents: 1 });
    expect(await price.has({ shop: 1, id: 7 })).toBe(false);
  });

  test("is not called with what makes no key", async () => {
    const price = priceIn(new MemoryBackend());
    const save = vi.fn(async (_: number): Promise<void> => undefined);
    const saving = mutateFunction<typeof save, { price: PriceKey }>("save", { price }, () => save, [
      { cache: "price", keys: ([id]) => [{ shop: 1, id }] },
    ]);
    await expect(saving(Number.NaN)).rejects.toMatchObject({ code: "INVALID_KEY" });
    expect(save).not.toHaveBeenCalled();
  });

  test("wins over a load that runs meanwhile", async () => {
    const price = priceIn(new MemoryBackend());
    const key = { shop: 1, id: 7 };
    let stored = 1;
    let finish = (): void => {};
    const loaded = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let load: Promise<number> | undefined;
    await new Promise<void>((started) => {
      load = price.getOrSet(key, async () => {
        const value = stored;
        started();
        await loaded;
        return value;
      });
    });
    async function save(): Promise<void> {
      stored = 2;
    }
    const saving = mutateFunction<typeof save, { price: PriceKey }>("save", { price }, () => save, [
      { cache: "price", keys: () => [key] },
    ]);
    await saving();
    finish();
    expect(await load).toBe(1);
    expect(await price.getOrSet(key, async () => stored)).toBe(2);
  });

  test("passes its this on, or that of its owner", async () => {
    const price = priceIn(new MemoryBackend());
    const prices = {
      factor: 3,
      async times(this: { readonly factor: number }, by: number): Promise<number> {
        return this.factor * by;
      },
    };
    const make = (owner?: () => unknown): MutatingFunction<typeof prices.times, { price: PriceKey }> =>
      mutateFunction<typeof prices.times, { price: PriceKey }>(
        "times",
        { price },
        () => prices.times,
        [{ cache: "price", keys: () => [] }],
        owner && { owner },
      );
    expect(await make(() => prices).call({ factor: 7 }, 2)).toBe(6);
    expect(await make().call({ factor: 7 }, 2)).toBe(14);
  });

  test("is had on other caches of the same keys", async () => {
    const [price, other] = [priceIn(new MemoryBackend()), priceIn(new MemoryBackend())];
    const key = { shop: 1, id: 7 };
    await price.set(key, 1);
    await other.set(key, 1);
    const save = async (): Promise<void> => undefined;
    const saving = mutateFunction<typeof save, { price: PriceKey }>("save", { price }, () => save, [
      { cache: "price", keys: () => [key] },
    ]);
    await saving.on({ price: other })();
    expect([await price.has(key), await other.has(key)]).toEqual([true, false]);
  });
});

describe("a mutation whose entries cannot be deleted", () => {
  const save = vi.fn(async (id: number): Promise<string> => `saved ${id}`);
  afterEach(() => save.mockClear());

  function saving(
    backend: Backend,
    onError?: "throw" | "warn",
    before?: true,
  ): MutatingFunction<typeof save, { price: PriceKey; other: PriceKey }> {
    const caches = { price: priceIn(backend), other: priceIn(new MemoryBackend()) };
    return mutateFunction<typeof save, { price: PriceKey; other: PriceKey }>(
      "save",
      caches,
      () => save,
      [
        { cache: "price", ...(before && { before }), keys: ([id]) => [{ shop: 1, id }] },
        { cache: "other", keys: ([id]) => [{ shop: 1, id }] },
      ],
      onError && { onError },
    );
  }

  test("answers all the same, and warns once until they can", async () => {
    const backend = new ControlledBackend();
    const call = saving(backend);
    backend.fail("deleteMany");
    expect([await call(1), await call(2)]).toEqual(["saved 1", "saved 2"]);
    expect(warn.mock.calls).toEqual([
      [
        "save could not delete entries of price that it makes untrue. price (price:{shop}:{id}): The server is dead.",
        { type: "CachetoryWarning", code: "CACHETORY_NOT_INVALIDATED" },
      ],
    ]);
    backend.heal();
    await call(3);
    backend.fail("deleteMany");
    await call(4);
    expect(warn).toHaveBeenCalledTimes(2);
  });

  test("rejects with the result where that is declared, and has deleted the others", async () => {
    const backend = new ControlledBackend();
    const other = priceIn(new MemoryBackend());
    await other.set({ shop: 1, id: 7 }, 1);
    const call = saving(backend, "throw").on({ price: priceIn(backend), other });
    backend.fail("deleteMany");
    const error: unknown = await call(7).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InvalidationError);
    expect(error).toMatchObject({
      code: "NOT_INVALIDATED",
      when: "after",
      result: "saved 7",
      cause: { code: "UNAVAILABLE", message: "price (price:{shop}:{id}): The server is dead." },
    });
    expect(await other.has({ shop: 1, id: 7 })).toBe(false);
    expect(warn).not.toHaveBeenCalled();
  });

  test("is not called where they were to be deleted before, and that is declared", async () => {
    const backend = new ControlledBackend();
    backend.fail("deleteMany");
    await expect(saving(backend, "throw", true)(7)).rejects.toMatchObject({ when: "before", result: undefined });
    expect(save).not.toHaveBeenCalled();
    expect(await saving(backend, "warn", true)(7)).toBe("saved 7");
  });

  test("tells all reasons", async () => {
    const backend = new ControlledBackend();
    backend.fail("deleteMany");
    const price = priceIn(backend);
    const call = saving(backend, "throw").on({ price, other: price });
    await expect(call(7)).rejects.toMatchObject({
      message:
        "save could not delete entries of price, other that it makes untrue. price (price:{shop}:{id}): The server is dead.",
      cause: { errors: [{ code: "UNAVAILABLE" }, { code: "UNAVAILABLE" }] },
    });
  });

  test("takes a key of the result that is none for such a failure, for it has succeeded", async () => {
    const count = async (): Promise<number> => Number.NaN;
    const price = priceIn(new MemoryBackend());
    const call = mutateFunction<typeof count, { price: PriceKey }>(
      "count",
      { price },
      () => count,
      [{ cache: "price", of: "result", keys: (_, id) => [{ shop: 1, id }] }],
      { onError: "throw" },
    );
    await expect(call()).rejects.toMatchObject({ when: "after", result: Number.NaN, cause: { code: "INVALID_KEY" } });
  });
});

describe("a mutation without promises", () => {
  const key = { shop: 1, id: 7 };

  function setPrice(id: number, priceCents: number): string {
    if (priceCents < 0) throw new RangeError("Too cheap.");
    return `${id} costs ${priceCents}`;
  }

  function settingIn(
    price: SyncCache<PriceKey, number>,
    onError: "throw" | "warn" = "warn",
  ): SyncMutatingFunction<typeof setPrice, { price: PriceKey }> {
    return mutateSyncFunction<typeof setPrice, { price: PriceKey }>(
      "setPrice",
      { price },
      () => setPrice,
      [{ cache: "price", before: true, keys: ([id]) => [{ shop: 1, id }] }],
      { onError },
    );
  }

  test("has deleted when it returns, and nothing after it throws", () => {
    const price = syncPriceIn(new MemoryBackend());
    price.set(key, 495);
    const setting = settingIn(price);
    expect(setting(7, 5)).toBe("7 costs 5");
    expect(price.has(key)).toBe(false);
    expect(() => setting(7, -5)).toThrow("Too cheap.");
    expect(() => setting(0.5, 5)).toThrow(expect.objectContaining({ code: "INVALID_KEY" }));
    expect(setting.original).toBe(setPrice);
    const other = syncPriceIn(new MemoryBackend());
    other.set(key, 1);
    setting.on({ price: other })(7, 1);
    expect(other.has(key)).toBe(false);
  });

  test("throws or warns where entries cannot be deleted", () => {
    const price = syncPriceIn(new MemoryBackend());
    vi.spyOn(price, "deleteMany").mockImplementation(() => {
      throw new BackendUnavailableError("The server is dead.", { outcome: "none" });
    });
    expect(settingIn(price)(7, 5)).toBe("7 costs 5");
    expect(warn).toHaveBeenCalledOnce();
    expect(() => settingIn(price, "throw")(7, 5)).toThrow(expect.objectContaining({ when: "before" }));
  });
});

describe("the types", () => {
  interface Keys {
    readonly price: PriceKey;
  }

  test("are those of the function, with promises where caches have them", () => {
    type Generic = <Item extends Product>(item: Item) => Promise<Item>;
    expectTypeOf<MutatingFunction<Generic, Keys>>().toExtend<Generic>();
    expectTypeOf<MutatingFunction<(id: number) => string, Keys>>().toExtend<(id: number) => Promise<string>>();
    expectTypeOf<SyncMutatingFunction<(id: number) => string, Keys>>().toExtend<(id: number) => string>();
  });

  test("refuse keys of another cache, arguments that are not there, and a result before there is one", () => {
    const price = priceIn(new MemoryBackend());
    const save = async (id: number): Promise<{ readonly made: number }> => ({ made: id });
    const make = (entries: Parameters<typeof mutateFunction<typeof save, Keys>>[3]): unknown =>
      mutateFunction<typeof save, Keys>("save", { price }, () => save, entries);
    make([{ cache: "price", keys: ([id]) => [{ shop: 1, id }] }]);
    make([{ cache: "price", parts: ([id]) => [{ id }] }]);
    // @ts-expect-error: a whole key has a shop
    make([{ cache: "price", keys: ([id]) => [{ id }] }]);
    // @ts-expect-error: there is no such cache
    make([{ cache: "prices", keys: ([id]) => [{ shop: 1, id }] }]);
    // @ts-expect-error: there is no second argument
    make([{ cache: "price", keys: ([, id]) => [{ shop: 1, id }] }]);
    // @ts-expect-error: the result is not known before
    make([{ cache: "price", of: "result", before: true, keys: (_, { made }) => [{ shop: 1, id: made }] }]);
    expectTypeOf<ReturnType<MutatingFunction<typeof save, Keys>["on"]>>().toEqualTypeOf<
      MutatingFunction<typeof save, Keys>
    >();
  });
});
