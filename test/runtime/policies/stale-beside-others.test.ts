import {
  Cache,
  type CacheOptions,
  json,
  LayeredBackend,
  MemoryBackend,
  onCacheEvent,
  RedisBackend,
} from "@cachetory/runtime";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { patient } from "../../support/patience.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());
afterEach(() => {
  vi.useRealTimers();
});

function inMemory<V>(options: Partial<CacheOptions<string, V>>): Cache<string, V> {
  return new Cache<string, V>({
    name: "boxes",
    backend: new MemoryBackend(),
    serializer: json<V>(),
    ttl: "1m",
    ...options,
  });
}

/** Lets so much of the fake time pass. */
function pass(ms: number): void {
  vi.advanceTimersByTime(ms);
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe("events", () => {
  test("tell a stale value that is served from a fresh one, and from a miss", async () => {
    vi.useFakeTimers({ toFake: ["Date", "performance"], now: 1_800_000_000_000 });
    const told: string[] = [];
    const stops = [
      onCacheEvent("hit", ({ operation, isStale }) => told.push(`${operation} hit ${isStale ? "stale" : "fresh"}`)),
      onCacheEvent("miss", ({ operation, reason }) => told.push(`${operation} miss ${reason}`)),
    ];
    const cache = inMemory<number>({ stale: { whileRevalidate: "5m", onError: "1h" } });
    await cache.set("a", 1);
    await cache.get("a");
    pass(60_000);
    await cache.get("a");
    await cache.get("a", undefined, { stale: true });
    await cache.getMany(["a"], { stale: true });
    cache.peek("a", { stale: true });
    await cache.getOrThrow("a", { stale: true });
    await cache.getOrSet("a", () => Promise.reject(new Error("The origin is down.")));
    pass(6 * 60_000);
    await cache.getOrSet("a", () => Promise.reject(new Error("The origin is down.")));
    await cache.getOrSetMany(["a"], () => Promise.reject(new Error("The origin is down.")));
    for (const stop of stops) stop();
    expect(told).toEqual([
      "get hit fresh",
      "get miss expired",
      "get hit stale",
      "getMany hit stale",
      "peek hit stale",
      "getOrThrow hit stale",
      "getOrSet hit stale",
      "getOrSet miss expired",
      "getOrSet hit stale",
      // The load has just failed.
      "getOrSetMany hit stale",
    ]);
  });

  test.each<[string, (cache: Cache<string, number>, load: () => Promise<number>) => Promise<unknown>]>([
    ["getOrSet", (cache, load) => cache.getOrSet("a", load)],
    ["getOrSetMany", (cache, load) => cache.getOrSetMany(["a"], async () => [await load()])],
  ])("tell once of a load for which %s serves a stale value, late and failed as it is", async (operation, call) => {
    vi.useFakeTimers({ toFake: ["Date", "performance", "setTimeout", "clearTimeout"], now: 1_800_000_000_000 });
    const cache = inMemory<number>({ stale: { onError: "1h" }, timeouts: { soft: "100ms" } });
    await cache.set("a", 1);
    pass(60_000);
    const told: string[] = [];
    const stops = [
      onCacheEvent("hit", (hit) => told.push(`${hit.operation} hit ${hit.isStale ? "stale" : "fresh"}`)),
      onCacheEvent("miss", (miss) => told.push(`${miss.operation} miss ${miss.reason}`)),
    ];
    let fail = (): void => {};
    const load = (): Promise<number> =>
      new Promise((_, reject) => {
        fail = () => reject(new Error("The origin is down."));
      });
    const calls = [call(cache, load), call(cache, load)];
    await settle();
    pass(100);
    await Promise.all(calls);
    expect(told).toEqual([`${operation} miss expired`, `${operation} hit stale`]);
    fail();
    await settle();
    for (const stop of stops) stop();
    expect(told).toHaveLength(2);
  });

  test("do not call a value stale that is refreshed ahead of its end", async () => {
    vi.useFakeTimers({ toFake: ["Date", "performance"], now: 1_800_000_000_000 });
    const hits: boolean[] = [];
    const cache = inMemory<number>({ refreshAhead: "50%" });
    await cache.set("a", 1);
    pass(40_000);
    const stop = onCacheEvent("hit", ({ isStale }) => hits.push(isStale));
    await cache.getOrSet("a", () => 2);
    stop();
    expect(hits).toEqual([false]);
  });
});

test("drain waits for the loads behind", async () => {
  vi.useFakeTimers({ toFake: ["Date", "performance"], now: 1_800_000_000_000 });
  const cache = inMemory<number>({ stale: { whileRevalidate: "5m" } });
  await cache.set("a", 1);
  pass(60_000);
  let finish = (_value: number): void => {};
  await cache.getOrSet("a", () => new Promise<number>((resolve) => (finish = resolve)));
  const drained = cache.drain().then(() => "drained");
  await settle();
  expect(await Promise.race([drained, Promise.resolve("open")])).toBe("open");
  finish(2);
  expect(await drained).toBe("drained");
  expect(await cache.get("a")).toBe(2);
});

test("callers who are served one stale value have each their own", async () => {
  vi.useFakeTimers({ toFake: ["Date", "performance", "setTimeout", "clearTimeout"], now: 1_800_000_000_000 });
  const cache = inMemory<{ n: number }>({ stale: { onError: "1h" }, timeouts: { soft: "100ms" } });
  await cache.set("a", { n: 1 });
  pass(60_000);
  const never = (): Promise<never> => new Promise(() => {});
  const late = [cache.getOrSet("a", never), cache.getOrSet("a", never)];
  await settle();
  pass(100);
  const [one, other] = await Promise.all(late);
  expect([one, other]).toEqual([{ n: 1 }, { n: 1 }]);
  expect(one).not.toBe(other);
  const failing = (): Promise<never> => Promise.reject(new Error("The origin is down."));
  await cache.set("b", { n: 2 });
  pass(60_000);
  const [third, fourth] = await Promise.all([cache.getOrSet("b", failing), cache.getOrSet("b", failing)]);
  expect([third, fourth]).toEqual([{ n: 2 }, { n: 2 }]);
  expect(third).not.toBe(fourth);
});

test("a near layer keeps entries with their envelope: what is near is served stale as well, and ends with the far one", async () => {
  const open = (): Cache<string, { n: number }> =>
    new Cache<string, { n: number }>({
      backend: new LayeredBackend({
        near: new MemoryBackend(),
        far: new RedisBackend({ port: server.port, ...patient }),
      }),
      serializer: json(),
      prefix: "near:",
      ttl: "1h",
      stale: { onError: "1h" },
    });
  await using one = open();
  await using other = open();
  await Promise.all([one.ready(), other.ready()]);
  await one.set("a", { n: 1 }, { ttl: "200ms" });
  await until("it is near", async () => (await one.get("a")) !== undefined && one.peek("a") !== undefined);
  expect(one.peek("a")).toEqual({ n: 1 });
  await until("it is stale", async () => one.peek("a") === undefined);
  expect(await one.get("a")).toBeUndefined();
  expect(await one.has("a")).toBe(false);
  expect(one.peek("a", { stale: true })).toEqual({ n: 1 });
  expect(await one.getOrSet("a", () => Promise.reject(new Error("The origin is down.")))).toEqual({ n: 1 });
  await other.set("a", { n: 2 });
  await until("the change is heard", async () => (await one.get("a"))?.n === 2);
  expect(await one.delete("a")).toBe(true);
  expect(one.peek("a", { stale: true })).toBeUndefined();
});

test("of processes that share loads, one refreshes what all of them serve", async () => {
  const backends = [1, 2, 3].map((n) => new RedisBackend({ port: server.port, clientName: `process-${n}` }));
  const caches = backends.map(
    (backend) =>
      new Cache<string, number>({
        backend,
        serializer: json(),
        prefix: "shared:",
        ttl: "1h",
        stale: { whileRevalidate: "1h" },
        singleFlight: "cluster",
      }),
  );
  const [first] = caches;
  await first?.set("a", 1, { ttl: "60ms" });
  await until("it is stale everywhere", async () => {
    const found = await Promise.all(caches.map((cache) => cache.has("a")));
    return found.every((has) => !has);
  });
  let calls = 0;
  let finish = (_value: number): void => {};
  const load = (): Promise<number> => {
    calls += 1;
    return new Promise((resolve) => {
      finish = resolve;
    });
  };
  expect(await Promise.all(caches.map((cache) => cache.getOrSet("a", load)))).toEqual([1, 1, 1]);
  await until("one loads", async () => calls > 0);
  expect(await Promise.all(caches.map((cache) => cache.getOrSet("a", load)))).toEqual([1, 1, 1]);
  expect((await caches[1]?.getOrSetMany(["a"], async () => [await load()]))?.get("a")).toBe(1);
  finish(2);
  await until("it is refreshed", async () => (await caches[1]?.get("a")) === 2);
  await Promise.all(caches.map((cache) => cache.drain()));
  expect(calls).toBe(1);
  await Promise.all(caches.map((cache) => cache.close()));
});

test.each([
  ["stored stays", (there: Cache<string, number>) => there.set("a", 7), 7],
  ["deleted stays deleted", (there: Cache<string, number>) => there.delete("a"), undefined],
] as const)("what another process has meanwhile %s, whatever a load behind gives", async (name, change, expected) => {
  await using one = new RedisBackend({ port: server.port, ...patient });
  // Of other options, so that it is as in another process.
  await using other = new RedisBackend({ port: server.port, clientName: "other" });
  const [here, there] = [one, other].map(
    (backend) =>
      new Cache<string, number>({
        backend,
        serializer: json(),
        prefix: `${name}:`,
        ttl: "1h",
        stale: { whileRevalidate: "1h" },
      }),
  ) as [Cache<string, number>, Cache<string, number>];
  await here.set("a", 1, { ttl: "60ms" });
  await until("it is stale", async () => !(await here.has("a")));
  let finish = (_value: number): void => {};
  const loading = new Promise<number>((resolve) => {
    finish = resolve;
  });
  expect(await here.getOrSet("a", () => loading)).toBe(1);
  await change(there);
  finish(2);
  await here.drain();
  expect(await here.get("a", undefined, { stale: true })).toBe(expected);
});
