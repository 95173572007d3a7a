import { BackendUnavailableError, Cache, json, LayeredBackend, MemoryBackend } from "@cachetory/runtime";
import {
  bindCaches,
  type CacheDefinition,
  collectCaches,
  type DeclaredBackend,
  declareBackend,
  defineCache,
  defineSyncCache,
} from "@cachetory/runtime/codegen/v1/core";
import { ControlledBackend, FakeClock } from "@cachetory/runtime/testing";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { told } from "../../support/told.ts";

interface Id {
  readonly id: number;
}

const definition: CacheDefinition<Id, number> = {
  name: "stock",
  pattern: { segments: ["stock:", { name: "id", type: "int" }] },
  keyText: ({ id }) => `stock:${id}`,
  serializer: () => json(),
  ttlMs: 60_000,
};

const memory = (name: string): DeclaredBackend => declareBackend({ name, url: ["memory://"] });
const up = { state: "up", sinceMs: undefined, error: undefined, latencyMs: expect.any(Number), leftAlone: [] };
const unused = { state: "unused", sinceMs: undefined, error: undefined, latencyMs: undefined, leftAlone: [] };

beforeEach(() => {
  vi.spyOn(process, "emitWarning").mockImplementation(() => {});
});

describe("a cache", () => {
  test("whose backend nobody has used is left alone", async () => {
    const make = vi.fn(() => new ControlledBackend());
    const cache = new Cache<string, number>({ backend: make, serializer: json() });
    expect(await cache.health()).toEqual(unused);
    expect(make).not.toHaveBeenCalled();
  });

  test("says since when its backend has been down and why, until it answers", async () => {
    const backend = new ControlledBackend();
    const cache = new Cache<string, number>({ backend, serializer: json() });
    await cache.get("a");
    expect(await cache.health()).toEqual(up);
    using clock = new FakeClock(5_000);
    backend.fail("get", "ready");
    await cache.get("a");
    clock.advance("4s");
    const down = { state: "down", sinceMs: 5_000, error: "The server is dead.", latencyMs: undefined, leftAlone: [] };
    expect(await cache.health()).toEqual(down);
    backend.heal();
    expect(await cache.health()).toEqual(up);
  });

  test("finds an outage itself, and tells of it as of every other", async () => {
    const backend = new ControlledBackend();
    const cache = new Cache<string, number>({ backend, serializer: json() });
    await cache.get("a");
    const events = told("outage");
    backend.fail("ready");
    await cache.health();
    backend.heal();
    await cache.get("a");
    expect(events.map(({ state }) => state)).toEqual(["down", "up"]);
  });

  test("is down where its backend cannot be made", async () => {
    const makers = vi
      .fn<() => MemoryBackend>(() => new MemoryBackend())
      .mockImplementationOnce(() => {
        throw new Error("CACHE_URL is not set.");
      });
    const cache = new Cache<string, number>({ backend: makers, serializer: json() });
    await expect(cache.set("a", 1)).rejects.toThrow("CACHE_URL is not set.");
    expect(await cache.health()).toMatchObject({ state: "down", error: "CACHE_URL is not set." });
    await cache.set("a", 1);
    expect(await cache.health()).toEqual(up);
  });

  test("is down where its server refuses reads, whatever else it serves", async () => {
    const refusal = new BackendUnavailableError("NOPERM", { outcome: "none", isRefusal: true });
    const backend = new ControlledBackend();
    const cache = new Cache<string, number>({ backend, serializer: json() });
    vi.spyOn(backend, "get").mockRejectedValueOnce(refusal);
    await cache.get("a");
    expect(await cache.health()).toMatchObject({ state: "down", error: "NOPERM" });
    await cache.get("a");
    expect(await cache.health()).toEqual(up);
  });

  test("of two layers is as the far one is, which answers in the end", async () => {
    const far = new ControlledBackend({ isShared: true });
    const backend = new LayeredBackend({ near: new MemoryBackend(), far, invalidation: "none", ttl: "1s" });
    const cache = new Cache<string, number>({ backend, prefix: "n:", serializer: json() });
    await cache.get("a");
    far.fail("ready");
    expect(await cache.health()).toMatchObject({ state: "down", error: "The server is dead." });
  });

  test("whose backend answers but does not store is refusing", async () => {
    const backend = new ControlledBackend();
    const cache = new Cache<string, number>({ backend, serializer: json() });
    backend.fail("set");
    await cache.getOrSet("a", () => 1);
    expect(await cache.health()).toEqual({
      ...up,
      state: "refusing",
      sinceMs: expect.any(Number),
      error: "The server is dead.",
    });
    backend.heal();
    await cache.getOrSet("b", () => 1);
    expect(await cache.health()).toEqual(up);
  });

  test("whose backend is closed while a load runs is no outage", async () => {
    const events = told("outage", "store");
    const backend = new MemoryBackend();
    const cache = new Cache<string, number>({ backend, serializer: json() });
    const value = await cache.getOrSet("a", async () => {
      await backend.close();
      return 1;
    });
    await cache.drain();
    expect(value).toBe(1);
    expect(events).toMatchObject([{ outcome: "failed", error: { message: "The memory backend is closed." } }]);
  });
});

describe("a set of caches", () => {
  test("tells of each backend by its declared name", async () => {
    const shared = new ControlledBackend();
    await using caches = bindCaches(
      { stock: [definition, memory("shared")], price: [definition, memory("local")] },
      { shared },
    );
    expect(await caches.health()).toEqual({ isHealthy: true, backends: { shared: up, local: unused } });
    shared.fail("ready");
    await caches.price.get({ id: 1 });
    expect(await caches.health()).toMatchObject({
      isHealthy: false,
      backends: { shared: { state: "down" }, local: { state: "up" } },
    });
  });

  test("of the exported caches opens nothing", async () => {
    const [one, two] = [memory("one"), memory("two")];
    const caches = collectCaches(
      { stock: defineCache(definition, one), now: defineSyncCache(definition, two) },
      [one],
      [two],
    );
    expect(await caches.health()).toEqual({ isHealthy: true, backends: { one: unused, two: unused } });
    caches.now.get({ id: 1 });
    expect(await caches.health()).toEqual({ isHealthy: true, backends: { one: unused, two: up } });
    expect(one.opened).toBeUndefined();
  });

  test.each([
    ["the exported ones", (shop: DeclaredBackend) => collectCaches({ stock: defineCache(definition, shop) }, [shop])],
    ["a set of its own", (shop: DeclaredBackend) => bindCaches({ stock: [definition, shop] })],
  ])("is not healthy where a backend cannot be made: %s", async (_, make) => {
    const caches = make(declareBackend({ name: "shop", url: [{ variable: "CACHETORY_NOT_SET" }] }));
    await expect(caches.stock.getOrSet({ id: 1 }, () => 1)).rejects.toMatchObject({ code: "MISSING_ENVIRONMENT" });
    expect(await caches.health()).toMatchObject({
      isHealthy: false,
      backends: { shop: { state: "down", error: expect.stringContaining("CACHETORY_NOT_SET") } },
    });
  });

  test("asks the face with promises of a backend that has both", async () => {
    const given = new ControlledBackend();
    await using caches = bindCaches(
      {
        now: [definition, memory("shared"), "sync"],
        stock: [definition, memory("shared")],
        own: [definition, memory("own"), "sync"],
      },
      { shared: given, own: given },
    );
    await caches.health();
    expect(given.calls).toEqual(["ready", "ready"]);
    given.fail("ready");
    expect((await caches.health()).backends).toMatchObject({ shared: { state: "down" }, own: { state: "down" } });
  });

  test("drains all of its caches, and gives up with its signal", async () => {
    const shared = new ControlledBackend();
    await using caches = bindCaches({ stock: [definition, memory("shared")] }, { shared });
    shared.fail("get");
    const answer = shared.hold("set");
    await caches.stock.getOrSet({ id: 1 }, () => 5);
    const controller = new AbortController();
    const given = caches.drain({ signal: controller.signal });
    controller.abort(new Error("enough"));
    await expect(given).rejects.toThrow("enough");
    const drained = caches.drain();
    answer();
    await drained;
    expect(await shared.memory.get("stock:1", "text")).toBe("5");
  });
});

describe("close", () => {
  const closing = (): [Cache<string, number>, ControlledBackend, () => void] => {
    const backend = new ControlledBackend();
    backend.fail("get");
    return [new Cache<string, number>({ backend, serializer: json() }), backend, backend.hold("set")];
  };
  const openAfter = (memoryBackend: MemoryBackend): Promise<boolean> =>
    memoryBackend.ready().then(
      () => true,
      () => false,
    );

  test("waits for what nobody waits for before it closes the backend", async () => {
    const [cache, backend, answer] = closing();
    const set = vi.spyOn(backend.memory, "set");
    await cache.getOrSet("a", () => 1);
    const closed = cache.close();
    await new Promise(setImmediate);
    expect(await openAfter(backend.memory)).toBe(true);
    answer();
    await closed;
    await expect(set.mock.results[0]?.value).resolves.toBe(true);
    expect(await openAfter(backend.memory)).toBe(false);
  });

  test("gives it 5 seconds", async () => {
    const [cache, backend] = closing();
    await cache.getOrSet("a", () => 1);
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const closed = cache.close();
      await vi.advanceTimersByTimeAsync(4_999);
      expect(await openAfter(backend.memory)).toBe(true);
      await vi.advanceTimersByTimeAsync(1);
      await closed;
      expect(await openAfter(backend.memory)).toBe(false);
    } finally {
      vi.useRealTimers();
    }
  });
});
