import { Cache, json, LoadTimeoutError, MemoryBackend, type TimeoutOptions } from "@cachetory/runtime";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const minuteMs = 60_000;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date", "performance", "setTimeout", "clearTimeout"], now: 1_800_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets so much time pass, and all run that then can. */
async function pass(ms: number): Promise<void> {
  await settle();
  vi.advanceTimersByTime(ms);
  await settle();
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function cacheWith(timeouts: TimeoutOptions | undefined, onError = false): Cache<string, number> {
  return new Cache<string, number>({
    backend: new MemoryBackend(),
    serializer: json(),
    ttl: "1m",
    ...(onError && { stale: { onError: "1h" } }),
    timeouts,
  });
}

/** A load that ends when a test says so. */
function slow(): {
  calls: number;
  signal: unknown;
  load: (key: string, context: object) => Promise<number>;
  finish(value: number): void;
  fail(): void;
} {
  let resolve = (_value: number): void => {};
  let reject = (_error: Error): void => {};
  const result = new Promise<number>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  const slowly = {
    calls: 0,
    signal: undefined as unknown,
    load: (_key: string, context: object) => {
      slowly.calls += 1;
      slowly.signal = Reflect.get(context, "signal");
      return result;
    },
    finish: (value: number) => resolve(value),
    fail: () => reject(new Error("The origin is down.")),
  };
  return slowly;
}

/** What becomes of a promise, without waiting for it. */
function fateOf(promise: Promise<unknown>): { state: "open" | "resolved" | "rejected"; value?: unknown } {
  const fate: { state: "open" | "resolved" | "rejected"; value?: unknown } = { state: "open" };
  promise.then(
    (value) => Object.assign(fate, { state: "resolved", value }),
    (value) => Object.assign(fate, { state: "rejected", value }),
  );
  return fate;
}

describe("hard", () => {
  test("tells the caller with an error of its own, and the load goes on and is stored", async () => {
    const cache = cacheWith({ hard: "2s" });
    const origin = slow();
    const call = fateOf(cache.getOrSet("a", origin.load));
    await pass(1999);
    expect(call.state).toBe("open");
    await pass(1);
    expect(call.value).toBeInstanceOf(LoadTimeoutError);
    expect(call.value).toMatchObject({ code: "LOAD_TIMEOUT", hardMs: 2000 });
    origin.finish(7);
    await settle();
    expect(await cache.get("a")).toBe(7);
    expect(origin.calls).toBe(1);
  });

  test("the load is handed over and not let go: who comes later waits for the very same", async () => {
    const cache = cacheWith({ hard: "2s" });
    const origin = slow();
    const first = [1, 2, 3].map(() => fateOf(cache.getOrSet("a", origin.load)));
    await pass(2000);
    expect(first.map(({ state }) => state)).toEqual(["rejected", "rejected", "rejected"]);
    const later = fateOf(cache.getOrSet("a", origin.load));
    await pass(1000);
    origin.finish(7);
    await settle();
    expect(later).toEqual({ state: "resolved", value: 7 });
    expect(origin.calls).toBe(1);
  });

  test("each caller waits so long from its own call on", async () => {
    const cache = cacheWith({ hard: "2s" });
    const origin = slow();
    const first = fateOf(cache.getOrSet("a", origin.load));
    await pass(1500);
    const second = fateOf(cache.getOrSet("a", origin.load));
    await pass(500);
    expect([first.state, second.state]).toEqual(["rejected", "open"]);
    await pass(1500);
    expect(second.state).toBe("rejected");
  });

  test("serves the stale value where the cache declares it for errors", async () => {
    const cache = cacheWith({ hard: "2s" }, true);
    await cache.set("a", 1);
    await pass(minuteMs);
    const origin = slow();
    const call = fateOf(cache.getOrSet("a", origin.load));
    await pass(2000);
    expect(call).toEqual({ state: "resolved", value: 1 });
    origin.finish(7);
    await settle();
    expect(await cache.get("a")).toBe(7);
  });

  test("a load that fails after its callers have gone ends nothing", async () => {
    const cache = cacheWith({ hard: "2s" });
    const origin = slow();
    const call = fateOf(cache.getOrSet("a", origin.load));
    await pass(2000);
    expect(call.state).toBe("rejected");
    origin.fail();
    await settle();
    expect(await cache.getOrSet("a", () => 5)).toBe(5);
  });

  test("holds for many keys, for batches and for refresh", async () => {
    const cache = cacheWith({ hard: "2s" });
    const never = (): Promise<never> => new Promise(() => {});
    const calls = [
      cache.getOrSetMany(["a"], never),
      cache.batch(never).get("b"),
      cache.batch(never).refresh("c"),
      cache.refresh("d", never),
    ].map(fateOf);
    await pass(2000);
    for (const call of calls) expect(call.value).toBeInstanceOf(LoadTimeoutError);
  });

  test("a call may say another one, and a batch too", async () => {
    const cache = cacheWith({ hard: "2s" });
    const never = (): Promise<never> => new Promise(() => {});
    const calls = [
      cache.getOrSet("a", never, { timeouts: { hard: "5s" } }),
      cache.batch(never, { timeouts: { hard: "5s" } }).get("b"),
    ].map(fateOf);
    await pass(4999);
    expect(calls.map(({ state }) => state)).toEqual(["open", "open"]);
    await pass(1);
    expect(calls.map(({ state }) => state)).toEqual(["rejected", "rejected"]);
  });

  test("leaves no timer behind", async () => {
    const cache = cacheWith({ hard: "2s" });
    await cache.getOrSet("a", () => 1);
    await cache.getOrSet("a", () => 1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("soft", () => {
  test("serves the stale value after so long, and the load goes on and is stored", async () => {
    const cache = cacheWith({ soft: "100ms", hard: "2s" }, true);
    await cache.set("a", 1);
    await pass(minuteMs);
    const origin = slow();
    const call = fateOf(cache.getOrSet("a", origin.load));
    await pass(99);
    expect(call.state).toBe("open");
    await pass(1);
    expect(call).toEqual({ state: "resolved", value: 1 });
    origin.finish(7);
    await settle();
    expect(await cache.get("a")).toBe(7);
  });

  test("who comes while such a load runs is served at once: it takes no shorter by then", async () => {
    const cache = cacheWith({ soft: "100ms" }, true);
    await cache.set("a", 1);
    await pass(minuteMs);
    const origin = slow();
    const first = fateOf(cache.getOrSet("a", origin.load));
    await pass(100);
    const second = fateOf(cache.getOrSet("a", origin.load));
    await settle();
    expect([first.value, second.value]).toEqual([1, 1]);
    expect(origin.calls).toBe(1);
  });

  test("where there is no stale value, the load is waited for", async () => {
    const cache = cacheWith({ soft: "100ms" }, true);
    const origin = slow();
    const call = fateOf(cache.getOrSet("a", origin.load));
    await pass(5000);
    expect(call.state).toBe("open");
    origin.finish(7);
    await settle();
    expect(call).toEqual({ state: "resolved", value: 7 });
  });

  test("of many keys, those that have a stale value are served with it", async () => {
    const cache = cacheWith({ soft: "100ms" }, true);
    await cache.set("a", 1);
    await pass(minuteMs);
    const call = fateOf(cache.getOrSetMany(["a"], () => new Promise(() => {})));
    await pass(100);
    expect([...(call.value as Iterable<unknown>)]).toEqual([["a", 1]]);
  });
});

describe("the signal of a caller", () => {
  test("detaches that caller, and the load is aborted when none is left", async () => {
    const cache = cacheWith({ hard: "20s" });
    const origin = slow();
    const [one, other] = [new AbortController(), new AbortController()];
    const calls = [one, other].map(({ signal }) => fateOf(cache.getOrSet("a", origin.load, { signal })));
    await settle();
    one.abort(new Error("One has gone."));
    await settle();
    expect(calls.map(({ state }) => state)).toEqual(["rejected", "open"]);
    expect((origin.signal as AbortSignal).aborted).toBe(false);
    other.abort(new Error("The other has gone."));
    await settle();
    expect(calls[1]?.state).toBe("rejected");
    expect((origin.signal as AbortSignal).aborted).toBe(true);
  });

  test("does not end a load that its caller no longer waits for", async () => {
    const cache = cacheWith({ hard: "2s" });
    const origin = slow();
    const controller = new AbortController();
    const call = fateOf(cache.getOrSet("a", origin.load, { signal: controller.signal }));
    await pass(2000);
    expect(call.value).toBeInstanceOf(LoadTimeoutError);
    controller.abort();
    await settle();
    expect((origin.signal as AbortSignal).aborted).toBe(false);
    origin.finish(7);
    await settle();
    expect(await cache.get("a")).toBe(7);
  });

  test("is not that of a load behind", async () => {
    const cache = new Cache<string, number>({
      backend: new MemoryBackend(),
      serializer: json(),
      ttl: "1m",
      stale: { whileRevalidate: "5m" },
    });
    await cache.set("a", 1);
    await pass(minuteMs);
    const origin = slow();
    const controller = new AbortController();
    expect(await cache.getOrSet("a", origin.load, { signal: controller.signal })).toBe(1);
    controller.abort();
    await settle();
    expect((origin.signal as AbortSignal).aborted).toBe(false);
    origin.finish(7);
    await settle();
    expect(await cache.get("a")).toBe(7);
  });
});

test("what cannot be meant is refused", async () => {
  const refused = expect.objectContaining({ code: "INVALID_OPTION" });
  expect(() => cacheWith({ soft: "1s" })).toThrow(refused);
  expect(() => cacheWith({ soft: "2s", hard: "2s" }, true)).toThrow(refused);
  expect(() => cacheWith({ hard: { ms: 2 ** 31 } })).toThrow(refused);
  expect(() => cacheWith({ hard: "30s" })).toThrow(refused);
  expect(() => cacheWith({ hard: { ms: -1 } })).toThrow(refused);
  await expect(cacheWith({}, true).getOrSet("a", () => 1, { timeouts: { soft: "2s", hard: "1s" } })).rejects.toEqual(
    refused,
  );
});
