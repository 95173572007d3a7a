import { backendFromUrl, bytes, Cache, chain, json, RedisBackend, text, v8, zlib } from "@cachetory/runtime";
import { Redis } from "ioredis";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { patience } from "../../support/patience.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

let server: RedisServer;
let client: Redis;

beforeAll(async () => {
  server = await startRedisServer();
  client = new Redis(server.port, "127.0.0.1");
});

beforeEach(async () => {
  await client.flushall();
});

afterAll(async () => {
  client.disconnect();
  await server.stop();
});

function openCache(options = ""): Cache<string, unknown> {
  return new Cache({
    backend: backendFromUrl(`${server.url}${options}`),
    serializer: json(),
    prefix: "t:",
    ttl: "1m",
  });
}

describe("the wire", () => {
  test("is exactly the pipeline's output", async () => {
    await using backend = backendFromUrl(`${server.url}${patience}`);
    await new Cache<string, object>({ backend, serializer: json() }).set("json", { a: "é" });
    await new Cache<string, string>({ backend, serializer: text() }).set("text", "plain");
    const blob = new Uint8Array([0, 255, 128, 10, 13]);
    await new Cache<string, Uint8Array>({ backend, serializer: bytes() }).set("bytes", blob);
    expect(await client.get("json")).toBe('{"a":"é"}');
    expect(await client.get("text")).toBe("plain");
    expect([...((await client.getBuffer("bytes")) ?? [])]).toEqual([0, 255, 128, 10, 13]);
  });

  test("is binary safe in every operation", async () => {
    await using backend = backendFromUrl(`${server.url}${patience}`);
    const cache = new Cache<string, Uint8Array>({ backend, serializer: chain(bytes(), zlib()), ttl: "1m" });
    const blob = Uint8Array.from({ length: 256 }, (_, index) => index);
    await cache.set("a", blob);
    await cache.setMany([["b", blob]]);
    await cache.setMany([["c", blob]], { ttl: "forever" });
    expect(await cache.get("a")).toEqual(blob);
    expect([...(await cache.getMany(["b", "c"])).values()]).toEqual([blob, blob]);
    expect(await cache.take("c")).toEqual(blob);
  });

  test("of v8 keeps what JSON cannot say", async () => {
    await using backend = backendFromUrl(`${server.url}${patience}`);
    const cache = new Cache<string, unknown>({ backend, serializer: v8() });
    const value = { at: new Date(0), map: new Map([[1n, new Set(["x"])]]), none: undefined };
    await cache.set("a", value);
    expect(await cache.get("a")).toEqual(value);
  });
});

describe("one round trip", () => {
  test.each<[string, (cache: Cache<string, unknown>) => Promise<unknown>, string[]]>([
    ["getMany", (cache) => cache.getMany(["a", "b", "c"]), ["mget"]],
    ["set with a ttl", (cache) => cache.set("a", 1), ["set"]],
    [
      "setMany for ever",
      (cache) =>
        cache.setMany(
          [
            ["a", 1],
            ["b", 2],
          ],
          { ttl: "forever" },
        ),
      ["mset"],
    ],
    [
      "setMany with a ttl",
      (cache) =>
        cache.setMany([
          ["a", 1],
          ["b", 2],
        ]),
      ["eval", "set", "set"],
    ],
    [
      "a write-back of getOrSetMany",
      (cache) => cache.getOrSetMany(["a", "b"], (keys) => keys),
      ["mget", "eval", "set", "set"],
    ],
    ["deleteMany", (cache) => cache.deleteMany(["a", "b"]), ["unlink"]],
    ["take", (cache) => cache.take("a"), ["getdel"]],
  ])("%s is one", async (_, operation, commands) => {
    await using cache = openCache();
    await cache.ready();
    const monitor = await client.monitor();
    const seen: string[] = [];
    const done = new Promise<void>((resolve) => {
      monitor.on("monitor", (_time: string, args: string[]) => {
        if (args[0] === "echo") resolve();
        else seen.push(args[0]?.toLowerCase() ?? "");
      });
    });
    await operation(cache);
    await client.echo("end");
    await done;
    monitor.disconnect();
    expect(seen).toEqual(commands);
  });
});

describe("keys of others", () => {
  test("a list under the key is a miss, and is never overwritten by a load", async () => {
    await using cache = openCache();
    await client.rpush("t:a", "x");
    expect(await cache.get("a", "miss")).toBe("miss");
    expect((await cache.getMany(["a"])).size).toBe(0);
    expect(await cache.has("a")).toBe(false);
    expect(await cache.take("a")).toBeUndefined();
    expect(await cache.getOrSet("a", () => 1)).toBe(1);
    expect(await client.lrange("t:a", 0, -1)).toEqual(["x"]);
  });

  test("clear leaves what the cache does not own: other prefixes, other types", async () => {
    await using cache = openCache();
    await client.mset("t", "1", "tx:a", "1", "T:a", "1");
    await client.rpush("t:list", "x");
    await cache.setMany(Array.from({ length: 2500 }, (_, index) => [`k${index}`, index] as const));
    expect(await cache.clear()).toBe(2500);
    expect((await client.keys("*")).sort()).toEqual(["T:a", "t", "t:list", "tx:a"]);
  });

  test("glob characters of a prefix stand for themselves", async () => {
    await using backend = backendFromUrl(`${server.url}${patience}`);
    const cache = new Cache<string, number>({ backend, serializer: json(), prefix: "a*[b]?\\:" });
    await client.set("axx[b]?\\:k", "1");
    await cache.set("k", 1);
    expect(await cache.clear()).toBe(1);
    expect(await client.dbsize()).toBe(1);
  });
});

describe("setMany", () => {
  test("stores a chunk of 500 with a ttl together or not at all", async () => {
    await using cache = openCache();
    await cache.ready();
    await client.config("SET", "maxmemory", "1");
    await expect(
      cache.setMany([
        ["a", 1],
        ["b", 2],
      ]),
    ).rejects.toMatchObject({ code: "UNAVAILABLE", outcome: "none" });
    await client.config("SET", "maxmemory", "0");
    expect(await client.dbsize()).toBe(0);
  });

  test("and getMany take one command for up to 500 small values", async () => {
    await using cache = openCache();
    const items = Array.from({ length: 500 }, (_, index) => [`k${index}`, index] as const);
    // From here on it is known that they are small.
    await cache.getMany(items.map(([key]) => key));
    await client.config("RESETSTAT");
    await cache.setMany(items);
    expect((await cache.getMany(items.map(([key]) => key))).size).toBe(500);
    const stats = await client.info("commandstats");
    expect(stats).toContain("cmdstat_eval:calls=1,");
    expect(stats).toContain("cmdstat_mget:calls=1,");
  });

  test("takes any number of entries", async () => {
    await using cache = openCache();
    const items = Array.from({ length: 1201 }, (_, index) => [`k${index}`, index] as const);
    await cache.setMany(items);
    expect([...(await cache.getMany(items.map(([key]) => key)))]).toEqual(items);
    expect(await client.pttl("t:k1200")).toBeGreaterThan(0);
  });
});

describe("what was loaded", () => {
  test("is stored beside a list of somebody else's, which stays", async () => {
    await using cache = openCache();
    await client.rpush("t:a", "x");
    expect((await cache.getOrSetMany(["a", "b"], () => [1, 2])).size).toBe(2);
    expect(await client.lrange("t:a", 0, -1)).toEqual(["x"]);
    expect(await client.get("t:b")).toBe("2");
    expect(await client.pttl("t:b")).toBeGreaterThan(0);
  });

  test("is stored one by one from the second time on, where the user may not run scripts", async () => {
    await client.acl("SETUSER", "plain", "on", ">pw", "~*", "+@all", "-eval");
    await using backend = backendFromUrl(`redis://plain:pw@127.0.0.1:${server.port}`);
    const options = { backend, serializer: json<number>(), prefix: "t:", ttl: "1m" } as const;
    // What the server refuses would be found in the gutter.
    const cache = new Cache<string, number>({ ...options, gutter: false });
    const load = (): Promise<unknown> => cache.getOrSetMany(["a", "b"], () => [1, 2]);
    await load();
    expect(await client.dbsize()).toBe(0);
    await load();
    expect([await client.get("t:a"), await client.get("t:b")]).toEqual(["1", "2"]);
    expect(await client.pttl("t:b")).toBeGreaterThan(0);
  });
});

describe("a URL", () => {
  test("names database, client and protocol, and the connection is made when first used", async () => {
    const clients = async (): Promise<number> =>
      String(await client.client("LIST"))
        .trim()
        .split("\n").length;
    const before = await clients();
    await using cache = openCache("/3?client-name=shop&protocol=2&family=4&keep-alive=30s&no-delay=true");
    expect(await clients()).toBe(before);
    await cache.set("a", 1);
    expect(await client.client("LIST")).toMatch(/name=shop .*db=3 .*resp=2/);
    expect(await client.exists("t:a")).toBe(0);
  });

  test("with a wrong password makes misses, and no message holds it", async () => {
    await client.config("SET", "requirepass", "right");
    await using backend = backendFromUrl(server.url.replace("//", "//user:wrong-secret@"));
    const cache = new Cache<string, number>({ backend, serializer: json() });
    const error: unknown = await cache.set("a", 1).catch((cause: unknown) => cause);
    await client.config("SET", "requirepass", "");
    expect(error).toMatchObject({ code: "UNAVAILABLE" });
    expect(`${(error as Error).message} ${JSON.stringify((error as Error).cause)}`).not.toContain("wrong-secret");
  });
});

describe("a client handed in", () => {
  test("is used, and not closed", async () => {
    const given = new Redis(server.port, "127.0.0.1");
    const cache = new Cache<string, number>({ backend: new RedisBackend(given), serializer: json() });
    await cache.set("a", 1);
    await cache.close();
    expect(await cache.get("a")).toBeUndefined();
    expect(await given.get("a")).toBe("1");
    given.disconnect();
  });

  test("is refused with a keyPrefix, instead of being half honoured", () => {
    const prefixed = new Redis({ lazyConnect: true, keyPrefix: "p:" });
    expect(() => new RedisBackend(prefixed)).toThrow("keyPrefix");
  });
});

test("close lets the server forget the connection", async () => {
  const cache = openCache("?client-name=closing");
  await cache.ready();
  expect(await client.client("LIST")).toContain("name=closing");
  await cache.close();
  await expect.poll(() => client.client("LIST")).not.toContain("name=closing");
  expect(await cache.get("a")).toBeUndefined();
  await expect(cache.set("a", 1)).rejects.toMatchObject({ code: "UNAVAILABLE", outcome: "none" });
});
