import { Cache, type CacheOptions, json, MemoryBackend, OverloadError } from "@cachetory/runtime";
import { ControlledBackend, FakeClock } from "@cachetory/runtime/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { told } from "../../support/told.ts";

afterEach(() => {
  vi.useRealTimers();
});

function cacheOf(options: Partial<CacheOptions<string, number>> = {}): Cache<string, number> {
  return new Cache<string, number>({
    name: "prices",
    backend: new MemoryBackend(),
    serializer: json(),
    maxLoads: 2,
    ...options,
  });
}

/** Loads that end when they are told to. */
function gated() {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => (open = resolve));
  const load = vi.fn(async () => {
    await opened;
    return 1;
  });
  return { load, open: () => open() };
}

describe("with max-loads", () => {
  test("a load too many is refused, by name and number", async () => {
    const cache = cacheOf();
    const { load, open } = gated();
    const running = [cache.getOrSet("a", load), cache.getOrSet("b", load)];
    const refused = await cache.getOrSet("c", load).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(OverloadError);
    expect(refused).toMatchObject({ code: "OVERLOADED", cache: "prices", maxLoads: 2 });
    expect(load).toHaveBeenCalledTimes(2);
    open();
    expect(await Promise.all(running)).toEqual([1, 1]);
    expect(await cache.getOrSet("c", load)).toBe(1);
  });

  test("who shares a running load is not counted, and a hit is none", async () => {
    const cache = cacheOf();
    await cache.set("there", 7);
    const { load, open } = gated();
    const running = ["a", "a", "b", "b"].map((key) => cache.getOrSet(key, load));
    expect(await cache.getOrSet("there", load)).toBe(7);
    open();
    expect(await Promise.all(running)).toEqual([1, 1, 1, 1]);
  });

  test("a load that fails makes room", async () => {
    const cache = cacheOf({ maxLoads: 1 });
    const failing = async (): Promise<number> => {
      throw new Error("no such price");
    };
    await expect(cache.getOrSet("a", failing)).rejects.toThrow("no such price");
    await expect(cache.getOrSetMany(["a"], () => Promise.reject(new Error("none")))).rejects.toThrow("none");
    expect(await cache.getOrSet("a", () => 1)).toBe(1);
  });

  test("many keys of one call are one load", async () => {
    const cache = cacheOf({ maxLoads: 1 });
    const found = await cache.getOrSetMany(["a", "b", "c"], (keys) => keys.map(() => 1));
    expect(found.size).toBe(3);
  });

  test("getOrSetMany, refresh and batches are refused as well", async () => {
    const cache = cacheOf({ maxLoads: 1 });
    const { load, open } = gated();
    const running = cache.getOrSet("a", load);
    const never = vi.fn(() => [1]);
    await expect(cache.getOrSetMany(["b"], never)).rejects.toBeInstanceOf(OverloadError);
    await expect(cache.refresh("b", async () => 1)).rejects.toBeInstanceOf(OverloadError);
    await expect(cache.batch(never).get("b")).rejects.toBeInstanceOf(OverloadError);
    expect(never).not.toHaveBeenCalled();
    open();
    await running;
  });

  test("a load that has been given up runs on, and counts", async () => {
    const cache = cacheOf({ maxLoads: 1 });
    const { load, open } = gated();
    const caller = new AbortController();
    const running = cache.getOrSet("a", load, { signal: caller.signal });
    await vi.waitFor(() => expect(load).toHaveBeenCalled());
    caller.abort(new Error("gone"));
    await expect(running).rejects.toThrow("gone");
    await expect(cache.getOrSet("b", () => 1)).rejects.toBeInstanceOf(OverloadError);
    open();
    await load.mock.results[0]?.value;
    await vi.waitFor(async () => expect(await cache.getOrSet("b", () => 1)).toBe(1));
  });

  test("one that never ends counts until its deadline", async () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    const cache = cacheOf({ maxLoads: 1, singleFlight: { deadline: "10s" } });
    void cache.getOrSet("a", () => new Promise<number>(() => {}));
    await expect(cache.getOrSet("b", () => 1)).rejects.toBeInstanceOf(OverloadError);
    vi.advanceTimersByTime(9999);
    await expect(cache.getOrSet("b", () => 1)).rejects.toBeInstanceOf(OverloadError);
    vi.advanceTimersByTime(1);
    expect(await cache.getOrSet("b", () => 1)).toBe(1);
  });

  test("it is told, and counted", async () => {
    const cache = cacheOf({ maxLoads: 1 });
    const events = told("overload", "load");
    const { load, open } = gated();
    const running = cache.getOrSet("a", load);
    await cache.getOrSetMany(["b", "c"], () => []).catch(() => {});
    expect(events).toEqual([
      { cache: "prices", pattern: undefined, backend: "memory", operation: "getOrSetMany", maxLoads: 1, keyCount: 2 },
    ]);
    open();
    await running;
  });
});

describe("with values that are not fresh", () => {
  let clock: FakeClock;
  let cache: Cache<string, number>;

  beforeEach(() => {
    clock = new FakeClock();
    cache = cacheOf({
      backend: new ControlledBackend({ now: () => clock.nowMs }),
      maxLoads: 1,
      ttl: "1m",
      stale: { whileRevalidate: "10s", onError: "1h" },
    });
    // How old an entry is by now is measured from when it was read.
    vi.useFakeTimers({ toFake: ["performance"] });
  });
  afterEach(() => clock[Symbol.dispose]());

  test("a load too many serves one, and the next load of the key is not put off", async () => {
    await cache.set("a", 5);
    await cache.set("b", 6);
    clock.advance("2m");
    const { load, open } = gated();
    const running = cache.getOrSet("c", load);
    await vi.waitFor(() => expect(load).toHaveBeenCalled());
    expect(await cache.getOrSet("a", () => 9)).toBe(5);
    expect((await cache.getOrSetMany(["b"], () => [9])).get("b")).toBe(6);
    open();
    await running;
    expect(await cache.getOrSet("a", () => 9)).toBe(9);
    expect((await cache.getOrSetMany(["b"], () => [9])).get("b")).toBe(9);
  });

  test("a load behind its callers is left undone, and done the next time", async () => {
    await cache.set("a", 5);
    await cache.set("b", 6);
    clock.advance("65s");
    const { load, open } = gated();
    const running = cache.getOrSet("c", load);
    await vi.waitFor(() => expect(load).toHaveBeenCalled());
    const behind = vi.fn(() => 9);
    expect(await cache.getOrSet("a", behind)).toBe(5);
    expect((await cache.getOrSetMany(["b"], () => [behind()])).get("b")).toBe(6);
    await cache.drain();
    expect(behind).not.toHaveBeenCalled();
    open();
    await running;
    expect(await cache.getOrSet("a", behind)).toBe(5);
    await vi.waitFor(async () => expect(await cache.get("a")).toBe(9));
  });
});

test.each([0, -1, 1.5, Number.NaN])("maxLoads: %s is refused", (maxLoads) => {
  expect(() => cacheOf({ maxLoads })).toThrow(/maxLoads must be a whole number from 1/);
});
