import { Cache, json, MemoryBackend, type RefreshAhead } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const secondMs = 1000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "performance"], now: 1_800_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe.each([
  ["memory", () => new MemoryBackend()],
  ["a backend that answers by promises alone", () => new ControlledBackend()],
])("refresh-ahead on %s", (_, make) => {
  let calls: number;
  let chance: number;
  const load = async (): Promise<number> => {
    calls += 1;
    return calls;
  };
  const cacheWith = (refreshAhead: RefreshAhead): Cache<string, number> =>
    new Cache<string, number>({ backend: make(), serializer: json(), ttl: "100s", refreshAhead, random: () => chance });

  beforeEach(() => {
    calls = 0;
    chance = 0;
  });

  test("a hit after that share of the ttl begins one load behind, and the value is served", async () => {
    const cache = cacheWith("80%");
    await cache.getOrSet("a", load);
    vi.advanceTimersByTime(79 * secondMs);
    expect(await cache.getOrSet("a", load)).toBe(1);
    await settle();
    expect(calls).toBe(1);
    vi.advanceTimersByTime(secondMs);
    expect(await Promise.all([1, 2, 3].map(() => cache.getOrSet("a", load)))).toEqual([1, 1, 1]);
    await settle();
    expect(calls).toBe(2);
    expect(await cache.getOrSet("a", load)).toBe(2);
    expect(await cache.ttl("a")).toBe(100 * secondMs);
  });

  test("a plain get begins none, nor does time alone", async () => {
    const cache = cacheWith("80%");
    await cache.getOrSet("a", load);
    vi.advanceTimersByTime(90 * secondMs);
    expect(await cache.get("a")).toBe(1);
    expect((await cache.getMany(["a"])).get("a")).toBe(1);
    await settle();
    expect(calls).toBe(1);
  });

  test("the share is of the ttl that the entry has", async () => {
    const cache = cacheWith("50%");
    await cache.getOrSet("a", load, { ttl: "10s" });
    vi.advanceTimersByTime(5 * secondMs);
    expect(await cache.getOrSet("a", load, { ttl: "10s" })).toBe(1);
    await settle();
    expect(calls).toBe(2);
  });

  test("a refresh that fails keeps the entry, and is not tried again at once", async () => {
    const cache = cacheWith("50%");
    await cache.getOrSet("a", load);
    vi.advanceTimersByTime(60 * secondMs);
    const broken = async (): Promise<number> => {
      calls += 1;
      throw new Error("The origin is down.");
    };
    for (let call = 0; call < 4; call += 1) {
      expect(await cache.getOrSet("a", broken)).toBe(1);
      await settle();
    }
    expect(calls).toBe(2);
    expect(await cache.get("a")).toBe(1);
  });

  test("many keys are refreshed in one call", async () => {
    const cache = cacheWith("50%");
    await cache.setMany([
      ["a", 1],
      ["b", 2],
    ]);
    vi.advanceTimersByTime(60 * secondMs);
    const asked: (readonly string[])[] = [];
    const hits = await cache.getOrSetMany(["a", "b"], async (keys) => {
      asked.push(keys);
      return keys.map(() => 9);
    });
    expect([...hits.values()]).toEqual([1, 2]);
    await settle();
    expect(asked).toEqual([["a", "b"]]);
    expect([...(await cache.getMany(["a", "b"])).values()]).toEqual([9, 9]);
  });

  test("what has been set meanwhile is not replaced", async () => {
    const cache = cacheWith("50%");
    await cache.getOrSet("a", load);
    vi.advanceTimersByTime(60 * secondMs);
    let finish = (_value: number): void => {};
    const loading = new Promise<number>((resolve) => {
      finish = resolve;
    });
    expect(await cache.getOrSet("a", () => loading)).toBe(1);
    await cache.set("a", 7);
    finish(9);
    await settle();
    expect(await cache.get("a")).toBe(7);
  });

  test("with xfetch, chance decides: the sooner the longer the load took", async () => {
    const cache = cacheWith("xfetch");
    const slowLoad = async (): Promise<number> => {
      vi.advanceTimersByTime(10 * secondMs);
      return load();
    };
    await cache.getOrSet("a", slowLoad);
    // A load of 10 s and a chance of e^-3: from 30 s before the end on.
    chance = 1 - Math.exp(-3);
    vi.advanceTimersByTime(69 * secondMs);
    expect(await cache.getOrSet("a", load)).toBe(1);
    await settle();
    expect(calls).toBe(1);
    vi.advanceTimersByTime(2 * secondMs);
    chance = 0;
    expect(await cache.getOrSet("a", load)).toBe(1);
    await settle();
    expect(calls).toBe(1);
    chance = 1 - Math.exp(-3);
    expect(await cache.getOrSet("a", load)).toBe(1);
    await settle();
    expect(calls).toBe(2);
  });

  test("with xfetch, what was not loaded is not refreshed", async () => {
    const cache = cacheWith("xfetch");
    await cache.set("a", 1);
    chance = 0.999_999;
    vi.advanceTimersByTime(99 * secondMs);
    expect(await cache.getOrSet("a", load)).toBe(1);
    await settle();
    expect(calls).toBe(0);
  });

  test("what cannot be meant is refused", () => {
    for (const share of ["0%", "100%", "120%", "80", "-5%", "soon"]) {
      expect(() => cacheWith(share as RefreshAhead)).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
    }
  });
});
