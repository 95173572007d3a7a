import { setImmediate as nextTurn } from "node:timers/promises";
import { Cache, json, MemoryBackend, SyncCache } from "@cachetory/runtime";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

function open(backend = new MemoryBackend()): Cache<string, number> {
  return new Cache<string, number>({ backend, serializer: json() });
}

describe("an entry in memory", () => {
  it("is never found after its end, however often it is read before", async () => {
    const cache = open();
    const end = Date.now() + 1_300;
    await cache.set("a", 1);
    await cache.expireAt("a", new Date(end));
    let hits = 0;
    for (;;) {
      const before = Date.now();
      if (cache.peek("a") === undefined) break;
      // It was found, so it was not over when it was asked for. The clock of the process and the machine's agree to a millisecond.
      expect(before).toBeLessThanOrEqual(end);
      hits += 1;
      if (hits % 100 === 0) await nextTurn();
    }
    expect(Date.now()).toBeGreaterThanOrEqual(end - 1);
    expect(hits).toBeGreaterThan(100);
  });

  it.each(["SyncCache", "Cache"])(
    "is never found after its end where the event loop does not turn: of a %s",
    async (kind) => {
      const backend = new MemoryBackend();
      const cache = open(backend);
      const sync = new SyncCache<string, number>({ backend, serializer: json() });
      await cache.set("a", 1, { ttl: "1300ms" });
      const end = Date.now() + 1_300;
      const read = kind === "Cache" ? () => cache.peek("a") : () => sync.get("a");
      for (let before = Date.now(); read() !== undefined; before = Date.now()) {
        // Some hits come between two looks at the clock.
        expect(before).toBeLessThanOrEqual(end + 20);
      }
      expect(sync.ttl("a")).toBeUndefined();
    },
  );

  it("is found anew where the clock is asked for the first time in a while", async () => {
    const cache = open();
    await cache.set("a", 1, { ttl: "1h" });
    expect([cache.peek("a"), cache.peek("a")]).toEqual([1, 1]);
    const clock = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 3_600_000);
    expect(cache.peek("a")).toBeUndefined();
    clock.mockRestore();
  });
});

describe("under the clock of a test runner", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("an entry ends at its millisecond", async () => {
    const cache = open();
    await cache.set("a", 1, { ttl: "1h" });
    for (const ms of [1, 3_598_000, 1_998]) {
      vi.advanceTimersByTime(ms);
      expect(cache.peek("a")).toBe(1);
    }
    vi.advanceTimersByTime(1);
    expect(cache.peek("a")).toBeUndefined();
  });

  it("an entry ends where the clock is set on, and no timer has run", async () => {
    const cache = open();
    await cache.set("a", 1, { ttl: "1h" });
    expect(await cache.get("a")).toBe(1);
    vi.setSystemTime(Date.now() + 3_600_000);
    expect(await cache.get("a")).toBeUndefined();
  });

  it("memory starts no timer of it", async () => {
    const cache = open();
    await cache.set("a", 1, { ttl: "1h" });
    await cache.get("a");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("an entry that was read before the clock was replaced ends by the new one", async () => {
    vi.useRealTimers();
    const cache = open();
    await cache.set("a", 1, { ttl: "1h" });
    expect([cache.peek("a"), cache.peek("a")]).toEqual([1, 1]);
    vi.useFakeTimers({ now: Date.now() + 3_600_001 });
    expect(cache.peek("a")).toBeUndefined();
  });
});
