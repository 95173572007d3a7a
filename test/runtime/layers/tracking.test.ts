import {
  backendFromUrl,
  Cache,
  json,
  LayeredBackend,
  MemoryBackend,
  RedisBackend,
  type RedisClient,
} from "@cachetory/runtime";
import { Redis } from "ioredis";
import { Redis as Redis5 } from "ioredis-5";
import { Redis as Valkey } from "iovalkey";
import { createClient } from "redis";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { patience } from "../../support/patience.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";
import { warning } from "../../support/warning.ts";
import { holdNear, type LayeredProcess, openProcess } from "./layered-cache.ts";

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer({ config: ["enable-debug-command yes"] });
});
beforeEach(() => server.ask("FLUSHALL"));
afterAll(() => server.stop());

function gone({ cache }: LayeredProcess, key: string): Promise<void> {
  return until(`${key} is not near any more`, async () => cache.peek(key) === undefined);
}

/** Connections that subscribe, as the server sees them. */
async function killFeeds(): Promise<void> {
  await server.ask("CLIENT", "KILL", "TYPE", "pubsub");
}

describe("a near layer that the server tells of changes", () => {
  test("answers from memory what has been read, until another process writes", async () => {
    await using one = openProcess(server.url);
    await using other = openProcess(server.url);
    await one.cache.set("a", 1);
    expect(await holdNear(other, "a")).toBe(1);
    await one.cache.set("a", 2);
    await gone(other, "a");
    expect(await holdNear(other, "a")).toBe(2);
    // It is told of every change, and not of the first one after a read alone.
    await one.cache.set("a", 3);
    await one.cache.set("a", 4);
    await gone(other, "a");
    expect(await other.cache.get("a")).toBe(4);
  });

  test.each<[string, readonly [string, ...(string | number)[]]]>([
    ["SET", ["SET", "t:a", "2"]],
    ["DEL", ["DEL", "t:a"]],
    ["EXPIRE", ["EXPIRE", "t:a", 100]],
    ["PERSIST", ["PERSIST", "t:a"]],
    ["RENAME", ["RENAME", "t:a", "t:other"]],
    ["APPEND", ["APPEND", "t:a", "0"]],
    ["a script", ["EVAL", "redis.call('SET', KEYS[1], '2')", 1, "t:a"]],
    ["FLUSHDB", ["FLUSHDB"]],
    ["FLUSHALL", ["FLUSHALL"]],
  ])("sees what anybody does by %s", async (_, command) => {
    await using one = openProcess(server.url);
    await one.cache.set("a", 1);
    await holdNear(one, "a");
    await server.ask(...command);
    await gone(one, "a");
  });

  test("sees what the server evicts", async () => {
    await using one = openProcess(server.url);
    await one.cache.set("a", 1);
    await holdNear(one, "a");
    await server.ask("CONFIG", "SET", "maxmemory-policy", "allkeys-random", "maxmemory", "1");
    await server.ask("EVAL", "return 1", 0).catch(() => {});
    await server.ask("SET", "other", "1").catch(() => {});
    await gone(one, "a");
    await server.ask("CONFIG", "SET", "maxmemory", "0", "maxmemory-policy", "noeviction");
  });

  test("sees each key of a batch, and all that a clear deletes", async () => {
    await using one = openProcess(server.url);
    await using other = openProcess(server.url);
    await one.cache.setMany({ a: 1, b: 2, c: 3 });
    for (const key of ["a", "b", "c"]) await holdNear(other, key);
    await one.cache.setMany({ a: 4, b: 5 });
    await gone(other, "a");
    await gone(other, "b");
    expect(other.cache.peek("c")).toBe(3);
    await one.cache.clear();
    await gone(other, "c");
  });

  test("ends with the entry, also where the server has not noticed yet that it is over", async () => {
    await server.ask("DEBUG", "SET-ACTIVE-EXPIRE", 0);
    await using one = openProcess(server.url);
    await one.cache.set("kept", 1);
    await holdNear(one, "kept");
    await server.ask("SET", "t:a", "1", "PX", 300);
    const setMs = performance.now();
    await until("it is near", async () => (await one.cache.get("a")) === undefined || one.cache.peek("a") === 1);
    await gone(one, "a");
    // A near entry that began anew when it was read would live for another while.
    expect(performance.now() - setMs).toBeLessThan(1000);
    expect(one.cache.peek("kept")).toBe(1);
    await server.ask("DEBUG", "SET-ACTIVE-EXPIRE", 1);
  });

  test("keeps what has no end, and no longer than its own ttl", async () => {
    await using endless = openProcess(server.url, { ttlOfCache: "forever" });
    await using short = openProcess(server.url, { ttlOfCache: "forever", ttl: "100ms" });
    await endless.cache.set("a", 1);
    await holdNear(endless, "a");
    await holdNear(short, "a");
    await gone(short, "a");
    expect(endless.cache.peek("a")).toBe(1);
  });

  test("hears of all keys that begin with what it is told, also where one is part of another", async () => {
    const far = backendFromUrl(`${server.url}${patience}`) as RedisBackend;
    await using one = openProcess(far, { heads: ["t:a:", "t:", "t:ab"] });
    await one.cache.set("a:1", 1);
    await one.cache.set("ab", 2);
    await holdNear(one, "a:1");
    await holdNear(one, "ab");
    // The server has not refused them: the connection is tracked, in broadcast mode.
    expect(String(await server.ask("CLIENT", "LIST", "TYPE", "pubsub"))).toContain("flags=PtB");
    await server.ask("MSET", "t:a:1", "3", "t:ab", "4");
    await gone(one, "a:1");
    await gone(one, "ab");
  });

  test("shares the connection of its backend, which then hears of the keys of both", async () => {
    const far = backendFromUrl(`${server.url}${patience}`) as RedisBackend;
    await using one = openProcess(far, { heads: ["t:a"] });
    await using other = openProcess(far, { heads: ["t:b"] });
    await one.cache.setMany({ a: 1, b: 1 });
    await holdNear(one, "a");
    await holdNear(other, "b");
    await holdNear(one, "a");
    expect(
      String(await server.ask("CLIENT", "LIST", "TYPE", "pubsub"))
        .trim()
        .split("\n"),
    ).toHaveLength(1);
    await server.ask("MSET", "t:a", "3", "t:b", "4");
    await gone(one, "a");
    await gone(other, "b");
  });

  test("connects when it is first used, and lets go of the connection with its backend", async () => {
    const count = async (): Promise<number> =>
      String(await server.ask("CLIENT", "LIST", "TYPE", "pubsub"))
        .split("\n")
        .filter(Boolean).length;
    const one = openProcess(server.url);
    expect(await count()).toBe(0);
    await one.cache.ready();
    expect(await count()).toBe(1);
    await one.cache.close();
    await until("it is gone", async () => (await count()) === 0);
    expect(one.near.size).toBe(0);
  });
});

describe("loads over a near layer", () => {
  const guardedCache = (): Cache<string, number> =>
    new Cache<string, number>({
      backend: new LayeredBackend({
        near: new MemoryBackend(),
        far: backendFromUrl(`${server.url}${patience}`),
        heads: ["g:"],
      }),
      serializer: json(),
      prefix: "g:",
      ttl: "1m",
      writeBack: "guarded",
    });

  test("do not store what another process has deleted meanwhile, where they are guarded", async () => {
    await using one = guardedCache();
    await using other = guardedCache();
    const load = async (): Promise<number> => {
      await other.delete("a");
      return 1;
    };
    expect(await one.getOrSet("a", load)).toBe(1);
    expect(await server.ask("EXISTS", "g:a")).toBe(0);
    expect(await one.getOrSet("a", () => 2)).toBe(2);
    expect(await server.ask("GET", "g:a")).toBe("2");
  });

  test("are near afterwards, and told of as any other, where they are guarded", async () => {
    await using one = guardedCache();
    await one.ready();
    await one.getOrSet("a", () => 1);
    await until("it is near", async () => (await one.get("a")) === 1 && one.peek("a") === 1);
    await one.set("a", 2);
    expect(one.peek("a")).toBeUndefined();
    expect(await one.get("a")).toBe(2);
    await server.ask("SET", "g:a", "3");
    await until("it is gone", async () => one.peek("a") === undefined);
    expect(await one.getOrSet("a", () => 4)).toBe(3);
  });
});

describe("when the connection that tells of changes", () => {
  test("is lost, everything near is gone, reads go far, and it comes back", async () => {
    await using one = openProcess(server.url);
    await one.cache.set("a", 1);
    await holdNear(one, "a");
    await killFeeds();
    await gone(one, "a");
    expect(one.near.size).toBe(0);
    await server.ask("SET", "t:a", "2");
    expect(await one.cache.get("a")).toBe(2);
    await holdNear(one, "a");
    await server.ask("SET", "t:a", "3");
    await gone(one, "a");
    expect(await one.cache.get("a")).toBe(3);
  });

  test("is closed because it reads too slowly, everything near is gone as well", async () => {
    await using one = openProcess(server.url);
    await one.cache.set("kept", 1);
    await holdNear(one, "kept");
    const setLimit = (limit: string): Promise<unknown> =>
      server.ask("CONFIG", "SET", "client-output-buffer-limit", `pubsub ${limit}`);
    await setLimit("1 0 0");
    await server.ask("EVAL", "for i = 1, 3000 do redis.call('SET', 't:' .. string.rep('x', 100) .. i, '1') end", 0);
    await gone(one, "kept");
    await setLimit("32mb 8mb 60");
    await holdNear(one, "kept");
  });

  test("says nothing any more, everything near is gone after a heartbeat and its timeout", async () => {
    await using one = openProcess(`${server.url}?heartbeat=50ms&heartbeat-timeout=50ms&command-timeout=100ms`);
    await one.cache.set("a", 1);
    await holdNear(one, "a");
    server.pause();
    const pausedMs = performance.now();
    await gone(one, "a");
    expect(performance.now() - pausedMs).toBeLessThan(2000);
    server.resume();
    await holdNear(one, "a");
  });

  test("is not there because the server is not, reads are misses, and all comes back with it", async () => {
    await using one = openProcess(server.url);
    await one.cache.set("a", 1);
    await holdNear(one, "a");
    await server.kill();
    await gone(one, "a");
    expect(await one.cache.get("a", "fallback")).toBe("fallback");
    expect(await one.cache.getOrSet("a", () => 7)).toBe(7);
    await server.restart();
    await until("it stores again", () => one.cache.set("a", 2));
    await holdNear(one, "a");
    await server.ask("SET", "t:a", "3");
    await gone(one, "a");
  });

  test("cannot be opened, ready rejects with the server's reason", async () => {
    await using one = openProcess("redis://127.0.0.1:1?command-timeout=100ms");
    await expect(one.cache.ready()).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await one.cache.get("a", 9)).toBe(9);
  });
});

describe("where a user may not", () => {
  async function user(name: string, ...rights: string[]): Promise<string> {
    await server.ask("ACL", "SETUSER", name, "on", ">secret", "~*", "&*", "+@all", ...rights);
    return `redis://${name}:secret@127.0.0.1:${server.port}`;
  }

  test("track, processes tell each other, and that is said once", async () => {
    const url = await user("untracked", "-client|tracking");
    const warned = warning("Client tracking is refused");
    await using one = openProcess(url);
    await using other = openProcess(url);
    await one.cache.set("a", 1);
    await holdNear(other, "a");
    expect(await warned).toMatchObject({ name: "CachetoryWarning", code: "CACHETORY_FEED" });
    expect(await other.near.local?.size).toBe(1);
    await one.cache.set("a", 2);
    await gone(other, "a");
    expect(await other.cache.get("a")).toBe(2);
  });

  test("subscribe either, nothing is near and all is served", async () => {
    const url = await user("deaf", "-client|tracking", "-subscribe");
    const warned = warning("Nothing tells of changes, so near layers keep nothing.");
    await using one = openProcess(url);
    await one.cache.ready();
    await one.cache.set("a", 1);
    expect([await one.cache.get("a"), await one.cache.get("a")]).toEqual([1, 1]);
    expect(one.cache.peek("a")).toBeUndefined();
    expect(await warned).toMatchObject({ name: "CachetoryWarning" });
  });
});

describe("over a client that is handed in", () => {
  const makers: readonly (readonly [string, () => RedisClient & { quit(): Promise<unknown> }])[] = [
    ["ioredis 6", () => new Redis(server.port, "127.0.0.1")],
    ["ioredis 5", () => new Redis5(server.port, "127.0.0.1")],
    ["iovalkey", () => new Valkey(server.port, "127.0.0.1")],
    ["ioredis 6 that speaks RESP3", () => new Redis(server.port, "127.0.0.1", { protocol: 3 })],
  ];

  test.each(makers)("of %s, it hears of changes over a duplicate", async (_, make) => {
    const client = make();
    await using one = openProcess(new RedisBackend(client));
    await one.cache.set("a", 1);
    await holdNear(one, "a");
    await server.ask("SET", "t:a", "2");
    await gone(one, "a");
    expect(await one.cache.get("a")).toBe(2);
    await client.quit();
  });

  test("nothing is near while that is connected to another server than the client", async () => {
    const stranger = await startRedisServer();
    const warned = warning("another server than the one that tells of changes");
    const client = new Redis(server.port, "127.0.0.1");
    // As after a failover that one of the two has not heard of.
    const lost = Object.assign(client, {
      duplicate: (options: object) => new Redis({ port: stranger.port, host: "127.0.0.1", ...options }),
    });
    await using one = openProcess(new RedisBackend(lost));
    await one.cache.set("a", 1);
    expect(await one.cache.get("a")).toBe(1);
    await until("it has been subscribed to there", async () =>
      String(await stranger.ask("INFO", "commandstats")).includes("cmdstat_subscribe"),
    );
    expect([await one.cache.get("a"), await one.cache.get("a")]).toEqual([1, 1]);
    expect(one.cache.peek("a")).toBeUndefined();
    expect(await warned).toMatchObject({ name: "CachetoryWarning" });
    await one.cache.close();
    await client.quit();
    await stranger.stop();
  });

  test("of node-redis, it is refused with what to do", () => {
    const client = createClient({ url: server.url });
    expect(() => openProcess(new RedisBackend(client))).toThrow("Give a client of ioredis or iovalkey, or a URL");
  });

  test("of node-redis, it can be short", async () => {
    const client = createClient({ url: server.url });
    await client.connect();
    await using one = openProcess(new RedisBackend(client), { invalidation: "none", ttl: "1m" });
    await one.cache.set("a", 1);
    await holdNear(one, "a");
    client.destroy();
  });

  test("that reads from replicas, it is refused", () => {
    const client = new Redis({ lazyConnect: true, role: "slave", sentinels: [{ host: "127.0.0.1" }], name: "x" });
    expect(() => openProcess(new RedisBackend(client))).toThrow("The Redis client reads from replicas");
    client.disconnect();
  });
});
