import { setImmediate as nextTurn } from "node:timers/promises";
import { type Backend, Cache, json, RedisBackend } from "@cachetory/runtime";
import { afterEach, describe, expect, test } from "vitest";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { memoryCommands } from "../../support/resp/memory-commands.ts";
import { type RespServer, startRespServer } from "../../support/resp/resp-server.ts";

const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

async function serve(): Promise<RespServer> {
  const server = await startRespServer(memoryCommands());
  stops.push(() => server.stop());
  return server;
}

async function open(url: string): Promise<RedisBackend> {
  const backend = RedisBackend.fromUrl(`${url}?command-timeout=10s&read-timeout=10s`);
  stops.push(() => backend.close());
  await backend.ready();
  return backend;
}

async function startServer(): Promise<RedisServer> {
  const server = await startRedisServer();
  stops.push(() => server.stop());
  return server;
}

const keys = Array.from({ length: 100 }, (_, index) => `k${index}`);

/** How many keys the commands of this name had, from the first that `run` sends on. */
async function keyCounts(server: RespServer, name: string, run: () => Promise<unknown>): Promise<readonly number[]> {
  const before = server.commands.length;
  await run();
  return server.commands
    .slice(before)
    .filter(([command]) => command === name)
    .map((command) => (name === "eval" ? Number(command[2]) : command.length - 1));
}

describe("getMany", () => {
  test("asks for as many in one command as the values suggest that were read before", async () => {
    const server = await serve();
    const backend = await open(server.url);
    for (const key of keys) await backend.set(key, "x".repeat(20_000), {});
    const read = (): Promise<unknown> => backend.getMany(keys, "text");
    // Of values of half a KiB, which is what is thought at first, 100 are one command.
    expect(await keyCounts(server, "mget", read)).toEqual([100]);
    for (let time = 0; time < 4; time += 1) await read();
    // 64 KiB hold three of them.
    expect(await keyCounts(server, "mget", read)).toEqual([...Array(33).fill(3), 1]);
    expect(await backend.getMany(["k1", "none", "k99"], "text")).toEqual([
      "x".repeat(20_000),
      undefined,
      "x".repeat(20_000),
    ]);
  });

  test("asks for a large value alone, in the middle of small ones", async () => {
    const server = await serve();
    const backend = await open(server.url);
    for (const key of keys) await backend.set(key, key === "k50" ? "x".repeat(40_000) : key, {});
    await backend.getMany(keys, "text");
    const found = backend.getMany(keys, "text");
    expect(await keyCounts(server, "mget", () => found)).toEqual([50, 1, 49]);
    expect((await found).map((value) => (value as string).length)).toEqual(
      keys.map((key) => (key === "k50" ? 40_000 : key.length)),
    );
  });

  test("knows what single reads of the same turn have seen, and they what it has", async () => {
    const server = await serve();
    const backend = await open(server.url);
    await backend.set("large", "x".repeat(40_000), {});
    await backend.get("large", "text");
    expect(await keyCounts(server, "mget", () => backend.getMany(["a", "large"], "text"))).toEqual([1, 1]);
    await backend.set("other", "x".repeat(40_000), {});
    await backend.getMany(["other", "a"], "text");
    const together = async (): Promise<void> => {
      // What is large goes out alone.
      await Promise.all(["first", "other", "a", "b"].map((key) => backend.get(key, "text")));
    };
    expect(await keyCounts(server, "mget", together)).toEqual([3]);
  });

  test("with the lives of entries, which near layers ask for, does the same", async () => {
    const server = await startServer();
    const backend = await open(server.url);
    for (const key of keys) await backend.set(key, "x".repeat(40_000), {});
    await backend.far.getManyAged(keys, "text");
    await server.ask("CONFIG", "RESETSTAT");
    expect(await backend.far.getManyAged(keys, "text")).toEqual(
      keys.map(() => ({ stored: "x".repeat(40_000), lifeMs: "forever" })),
    );
    expect(String(await server.ask("INFO", "commandstats"))).toContain("cmdstat_mget:calls=100,");
  });

  test("through a cache decodes no more than 256 KiB in one turn of the event loop", async () => {
    let read = 0;
    const serializer = json();
    const counting = {
      ...serializer,
      deserialize: (stored: string) => {
        read += 1;
        return serializer.deserialize(stored);
      },
    };
    const server = await startServer();
    await using cache = new Cache<string, unknown>({ backend: await open(server.url), serializer: counting });
    await cache.setMany(keys.map((key) => [key, "x".repeat(100_000)] as const));
    let isOver = false;
    let longest = 0;
    const watching = (async () => {
      for (let before = read; !isOver; before = read) {
        await nextTurn();
        longest = Math.max(longest, read - before);
      }
    })();
    expect((await cache.getMany(keys)).size).toBe(100);
    isOver = true;
    await watching;
    expect(longest).toBe(2);
    expect(read).toBe(100);
  });
});

describe("what is stored by one command", () => {
  const large = keys.map((key) => [key, "x".repeat(300 * 1024)] as const);
  const stores: Record<string, (backend: Backend) => Promise<unknown>> = {
    setMany: (backend) => backend.setMany(large, 60_000),
    setManyIfAbsent: async (backend) => backend.setManyIfAbsent?.(large, 60_000),
    setManyEach: async (backend) =>
      backend.setManyEach?.(
        large.map(([key, stored], index) => [key, stored, 60_000 + index] as const),
        false,
      ),
  };

  test.each(Object.entries(stores))("is 1 MiB at most, with %s", async (_, store) => {
    const server = await serve();
    const backend = await open(server.url);
    // Three are less than a MiB, four are more.
    expect(await keyCounts(server, "eval", () => store(backend))).toEqual(Array(33).fill(3));
    expect(await backend.getMany(keys, "text")).toEqual(large.map(([, stored]) => stored));
  });

  test.each(["setManyEach", "setGuarded", "setManyUnlessFresh"] as const)(
    "is 1 MiB at most, with %s, which is a script that does more",
    async (name) => {
      const server = await startServer();
      const backend = await open(server.url);
      const guarded = backend.guarded();
      const guards = await Promise.all(keys.map((key) => guarded.getGuarded(key, "text", 60_000, "always")));
      await server.ask("CONFIG", "RESETSTAT");
      const envelope = `~c1 f${"z".repeat(9)}`;
      if (name === "setGuarded") {
        await guarded.setGuarded(
          large.map(([key, stored], index) => ({
            key,
            stored,
            ttlMs: undefined,
            guard: guards[index]?.guard ?? "",
            ifNotExists: true,
          })),
        );
      } else if (name === "setManyEach") {
        await guarded.setManyEach?.(
          large.map(([key, stored]) => [key, stored, undefined] as const),
          false,
        );
      } else {
        await backend.envelopes.setManyUnlessFresh(
          large.map(([key, stored]) => [key, envelope + stored, undefined, undefined] as const),
        );
      }
      expect(String(await server.ask("INFO", "commandstats"))).toContain("cmdstat_eval:calls=34,");
      expect(await server.ask("STRLEN", "k99")).toBeGreaterThanOrEqual(300 * 1024);
    },
  );

  test("is handed over by a cache in turns of 48 KiB, where there are more than 500", async () => {
    const sizes: number[] = [];
    const server = await startServer();
    const backend = await open(server.url);
    const { setMany } = backend;
    backend.setMany = (entries, ttlMs) => {
      sizes.push(entries.length);
      return setMany.call(backend, entries, ttlMs);
    };
    await using cache = new Cache<string, string>({ backend, serializer: json(), ttl: "1m" });
    await cache.setMany(Array.from({ length: 600 }, (_, index) => [`${index}`, "x".repeat(10_000)] as const));
    // Four are less, five are more.
    expect(sizes).toEqual(Array(150).fill(4));
    expect((await cache.getMany(["0", "599"])).size).toBe(2);
  });
});
