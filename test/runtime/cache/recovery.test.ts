import { Cache, cached, json, LayeredBackend, MemoryBackend, RedisBackend } from "@cachetory/runtime";
import { bindCaches, declareBackend } from "@cachetory/runtime/codegen/v1/core";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { startRedisServer } from "../../support/redis-server.ts";
import { told } from "../../support/told.ts";
import { until } from "../../support/until.ts";

type Key = { readonly id: string };

function cacheOn(
  backend: ControlledBackend,
  recovery: boolean | { maxKeys?: number } = true,
  gutter?: false,
): Cache<Key, string> {
  return new Cache<Key, string>({
    name: "products",
    backend,
    serializer: json(),
    prefix: "app:",
    pattern: { segments: ["product:", { name: "id", type: "string" }] },
    keyText: ({ id }) => `product:${id}`,
    recovery,
    gutter,
  });
}

let backend: ControlledBackend;
let warnings: string[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  backend = new ControlledBackend({ isShared: true });
  warnings = [];
  vi.spyOn(process, "emitWarning").mockImplementation((warning) => {
    warnings.push(String(warning));
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function stored(id: string): Promise<unknown> {
  return backend.memory.get(`app:product:${id}`, "text");
}

const dead = [
  "get",
  "getMany",
  "set",
  "setMany",
  "setManyIfAbsent",
  "delete",
  "deleteMany",
  "clear",
  "has",
  "ttl",
] as const;

describe("an invalidation that fails", () => {
  test("waits, and is done when the backend answers again", async () => {
    const cache = cacheOn(backend);
    await cache.set({ id: "1" }, "old");
    backend.fail(...dead);
    expect(await cache.delete({ id: "1" })).toBe(false);
    expect(await stored("1")).toBe('"old"');
    backend.heal();
    await vi.advanceTimersByTimeAsync(100);
    expect(await stored("1")).toBeUndefined();
  });

  test("is rejected where recovery is not declared", async () => {
    const cache = cacheOn(backend, false);
    backend.fail(...dead);
    await expect(cache.delete({ id: "1" })).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  test("hides its key from this process meanwhile, and no other key", async () => {
    const cache = cacheOn(backend);
    await cache.setMany([
      [{ id: "1" }, "old"],
      [{ id: "2" }, "good"],
    ]);
    backend.fail("delete", "deleteMany");
    await cache.delete({ id: "1" });
    expect(await cache.get({ id: "1" })).toBeUndefined();
    expect(await cache.has({ id: "1" })).toBe(false);
    expect(await cache.ttl({ id: "1" })).toBeUndefined();
    await expect(cache.take({ id: "1" })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(cache.touch({ id: "1" })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect([...(await cache.getMany([{ id: "1" }, { id: "2" }])).values()]).toEqual(["good"]);
    expect(await cache.get({ id: "2" })).toBe("good");
    expect(warnings).toHaveLength(1);
  });

  test("lets a load answer, and its value replaces the old one as soon as that can go", async () => {
    const cache = cacheOn(backend, true, false);
    await cache.set({ id: "1" }, "old");
    backend.fail(...dead);
    await cache.delete({ id: "1" });
    expect(await cache.getOrSet({ id: "1" }, () => "new")).toBe("new");
    backend.heal();
    expect(await cache.getOrSet({ id: "1" }, () => "newer")).toBe("newer");
    await vi.advanceTimersByTimeAsync(0);
    expect(await stored("1")).toBe('"newer"');
    expect(await cache.get({ id: "1" })).toBe("newer");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await stored("1")).toBe('"newer"');
  });

  test("is cancelled by a newer set of its key", async () => {
    const cache = cacheOn(backend);
    await cache.set({ id: "1" }, "old");
    backend.fail("delete", "deleteMany");
    await cache.delete({ id: "1" });
    await cache.set({ id: "1" }, "new");
    expect(await cache.get({ id: "1" })).toBe("new");
    backend.heal();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await stored("1")).toBe('"new"');
  });

  test("is not cancelled by a set that was sent before it", async () => {
    const cache = cacheOn(backend);
    const release = backend.hold("set");
    const set = cache.set({ id: "1" }, "older");
    backend.fail("delete", "deleteMany");
    await cache.delete({ id: "1" });
    release();
    await set;
    expect(await cache.get({ id: "1" })).toBeUndefined();
    backend.heal();
    await vi.advanceTimersByTimeAsync(100);
    expect(await stored("1")).toBeUndefined();
  });

  test("is tried again less and less often, and at once after the backend has answered anything", async () => {
    const cache = cacheOn(backend);
    await cache.set({ id: "2" }, "good");
    backend.fail("delete", "deleteMany");
    await cache.delete({ id: "1" });
    backend.calls.length = 0;
    await vi.advanceTimersByTimeAsync(100 + 200 + 400 + 800);
    expect(backend.calls).toEqual(["deleteMany", "deleteMany", "deleteMany", "deleteMany"]);
    backend.calls.length = 0;
    expect(await cache.get({ id: "2" })).toBe("good");
    await vi.advanceTimersByTimeAsync(100);
    expect(backend.calls).toEqual(["get", "deleteMany"]);
  });

  test("says so once, until all are done", async () => {
    const cache = cacheOn(backend);
    backend.fail("delete", "deleteMany");
    await cache.delete({ id: "1" });
    await cache.deleteMany([{ id: "2" }, { id: "3" }]);
    expect(warnings).toEqual([expect.stringContaining("products wait until controlled answers")]);
    backend.heal();
    await vi.advanceTimersByTimeAsync(100);
    backend.fail("delete");
    await cache.delete({ id: "1" });
    expect(warnings).toHaveLength(2);
  });
});

test("a near layer does not bring back what is invalid", async () => {
  const near = new MemoryBackend({});
  const layered = new LayeredBackend({ near, far: backend, invalidation: "none", ttl: "1m" });
  const cache = new Cache<string, string>({ backend: layered, serializer: json(), prefix: "app:", recovery: true });
  await cache.setMany({ a: "old", b: "good" });
  for (const key of ["a", "b", "a", "b"]) await cache.get(key);
  expect([cache.peek("a"), cache.peek("b")]).toEqual(["old", "good"]);
  backend.fail("delete", "deleteMany");
  await cache.delete("a");
  expect(await cache.get("a")).toBeUndefined();
  expect([...(await cache.getMany(["a", "b"]))]).toEqual([["b", "good"]]);
  expect(cache.peek("a")).toBeUndefined();
  backend.heal();
  await vi.advanceTimersByTimeAsync(100);
  expect(await backend.memory.has("app:a")).toBe(false);
});

test("what is kept beyond its ttl is invalid as well", async () => {
  const cache = new Cache<string, string>({
    backend,
    serializer: json(),
    prefix: "app:",
    ttl: "1m",
    stale: { onError: "1h" },
    recovery: true,
  });
  await cache.set("a", "old");
  backend.fail("delete", "deleteMany");
  expect(await cache.delete("a")).toBe(false);
  expect(await cache.get("a", undefined, { stale: true })).toBeUndefined();
  backend.heal();
  expect(await cache.getOrSet("a", () => "new")).toBe("new");
  await cache.drain();
  await vi.advanceTimersByTimeAsync(100);
  expect(await cache.get("a")).toBe("new");
});

test("loads of many replace what is invalid", async () => {
  const cache = cacheOn(backend);
  await cache.set({ id: "1" }, "old");
  backend.fail("delete", "deleteMany");
  await cache.delete({ id: "1" });
  backend.heal();
  const loaded = await cache.getOrSetMany([{ id: "1" }, { id: "2" }], (keys) => keys.map(({ id }) => `new ${id}`));
  expect([...loaded.values()]).toEqual(["new 1", "new 2"]);
  await cache.drain();
  expect(await cache.get({ id: "1" })).toBe("new 1");
});

test("what becomes of invalidations is told", async () => {
  const events = told("recovery");
  const cache = cacheOn(backend);
  backend.fail("delete", "deleteMany", "clear");
  await cache.delete({ id: "1" });
  await cache.clear();
  backend.heal();
  await vi.advanceTimersByTimeAsync(100);
  backend.fail("delete", "deleteMany");
  await cache.delete({ id: "2" });
  const closed = cache.close();
  await vi.advanceTimersByTimeAsync(1000);
  await closed;
  expect(events.map(({ state, keyCount }) => [state, keyCount])).toEqual([
    ["queued", 1],
    ["queued", 0],
    ["done", 1],
    ["done", 0],
    ["queued", 1],
    ["given-up", 1],
  ]);
  expect(events[0]).toMatchObject({ cache: "products", pattern: "product:{id}", backend: "controlled" });
});

test("memoized functions recover as their cache does", async () => {
  const cache = new Cache<string, string>({ backend, serializer: json(), prefix: "app:", recovery: true });
  const load = cached(cache)(async function load(id: string) {
    return `loaded ${id}`;
  });
  await load("1");
  const all = { head: "app:", owns: () => true };
  expect(await backend.memory.clear(all, { dryRun: true })).toBe(1);
  backend.fail("delete", "deleteMany");
  expect(await load.purge("1")).toBe(false);
  backend.heal();
  await vi.advanceTimersByTimeAsync(100);
  expect(await backend.memory.clear(all, { dryRun: true })).toBe(0);
});

test("a generated cache has what its definition says", async () => {
  const declared = declareBackend({ name: "shared", url: ["redis://127.0.0.1:1"], prefix: "app:" });
  const definition = {
    name: "products",
    pattern: { segments: ["product:", { name: "id", type: "string" }] },
    keyText: ({ id }: Key) => `product:${id}`,
    serializer: () => json<string>(),
    ttlMs: 1000,
  } as const;
  backend.fail("delete");
  const { recovering, plain, reading } = bindCaches(
    {
      recovering: [{ ...definition, recovery: { maxKeys: 5 } }, declared],
      plain: [definition, declared],
      reading: [{ ...definition, reads: "replica" }, declared],
    },
    { shared: backend },
  );
  expect(await recovering.delete({ id: "1" })).toBe(false);
  await expect(plain.delete({ id: "1" })).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await expect(reading.get({ id: "1" })).rejects.toMatchObject({ code: "INVALID_OPTION" });
});

describe("a set that fails", () => {
  test("is rejected, and leaves no old value behind", async () => {
    const cache = cacheOn(backend);
    await cache.set({ id: "1" }, "old");
    backend.fail("set");
    await expect(cache.set({ id: "1" }, "new")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await cache.get({ id: "1" })).toBeUndefined();
    await vi.advanceTimersByTimeAsync(100);
    expect(await stored("1")).toBeUndefined();
  });

  test("the same for many", async () => {
    const cache = cacheOn(backend);
    await cache.set({ id: "1" }, "old");
    backend.fail("setMany");
    await expect(cache.setMany([[{ id: "1" }, "new"]])).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await vi.advanceTimersByTimeAsync(100);
    expect(await stored("1")).toBeUndefined();
  });

  test("the same for a refresh", async () => {
    const cache = cacheOn(backend);
    await cache.set({ id: "1" }, "old");
    backend.fail("set");
    await expect(cache.refresh({ id: "1" }, () => "new")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await vi.advanceTimersByTimeAsync(100);
    expect(await stored("1")).toBeUndefined();
  });

  test("that only stores what is absent makes nothing untrue, so nothing is deleted for it", async () => {
    const cache = cacheOn(backend);
    await cache.set({ id: "1" }, "good");
    backend.fail("set");
    await expect(cache.set({ id: "1" }, "new", { ifNotExists: true })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await cache.get({ id: "1" })).toBe("good");
  });
});

describe("a clear that fails", () => {
  test("waits with what it was to delete, and with nothing else", async () => {
    const cache = cacheOn(backend);
    await cache.setMany([
      [{ id: "1" }, "old"],
      [{ id: "2" }, "good"],
    ]);
    backend.fail("clear");
    expect(await cache.clear({ id: "1" })).toBe(0);
    expect(await cache.get({ id: "1" })).toBeUndefined();
    expect(await cache.get({ id: "2" })).toBe("good");
    backend.heal();
    await vi.advanceTimersByTimeAsync(100);
    expect([await stored("1"), await stored("2")]).toEqual([undefined, '"good"']);
    await cache.set({ id: "1" }, "new");
    expect(await cache.get({ id: "1" })).toBe("new");
  });

  test("a dry run is rejected: it invalidates nothing", async () => {
    const cache = cacheOn(backend);
    backend.fail("clear");
    await expect(cache.clear(undefined, { dryRun: true })).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});

describe("more invalidations than are kept", () => {
  test("make the whole cache invalid until it has been cleared", async () => {
    const cache = cacheOn(backend, { maxKeys: 2 });
    await backend.memory.set("other", "1", {});
    await cache.set({ id: "kept" }, "good");
    backend.fail("delete", "deleteMany", "clear");
    for (const id of ["1", "2"]) await cache.delete({ id });
    expect(await cache.get({ id: "kept" })).toBe("good");
    await cache.delete({ id: "3" });
    expect(await cache.get({ id: "kept" })).toBeUndefined();
    expect(warnings).toContainEqual(expect.stringContaining("More than 2 invalidations of the cache products wait"));
    backend.heal();
    await vi.advanceTimersByTimeAsync(5000);
    expect(await stored("kept")).toBeUndefined();
    expect(await backend.memory.get("other", "text")).toBe("1");
    await cache.set({ id: "kept" }, "new");
    expect(await cache.get({ id: "kept" })).toBe("new");
  });

  test("one that fails while the cache is cleared is not lost", async () => {
    const cache = cacheOn(backend, { maxKeys: 1 });
    backend.fail("delete", "deleteMany", "clear");
    for (const id of ["1", "2"]) await cache.delete({ id });
    backend.heal();
    const release = backend.hold("clear");
    await vi.advanceTimersByTimeAsync(100);
    await backend.memory.set("app:product:3", '"by another process"', {});
    backend.fail("delete");
    await cache.delete({ id: "3" });
    backend.heal();
    release();
    await vi.advanceTimersByTimeAsync(0);
    await backend.memory.set("app:product:3", '"by another process"', {});
    expect(await cache.get({ id: "3" })).toBeUndefined();
    await vi.advanceTimersByTimeAsync(100);
    expect(await stored("3")).toBeUndefined();
  });
});

describe("close", () => {
  test("does what waits, before the backend is closed", async () => {
    const cache = cacheOn(backend);
    await cache.set({ id: "1" }, "old");
    backend.fail("delete");
    await cache.delete({ id: "1" });
    backend.heal();
    const close = vi.spyOn(backend.memory, "close").mockResolvedValue();
    const closed = cache.close();
    await vi.advanceTimersByTimeAsync(100);
    await closed;
    expect(await stored("1")).toBeUndefined();
    expect(close).toHaveBeenCalledTimes(1);
  });

  test("waits a second for a backend that does not answer, says what is given up, and tries no more", async () => {
    const cache = cacheOn(backend);
    backend.fail("delete", "deleteMany");
    await cache.delete({ id: "1" });
    const closed = cache.close();
    await vi.advanceTimersByTimeAsync(1000);
    await closed;
    expect(warnings.at(-1)).toContain("products were given up");
    backend.calls.length = 0;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(backend.calls).toEqual([]);
  });

  test("leaves a backend open that caches share", async () => {
    const shared = new MemoryBackend({});
    const cache = new Cache<string, string>({
      backend: shared,
      serializer: json(),
      closesBackend: false,
      recovery: true,
    });
    await cache.set("a", "1");
    await cache.close();
    expect(await shared.get("a", "text")).toBe('"1"');
  });
});

test.each([0, 1.5, -1])("maxKeys of %d is refused", (maxKeys) => {
  expect(() => cacheOn(backend, { maxKeys })).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
});

test("a cache that cannot be cleared cannot recover: too many invalidations would end as one of all keys", async () => {
  const cache = new Cache<string, string>({ backend, serializer: json(), recovery: true });
  await expect(cache.get("a")).rejects.toMatchObject({ code: "NOT_CLEARABLE" });
});

test("on Redis, what was deleted during an outage is gone after it", async () => {
  vi.useRealTimers();
  const server = await startRedisServer();
  const url = `${server.url}?command-timeout=100ms&connect-timeout=200ms`;
  await using cache = new Cache<string, string>({
    backend: RedisBackend.fromUrl(url),
    serializer: json(),
    prefix: "app:",
    recovery: true,
  });
  await cache.set("a", "old");
  server.pause();
  expect(await cache.delete("a")).toBe(false);
  expect(await cache.get("a")).toBeUndefined();
  server.resume();
  await until("the entry is deleted", async () => (await server.ask("EXISTS", "app:a")) === 0);
  expect(await cache.getOrSet("a", () => "new")).toBe("new");
  await server.stop();
});
