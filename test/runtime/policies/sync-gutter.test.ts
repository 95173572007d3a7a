import { BackendUnavailableError, json, SyncCache, type SyncCacheOptions } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { told } from "../../support/told.ts";

const reads = ["get", "getMany"] as const;
const writes = ["set", "setMany", "delete", "deleteMany", "clear", "take", "expireIn", "expireAt"] as const;

let backend: ControlledBackend;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  backend = new ControlledBackend({ isShared: true });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function cacheOn(options: Partial<SyncCacheOptions<string, number>> = {}): SyncCache<string, number> {
  return new SyncCache<string, number>({ backend, serializer: json(), prefix: "p:", ...options });
}

function counting(): { (): number; calls: number } {
  const load = (): number => {
    load.calls += 1;
    return load.calls;
  };
  load.calls = 0;
  return load;
}

describe("while the backend of a synchronous cache is out", () => {
  beforeEach(() => backend.fail(...reads, ...writes));

  test("a key is loaded once for each second, and every read finds it", () => {
    const cache = cacheOn();
    const load = counting();
    expect([cache.getOrSet("a", load), cache.getOrSet("a", load)]).toEqual([1, 1]);
    vi.advanceTimersByTime(999);
    expect([cache.get("a"), cache.getOrThrow("a"), ...cache.getMany(["a", "b"]).values()]).toEqual([1, 1, 1]);
    vi.advanceTimersByTime(1);
    expect([cache.get("a"), cache.getOrSet("a", load)]).toEqual([undefined, 2]);
  });

  test("so are many keys", () => {
    const cache = cacheOn();
    cache.getOrSetMany(["a", "b"], (keys) => keys.map(() => 1));
    const again = cache.getOrSetMany(["a", "b", "c"], (keys) => keys.map(() => 2));
    expect(Object.fromEntries(again)).toEqual({ a: 1, b: 1, c: 2 });
  });

  test("what refresh has loaded is found, though its caller is told that it is not stored", () => {
    const cache = cacheOn();
    cache.getOrSet("a", () => 1);
    expect(() => cache.refresh("a", () => 2)).toThrow(BackendUnavailableError);
    expect(cache.get("a")).toBe(2);
  });

  test.each<[string, (cache: SyncCache<string, number>) => unknown]>([
    ["set", (cache) => cache.set("a", 7)],
    ["delete", (cache) => cache.delete("a")],
    ["deleteMany", (cache) => cache.deleteMany(["a"])],
    ["take", (cache) => cache.take("a")],
    ["clear", (cache) => cache.clear()],
    ["expireIn", (cache) => cache.expireIn("a", "1m")],
  ])("%s makes it gone, though it fails", (_, change) => {
    const cache = cacheOn();
    cache.getOrSet("a", () => 1);
    expect(() => change(cache)).toThrow(BackendUnavailableError);
    expect(cache.get("a")).toBeUndefined();
  });

  test("nothing is kept where that is declared, nor once the cache is closed", () => {
    const none = cacheOn({ gutter: false });
    none.getOrSet("a", () => 1);
    expect(none.get("a")).toBeUndefined();
    const closed = cacheOn({ closesBackend: false });
    closed.getOrSet("b", () => 1);
    closed.close();
    expect(closed.get("b")).toBeUndefined();
  });

  test("a hit tells of it", () => {
    const cache = cacheOn();
    cache.getOrSet("a", () => 1);
    const events = told("hit");
    cache.get("a");
    cache.getOrThrow("a");
    cache.getMany(["a"]);
    cache.getOrSet("a", () => 2);
    cache.getOrSetMany(["a"], () => [2]);
    expect(events.map(({ layer }) => layer)).toEqual(Array.from({ length: 5 }, () => "gutter"));
  });
});

test("an answer of the backend is what holds from then on", () => {
  const cache = cacheOn();
  backend.fail(...reads);
  cache.getOrSet("a", () => 1);
  backend.heal();
  expect(cache.get("a")).toBeUndefined();
  backend.fail(...reads);
  expect(cache.get("a")).toBeUndefined();
});

test("a refresh that is stored leaves nothing older behind", () => {
  const cache = cacheOn();
  backend.fail(...reads);
  cache.getOrSet("a", () => 1);
  backend.heal();
  cache.refresh("a", () => 2);
  backend.fail(...reads);
  expect(cache.get("a")).toBeUndefined();
});

test("a backend that answers reads and refuses to store does not let each call load", () => {
  const cache = cacheOn();
  const load = counting();
  backend.fail("set");
  expect([cache.getOrSet("a", load), cache.getOrSet("a", load)]).toEqual([1, 1]);
  vi.advanceTimersByTime(1000);
  expect(cache.getOrSet("a", load)).toBe(2);
});
