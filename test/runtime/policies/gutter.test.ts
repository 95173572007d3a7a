import {
  BackendUnavailableError,
  Cache,
  type CacheOptions,
  cached,
  json,
  LayeredBackend,
  MemoryBackend,
  offload,
  SyncCache,
  serializerFromUrl,
  tag,
  WorkerPool,
} from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { told } from "../../support/told.ts";
import { until } from "../../support/until.ts";

const all = [
  "ready",
  "get",
  "getMany",
  "set",
  "setMany",
  "setManyIfAbsent",
  "expireIn",
  "expireAt",
  "ttl",
  "has",
  "take",
  "delete",
  "deleteMany",
  "scan",
  "clear",
] as const;

let backend: ControlledBackend;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  backend = new ControlledBackend({ isShared: true });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function cacheOn<V = number>(options: Partial<CacheOptions<string, V>> = {}): Cache<string, V> {
  return new Cache<string, V>({ name: "prices", backend, serializer: json<V>(), ...options });
}

/** A loader that gives how often it was called. */
function counting(): { (): Promise<number>; calls: number } {
  const load = async (): Promise<number> => {
    load.calls += 1;
    return load.calls;
  };
  load.calls = 0;
  return load;
}

describe("while the backend is out", () => {
  beforeEach(() => backend.fail(...all));

  test("a key is loaded once for each second", async () => {
    const cache = cacheOn();
    const load = counting();
    expect(await cache.getOrSet("a", load)).toBe(1);
    expect(await cache.getOrSet("a", load)).toBe(1);
    vi.advanceTimersByTime(999);
    expect(await cache.getOrSet("a", load)).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await cache.getOrSet("a", load)).toBe(2);
  });

  test("every read finds what was loaded", async () => {
    const cache = cacheOn();
    await cache.getOrSetMany(["a", "b"], (keys) => keys.map((_, index) => index));
    expect(await cache.get("a")).toBe(0);
    expect(await cache.getOrThrow("b")).toBe(1);
    expect([...(await cache.getMany(["a", "b", "c"]))]).toEqual([
      ["a", 0],
      ["b", 1],
    ]);
    expect([...(await cache.getOrSetMany(["a", "b", "c"], (keys) => keys.map(() => 7)))]).toEqual([
      ["a", 0],
      ["b", 1],
      ["c", 7],
    ]);
    expect(await cache.batch(() => []).get("c")).toBe(7);
  });

  test("more keys than one read takes are found", async () => {
    const cache = cacheOn();
    const keys = Array.from({ length: 600 }, (_, index) => `k${index}`);
    await cache.getOrSetMany(keys, (missing) => missing.map(() => 1));
    expect((await cache.getMany(keys)).size).toBe(600);
  });

  test("a memoized function is called once", async () => {
    let calls = 0;
    const lengthOf = async (name: string): Promise<number> => {
      calls += 1;
      return name.length;
    };
    const memoized = cached(cacheOn<number>())(lengthOf);
    await memoized("abc");
    await memoized("abc");
    expect(calls).toBe(1);
  });

  test("what refresh has loaded and could not store is found", async () => {
    const cache = cacheOn();
    const load = counting();
    await cache.getOrSet("a", load);
    await expect(cache.refresh("a", load)).rejects.toThrow(BackendUnavailableError);
    expect(await cache.get("a")).toBe(2);
    const batch = cache.batch(async (keys) => keys.map(() => 9));
    await expect(batch.refresh("b")).rejects.toThrow(BackendUnavailableError);
    expect(await cache.get("b")).toBe(9);
  });

  test("what refresh has loaded is as old as its load, however long the backend took to fail", async () => {
    const cache = cacheOn();
    backend.slow(600, "set");
    const load = counting();
    const refreshed = cache.refresh("a", load);
    const settled = expect(refreshed).rejects.toThrow(BackendUnavailableError);
    await vi.advanceTimersByTimeAsync(600);
    await settled;
    await vi.advanceTimersByTimeAsync(399);
    expect(await cache.get("a")).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await cache.get("a")).toBeUndefined();
  });

  test("whether there is an entry, and for how long, nobody knows", async () => {
    const cache = cacheOn();
    await cache.getOrSet("a", () => 1);
    expect(await cache.has("a")).toBe(false);
    expect(await cache.ttl("a")).toBeUndefined();
    await expect(cache.take("a")).rejects.toThrow(BackendUnavailableError);
  });

  test("what set could not store is not kept: it has told its caller so", async () => {
    const cache = cacheOn();
    await expect(cache.set("a", 1)).rejects.toThrow(BackendUnavailableError);
    expect(await cache.get("a")).toBeUndefined();
  });

  const changes: Readonly<Record<string, (cache: Cache<string, number>) => Promise<unknown>>> = {
    set: (cache) => cache.set("a", 5),
    setMany: (cache) => cache.setMany({ a: 5 }),
    delete: (cache) => cache.delete("a"),
    deleteMany: (cache) => cache.deleteMany(["a"]),
    take: (cache) => cache.take("a"),
    clear: (cache) => cache.clear(),
    expireIn: (cache) => cache.expireIn("a", { ms: 0 }),
    expireAt: (cache) => cache.expireAt("a", new Date(0)),
    touch: (cache) => cache.touch("a"),
  };

  test.each(Object.keys(changes))("%s makes it gone, though it fails", async (name) => {
    const change = changes[name];
    const cache = cacheOn({ prefix: "p:" });
    const other = cacheOn({ prefix: "p:", name: "other" });
    await cache.getOrSet("a", () => 1);
    await other.getOrSet("a", () => 1);
    await expect(change?.(other)).rejects.toThrow();
    expect(await cache.get("a")).toBeUndefined();
    expect(await other.get("a")).toBeUndefined();
  });

  test("a change of another key leaves it", async () => {
    const cache = cacheOn();
    await cache.getOrSet("a", () => 1);
    await expect(cache.delete("b")).rejects.toThrow();
    expect(await cache.get("a")).toBe(1);
  });

  test("a change by a synchronous cache makes it gone", async () => {
    const cache = cacheOn();
    const sync = new SyncCache<string, number>({ backend, serializer: json() });
    await cache.getOrSet("a", () => 1);
    expect(() => sync.delete("a")).toThrow(BackendUnavailableError);
    expect(await cache.get("a")).toBeUndefined();
  });

  test("a change by a cache with promises makes that of a synchronous one gone, and the other way round", async () => {
    const sync = new SyncCache<string, number>({ backend, serializer: json() });
    sync.getOrSet("a", () => 1);
    expect(sync.get("a")).toBe(1);
    await expect(cacheOn().delete("a")).rejects.toThrow(BackendUnavailableError);
    expect(sync.get("a")).toBeUndefined();
  });

  test("a load that a change overtakes leaves nothing", async () => {
    const cache = cacheOn();
    let finish = (_: number): void => {};
    const loading = cache.getOrSet("a", () => new Promise<number>((resolve) => (finish = resolve)));
    await vi.advanceTimersByTimeAsync(0);
    await expect(cache.delete("a")).rejects.toThrow();
    finish(1);
    expect(await loading).toBe(1);
    expect(await cache.get("a")).toBeUndefined();
  });

  const flat = (id: number): { id: number } => ({ id });
  const nested = (id: number): { of: { id: number } } => ({ of: { id } });
  const dated = (id: number): Date => new Date(id);
  test.each([
    [
      "a flat object",
      keyKind(
        flat,
        (key) => key.id,
        (key, id) => Object.assign(key, { id }),
      ),
    ],
    [
      "an object in it",
      keyKind(
        nested,
        (key) => key.of.id,
        (key, id) => Object.assign(key.of, { id }),
      ),
    ],
    [
      "a Date",
      keyKind(
        dated,
        (key) => key.getTime(),
        (key, id) => key.setTime(id),
      ),
    ],
  ])(
    "an invalidation of its tags makes it gone, though its key has become another: %s",
    async (_, { make, idOf, become }) => {
      const cache = new Cache<object, number>({
        backend,
        serializer: json<number>(),
        keyText: (key) => `${idOf(key)}`,
        tags: { ofKey: (key) => [tag("product", idOf(key))] },
      });
      const key = make(1);
      await cache.getOrSet(key, () => 1);
      become(key, 2);
      await cache.getOrSet(key, () => 2);
      await expect(cache.invalidateTags(tag("product", 1))).rejects.toThrow();
      expect(await cache.get(make(1))).toBeUndefined();
      expect(await cache.get(make(2))).toBe(2);
      await expect(cache.invalidateTags(tag("product", 2))).rejects.toThrow();
      expect(await cache.get(make(2))).toBeUndefined();
    },
  );

  test("it lives no longer than its entry would", async () => {
    const cache = cacheOn({ ttl: "1m" });
    const load = counting();
    await cache.getOrSet("a", load, { ttl: "200ms" });
    await cache.getOrSet("b", load, { ttl: () => ({ ms: 0 }) });
    expect(await cache.get("a")).toBe(1);
    expect(await cache.get("b")).toBeUndefined();
    vi.advanceTimersByTime(200);
    expect(await cache.get("a")).toBeUndefined();
  });

  test("what is not to be stored is not kept", async () => {
    const cache = cacheOn<unknown>({ negative: "skip", maxValueBytes: 5 });
    await cache.getOrSet("null", () => null);
    await cache.getOrSet("large", () => "123456");
    await cache.getOrSet("refused", () => 1, { storeIf: () => false });
    await cache.getOrSet("absent", () => undefined);
    for (const key of ["null", "large", "refused", "absent"]) expect(await cache.get(key)).toBeUndefined();
  });

  test("null lives as long as is declared for it", async () => {
    const cache = cacheOn<number | null>({ negative: { ttl: "100ms" } });
    await cache.getOrSet("a", () => null);
    expect(await cache.get("a")).toBeNull();
    vi.advanceTimersByTime(100);
    expect(await cache.get("a", 7)).toBe(7);
  });

  test("nobody can change what another one finds", async () => {
    const cache = cacheOn<{ n: number }>();
    const loaded = await cache.getOrSet("a", () => ({ n: 1 }));
    loaded.n = 2;
    const found = await cache.get("a");
    expect(found).toEqual({ n: 1 });
    if (found !== undefined) found.n = 3;
    expect(await cache.get("a")).toEqual({ n: 1 });
  });

  test("it keeps no more entries than declared", async () => {
    const cache = cacheOn({ gutter: { maxEntries: 2 } });
    for (const key of ["a", "b", "c"]) await cache.getOrSet(key, () => 1);
    expect((await cache.getMany(["a", "b", "c"])).size).toBe(2);
  });

  test("a longer ttl is respected", async () => {
    const cache = cacheOn({ gutter: { ttl: "5s" } });
    await cache.getOrSet("a", () => 1);
    vi.advanceTimersByTime(4999);
    expect(await cache.get("a")).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await cache.get("a")).toBeUndefined();
  });

  test("gutter: false keeps nothing", async () => {
    const cache = cacheOn({ gutter: false });
    await cache.getOrSet("a", () => 1);
    expect(await cache.get("a")).toBeUndefined();
  });

  test("a backend that nobody shares has none", async () => {
    const alone = new ControlledBackend();
    alone.fail(...all);
    const cache = cacheOn({ backend: alone });
    await cache.getOrSet("a", () => 1);
    expect(await cache.get("a")).toBeUndefined();
  });

  test("a hit is told as one of the gutter", async () => {
    const cache = cacheOn({ eventKeys: true });
    await cache.getOrSet("a", () => 1);
    const events = told("hit", "miss");
    await cache.get("a");
    await cache.getOrThrow("a");
    await cache.getOrSet("a", () => 1);
    await cache.getMany(["a", "b"]);
    await cache.getOrSetMany(["a"], () => []);
    expect(events.map((event) => [event.operation, "layer" in event ? event.layer : "none"])).toEqual([
      ["get", "gutter"],
      ["getOrThrow", "gutter"],
      ["getOrSet", "gutter"],
      ["getMany", "gutter"],
      ["getMany", "none"],
      ["getOrSetMany", "gutter"],
    ]);
  });

  test("a closed cache keeps nothing", async () => {
    const cache = cacheOn({ closesBackend: false });
    await cache.getOrSet("a", () => 1);
    await cache.close();
    expect(await cache.get("a")).toBeUndefined();
    await cache.getOrSet("a", () => 1);
    expect(await cache.get("a")).toBeUndefined();
  });

  test("no timer is left", async () => {
    await cacheOn().getOrSet("a", () => 1);
    await cacheOn().get("a");
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each(["getOrSet", "refresh"] as const)("entries with an envelope are kept without (%s)", async (operation) => {
    const cache = cacheOn({ ttl: "1m", stale: { onError: "1h" } });
    await cache[operation]("a", () => 1).catch(() => {});
    expect(await cache.get("a")).toBe(1);
    expect([...(await cache.getMany(["a"]))]).toEqual([["a", 1]]);
  });
});

describe("when the backend answers again", () => {
  test("what it says holds, also when it fails again", async () => {
    const cache = cacheOn();
    backend.fail(...all);
    await cache.getOrSet("a", () => 1);
    await cache.getOrSetMany(["b", "c"], () => [1, 1]);
    backend.heal();
    expect(await cache.get("a")).toBeUndefined();
    expect((await cache.getMany(["b"])).size).toBe(0);
    backend.fail(...all);
    expect(await cache.get("a")).toBeUndefined();
    expect(await cache.get("b")).toBeUndefined();
    expect(await cache.get("c")).toBe(1);
  });
});

test("a read that is answered asks the backend and nobody else", async () => {
  const cache = cacheOn();
  await cache.getOrSet("a", () => 1);
  backend.calls.length = 0;
  expect(await cache.get("a")).toBe(1);
  expect(backend.calls).toEqual(["get"]);
});

test("where only some servers are out, their keys alone are kept", async () => {
  const cache = cacheOn();
  const down = new BackendUnavailableError("A node is down.", { outcome: "none" });
  const getMany = vi.spyOn(backend, "getMany");
  getMany.mockImplementation(async (keys) => keys.map((key) => (key === "a" ? down : undefined)));
  const load = vi.fn((keys: readonly string[]) => keys.map(() => 1));
  await cache.getOrSetMany(["a", "b"], load);
  await cache.getOrSetMany(["a", "b"], load);
  expect(load.mock.calls.map(([keys]) => keys)).toEqual([["a", "b"], ["b"]]);
});

describe("where the backend answers, and refuses to store", () => {
  beforeEach(() => backend.fail("set", "setMany", "setManyIfAbsent"));

  test("a key is loaded once for each second, alone and with others", async () => {
    const cache = cacheOn();
    const load = counting();
    for (let call = 0; call < 5; call += 1) expect(await cache.getOrSet("a", load)).toBe(1);
    const many = async (keys: readonly string[]): Promise<readonly number[]> => Promise.all(keys.map(() => load()));
    for (let call = 0; call < 5; call += 1) expect([...(await cache.getOrSetMany(["b"], many)).values()]).toEqual([2]);
    expect(await cache.get("a")).toBe(1);
    expect([...(await cache.getMany(["a", "b"])).values()]).toEqual([1, 2]);
    vi.advanceTimersByTime(1000);
    expect(await cache.getOrSet("a", load)).toBe(3);
  });

  test("what this process changes is gone at once", async () => {
    const cache = cacheOn();
    await cache.getOrSet("a", () => 1);
    await cache.delete("a");
    expect(await cache.get("a")).toBeUndefined();
  });

  test("an entry that is there by now is what is read", async () => {
    const cache = cacheOn();
    await cache.getOrSet("a", () => 1);
    await backend.memory.set("a", "2", {});
    expect(await cache.get("a")).toBe(2);
  });

  test("it is stored when it is loaded the next time", async () => {
    const cache = cacheOn();
    await cache.getOrSet("a", () => 1);
    backend.heal();
    vi.advanceTimersByTime(1000);
    expect(await cache.getOrSet("a", () => 2)).toBe(2);
    vi.advanceTimersByTime(1000);
    expect(await cache.get("a")).toBe(2);
  });
});

test("that another process has stored it before is no refusal", async () => {
  const cache = cacheOn();
  const loaded = cache.getOrSet("a", async () => {
    await backend.memory.set("a", "2", {});
    return 1;
  });
  expect(await loaded).toBe(1);
  await backend.memory.delete("a");
  expect(await cache.get("a")).toBeUndefined();
});

describe("of two layers", () => {
  test("the near one is asked first, and what it has not is found where it was loaded", async () => {
    const layered = new LayeredBackend({ near: new MemoryBackend(), far: backend, invalidation: "none", ttl: "1m" });
    const cache = cacheOn({ backend: layered, ttl: "1m" });
    await cache.set("near", 1);
    await cache.get("near");
    backend.fail(...all);
    await cache.getOrSetMany(["near", "a"], (keys) => keys.map(() => 2));
    await cache.getOrSet("b", () => 3);
    const events = told("hit");
    expect(await cache.get("near")).toBe(1);
    expect(await cache.get("b")).toBe(3);
    expect([...(await cache.getMany(["near", "a", "b"]))]).toEqual([
      ["near", 1],
      ["a", 2],
      ["b", 3],
    ]);
    expect(events.map(({ layer }) => layer)).toEqual(["near", "gutter", "near", "gutter", "gutter"]);
  });
});

test("what others have stored since a refusal takes its place for good", async () => {
  const cache = cacheOn();
  backend.fail("set");
  await cache.getOrSet("a", () => 1);
  expect(await cache.get("a")).toBe(1);
  await backend.memory.set("a", "2", {});
  expect(await cache.get("a")).toBe(2);
  await backend.memory.delete("a");
  expect(await cache.get("a")).toBeUndefined();
});

test("of two layers, what the far one refuses to store is loaded once as well", async () => {
  const layered = new LayeredBackend({ near: new MemoryBackend(), far: backend, invalidation: "none", ttl: "1m" });
  const cache = cacheOn({ backend: layered, ttl: "1m" });
  const load = counting();
  backend.fail("set");
  expect(await cache.getOrSet("a", load)).toBe(1);
  expect(await cache.getOrSet("a", load)).toBe(1);
  expect([...(await cache.getMany(["a", "b"]))]).toEqual([["a", 1]]);
  await backend.memory.set("a", "2", {});
  expect(await cache.get("a")).toBe(2);
});

describe("with recovery", () => {
  test("what was loaded after an invalidation that waits is found", async () => {
    const cache = cacheOn({ recovery: true, prefix: "p:" });
    await cache.set("a", 1);
    backend.fail(...all);
    await cache.getOrSet("a", () => 2);
    await cache.delete("a");
    expect(await cache.get("a")).toBeUndefined();
    const load = counting();
    await cache.getOrSet("a", load);
    await cache.getOrSet("a", load);
    expect(load.calls).toBe(1);
  });
});

describe("with worker threads", () => {
  const pool = new WorkerPool({ maxThreads: 1 });
  afterAll(() => pool.close());
  const offloaded = (): Cache<string, string> =>
    new Cache({
      backend,
      serializer: serializerFromUrl<string>("text+zlib"),
      offload: offload({ minBytes: 0, pool }),
      // Longer than any thread takes to start.
      gutter: { ttl: "1h" },
    });

  test("what they make is kept", async () => {
    vi.useRealTimers();
    backend.fail(...all);
    const cache = offloaded();
    await cache.getOrSet("a", () => "one");
    await until("it is made", async () => (await cache.get("a")) === "one");
  });

  test("what is changed before they have made it is not", async () => {
    vi.useRealTimers();
    backend.fail(...all);
    const cache = offloaded();
    await cache.getOrSet("a", () => "one");
    await expect(cache.delete("a")).rejects.toThrow();
    await cache.getOrSet("b", () => "two");
    // One thread makes them in their order.
    await until("the later one is made", async () => (await cache.get("b")) === "two");
    expect(await cache.get("a")).toBeUndefined();
  });
});

test.each([
  [{ ttl: "forever" }, /ttl of gutter has an end/],
  [{ ttl: { ms: 0 } }, /ttl of gutter has an end/],
  [{ maxEntries: 0 }, /maxEntries of gutter must be a whole number from 1, but is 0/],
  [{ maxEntries: 1.5 }, /from 1, but is 1.5/],
] as const)("%j is refused", (gutter, message) => {
  expect(() => cacheOn({ gutter })).toThrow(message);
});

/** Keys of one kind, each told by a number. */
interface KeyKind {
  make(id: number): object;
  idOf(key: object): number;
  become(key: object, id: number): unknown;
}

function keyKind<K extends object>(
  make: (id: number) => K,
  idOf: (key: K) => number,
  become: (key: K, id: number) => unknown,
): KeyKind {
  return { make, idOf: (key) => idOf(key as K), become: (key, id) => become(key as K, id) };
}
