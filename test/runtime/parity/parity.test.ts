import {
  type Backend,
  backendFromUrl,
  Cache,
  CacheMissError,
  CachetoryError,
  DummyBackend,
  json,
  MemoryBackend,
  RedisBackend,
  SyncCache,
  serializerFromUrl,
  syncBackendFromUrl,
} from "@cachetory/runtime";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { cacheKindNames, cacheKinds } from "../../support/cache-kinds.ts";
import type { CacheFace } from "../../support/lift-cache.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

// What Python's Cachetory offers, point by point.

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

const urlOf = { memory: () => "memory://", redis: () => server.url } as const;
let tests = 0;

describe.each(cacheKindNames.flatMap((kind) => (["memory", "redis"] as const).map((place) => ({ kind, place }))))(
  "$kind on $place",
  ({ kind, place }) => {
    const open = cacheKinds[kind];
    let backend: Backend;
    let prefix: string;
    let cache: CacheFace<string, unknown>;

    // One for all: a thread and a connection take longer than a test.
    beforeAll(() => {
      backend = backendFromUrl(urlOf[place]());
    });
    beforeEach(() => {
      tests += 1;
      prefix = `parity:${tests}:`;
      cache = open<string, unknown>({ backend, serializer: json(), prefix });
    });
    afterAll(() => backend.close());

    const left = async (key: string): Promise<number> => Number(await cache.ttl(key));

    test("get with default", async () => {
      await cache.set("a", 1);
      expect([await cache.get("a", 2), await cache.get("b", 2), await cache.get("b")]).toEqual([1, 2, undefined]);
    });

    test("get-or-throw", async () => {
      await cache.set("a", 1);
      expect(await cache.getOrThrow("a")).toBe(1);
      await expect(cache.getOrThrow("b")).rejects.toBeInstanceOf(CacheMissError);
    });

    test("getMany in request order without the missing", async () => {
      await cache.setMany({ a: 1, b: 2, c: 3 });
      expect([...(await cache.getMany(["c", "none", "a"]))]).toEqual([
        ["c", 3],
        ["a", 1],
      ]);
    });

    test("set with a TTL", async () => {
      expect(await cache.set("a", 1, { ttl: "1m" })).toBe(true);
      expect(await left("a")).toBeGreaterThan(50_000);
      expect(await left("a")).toBeLessThanOrEqual(60_000);
    });

    test("set if-not-exists returns whether it changed", async () => {
      expect(await cache.set("a", 1, { ifNotExists: true, ttl: "1m" })).toBe(true);
      expect(await cache.set("a", 2, { ifNotExists: true })).toBe(false);
      expect([await cache.get("a"), await cache.ttl("b")]).toEqual([1, undefined]);
    });

    test("setMany from pairs, with a TTL", async () => {
      await cache.setMany(
        [
          ["a", 1],
          ["b", 2],
        ],
        { ttl: "1m" },
      );
      expect([...(await cache.getMany(["a", "b"])).values()]).toEqual([1, 2]);
      expect(Math.min(await left("a"), await left("b"))).toBeGreaterThan(50_000);
    });

    test("setMany from a map, with a TTL", async () => {
      await cache.setMany(new Map([["a", 1]]), { ttl: "1m" });
      expect(await cache.get("a")).toBe(1);
      expect(await left("a")).toBeGreaterThan(50_000);
    });

    test("setMany from a record, with a TTL", async () => {
      await cache.setMany({ a: 1, b: [2] }, { ttl: "1m" });
      expect([...(await cache.getMany(["a", "b"])).values()]).toEqual([1, [2]]);
      expect(Math.min(await left("a"), await left("b"))).toBeGreaterThan(50_000);
    });

    test("setMany of nothing is fine", async () => {
      await cache.setMany([]);
      await cache.setMany({});
      expect(await cache.clear()).toBe(0);
    });

    test("expireIn", async () => {
      await cache.set("a", 1);
      expect(await cache.expireIn("a", "1m")).toBe(true);
      expect(await left("a")).toBeGreaterThan(50_000);
      expect(await cache.expireIn("none", "1m")).toBe(false);
      expect(await cache.expireIn("a", "0s")).toBe(true);
      expect(await cache.has("a")).toBe(false);
    });

    test("expireAt", async () => {
      await cache.setMany({ a: 1, b: 2 });
      expect(await cache.expireAt("a", new Date(Date.now() + 60_000))).toBe(true);
      expect(await left("a")).toBeGreaterThan(50_000);
      expect(await cache.expireAt("b", new Date(Date.now() - 60_000))).toBe(true);
      expect(await cache.has("b")).toBe(false);
    });

    test("ttl", async () => {
      await cache.set("a", 1, { ttl: "1m" });
      await cache.set("b", 1);
      expect(await left("a")).toBeGreaterThan(50_000);
      expect([await cache.ttl("b"), await cache.ttl("none")]).toEqual(["forever", undefined]);
    });

    test("persist through forever", async () => {
      await cache.set("a", 1, { ttl: "1m" });
      expect(await cache.expireIn("a", "forever")).toBe(true);
      expect(await cache.ttl("a")).toBe("forever");
    });

    test("delete", async () => {
      await cache.set("a", 1);
      expect([await cache.delete("a"), await cache.delete("a")]).toEqual([true, false]);
    });

    test("deleteMany, also of none", async () => {
      await cache.setMany({ a: 1, b: 2 });
      expect(await cache.deleteMany(["a", "b", "none"])).toBe(2);
      expect(await cache.deleteMany([])).toBe(0);
    });

    test("clear", async () => {
      await cache.setMany({ a: 1, b: 2 });
      expect([await cache.clear(), await cache.clear()]).toEqual([2, 0]);
      expect(await cache.has("a")).toBe(false);
    });

    describe("a prefix is honoured by", () => {
      let plain: CacheFace<string, unknown>;
      let other: CacheFace<string, unknown>;

      beforeEach(async () => {
        plain = open<string, unknown>({ backend, serializer: json() });
        other = open<string, unknown>({ backend, serializer: json(), prefix: `${prefix}other:` });
        await other.set("k", "other");
        await cache.set("k", "mine");
      });
      afterEach(async () => {
        expect(await other.get("k")).toBe("other");
        expect(await other.ttl("k")).toBe("forever");
      });

      const stored = (): Promise<unknown> => plain.get(`${prefix}k`);

      test.each<[string, () => Promise<unknown>, unknown, unknown]>([
        ["get", () => cache.get("k"), "mine", "mine"],
        ["getOrThrow", () => cache.getOrThrow("k"), "mine", "mine"],
        ["getMany", async () => [...(await cache.getMany(["k"]))], [["k", "mine"]], "mine"],
        ["set", () => cache.set("k", "new"), true, "new"],
        ["set if-not-exists", () => cache.set("k", "new", { ifNotExists: true }), false, "mine"],
        ["setMany", () => cache.setMany({ k: "new" }), undefined, "new"],
        ["setMany with a TTL", () => cache.setMany({ k: "new" }, { ttl: "1m" }), undefined, "new"],
        ["getOrSet", () => cache.getOrSet("k", () => "loaded"), "mine", "mine"],
        [
          "getOrSetMany",
          async () => [...(await cache.getOrSetMany(["k"], () => ["loaded"])).values()],
          ["mine"],
          "mine",
        ],
        ["refresh", () => cache.refresh("k", () => "loaded"), "loaded", "loaded"],
        ["expireIn", () => cache.expireIn("k", "0s"), true, undefined],
        ["expireAt", () => cache.expireAt("k", new Date(0)), true, undefined],
        ["touch", () => cache.touch("k", { ttl: "1m" }), true, "mine"],
        ["ttl", () => cache.ttl("k"), "forever", "mine"],
        ["has", () => cache.has("k"), true, "mine"],
        ["take", () => cache.take("k"), "mine", undefined],
        ["delete", () => cache.delete("k"), true, undefined],
        ["deleteMany", () => cache.deleteMany(["k"]), 1, undefined],
      ])("%s", async (_, operation, answer, remains) => {
        expect(await operation()).toEqual(answer);
        expect(await stored()).toEqual(remains);
      });

      test("clear", async () => {
        const mine = open<string, unknown>({ backend, serializer: json(), prefix: `${prefix}mine:` });
        await mine.set("k", 1);
        expect(await mine.clear()).toBe(1);
        expect(await stored()).toBe("mine");
      });
    });

    test.each(["", 0, false, null, [], {}])("the empty value %j is a hit", async (value) => {
      await cache.set("a", value);
      expect(await cache.get("a", "fallback")).toEqual(value);
      expect(await cache.getOrThrow("a")).toEqual(value);
      expect((await cache.getMany(["a"])).size).toBe(1);
      expect(await cache.getOrSet("a", () => "loaded")).toEqual(value);
    });

    test("empty bytes are a hit", async () => {
      const blobs = open<string, Uint8Array>({ backend, serializer: serializerFromUrl("bytes"), prefix });
      await blobs.set("a", new Uint8Array(0));
      expect(await blobs.get("a")).toEqual(new Uint8Array(0));
    });

    test("a compressor alone makes a cache of blobs", async () => {
      const blobs = open<string, Uint8Array>({ backend, serializer: serializerFromUrl("zlib://"), prefix });
      const blob = new Uint8Array(10_000).fill(7);
      await blobs.set("a", blob);
      expect(await blobs.get("a")).toEqual(blob);
    });

    test("schemes are joined with +", async () => {
      const serializer = serializerFromUrl<object>("json+zlib://?compression-level=9");
      const zipped = open<string, object>({ backend, serializer, prefix });
      await zipped.set("a", { n: [1] });
      expect(await zipped.get("a")).toEqual({ n: [1] });
      expect(await cache.get("a")).toBeUndefined();
    });

    describe("closing", () => {
      let closing: CacheFace<string, unknown>;

      beforeEach(() => {
        closing = open<string, unknown>({ backend: backendFromUrl(urlOf[place]()), serializer: json(), prefix });
      });

      test("await using closes, and using does", async () => {
        {
          await using scoped = closing;
          await scoped.set("a", 1);
        }
        await expect(closing.set("a", 1)).rejects.toMatchObject({ code: "UNAVAILABLE", outcome: "none" });
      });

      test("a cache is used without using, and closed or not", async () => {
        await closing.set("a", 1);
        await closing.close();
        await closing.close();
        await expect(closing.set("a", 1)).rejects.toMatchObject({ code: "UNAVAILABLE" });
      });
    });
  },
);

describe("construction", () => {
  test("direct", async () => {
    const port = Number(new URL(server.url).port);
    for (const backend of [new MemoryBackend({ maxEntries: 5 }), new RedisBackend({ host: "127.0.0.1", port })]) {
      await using cache = new Cache<string, number>({ backend, serializer: json(), prefix: "direct:" });
      await cache.set("a", 1);
      expect(await cache.get("a")).toBe(1);
    }
  });

  test("by URL", async () => {
    for (const url of ["memory://?max-entries=5", `${server.url}?command-timeout=2s`]) {
      await using cache = new Cache<string, number>({
        backend: backendFromUrl(url),
        serializer: serializerFromUrl("json"),
        prefix: "url:",
      });
      await cache.set("a", 1);
      expect(await cache.get("a")).toBe(1);
    }
  });

  test("by fromUrl of each class, of text or of a URL", async () => {
    for (const url of [server.url, new URL(server.url)]) {
      await using backend = RedisBackend.fromUrl(url);
      await backend.set("from-url", "x", {});
      expect(await backend.get("from-url", "text")).toBe("x");
    }
    const memory = MemoryBackend.fromUrl("memory://?max-entries=1");
    await memory.setMany(
      [
        ["a", "1"],
        ["b", "2"],
      ],
      undefined,
    );
    expect(memory.size).toBe(1);
    expect(MemoryBackend.fromUrl(new URL("MEMORY://"))).toBeInstanceOf(MemoryBackend);
    expect(DummyBackend.fromUrl("dummy://")).toBeInstanceOf(DummyBackend);
  });

  test("without promises, direct and by URL", () => {
    const port = Number(new URL(server.url).port);
    const given = [new MemoryBackend(), new RedisBackend({ host: "127.0.0.1", port }), new DummyBackend()];
    const named = ["memory://?max-entries=5", server.url, "dummy://"].map((url) => syncBackendFromUrl(url));
    for (const backend of [...given, ...named]) {
      using cache = new SyncCache<string, number>({ backend, serializer: json(), prefix: "sync:" });
      cache.set("a", 1);
      expect(cache.get("a")).toBe(backend.name === "dummy" ? undefined : 1);
    }
    expect(syncBackendFromUrl(new URL("MEMORY://")).name).toBe("memory");
    expect(() => syncBackendFromUrl("memori://")).toThrow(expect.objectContaining({ code: "UNKNOWN_SCHEME" }));
  });

  test.each<[string, () => unknown, string]>([
    [
      "memory",
      () => MemoryBackend.fromUrl("redis://:geheim@h"),
      "Backend redis://h: the URL must begin with memory:// here.",
    ],
    ["dummy", () => DummyBackend.fromUrl("memory://"), "Backend memory://: the URL must begin with dummy:// here."],
    [
      "redis",
      () => RedisBackend.fromUrl("memory://"),
      "Backend memory://: the URL must begin with one of redis://, rediss://, redis+cluster://, rediss+cluster://, redis+sentinel://, rediss+sentinel://, redis+unix:// here.",
    ],
  ])("by fromUrl of %s refuses the URL of another backend", (_, make, message) => {
    expect(make).toThrow(expect.objectContaining({ code: "INVALID_URL", message }));
  });
});

test.each(cacheKindNames)("setMany of a %s says of which entry it refuses the value", async (kind) => {
  const cache = cacheKinds[kind]<string, unknown>({
    backend: new MemoryBackend(),
    serializer: json({ strict: true }),
    prefix: "one:",
    negative: "skip",
    ttlOf: (value) => (value === "unending" ? { ms: Number.NaN } : { ms: 1000 }),
  });
  const refused = [
    ["INVALID_VALUE", 1n],
    ["INVALID_VALUE", null],
    ["INVALID_DURATION", "unending"],
  ] as const;
  for (const [code, value] of refused) {
    const error: unknown = await Promise.resolve()
      .then(() => cache.setMany({ a: 1, b: value, c: 2 }))
      .catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code, key: "one:b" });
    expect(String(error)).toContain("The key of this error says which entry it is.");
    expect(String(error)).not.toContain("one:b");
    expect(await cache.get("a")).toBeUndefined();
  }
});

test.each(cacheKindNames)("setMany of a %s passes on what a serializer of one's own throws", async (kind) => {
  class OwnError extends CachetoryError {}
  const error = new OwnError("INVALID_VALUE", "not on Sundays");
  const serializer = {
    ...json<number>(),
    serialize: () => {
      throw error;
    },
  };
  const cache = cacheKinds[kind]<string, number>({ backend: new DummyBackend(), serializer });
  const rejection: unknown = await Promise.resolve()
    .then(() => cache.setMany({ a: 1 }))
    .catch((cause: unknown) => cause);
  expect(rejection).toBe(error);
});

test.each(cacheKindNames)("setMany of a %s refuses what holds no items", async (kind) => {
  const cache = cacheKinds[kind]<string, number>({ backend: new MemoryBackend(), serializer: json() });
  for (const items of ["ab", 7, null]) {
    await expect(cache.setMany(items as never)).rejects.toMatchObject({ code: "INVALID_VALUE" });
  }
});
