import { subscribe, unsubscribe } from "node:diagnostics_channel";
import {
  bytes,
  Cache,
  cached,
  type HitEvent,
  json,
  KeyvBackend,
  MemoryBackend,
  onCacheEvent,
  SyncCache,
} from "@cachetory/runtime";
import { Keyv } from "keyv";
import { expect, test, vi } from "vitest";
import { told } from "../../support/told.ts";

function memoryCache(backend = new MemoryBackend()): Cache<string, number> {
  return new Cache<string, number>({ name: "numbers", backend, serializer: json() });
}

test("reads of what is at hand are told: peek, get and getOrSet, once each", async () => {
  const cache = memoryCache();
  await cache.set("a", 1);
  const events = told("hit", "miss");
  cache.peek("a");
  cache.peek("b");
  await cache.get("a");
  await cache.getOrSet("a", () => 2);
  await cache.getOrSet("b", () => 2);
  expect(events.map((event) => [event.operation, "reason" in event ? event.reason : "hit"])).toEqual([
    ["peek", "hit"],
    ["peek", "absent"],
    ["get", "hit"],
    ["getOrSet", "hit"],
    ["getOrSet", "absent"],
  ]);
});

test("peek on a backend that is elsewhere reads nothing, so it tells nothing", () => {
  const cache = new Cache<string, number>({ backend: new KeyvBackend(new Keyv()), serializer: json() });
  const events = told("hit", "miss");
  cache.peek("a");
  expect(events).toEqual([]);
});

test("keys that are strings have no pattern, and a backend that nobody named calls itself something", async () => {
  const events = told("miss");
  await memoryCache().get("a");
  expect(events).toMatchObject([{ cache: "numbers", pattern: undefined, backend: "memory" }]);
});

test("callers that share a load are one miss and one load", async () => {
  const cache = memoryCache();
  const events = told("hit", "miss", "load", "store");
  await Promise.all(Array.from({ length: 10 }, () => cache.getOrSet("a", () => 1)));
  expect(events).toHaveLength(3);
});

test("batches and memoized functions tell of the operations that they make", async () => {
  const cache = memoryCache();
  const events = told("miss", "load", "store");
  const batch = cache.batch((keys) => keys.map((key) => key.length));
  await Promise.all([batch.get("a"), batch.get("b")]);
  await Promise.all([batch.refresh("a"), batch.refresh("b")]);
  expect(events.splice(0).map(({ operation }) => operation)).toEqual([
    "getOrSetMany",
    "getOrSetMany",
    "getOrSetMany",
    "getOrSetMany",
    "refresh",
    "refresh",
  ]);
  await cached(cache)(async function same(id: number) {
    return id;
  })(1);
  expect(events.map(({ operation }) => operation)).toEqual(["getOrSet", "getOrSet", "getOrSet"]);
});

test("of loaded values of which some cannot be stored, both are told", async () => {
  const cache = new Cache<string, number>({ backend: new MemoryBackend(), serializer: json() });
  const events = told("store");
  // JSON knows no bigint.
  await cache.getOrSetMany(["a", "b", "c"], () => [1, 2n as unknown as number, 3]);
  expect(events).toMatchObject([
    { outcome: "done", entryCount: 2 },
    { outcome: "failed", entryCount: 0, error: { code: "INVALID_VALUE" } },
  ]);
});

test("an entry that goes for others is told as an eviction, with the name that caches give the backend", async () => {
  const backend = new MemoryBackend({ maxEntries: 2, maxBytes: 10_000 });
  const cache = new Cache<string, Uint8Array>({ backend, backendName: "local", serializer: bytes() });
  const events = told("eviction");
  await cache.set("a", new Uint8Array(100));
  await cache.set("b", new Uint8Array(100));
  expect(events).toEqual([]);
  await cache.set("c", new Uint8Array(100));
  await cache.set("d", new Uint8Array(20_000));
  expect(events).toEqual([
    { backend: "local", reason: "full", bytes: 302 },
    { backend: "local", reason: "too-large", bytes: 20_202 },
  ]);
});

test("an entry that has ended, or was deleted or replaced, is no eviction", async () => {
  let nowMs = 0;
  const backend = new MemoryBackend({ maxEntries: 1, now: () => nowMs });
  const cache = new SyncCache<string, number>({ backend, serializer: json(), ttl: "1s" });
  const events = told("eviction");
  cache.set("a", 1);
  cache.set("a", 2);
  cache.delete("a");
  cache.set("b", 1);
  nowMs = 1000;
  cache.set("c", 1);
  expect(events).toEqual([]);
});

test("a read that takes longer than its time is a miss for its budget", async () => {
  vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  const store = Object.assign(new Map(), { get: () => new Promise(() => {}) });
  const backend = new KeyvBackend(new Keyv({ store }), { commandTimeoutMs: 5 });
  const cache = new Cache<string, number>({ backend, serializer: json() });
  const events = told("miss");
  await cache.get("a");
  expect(events).toMatchObject([{ reason: "budget", error: { code: "UNAVAILABLE", isLate: true } }]);
});

test("who listens to the channel itself is told the same, until it stops", async () => {
  const cache = memoryCache();
  await cache.set("a", 1);
  const events = told("hit");
  const messages: unknown[] = [];
  const listen = (message: unknown): void => void messages.push(message);
  subscribe("cachetory:hit", listen);
  await cache.get("a");
  unsubscribe("cachetory:hit", listen);
  await cache.get("a");
  expect(messages).toEqual(events.slice(0, 1));
});

test("who stops to listen is told no more", async () => {
  const cache = memoryCache();
  const events: HitEvent[] = [];
  const stop = onCacheEvent("hit", (event) => events.push(event));
  await cache.set("a", 1);
  stop();
  await cache.get("a");
  expect(events).toEqual([]);
});

test("a hit at hand makes no text of its key, whoever listens, unless events hold keys", async () => {
  const keyText = vi.fn(({ id }: { readonly id: number }) => `${id}`);
  const make = (eventKeys: boolean): Cache<{ readonly id: number }, number> =>
    new Cache({
      backend: new MemoryBackend(),
      serializer: json(),
      keyText,
      pattern: { segments: [{ name: "id", type: "int" }] },
      keyPath: { find: (level, { id }) => level.get(id), parts: [({ id }) => id] },
      eventKeys,
    });
  const events = told("hit");
  const textsOfHit = async (eventKeys: boolean): Promise<number> => {
    const cache = make(eventKeys);
    await cache.set({ id: 1 }, 1);
    cache.peek({ id: 1 });
    keyText.mockClear();
    cache.peek({ id: 1 });
    return keyText.mock.calls.length;
  };
  expect(await textsOfHit(false)).toBe(0);
  expect(await textsOfHit(true)).toBe(1);
  expect(events.map(({ key }) => key)).toEqual([undefined, undefined, "1", "1"]);
});
