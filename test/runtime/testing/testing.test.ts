import { BackendUnavailableError, Cache, json, KeyvBackend, MemoryBackend, SyncCache } from "@cachetory/runtime";
import {
  bindCaches,
  type CacheDefinition,
  type CacheSet,
  type DeclaredBackend,
  declareBackend,
} from "@cachetory/runtime/codegen/v1/core";
import { ControlledBackend, FakeClock, isolateCaches } from "@cachetory/runtime/testing";
import { Keyv } from "keyv";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { told } from "../../support/told.ts";

describe("a fake clock", () => {
  test("is what entries end by: in memory, without promises, on a Keyv", async () => {
    const caches = [
      new Cache<string, number>({ backend: new MemoryBackend(), serializer: json(), ttl: "10m" }),
      new Cache<string, number>({ backend: new ControlledBackend(), serializer: json(), ttl: "10m" }),
      new Cache<string, number>({ backend: new KeyvBackend(new Keyv()), serializer: json(), ttl: "10m" }),
    ];
    const sync = new SyncCache<string, number>({ backend: new MemoryBackend(), serializer: json(), ttl: "10m" });
    const read = async (): Promise<unknown[]> => [
      ...(await Promise.all(caches.map((each) => each.get("a")))),
      sync.get("a"),
    ];
    using clock = new FakeClock();
    for (const cache of [...caches, sync]) await cache.set("a", 1);
    // What was read lately is taken for what it was without a look at the clock, as far as that is the machine's.
    await read();
    clock.advance({ ms: 599_999 });
    expect(await read()).toEqual([1, 1, 1, 1]);
    expect(await caches[0]?.ttl("a")).toBe(1);
    clock.advance({ ms: 1 });
    expect(await read()).toEqual([undefined, undefined, undefined, undefined]);
  });

  test("is what durations in events are of", async () => {
    using clock = new FakeClock();
    const cache = new Cache<string, number>({ backend: new MemoryBackend(), serializer: json() });
    const events = told("load");
    await cache.getOrSet("a", () => {
      clock.advance("2s");
      return 1;
    });
    expect(events).toMatchObject([{ durationMs: 2000 }]);
  });

  test("begins when a test says, and ends with it", () => {
    const { now } = Date;
    const { now: monotonicNow } = performance;
    {
      using clock = new FakeClock(5_000);
      clock.advance("1s");
      expect([Date.now(), clock.nowMs]).toEqual([6_000, 6_000]);
      const beforeMs = performance.now();
      clock.advance({ ms: 7 });
      expect(performance.now() - beforeMs).toBeCloseTo(7, 6);
    }
    expect([Date.now, performance.now]).toEqual([now, monotonicNow]);
  });

  test("goes no way but forward", () => {
    using clock = new FakeClock();
    expect(() => clock.advance("soon" as never)).toThrow(expect.objectContaining({ code: "INVALID_DURATION" }));
  });
});

describe("a controlled backend", () => {
  test("tells what it was asked, with promises and without", async () => {
    const backend = new ControlledBackend();
    const cache = new Cache<string, number>({ backend, serializer: json() });
    const sync = new SyncCache<string, number>({ backend, serializer: json() });
    await cache.getOrSet("a", () => 1);
    sync.get("a");
    await backend.memory.get("a", "text");
    expect(backend.calls).toEqual(["get", "set", "get"]);
  });

  test("fails until it is healed", async () => {
    vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const backend = new ControlledBackend();
    const cache = new Cache<string, number>({ backend, serializer: json() });
    backend.fail("set", "get");
    await expect(cache.set("a", 1)).rejects.toBeInstanceOf(BackendUnavailableError);
    expect(await cache.getOrSet("a", () => 1)).toBe(1);
    backend.heal();
    expect(await cache.set("a", 2)).toBe(true);
    expect(await cache.get("a")).toBe(2);
  });

  test("is as slow as it is told to be", async () => {
    const backend = new ControlledBackend();
    const cache = new Cache<string, number>({ backend, serializer: json() });
    await cache.set("a", 1);
    backend.slow(1_000, "get");
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      let found: number | undefined;
      const got = cache.get("a").then((value) => {
        found = value;
      });
      await vi.advanceTimersByTimeAsync(999);
      expect(found).toBeUndefined();
      await vi.advanceTimersByTimeAsync(1);
      await got;
      expect(found).toBe(1);
    } finally {
      vi.useRealTimers();
    }
  });

  test("holds calls until it is told to go on", async () => {
    const backend = new ControlledBackend();
    const cache = new Cache<string, number>({ backend, serializer: json() });
    const goOn = backend.hold("set");
    let isSet = false;
    const set = cache.set("a", 1).then(() => {
      isSet = true;
    });
    await new Promise(setImmediate);
    expect(isSet).toBe(false);
    goOn();
    await set;
    expect(isSet).toBe(true);
  });

  test("holds them for whoever has said so last", async () => {
    const backend = new ControlledBackend();
    const [first, second] = [backend.hold("delete"), backend.hold("delete")];
    first();
    let isDone = false;
    const deleted = backend.delete("a").then(() => {
      isDone = true;
    });
    await new Promise(setImmediate);
    expect(isDone).toBe(false);
    second();
    await deleted;
  });

  test("stores entries of several lifetimes that have an envelope", async () => {
    const backend = new ControlledBackend();
    const cache = new Cache<string, number>({
      backend,
      serializer: json(),
      ttl: "10m",
      jitter: 0.5,
      stale: { onError: "1h" },
    });
    const keys = Array.from({ length: 20 }, (_, index) => `k${index}`);
    await cache.setMany(keys.map((key, index) => [key, index] as const));
    expect((await cache.getMany(keys)).size).toBe(20);
  });
});

describe("isolated caches", () => {
  interface Id {
    readonly id: number;
  }
  interface Caches extends CacheSet {
    readonly stock: Cache<Id, number>;
    readonly now: SyncCache<Id, number>;
  }
  interface CachesOptions {
    readonly backends?:
      | {
          readonly shared?: MemoryBackend | ControlledBackend | undefined;
          readonly local?: MemoryBackend | ControlledBackend | undefined;
        }
      | undefined;
  }
  const definition: CacheDefinition<Id, number> = {
    name: "stock",
    pattern: { segments: ["stock:", { name: "id", type: "int" }] },
    keyText: ({ id }) => `stock:${id}`,
    serializer: () => json(),
    ttlMs: 60_000,
  };
  const declared = (name: string): DeclaredBackend =>
    declareBackend({ name, url: [{ variable: "NOBODY_SETS_THIS", message: "a test must not need it" }] });
  // As generated code has it.
  const createCaches = (options: CachesOptions = {}): Caches =>
    bindCaches(
      { stock: [definition, declared("shared")], now: [definition, declared("local"), "sync"] },
      options.backends,
    );

  test("need no server and no environment, and share nothing with each other", async () => {
    await using one = isolateCaches(createCaches);
    await using other = isolateCaches(createCaches);
    await one.caches.stock.set({ id: 1 }, 5);
    one.caches.now.set({ id: 1 }, 6);
    expect([await one.caches.stock.get({ id: 1 }), one.caches.now.get({ id: 1 })]).toEqual([5, 6]);
    expect([await other.caches.stock.get({ id: 1 }), other.caches.now.get({ id: 1 })]).toEqual([undefined, undefined]);
  });

  test("have backends by their declared names, which a test can look at and let fail, also before they are used", async () => {
    vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    await using test = isolateCaches(createCaches);
    test.backends.shared.fail("set");
    await expect(test.caches.stock.set({ id: 1 }, 5)).rejects.toBeInstanceOf(BackendUnavailableError);
    test.caches.now.set({ id: 1 }, 6);
    expect([test.backends.shared.calls, test.backends.local.calls]).toEqual([["set"], ["set"]]);
    expect((await test.caches.health()).backends).toMatchObject({ shared: { state: "up" }, local: { state: "up" } });
    expectTypeOf(test.backends).toEqualTypeOf<{
      readonly shared: ControlledBackend;
      readonly local: ControlledBackend;
    }>();
  });

  test("stand on what is given in the place of one", async () => {
    const local = new MemoryBackend();
    await using test = isolateCaches(createCaches, { local });
    test.caches.now.set({ id: 1 }, 6);
    expect(local.size).toBe(1);
    expect(test.backends.local).toBe(local);
    expectTypeOf(test.backends).toEqualTypeOf<{
      readonly shared: ControlledBackend;
      readonly local: MemoryBackend;
    }>();
  });

  test("are closed with the test", async () => {
    let memory: MemoryBackend;
    {
      await using test = isolateCaches(createCaches);
      memory = test.backends.shared.memory;
      await test.caches.stock.set({ id: 1 }, 5);
    }
    await expect(memory.ready()).rejects.toBeInstanceOf(BackendUnavailableError);
  });
});
