import { setImmediate as nextTurn } from "node:timers/promises";
import {
  Cache,
  type CacheOptions,
  chain,
  json,
  LayeredBackend,
  MemoryBackend,
  msgpack,
  offload,
  RedisBackend,
  type Serializer,
  tag,
  zlib,
} from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { ToldBackend } from "../layers/told-backend.ts";

const users = Array.from({ length: 8000 }, (_, id) => ({ id, name: `User ${id}, "é"`, tags: ["a", "b"] }));
const text = JSON.stringify(users);
const kib = 1024;
const { parse } = JSON;

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});

afterAll(() => server.stop());

afterEach(() => vi.restoreAllMocks());

function cacheOn(options: Partial<CacheOptions<string, unknown>>): Cache<string, unknown> {
  return new Cache<string, unknown>({
    backend: new ControlledBackend({ isShared: true }),
    serializer: json(),
    ...options,
  });
}

/** Calls of microtasks, as many as anything takes that is answered at once. */
async function inThisTurn(): Promise<void> {
  for (let count = 0; count < 200; count += 1) await Promise.resolve();
}

function beBusy(ms: number): void {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
}

/** The lengths of what JSON.parse was given meanwhile, and in how many turns of the event loop. */
async function parsedDuring(run: () => Promise<unknown>): Promise<{ longest: number; turns: number }> {
  const lengths: number[] = [];
  const turns = new Set<number>();
  let turn = 0;
  let isOver = false;
  vi.spyOn(JSON, "parse").mockImplementation((...given) => {
    lengths.push(given[0].length);
    turns.add(turn);
    return parse(...given) as unknown;
  });
  const watching = (async () => {
    for (; !isOver; turn += 1) await nextTurn();
  })();
  await run();
  isOver = true;
  await watching;
  return { longest: Math.max(...lengths), turns: turns.size };
}

describe("JSON of half a megabyte is parsed in pieces, with turns between,", () => {
  const cases: readonly (readonly [name: string, options: Partial<CacheOptions<string, unknown>>])[] = [
    ["by itself", {}],
    ["with an envelope", { stale: { onError: "1m" }, ttl: "1m" }],
    ["with tags", { tags: { ofKey: () => [tag("all")] }, ttl: "1m" }],
    ["compressed", { serializer: chain(json(), zlib()) }],
    ["decompressed by another thread", { serializer: chain(json(), zlib()), offload: offload({ minBytes: 0 }) }],
  ];

  test.each(cases)("%s: alone, among others, and taken", async (_, options) => {
    await using cache = cacheOn({
      ...options,
      backend: RedisBackend.fromUrl(server.url),
      prefix: `${crypto.randomUUID()}:`,
    });
    await cache.set("a", users);
    for (const read of [
      () => cache.get("a"),
      // Known as large by now.
      () => cache.get("a"),
      () => cache.getOrSet("a", () => "another"),
      async () => (await cache.getMany(["a", "b"])).get("a"),
      () => cache.take("a"),
    ]) {
      const { longest, turns } = await parsedDuring(async () => expect(await read()).toEqual(users));
      expect(longest).toBeLessThan(64 * kib);
      expect(turns).toBeGreaterThan(1);
    }
    expect(await cache.get("a")).toBeUndefined();
  });

  test.each([
    ["plain", json()],
    ["compressed", chain(json(), zlib())],
  ])("without making text of all of it: %s", async (_, serializer) => {
    const backend = RedisBackend.fromUrl(server.url);
    await using cache = cacheOn({ backend, serializer, prefix: `${crypto.randomUUID()}:` });
    await cache.set("a", users);
    const { toString: makeText } = Buffer.prototype;
    let longest = 0;
    vi.spyOn(Buffer.prototype, "toString").mockImplementation(function (this: Buffer, ...given) {
      const made = makeText.apply(this, given);
      longest = Math.max(longest, made.length);
      return made;
    });
    for (let count = 0; count < 2; count += 1) expect(await cache.get("a")).toEqual(users);
    expect(longest).toBeGreaterThan(16 * kib);
    expect(longest).toBeLessThan(64 * kib);
  });

  test("but by the deserialize that another serializer puts in its place", async () => {
    const serializer: Serializer = { ...json(), deserialize: () => "mine" };
    for (const each of [serializer, chain(serializer as typeof serializer & { in: "value"; out: "text" }, zlib())]) {
      await using cache = cacheOn({ serializer: each });
      await cache.set("a", users);
      expect(await cache.get("a")).toBe("mine");
    }
  });

  test("and is a miss where it is no JSON, which a load replaces", async () => {
    vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const backend = new ControlledBackend({ isShared: true });
    await using cache = cacheOn({ backend });
    for (const broken of [`${text},`, text.slice(1), `${text.slice(0, -20)}]`, text.replace('"é', "é")]) {
      await backend.set("a", broken, {});
      expect(await cache.get("a")).toBeUndefined();
      expect((await cache.getMany(["a"])).size).toBe(0);
      expect(await cache.getOrSet("a", () => "loaded")).toBe("loaded");
      expect(await cache.get("a")).toBe("loaded");
    }
  });

  test("keeping what UTF-8 cannot say", async () => {
    const backend = new ControlledBackend({ isShared: true });
    await using cache = cacheOn({ backend });
    await backend.set("a", `["\ud800", ${text}]`, {});
    expect(await cache.get("a")).toEqual(["\ud800", users]);
  });

  test("also where the backend has refused to store what was loaded, and others have stored since", async () => {
    vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const backend = new ControlledBackend({ isShared: true });
    await using cache = cacheOn({ backend });
    backend.fail("set");
    await cache.getOrSet("a", () => 1);
    expect(await cache.get("a")).toBe(1);
    // That nobody can read is none.
    await backend.memory.set("a", `${text},`, {});
    expect(await cache.get("a")).toBeUndefined();
    await backend.memory.delete("a");
    expect(await cache.get("a")).toBe(1);
    await backend.memory.set("a", text, {});
    expect(await cache.get("a")).toEqual(users);
    await backend.memory.delete("a");
    expect(await cache.get("a")).toBeUndefined();
  });

  test("of which few are enough where each is long", async () => {
    await using cache = cacheOn({});
    await cache.set("a", [users, users, users, users]);
    let turns = 0;
    let isOver = false;
    const reading = cache.get("a").finally(() => {
      isOver = true;
    });
    for (; !isOver; turns += 1) {
      beBusy(10);
      await nextTurn();
    }
    expect(await reading).toEqual([users, users, users, users]);
    expect(turns).toBeLessThan(20);
  });
});

test("what is in this process is at hand, also as text with an envelope", async () => {
  const stale = { onError: "1m" } as const;
  const shared = new ControlledBackend({ isShared: true });
  await using other = cacheOn({ backend: shared, stale, ttl: "1m" });
  await other.set("a", users);
  const backend = new MemoryBackend();
  await using cache = cacheOn({ backend, stale, ttl: "1m" });
  await backend.set("a", await shared.memory.get("a", "text"), {});
  expect(cache.peek("a")).toEqual(users);
});

test("bytes that are large are read in the turn after the one that brought them", async () => {
  let read = 0;
  const serializer = { ...msgpack() };
  const counting = {
    ...serializer,
    deserialize: (stored: Uint8Array) => {
      read += 1;
      return serializer.deserialize(stored);
    },
  };
  await using cache = cacheOn({ serializer: counting });
  await cache.set("small", 1);
  await cache.set("large", users);
  const small = cache.get("small");
  await inThisTurn();
  expect(read).toBe(1);
  const large = cache.get("large");
  await inThisTurn();
  expect(read).toBe(1);
  expect([await small, await large]).toEqual([1, users]);
});

describe("of two layers, a large value", () => {
  async function open(): Promise<{ readonly cache: Cache<string, unknown>; readonly far: ToldBackend }> {
    const far = new ToldBackend();
    const cache = cacheOn({ backend: new LayeredBackend({ near: new MemoryBackend(), far }), prefix: "t:" });
    await cache.ready();
    far.open();
    return { cache, far };
  }

  test("is near once it has been read", async () => {
    const { cache, far } = await open();
    await far.set("t:a", text, {});
    expect(await cache.get("a")).toEqual(users);
    expect(cache.peek("a")).toEqual(users);
    expect(await cache.get("a")).toEqual(users);
    expect(far.questions).toBe(1);
    await cache.close();
  });

  test("that changes while it is read is given, and not near", async () => {
    const { cache, far } = await open();
    await far.set("t:a", text, {});
    const reading = cache.get("a");
    await inThisTurn();
    expect(far.questions).toBe(1);
    far.tell({ kind: "keys", keys: ["t:a"] });
    expect(await reading).toEqual(users);
    expect(cache.peek("a")).toBeUndefined();
    await cache.close();
  });

  test("is near no longer than it lives, however long it took to be read", async () => {
    const { cache, far } = await open();
    await far.set("t:a", text, { ttlMs: 100 });
    const reading = cache.get("a");
    await inThisTurn();
    beBusy(150);
    expect(await reading).toEqual(users);
    expect(cache.peek("a")).toBeUndefined();
    await cache.close();
  });
});
