import { Cache, cached, json, MemoryBackend, type StaleOptions } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const minuteMs = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "performance"], now: 1_800_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

function pass(ms: number): void {
  vi.advanceTimersByTime(ms);
}

/** Lets all that can run without time run. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A loader that counts: its first answer is 1. */
function counter(): { calls: number; isBroken: boolean; readonly load: () => Promise<number> } {
  const count = {
    calls: 0,
    isBroken: false,
    load: async () => {
      count.calls += 1;
      if (count.isBroken) throw new Error("The origin is down.");
      return count.calls;
    },
  };
  return count;
}

describe.each([
  ["memory", () => new MemoryBackend()],
  ["a backend that answers by promises alone", () => new ControlledBackend()],
])("stale values on %s", (_, make) => {
  let cache: Cache<string, number>;
  const cacheWith = (stale: StaleOptions): Cache<string, number> =>
    new Cache({ backend: make(), serializer: json(), ttl: "1m", stale });

  describe("while-revalidate", () => {
    beforeEach(() => {
      cache = cacheWith({ whileRevalidate: "5m" });
    });

    test("a stale value is served at once, and one load behind refreshes it for those who come later", async () => {
      const origin = counter();
      await cache.getOrSet("a", origin.load);
      pass(minuteMs);
      const callers = await Promise.all([1, 2, 3].map(() => cache.getOrSet("a", origin.load)));
      expect(callers).toEqual([1, 1, 1]);
      await settle();
      expect(origin.calls).toBe(2);
      expect(await cache.getOrSet("a", origin.load)).toBe(2);
      expect(await cache.get("a")).toBe(2);
      expect(origin.calls).toBe(2);
    });

    test.each<[string, (of: Cache<string, number>) => Promise<unknown>]>([
      ["getOrSet", (of) => of.getOrSet("a", () => 2)],
      ["getOrSetMany", (of) => of.getOrSetMany(["a"], () => [2])],
    ])("nobody joins a %s that waits for a load behind beyond the deadline of that", async (_call, wait) => {
      const on = { backend: make(), serializer: json<number>(), ttl: "1m", stale: { whileRevalidate: "1m" } } as const;
      const impatient = new Cache<string, number>({ ...on, singleFlight: { deadline: "2m" } });
      await impatient.set("a", 1);
      pass(minuteMs);
      // It never ends.
      expect(await impatient.getOrSet("a", () => new Promise<number>(() => {}))).toBe(1);
      pass(minuteMs);
      const waiting = wait(impatient);
      await settle();
      pass(minuteMs);
      expect(await impatient.getOrSet("a", () => 3)).toBe(3);
      expect(await Promise.race([waiting, settle().then(() => "waits")])).toBe("waits");
    });

    test("who comes while the load runs is served at once as well", async () => {
      await cache.set("a", 1);
      pass(minuteMs);
      let finish = (_value: number): void => {};
      let calls = 0;
      const load = (): Promise<number> => {
        calls += 1;
        return new Promise((resolve) => {
          finish = resolve;
        });
      };
      expect(await cache.getOrSet("a", load)).toBe(1);
      await settle();
      expect(await cache.getOrSet("a", load)).toBe(1);
      expect(calls).toBe(1);
      finish(2);
      await settle();
      expect(await cache.getOrSet("a", load)).toBe(2);
    });

    test("one that has been stale for longer is loaded, and gone from the backend", async () => {
      const origin = counter();
      await cache.getOrSet("a", origin.load);
      pass(6 * minuteMs);
      expect(await cache.getOrSet("a", origin.load)).toBe(2);
      pass(6 * minuteMs);
      expect(await cache.get("a", undefined, { stale: true })).toBeUndefined();
    });

    test("an entry is kept for its ttl and then for as long as it may be served, no shorter and no longer", async () => {
      await cache.set("a", 1);
      pass(6 * minuteMs - 1);
      expect(await cache.get("a", undefined, { stale: true })).toBe(1);
      pass(1);
      expect(await cache.get("a", undefined, { stale: true })).toBeUndefined();
    });

    test("a short bound does not shorten the ttl", async () => {
      const short = cacheWith({ whileRevalidate: "1s" });
      await short.set("a", 1);
      pass(minuteMs - 1);
      expect(await short.get("a")).toBe(1);
    });

    test("a failed refresh rejects nobody, and the next one waits for the throttle", async () => {
      const origin = counter();
      await cache.getOrSet("a", origin.load);
      pass(minuteMs);
      origin.isBroken = true;
      for (let call = 0; call < 4; call += 1) {
        expect(await cache.getOrSet("a", origin.load)).toBe(1);
        await settle();
      }
      expect(origin.calls).toBe(2);
      pass(30_000 - 1);
      expect(await cache.getOrSet("a", origin.load)).toBe(1);
      expect(origin.calls).toBe(2);
      pass(1);
      origin.isBroken = false;
      expect(await cache.getOrSet("a", origin.load)).toBe(1);
      await settle();
      expect(await cache.getOrSet("a", origin.load)).toBe(3);
    });

    test("a failed refresh lengthens nothing", async () => {
      const origin = counter();
      await cache.getOrSet("a", origin.load);
      origin.isBroken = true;
      pass(5 * minuteMs);
      expect(await cache.getOrSet("a", origin.load)).toBe(1);
      await settle();
      pass(minuteMs);
      await expect(cache.getOrSet("a", origin.load)).rejects.toThrow("The origin is down.");
    });

    test.each([
      ["set", (key: string) => cache.set(key, 7), 7],
      ["delete", (key: string) => cache.delete(key), undefined],
      ["deleteMany", (key: string) => cache.deleteMany([key]), undefined],
      ["take", (key: string) => cache.take(key), undefined],
      ["clear", () => cache.clear(), undefined],
      ["refresh", (key: string) => cache.refresh(key, () => 7), 7],
    ] as const)("%s wins over a refresh that runs behind", async (_name, change, expected) => {
      await cache.set("a", 1);
      pass(minuteMs);
      let finish = (_value: number): void => {};
      const loading = new Promise<number>((resolve) => {
        finish = resolve;
      });
      expect(await cache.getOrSet("a", () => loading)).toBe(1);
      await settle();
      await change("a");
      finish(2);
      await settle();
      expect(await cache.get("a", undefined, { stale: true })).toBe(expected);
    });

    test("what another process stored meanwhile stays, and what it deleted stays deleted", async () => {
      const backend = make();
      const here = new Cache<string, number>({
        backend,
        serializer: json(),
        ttl: "1m",
        stale: { whileRevalidate: "5m" },
      });
      const there = new Cache<string, number>({
        backend,
        serializer: json(),
        ttl: "1m",
        stale: { whileRevalidate: "5m" },
      });
      for (const [change, expected] of [
        [() => there.set("a", 7), 7],
        [() => there.delete("a"), undefined],
      ] as const) {
        await here.set("a", 1);
        pass(minuteMs);
        let finish = (_value: number): void => {};
        const loading = new Promise<number>((resolve) => {
          finish = resolve;
        });
        expect(await here.getOrSet("a", () => loading)).toBe(1);
        await settle();
        await change();
        finish(2);
        await settle();
        expect(await here.get("a", undefined, { stale: true })).toBe(expected);
      }
    });

    test("many keys: what is stale is served at once, and refreshed in one call behind", async () => {
      await cache.setMany([
        ["a", 1],
        ["b", 2],
      ]);
      pass(minuteMs);
      await cache.set("c", 3);
      const asked: (readonly string[])[] = [];
      const loadMissing = async (keys: readonly string[]): Promise<readonly number[]> => {
        asked.push(keys);
        return keys.map(() => 9);
      };
      const hits = await cache.getOrSetMany(["a", "b", "c", "d"], loadMissing);
      expect([...hits.values()]).toEqual([1, 2, 3, 9]);
      await settle();
      expect(asked).toEqual([["a", "b"], ["d"]]);
      expect([...(await cache.getMany(["a", "b", "c", "d"])).values()]).toEqual([9, 9, 3, 9]);
    });

    test("batches and memoized functions serve stale values in the same way", async () => {
      const origin = counter();
      const batch = cache.batch(async (keys) => Promise.all(keys.map(origin.load)));
      const memoized = cached(cache, { name: "memoized" })(async (_id: number) => origin.load());
      expect(await batch.get("a")).toBe(1);
      expect(await memoized(7)).toBe(2);
      pass(minuteMs);
      expect(await batch.get("a")).toBe(1);
      expect(await memoized(7)).toBe(2);
      await settle();
      expect(origin.calls).toBe(4);
    });
  });

  describe("on-error", () => {
    beforeEach(() => {
      cache = cacheWith({ onError: "1h", throttle: "10s" });
    });

    test("a load that works is waited for", async () => {
      const origin = counter();
      await cache.getOrSet("a", origin.load);
      pass(minuteMs);
      expect(await cache.getOrSet("a", origin.load)).toBe(2);
    });

    test("where the load fails, the stale value is served, and no load is tried until the throttle is over", async () => {
      const origin = counter();
      await cache.getOrSet("a", origin.load);
      pass(minuteMs);
      origin.isBroken = true;
      for (let call = 0; call < 4; call += 1) expect(await cache.getOrSet("a", origin.load)).toBe(1);
      expect(origin.calls).toBe(2);
      pass(10_000);
      origin.isBroken = false;
      expect(await cache.getOrSet("a", origin.load)).toBe(3);
    });

    test("beyond its bound, and where there is nothing, the error is the answer", async () => {
      const origin = counter();
      await cache.getOrSet("a", origin.load);
      origin.isBroken = true;
      pass(61 * minuteMs);
      await expect(cache.getOrSet("a", origin.load)).rejects.toThrow("The origin is down.");
      await expect(cache.getOrSet("b", origin.load)).rejects.toThrow("The origin is down.");
    });

    test("the bound holds at the end of the load, not at its beginning", async () => {
      await cache.set("a", 1);
      pass(60 * minuteMs);
      const load = async (): Promise<number> => {
        pass(minuteMs);
        throw new Error("The origin is down.");
      };
      await expect(cache.getOrSet("a", load)).rejects.toThrow("The origin is down.");
    });

    test("concurrent callers share the failed load, and its stale value", async () => {
      const origin = counter();
      await cache.getOrSet("a", origin.load);
      pass(minuteMs);
      origin.isBroken = true;
      expect(await Promise.all([1, 2, 3].map(() => cache.getOrSet("a", origin.load)))).toEqual([1, 1, 1]);
      expect(origin.calls).toBe(2);
    });

    test("of many keys, those that have a stale value are served with it, and the others fail", async () => {
      await cache.set("a", 1);
      pass(minuteMs);
      const broken = async (): Promise<readonly number[]> => {
        throw new Error("The origin is down.");
      };
      expect([...(await cache.getOrSetMany(["a"], broken)).values()]).toEqual([1]);
      const batch = cache.batch(async (keys) => keys.map(() => new Error("The origin is down.")));
      pass(10_000);
      expect(await batch.get("a")).toBe(1);
      await expect(batch.get("b")).rejects.toThrow("The origin is down.");
    });

    test("refresh asks the loader, whatever has failed, and tells of its error", async () => {
      const origin = counter();
      await cache.getOrSet("a", origin.load);
      pass(minuteMs);
      origin.isBroken = true;
      await cache.getOrSet("a", origin.load);
      await expect(cache.refresh("a", origin.load)).rejects.toThrow("The origin is down.");
      expect(origin.calls).toBe(3);
    });

    test("who waits for a refresh that fails is served", async () => {
      const origin = counter();
      await cache.getOrSet("a", origin.load);
      pass(minuteMs);
      origin.isBroken = true;
      const refreshed = cache.refresh("a", origin.load);
      const read = cache.getOrSet("a", origin.load);
      await expect(refreshed).rejects.toThrow("The origin is down.");
      expect(await read).toBe(1);
    });

    test("a deleted value is not served", async () => {
      const origin = counter();
      await cache.getOrSet("a", origin.load);
      pass(minuteMs);
      await cache.delete("a");
      origin.isBroken = true;
      await expect(cache.getOrSet("a", origin.load)).rejects.toThrow("The origin is down.");
    });
  });

  test("with both, a value is served at once as long as that is declared, and then where the load fails", async () => {
    cache = cacheWith({ whileRevalidate: "5m", onError: "1h", throttle: "1s" });
    const origin = counter();
    await cache.getOrSet("a", origin.load);
    pass(7 * minuteMs);
    origin.isBroken = true;
    expect(await cache.getOrSet("a", origin.load)).toBe(1);
    pass(54 * minuteMs);
    await expect(cache.getOrSet("a", origin.load)).rejects.toThrow("The origin is down.");
  });

  test("what cannot be meant is refused", () => {
    expect(() => cacheWith({})).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
    expect(() => cacheWith({ onError: { ms: -1 } })).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
    expect(() => cacheWith({ whileRevalidate: "forever" as "1s" })).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION" }),
    );
  });
});
