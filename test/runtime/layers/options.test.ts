import { Cache, DummyBackend, json, LayeredBackend, MemoryBackend, RedisBackend, SyncCache } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { describe, expect, test } from "vitest";

describe("a layered backend", () => {
  const far = (): RedisBackend => new RedisBackend({ host: "127.0.0.1" });

  test("refuses a near backend that keeps nothing in this process", () => {
    expect(() => new LayeredBackend({ near: new DummyBackend(), far: far() })).toThrow("Give a MemoryBackend");
  });

  test("refuses a far one that cannot tell of changes, where something has to", () => {
    const shared = new ControlledBackend({ isShared: true });
    expect(() => new LayeredBackend({ near: new MemoryBackend(), far: shared })).toThrow(
      'Give a RedisBackend, or invalidation "none" and a ttl',
    );
  });

  test("needs a ttl where nothing tells of changes", () => {
    const options = { near: new MemoryBackend(), far: far(), invalidation: "none" } as const;
    expect(() => new LayeredBackend(options)).toThrow(/needs a ttl/);
    expect(() => new LayeredBackend({ ...options, ttl: "forever" })).toThrow(/needs a ttl/);
    expect(() => new LayeredBackend({ ...options, ttl: { ms: 0 } })).toThrow(/more than zero/);
    expect(new LayeredBackend({ ...options, ttl: "1s" }).near).toBeDefined();
  });

  test("leaves all to a far one that is in this process itself", async () => {
    const alone = new MemoryBackend();
    const near = new MemoryBackend();
    const cache = new Cache<string, number>({ backend: new LayeredBackend({ near, far: alone }), serializer: json() });
    await cache.set("a", 1);
    expect([cache.peek("a"), alone.size, near.size]).toEqual([1, 1, 0]);
  });

  test("is short before a shared backend that is no Redis", async () => {
    const shared = new ControlledBackend({ isShared: true });
    const backend = new LayeredBackend({ near: new MemoryBackend(), far: shared, invalidation: "none", ttl: "1m" });
    const cache = new Cache<string, number>({ backend, serializer: json(), ttl: "1m" });
    await cache.setMany({ a: 1, b: 2 });
    await cache.get("a");
    await cache.getMany(["a", "b"]);
    expect([cache.peek("a"), cache.peek("b")]).toEqual([1, 2]);
    expect(shared.calls).toEqual(["setMany", "ttl", "get", "ttl", "ttl", "getMany", "ttl"]);
  });

  test.each([
    ["one", (cache: Cache<string, number>) => cache.get("a")],
    ["many", (cache: Cache<string, number>) => cache.getMany(["a"])],
  ])("keeps nothing for the life of what is stored right behind it: of %s", async (_, read) => {
    let asked = 0;
    // Between the questions something is stored that lives longer.
    const ttl = async (): Promise<number> => (asked++ === 0 ? 50 : 60_000);
    const shared = Object.assign(new ControlledBackend({ isShared: true }), { ttl });
    const backend = new LayeredBackend({ near: new MemoryBackend(), far: shared, invalidation: "none", ttl: "1m" });
    const cache = new Cache<string, number>({ backend, serializer: json(), ttl: "1m" });
    await cache.set("a", 1);
    await read(cache);
    expect(asked).toBe(2);
    await expect.poll(() => cache.peek("a")).toBeUndefined();
  });

  test("has no face without promises", () => {
    const backend = new LayeredBackend({ near: new MemoryBackend(), far: far() });
    expect(() => new SyncCache<string, number>({ backend, serializer: json() })).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION" }),
    );
  });

  test("tells of an outage once, however many caches are in front of it", async () => {
    const shared = Object.assign(new ControlledBackend({ isShared: true }), { name: "behind-three" });
    shared.fail("get");
    const warnings: string[] = [];
    const note = ({ message }: Error): void => void warnings.push(message);
    process.on("warning", note);
    for (const _ of [1, 2, 3]) {
      const backend = new LayeredBackend({ near: new MemoryBackend(), far: shared, invalidation: "none", ttl: "1m" });
      expect(await new Cache({ backend, serializer: json() }).get("a", "fallback")).toBe("fallback");
    }
    const told = (): readonly string[] => warnings.filter((message) => message.includes("behind-three"));
    await expect.poll(() => told().length).toBeGreaterThan(0);
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", note);
    expect(told()).toHaveLength(1);
  });

  test("closes both", async () => {
    const near = new MemoryBackend();
    const shared = new ControlledBackend({ isShared: true });
    await new LayeredBackend({ near, far: shared, invalidation: "none", ttl: "1m" }).close();
    await expect(near.get("a", "text")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(shared.get("a", "text")).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
