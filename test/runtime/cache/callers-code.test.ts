import {
  backendFromUrl,
  Cache,
  json,
  MemoryBackend,
  RedisBackend,
  type Serializer,
  SyncCache,
} from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { describe, expect, test } from "vitest";
import { warning } from "../../support/warning.ts";

describe("a loader that asks for the key it loads", () => {
  const cache = new Cache<string, string>({ backend: new MemoryBackend(), serializer: json() });
  const notLoaded = (): never => {
    throw new Error("It was loaded twice.");
  };

  test("in a refresh, has what that gives", async () => {
    const inner: Promise<unknown>[] = [];
    const load = (): string => {
      inner.push(cache.getOrSet("a", notLoaded));
      inner.push(cache.getOrSetMany(["a"], notLoaded).then((hits) => hits.get("a")));
      return "loaded";
    };
    expect(await cache.refresh("a", load)).toBe("loaded");
    expect(await Promise.all(inner)).toEqual(["loaded", "loaded"]);
  });

  test("does not let a load store that a change has overtaken", async () => {
    const loaded = cache.refresh("b", async () => {
      void cache.getOrSet("b", notLoaded);
      await cache.set("b", "newer");
      return "older";
    });
    expect(await loaded).toBe("older");
    expect(await cache.get("b")).toBe("newer");
  });
});

describe("a function that fails is not the backend's fault:", () => {
  const fails = (): never => {
    throw new Error("Not written well.");
  };
  const failing: Serializer<string> = { name: "mine", in: "value", out: "text", serialize: fails, deserialize: fails };

  test.each<[string, (backend: MemoryBackend) => Promise<unknown>, message: string]>([
    [
      "ttl of getOrSet",
      (backend) =>
        new Cache<string, number>({ name: "mine", backend, serializer: json() }).getOrSet("a", () => 1, { ttl: fails }),
      "mine could not store a loaded value. mine got no ttl for this value. Not written well.",
    ],
    [
      "ttl of a batch",
      (backend) =>
        new Cache<string, number>({ name: "mine", backend, serializer: json() })
          .batch((keys) => keys.map(() => 1), { ttl: fails })
          .get("a"),
      "mine could not store a loaded value. mine got no ttl for this value. Not written well.",
    ],
    [
      "tags of a value",
      (backend) =>
        new Cache<string, number>({
          name: "mine",
          backend,
          serializer: json(),
          tags: { ofValue: fails, valueFamilies: ["shop"] },
        }).getOrSet("a", () => 1),
      "mine could not store a loaded value. mine got no tags of this value. Not written well.",
    ],
    [
      "a serializer",
      (backend) =>
        new Cache<string, string>({ name: "mine", backend, serializer: failing }).getOrSet("a", () => "value"),
      "mine could not store a loaded value. mine: the serializer mine failed. Not written well.",
    ],
  ])("%s", async (_, call, message) => {
    const backend = new MemoryBackend();
    const cache = new Cache({ name: "another", backend, serializer: json() });
    const said = warning("Not written well.");
    await call(backend);
    expect((await said).message).toBe(`The cache ${message}`);
    await cache.get("a");
    expect(await cache.health()).toMatchObject({ state: "up" });
  });

  test("tags of a key, where the backend is elsewhere", async () => {
    const backend = new ControlledBackend();
    const cache = new Cache<string, number>({ name: "mine", backend, serializer: json(), tags: { ofKey: fails } });
    expect(await cache.getOrSet("a", () => 1)).toBe(1);
    expect(await cache.health()).toMatchObject({ state: "up" });
    await expect(cache.set("a", 1)).rejects.toThrow("mine got no tags of this key. Not written well.");
  });

  test("a ttl that no clock counts to is none", async () => {
    const cache = new Cache<string, number>({ backend: new ControlledBackend(), serializer: json() });
    await expect(cache.set("a", 1, { ttl: { ms: 1e300 } })).rejects.toMatchObject({ code: "INVALID_DURATION" });
    expect(await cache.set("a", 1, { ttl: { ms: Number.MAX_SAFE_INTEGER } })).toBe(true);
  });
});

describe("an object that is used for one key after another names, for each call, the key that it was:", () => {
  interface Key {
    readonly id: number;
  }
  const cache = new Cache<Key, string>({
    backend: new ControlledBackend(),
    serializer: json(),
    keyText: ({ id }) => `user:${id}`,
  });
  const load = (key: Key): string => `value of ${key.id}`;

  test.each<[string, (key: Key) => Promise<unknown>]>([
    ["getOrSet", (key) => cache.getOrSet(key, async (own) => load(own))],
    [
      "refresh",
      (key) =>
        cache.refresh(key, async (own) => {
          // Its loader is called at once: what it is given is looked at later.
          await undefined;
          return load(own);
        }),
    ],
    ["getOrSetMany", (key) => cache.getOrSetMany([key], (keys) => keys.map(load))],
    ["batch", (key) => cache.batch((keys) => keys.map(load)).get(key)],
  ])("%s", async (_, call) => {
    await cache.clear();
    const key = { id: 0 };
    const calls: Promise<unknown>[] = [];
    for (const id of [1, 2, 3]) {
      key.id = id;
      calls.push(call(key));
    }
    await Promise.all(calls);
    const stored = await cache.getMany([{ id: 1 }, { id: 2 }, { id: 3 }]);
    expect([...stored].map(([{ id }, value]) => [id, value])).toEqual([
      [1, "value of 1"],
      [2, "value of 2"],
      [3, "value of 3"],
    ]);
  });
});

describe("what is not meant is told, with the name of the cache:", () => {
  const wrong = (value: unknown): never => value as never;

  test.each<[string, (cache: Cache<string, number>) => unknown, code: string, message: string]>([
    ["a string in place of keys", (cache) => cache.deleteMany("ab"), "INVALID_KEY", "mine needs a list of keys"],
    ["a ttl that is a number", (cache) => cache.set("a", 1, { ttl: wrong(60) }), "INVALID_DURATION", "mine: A ttl is"],
    [
      "no loader",
      (cache) => cache.getOrSet("a", wrong(undefined)),
      "INVALID_OPTION",
      "mine needs a function that loads",
    ],
    [
      "no loader to refresh",
      (cache) => cache.refresh("a", wrong(5)),
      "INVALID_OPTION",
      "loads what it has not, not number",
    ],
    ["no loader of many", (cache) => cache.getOrSetMany([], wrong({})), "INVALID_OPTION", "mine needs a function"],
    ["no loader of a batch", (cache) => cache.batch(wrong(null)), "INVALID_OPTION", "mine needs a function"],
    [
      "a ttl by itself",
      (cache) => cache.set("a", 1, wrong(60)),
      "INVALID_OPTION",
      'of mine are an object, such as { ttl: "10m" }',
    ],
    ["null for options", (cache) => cache.set("a", 1, wrong(null)), "INVALID_OPTION", "mine are an object, such as"],
    ["a ttl by itself for many", (cache) => cache.setMany([["a", 1]], wrong("5m")), "INVALID_OPTION", "not string"],
    ["a ttl by itself to touch", (cache) => cache.touch("a", wrong("5m")), "INVALID_OPTION", "not string"],
    ["a ttl by itself to load", (cache) => cache.getOrSet("a", () => 1, wrong(60)), "INVALID_OPTION", "not number"],
    ["a ttl by itself for a batch", (cache) => cache.batch(() => [1], wrong(60)), "INVALID_OPTION", "not number"],
    ["a tag that is text", (cache) => cache.invalidateTags(wrong("shop:1")), "INVALID_OPTION", "mine: a tag is what"],
    ["a value", (cache) => cache.set("a", Number.NaN), "INVALID_VALUE", "mine: strict json cannot carry NaN"],
    ["an answer", (cache) => cache.getOrSetMany(["a"], () => wrong(7)), "INVALID_VALUE", "A loader of many keys"],
  ])("%s", async (_, call, code, message) => {
    const cache = new Cache<string, number>({
      name: "mine",
      backend: new MemoryBackend(),
      serializer: json({ strict: true }),
      tags: {},
    });
    // Some of them give no promise.
    const called = async (): Promise<unknown> => call(cache);
    await expect(called()).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
  });

  test.each<[string, (cache: SyncCache<string, number>) => unknown, message: string]>([
    ["no loader", (cache) => cache.getOrSet("a", wrong(undefined)), "mine needs a function that loads"],
    ["no loader to refresh", (cache) => cache.refresh("a", wrong(5)), "loads what it has not, not number"],
    ["no loader of many", (cache) => cache.getOrSetMany([], wrong({})), "mine needs a function"],
    ["a ttl by itself", (cache) => cache.set("a", 1, wrong(60)), 'of mine are an object, such as { ttl: "10m" }'],
    ["a ttl by itself for many", (cache) => cache.setMany([["a", 1]], wrong("5m")), "not string"],
    ["a ttl by itself to touch", (cache) => cache.touch("a", wrong("5m")), "not string"],
    ["a ttl by itself to load", (cache) => cache.getOrSet("a", () => 1, wrong(60)), "not number"],
  ])("%s, without promises", (_, call, message) => {
    using cache = new SyncCache<string, number>({ name: "mine", backend: new MemoryBackend(), serializer: json() });
    expect(() => call(cache)).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", message: expect.stringContaining(message) }),
    );
  });

  test("a backend that does not answer", async () => {
    const backend = new ControlledBackend();
    const cache = new Cache<string, number>({ name: "mine", backend, serializer: json() });
    backend.fail("set", "clear");
    const expected = { code: "UNAVAILABLE", message: "mine: The server is dead." };
    await expect(cache.set("a", 1)).rejects.toMatchObject(expected);
    await expect(cache.refresh("a", () => 1)).rejects.toMatchObject(expected);
    await expect(cache.clear()).rejects.toMatchObject(expected);
  });

  test.each<[string, () => unknown, code: string, message: string]>([
    ["no URL", () => backendFromUrl(wrong(undefined)), "INVALID_URL", "Is a variable of the environment not set?"],
    ["a URL as options", () => new RedisBackend(wrong("redis://localhost")), "INVALID_OPTION", "RedisBackend.fromUrl"],
  ])("%s", (_, make, code, message) => {
    expect(make).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) }));
  });
});
