import { BackendUnavailableError, DummyBackend, MemoryBackend } from "@cachetory/runtime";
import {
  bindCaches,
  type Cache,
  type CacheDefinition,
  type CacheSet,
  collectCaches,
  type DeclaredBackend,
  declareBackend,
  defineCache,
  defineSyncCache,
  fitKey,
  intPart,
  json,
  type KeyPattern,
  memoizeFunction,
  memoizer,
  memoizeSyncFunction,
  type SyncCache,
  syncMemoizer,
} from "@cachetory/runtime/codegen/v1/core";
import { chain, offload, zlib } from "@cachetory/runtime/codegen/v1/steps";
import { afterEach, describe, expect, expectTypeOf, test, vi } from "vitest";

interface PriceKey {
  readonly id: number;
}

const pattern: KeyPattern = { segments: ["price:", { name: "id", type: "int" }] };

const definition: CacheDefinition<PriceKey, number> = {
  name: "price",
  pattern,
  keyText: (key) => fitKey(`price:${intPart(key.id, "price.id")}`, pattern),
  serializer: () => json(),
  ttlMs: 60_000,
};

function memory(): DeclaredBackend {
  return declareBackend({ name: "shared", url: ["memory://"], prefix: "shop:" });
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a declared backend", () => {
  test("is made once, when it is first used", () => {
    const backend = memory();
    expect(backend.opened).toBeUndefined();
    expect(backend.shared()).toBe(backend.shared());
    expect(backend.opened).toBe(backend.shared());
    expect(backend.make()).not.toBe(backend.shared());
  });

  test("reads the environment then, and not when it is declared", () => {
    const backend = declareBackend({ name: "b", url: [{ variable: "CACHE_SCHEME" }, "://?max-entries=5"] });
    vi.stubEnv("CACHE_SCHEME", "memory");
    expect(backend.shared()).toBeInstanceOf(MemoryBackend);
  });

  test("takes the schemes that are declared alone, and says nothing of the URL but its scheme", () => {
    const schemes = ["redis", "rediss"];
    const backend = declareBackend({ name: "b", url: [{ variable: "CACHE_URL" }], schemes });
    vi.stubEnv("CACHE_URL", "Memory://?max-entries=5");
    expect(() => backend.shared()).toThrow(
      expect.objectContaining({
        code: "INVALID_URL",
        message: "The URL of the backend b begins with memory://, but its schemes allow redis:// or rediss:// alone.",
      }),
    );
    vi.stubEnv("CACHE_URL", "REDISS://localhost");
    expect(() => backend.make()).not.toThrow();
  });

  test("takes any development URL, whatever its schemes", () => {
    vi.stubEnv("CACHE_URL", "");
    vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
    const url = [{ variable: "CACHE_URL" }];
    const backend = declareBackend({ name: "b", url, development: ["memory://"], schemes: ["redis"] });
    expect(backend.shared()).toBeInstanceOf(MemoryBackend);
    vi.restoreAllMocks();
  });

  test.each(["", undefined])("takes the fallback for a variable that is %j, as a shell does", (value) => {
    vi.stubEnv("CACHE_URL", value);
    const backend = declareBackend({ name: "b", url: [{ variable: "CACHE_URL", fallback: "dummy://" }] });
    expect(backend.shared()).toBeInstanceOf(DummyBackend);
  });

  test("names the variable that is missing, and says the declared message", () => {
    const url = [{ variable: "CACHE_URL", message: "ask the platform team" }];
    expect(() => declareBackend({ name: "b", url }).shared()).toThrow(
      expect.objectContaining({
        code: "MISSING_ENVIRONMENT",
        message: expect.stringMatching(/backend b .*CACHE_URL: ask the platform team/),
      }),
    );
  });

  test("tells a variable of the whole URL from that of a part", () => {
    const open = (...url: readonly (string | { readonly variable: string })[]) =>
      declareBackend({ name: "b", url }).shared();
    expect(() => open({ variable: "CACHE_URL" })).toThrow("CACHE_URL: set it to its URL.");
    expect(() => open("redis://:", { variable: "CACHE_PASSWORD" }, "@host/0")).toThrow(
      "CACHE_PASSWORD: set it to its part of the URL.",
    );
  });

  test("uses its development URL where a variable is missing, but never in production", () => {
    const declaration = { name: "b", url: [{ variable: "CACHE_URL" }], development: ["memory://"] };
    vi.stubEnv("NODE_ENV", "development");
    expect(declareBackend(declaration).shared()).toBeInstanceOf(MemoryBackend);
    vi.stubEnv("NODE_ENV", "production");
    expect(() => declareBackend(declaration).shared()).toThrow("NODE_ENV is production");
    vi.stubEnv("CACHE_URL", "dummy://");
    expect(declareBackend(declaration).shared()).toBeInstanceOf(DummyBackend);
  });
});

describe("a declared cache", () => {
  test("has the backend's prefix and its own ttl, which is the longest too", async () => {
    const price = defineCache(definition, memory());
    await price.set({ id: 7 }, 495);
    expect(price.keyOf({ id: 7 })).toBe("shop:price:7");
    expect(await price.ttl({ id: 7 })).toBeGreaterThan(59_000);
    await expect(price.set({ id: 7 }, 495, { ttl: "61s" })).rejects.toMatchObject({ code: "TTL_TOO_LONG" });
  });

  test("may declare a longer ttl for calls that ask", async () => {
    const price = defineCache({ ...definition, maxTtlMs: "forever" as const }, memory());
    await price.set({ id: 7 }, 495, { ttl: "forever" });
    expect(await price.ttl({ id: 7 })).toBe("forever");
  });

  test("tells at the call what is wrong with a key", async () => {
    await expect(defineCache(definition, memory()).get({ id: 1.5 })).rejects.toThrow(
      "Key parameter price.id must be an integer",
    );
  });

  test("rejects where its backend is wrongly declared: that is no outage", async () => {
    const price = defineCache(definition, declareBackend({ name: "b", url: ["memori://"] }));
    await expect(price.get({ id: 1 })).rejects.toMatchObject({ code: "UNKNOWN_SCHEME" });
  });

  test("does not close the backend that it shares", async () => {
    const backend = memory();
    const price = defineCache(definition, backend);
    await price.set({ id: 1 }, 1);
    await price.close();
    expect(await price.get({ id: 1 })).toBe(1);
  });
});

describe("a set of caches", () => {
  interface Caches extends CacheSet {
    readonly price: Cache<PriceKey, number>;
  }

  test("of the exported caches closes what has been opened, and is ready when every backend is", async () => {
    const backend = memory();
    const caches: Caches = collectCaches({ price: defineCache(definition, backend) }, [backend]);
    await caches.close();
    expect(backend.opened).toBeUndefined();
    await caches.ready();
    await caches.close();
    expect(await caches.price.get({ id: 1 })).toBeUndefined();
    await expect(caches.ready()).rejects.toBeInstanceOf(BackendUnavailableError);
  });

  test("on a backend that is given uses it, with the declared prefix, and leaves it open", async () => {
    const given = new MemoryBackend();
    {
      await using caches: Caches = bindCaches({ price: [definition, memory()] }, { shared: given });
      await caches.price.set({ id: 1 }, 5);
    }
    expect(await given.get("shop:price:1", "text")).toBe("5");
  });

  test("without one makes its own, and closes that", async () => {
    const backend = memory();
    const one: Caches = bindCaches({ price: [definition, backend] });
    const two: Caches = bindCaches({ price: [definition, backend] }, { shared: undefined });
    await one.price.set({ id: 1 }, 5);
    expect(await two.price.get({ id: 1 })).toBeUndefined();
    expect(backend.opened).toBeUndefined();
    await one.close();
    expect(await one.price.get({ id: 1 })).toBeUndefined();
  });

  test("closes its backends when they have been sent what worker threads make", async () => {
    const offloaded: typeof definition = {
      ...definition,
      serializer: () => chain(json<number>(), zlib()),
      offload: () => offload({ minBytes: 0 }),
    };
    const backend = memory();
    for (const caches of [
      collectCaches({ price: defineCache(offloaded, backend) }, [backend]) as Caches,
      bindCaches({ price: [offloaded, backend] }) as Caches,
    ]) {
      const set = caches.price.set({ id: 1 }, 5);
      await caches.close();
      expect(await set).toBe(true);
      await expect(caches.price.set({ id: 1 }, 5)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    }
  });

  test("refuses a backend that no cache uses", () => {
    expect(() => bindCaches({ price: [definition, memory()] }, { shard: new DummyBackend() })).toThrow(
      "No cache uses a backend shard; there are shared.",
    );
  });
});

describe("a memoized loader", () => {
  test("reads through the cache, and can be purged and refreshed", async () => {
    let loads = 0;
    const priceOf = memoizer(defineCache(definition, memory()))(({ id }) => {
      loads += 1;
      return id * 100 + loads;
    });
    expect([await priceOf({ id: 1 }), await priceOf({ id: 1 })]).toEqual([101, 101]);
    expectTypeOf(priceOf({ id: 1 })).resolves.toEqualTypeOf<number>();
    expect([await priceOf.purge({ id: 1 }), await priceOf.purge({ id: 1 })]).toEqual([true, false]);
    expect([await priceOf({ id: 1 }), await priceOf.refresh({ id: 1 }), await priceOf({ id: 1 })]).toEqual([
      102, 103, 103,
    ]);
  });

  test("gives undefined only where its loader may, and reads through another cache if told", async () => {
    const backend = memory();
    const other = defineCache(definition, memory());
    const findPrice = memoizer(defineCache(definition, backend))(
      async (): Promise<number | undefined> => undefined,
      other,
    );
    expectTypeOf(findPrice({ id: 1 })).resolves.toEqualTypeOf<number | undefined>();
    expect(await findPrice({ id: 1 })).toBeUndefined();
    await other.set({ id: 1 }, 5);
    expect(await findPrice({ id: 1 })).toBe(5);
    expect(backend.opened).toBeUndefined();
  });
});

describe("a memoized function", () => {
  const keyFor = (id: number): PriceKey => ({ id });

  test("reads through the cache with its own signature, and can be purged and refreshed", async () => {
    const price = defineCache(definition, memory());
    const load = vi.fn(async (id: number): Promise<number> => id * 10);
    const priceOf = memoizeFunction<typeof load, PriceKey, number>(price, () => load, keyFor);
    expect(await Promise.all([priceOf(1), priceOf(1)])).toEqual([10, 10]);
    expect(await price.get({ id: 1 })).toBe(10);
    expect(load).toHaveBeenCalledTimes(1);
    expect(await priceOf.refresh(1)).toBe(10);
    expect(load).toHaveBeenCalledTimes(2);
    expect([await priceOf.purge(1), await priceOf.purge(1)]).toEqual([true, false]);
    expect(priceOf.key(1)).toEqual({ id: 1 });
    expect(priceOf.original).toBe(load);
    expectTypeOf(priceOf.key).toEqualTypeOf<(id: number) => PriceKey>();
  });

  test("asks for the function when it is called, not when it is wrapped", async () => {
    let load: ((id: number) => number) | undefined;
    const original = (): ((id: number) => number) => load ?? expect.unreachable("it is not there yet");
    const priceOf = memoizeFunction(defineCache(definition, memory()), original, keyFor);
    load = (id) => id;
    expect(await priceOf(1)).toBe(1);
    expectTypeOf(priceOf).returns.toEqualTypeOf<Promise<number>>();
  });

  test("passes on its this, unless it is a method of something", async () => {
    function load(this: { readonly rate: number }, id: number): number {
      return id * this.rate;
    }
    const price = defineCache(definition, memory());
    const priceOf = memoizeFunction<typeof load, PriceKey, number>(price, () => load, keyFor);
    expect(await priceOf.call({ rate: 3 }, 1)).toBe(3);
    const owned = memoizeFunction<typeof load, PriceKey, number>(
      price,
      () => load,
      keyFor,
      () => ({ rate: 5 }),
    );
    expect(await owned.call({ rate: 3 }, 2)).toBe(10);
    expect(await owned.refresh(2)).toBe(10);
  });

  test("rejects with what the function throws, and with what is wrong with the key", async () => {
    const load = (id: number): number => {
      throw new Error(`no ${id}`);
    };
    const priceOf = memoizeFunction<typeof load, PriceKey, number>(
      defineCache(definition, memory()),
      () => load,
      keyFor,
    );
    await expect(priceOf(1)).rejects.toThrow("no 1");
    await expect(priceOf(0.5)).rejects.toMatchObject({ code: "INVALID_KEY" });
    await expect(priceOf.purge(0.5)).rejects.toMatchObject({ code: "INVALID_KEY" });
  });

  test("without promises does the same without them", () => {
    const price = defineSyncCache(definition, memory());
    const load = vi.fn(function (this: unknown, id: number): number {
      return id * (this === price ? 2 : 1);
    });
    const priceOf = memoizeSyncFunction<typeof load, PriceKey, number>(price, () => load, keyFor);
    expect([priceOf(1), priceOf(1), priceOf.refresh(1), priceOf.purge(1), priceOf.purge(1)]).toEqual([
      1,
      1,
      1,
      true,
      false,
    ]);
    expect(load).toHaveBeenCalledTimes(2);
    expect([priceOf.key(1), priceOf.original]).toEqual([{ id: 1 }, load]);
    const owned = memoizeSyncFunction<typeof load, PriceKey, number>(
      price,
      () => load,
      keyFor,
      () => price,
    );
    expect(owned(3)).toBe(6);
    expectTypeOf(owned.refresh).toEqualTypeOf<(id: number) => number>();
  });
});

describe("caches without promises", () => {
  interface Caches extends CacheSet {
    readonly price: Cache<PriceKey, number>;
    readonly now: SyncCache<PriceKey, number>;
  }

  test("share the declared backend with those that have them", async () => {
    const backend = memory();
    const price = defineCache(definition, backend);
    const now = defineSyncCache(definition, backend);
    now.set({ id: 7 }, 495);
    expect(now.keyOf({ id: 7 })).toBe("shop:price:7");
    expect(await price.get({ id: 7 })).toBe(495);
    await price.set({ id: 7 }, 500);
    expect(now.getOrThrow({ id: 7 })).toBe(500);
    expect(() => now.set({ id: 7 }, 1, { ttl: "61s" })).toThrow(expect.objectContaining({ code: "TTL_TOO_LONG" }));
    now.close();
    expect(now.get({ id: 7 })).toBe(500);
  });

  test("close and are ready with the set that they are in", async () => {
    const backend = memory();
    const caches: Caches = collectCaches(
      { price: defineCache(definition, backend), now: defineSyncCache(definition, backend) },
      [backend],
      [backend],
    );
    await caches.ready();
    expect(caches.now.set({ id: 1 }, 1)).toBe(true);
    await caches.close();
    expect(caches.now.get({ id: 1 })).toBeUndefined();
    expect(() => caches.now.set({ id: 1 }, 1)).toThrow(BackendUnavailableError);
    await expect(caches.ready()).rejects.toBeInstanceOf(BackendUnavailableError);
  });

  test("of a backend that only they use are asked whether they are ready", async () => {
    const backend = memory();
    const caches = collectCaches({ now: defineSyncCache(definition, backend) }, [], [backend]);
    await caches.ready();
    expect(backend.opened).toBeInstanceOf(MemoryBackend);
    await caches.close();
    await expect(caches.ready()).rejects.toBeInstanceOf(BackendUnavailableError);
  });

  test("take the synchronous face of a backend that is given", async () => {
    const given = new MemoryBackend();
    await using caches: Caches = bindCaches(
      { price: [definition, memory()], now: [definition, memory(), "sync"] },
      { shared: given },
    );
    caches.now.set({ id: 1 }, 5);
    expect([await caches.price.get({ id: 1 }), await given.get("shop:price:1", "text")]).toEqual([5, "5"]);
    await caches.ready();
  });

  test("memoize loaders that give no promise", () => {
    let loads = 0;
    const priceOf = syncMemoizer(defineSyncCache(definition, memory()))(({ id }) => {
      loads += 1;
      return id * 100 + loads;
    });
    expect([priceOf({ id: 1 }), priceOf({ id: 1 })]).toEqual([101, 101]);
    expectTypeOf(priceOf({ id: 1 })).toEqualTypeOf<number>();
    expect([priceOf.purge({ id: 1 }), priceOf.purge({ id: 1 })]).toEqual([true, false]);
    expect([priceOf({ id: 1 }), priceOf.refresh({ id: 1 }), priceOf({ id: 1 })]).toEqual([102, 103, 103]);

    const other = defineSyncCache(definition, memory());
    const findPrice = syncMemoizer(defineSyncCache(definition, memory()))((): number | undefined => undefined, other);
    expectTypeOf(findPrice({ id: 1 })).toEqualTypeOf<number | undefined>();
    expect(findPrice({ id: 1 })).toBeUndefined();
    other.set({ id: 1 }, 5);
    expect(findPrice({ id: 1 })).toBe(5);
  });
});
