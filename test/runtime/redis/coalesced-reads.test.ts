import { once } from "node:events";
import { backendFromUrl, Cache, json, RedisBackend } from "@cachetory/runtime";
import { Redis } from "ioredis";
import { afterEach, describe, expect, test } from "vitest";
import { countWrites } from "../../support/count-writes.ts";
import { patience, patient } from "../../support/patience.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { memoryCommands } from "../../support/resp/memory-commands.ts";
import { type RespScript, type RespServer, silence, startRespServer } from "../../support/resp/resp-server.ts";

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A server that keeps values, unless `script` has another answer. */
async function serve(script: RespScript = () => undefined): Promise<RespServer> {
  const commands = memoryCommands();
  const server = await startRespServer(async (...asked) => (await script(...asked)) ?? commands(...asked));
  stops.push(() => server.stop());
  return server;
}

async function open(server: RespServer, options = ""): Promise<RedisBackend> {
  const backend = RedisBackend.fromUrl(`${server.url}${patience}${options}`);
  await backend.ready();
  stops.push(() => backend.close());
  return backend;
}

/** What was asked about keys, in the order in which it came. */
function asked({ commands }: RespServer): readonly string[] {
  return commands.filter(([name = ""]) => /get|set|unlink/i.test(name)).map((command) => command.join(" "));
}

describe("reads of one turn of the event loop", () => {
  test("are one MGET", async () => {
    const server = await serve();
    const backend = await open(server);
    expect(await Promise.all(["a", "b", "c"].map((key) => backend.get(key, "text")))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(asked(server)).toEqual(["mget a b c"]);
  });

  test("are one MGET also where promises lie between them", async () => {
    const server = await serve();
    const backend = await open(server);
    await Promise.all(
      [0, 1, 5].map(async (waits) => {
        for (let wait = 0; wait < waits; wait++) await undefined;
        return backend.get(`after ${waits}`, "text");
      }),
    );
    expect(asked(server)).toEqual(["mget after 0 after 1 after 5"]);
  });

  test("begin to be asked before the turn ends, in ever longer commands, where they are many", async () => {
    const server = await serve();
    const backend = await open(server);
    const keys = Array.from({ length: 300 }, (_, index) => `${index}`);
    await Promise.all(keys.map((key) => backend.get(key, "text")));
    const counts = asked(server).map((command) => command.split(" ").length - 1);
    // So many as a command is worth, then as many as are under way each time; and what is left at the end.
    expect(counts).toEqual([32, 32, 64, 128, 44]);
  });

  test("are a GET where there is one", async () => {
    const server = await serve();
    const backend = await open(server);
    await backend.get("a", "text");
    await backend.get("b", "bytes");
    expect(asked(server)).toEqual(["get a", "get b"]);
  });

  test("leave before the event loop turns", async () => {
    const server = await serve();
    const backend = await open(server);
    const client = new Redis(server.port, "127.0.0.1", { lazyConnect: true });
    await client.connect();
    const reads = ["a", "b"].map((key) => backend.get(key, "text"));
    await new Promise<void>((resolve) => process.nextTick(resolve));
    await Promise.all([client.set("later", "1"), ...reads]);
    client.disconnect();
    expect(asked(server)).toEqual(["mget a b", "set later 1"]);
  });

  test("go by what they are read as", async () => {
    const server = await serve();
    const backend = await open(server);
    await backend.set("a", "1", {});
    await backend.set("b", "2", {});
    const found = await Promise.all([
      backend.get("a", "text"),
      backend.get("b", "bytes"),
      backend.get("b", "text"),
      backend.get("a", "bytes"),
    ]);
    expect(found.map(String)).toEqual(["1", "2", "2", "1"]);
    expect(found.map((value) => typeof value)).toEqual(["string", "object", "string", "object"]);
    expect(asked(server).slice(2)).toEqual(["mget a b", "mget b a"]);
  });

  test("are read each by itself where coalesce-reads is off", async () => {
    const server = await serve();
    const backend = await open(server, "&coalesce-reads=false");
    await Promise.all([backend.get("a", "text"), backend.get("b", "text")]);
    expect(asked(server)).toEqual(["get a", "get b"]);
  });

  test("wait for the first connection together, and count as one of those that wait", async () => {
    const server = await serve();
    const backend = RedisBackend.fromUrl(`${server.url}${patience}&max-waiting=1`);
    stops.push(() => backend.close());
    expect(await Promise.all([backend.get("a", "text"), backend.get("b", "text")])).toEqual([undefined, undefined]);
    expect(asked(server)).toEqual(["mget a b"]);
  });
});

describe("the order of calls", () => {
  test("is that of commands: what is read before a write was asked before it", async () => {
    const server = await serve();
    const backend = await open(server);
    const found = await Promise.all([
      backend.get("a", "text"),
      backend.get("b", "text"),
      backend.set("a", "1", {}),
      backend.get("a", "text"),
      backend.delete("a"),
      backend.get("a", "text"),
    ]);
    expect(found).toEqual([undefined, undefined, true, "1", true, undefined]);
    expect(asked(server)).toEqual(["mget a b", "set a 1", "get a", "unlink a", "get a"]);
  });

  test("holds for close: what was asked before is answered", async () => {
    const server = await serve();
    const backend = await open(server);
    await backend.set("a", "1", {});
    const reads = [backend.get("a", "text"), backend.get("b", "text")];
    const closed = backend.close();
    expect(await Promise.all(reads)).toEqual(["1", undefined]);
    await closed;
    await expect(backend.get("a", "text")).rejects.toMatchObject({ code: "UNAVAILABLE", outcome: "none" });
  });
});

describe("a failure", () => {
  test("is told to those who were in the command that failed, and to nobody else", async () => {
    const server = await serve((name, args) =>
      name === "MGET" && args.some((key) => String(key) === "bad") ? new Error("LOADING it is loading") : undefined,
    );
    const backend = await open(server);
    const first = [backend.get("a", "text"), backend.get("bad", "text")];
    const write = backend.set("a", "1", {});
    const second = [backend.get("a", "text"), backend.get("b", "text")];
    const failure = { status: "rejected", reason: { code: "UNAVAILABLE", outcome: "none" } };
    expect(await Promise.allSettled(first)).toMatchObject([failure, failure]);
    expect(await write).toBe(true);
    expect(await Promise.all(second)).toEqual(["1", undefined]);
  });

  test("to answer as a Redis does is an outage, and no error that nobody can catch", async () => {
    const server = await serve((name, [key]) => (name === "MGET" && `${key}` === "a" ? 1 : undefined));
    const backend = await open(server);
    const reads = await Promise.allSettled([backend.get("a", "text"), backend.get("b", "text")]);
    const failure = { status: "rejected", reason: { code: "UNAVAILABLE", outcome: "unknown" } };
    expect(reads).toMatchObject([failure, failure]);
    expect(await backend.get("a", "text")).toBe(undefined);
  });

  test("of time is told to all of them when their time is over", async () => {
    const server = await serve((name) => (name.endsWith("GET") ? silence : undefined));
    const backend = RedisBackend.fromUrl(`${server.url}?command-timeout=50ms`);
    stops.push(() => backend.close());
    await backend.ready();
    const late = { status: "rejected", reason: { message: "Redis did not answer within 50 ms." } };
    const reads = [backend.get("a", "text"), backend.get("b", "text"), backend.get("c", "bytes")];
    expect(await Promise.allSettled(reads)).toMatchObject([late, late, late]);
  });

  test("of the connection is told to all of them", async () => {
    const server = await serve((name, [key], connection) => {
      if (name !== "MGET" || `${key}` !== "a") return undefined;
      connection.drop();
      return silence;
    });
    const backend = await open(server);
    const reads = await Promise.allSettled([backend.get("a", "text"), backend.get("b", "text")]);
    const lost = { status: "rejected", reason: { code: "UNAVAILABLE", outcome: "unknown" } };
    expect(reads).toMatchObject([lost, lost]);
  });
});

describe("sizes", () => {
  const large = "x".repeat(100_000);

  test("that were seen part large values from small ones, which do not wait for them", async () => {
    const server = await serve();
    const backend = await open(server);
    for (const key of ["a", "b"]) await backend.set(key, key, {});
    await backend.set("large", large, {});
    const readAll = (): Promise<unknown[]> => Promise.all(["large", "a", "b"].map((key) => backend.get(key, "text")));
    expect(await readAll()).toEqual([large, "a", "b"]);
    expect(await readAll()).toEqual([large, "a", "b"]);
    expect(asked(server).slice(3)).toEqual(["mget large a b", "mget a b", "get large"]);
  });

  test("that have changed count from then on", async () => {
    const server = await serve();
    const backend = await open(server);
    await backend.set("a", large, {});
    await backend.get("a", "text");
    await backend.set("a", "small", {});
    await backend.get("a", "text");
    await Promise.all([backend.get("a", "text"), backend.get("b", "text")]);
    expect(asked(server).at(-1)).toBe("mget a b");
  });

  test("decide how many go in one command", async () => {
    const server = await serve();
    const backend = await open(server);
    const keys = Array.from({ length: 100 }, (_, index) => `${index}`);
    for (const key of keys) await backend.set(key, "x".repeat(20_000), {});
    // Four times, so that what was thought at first no longer counts.
    for (let time = 0; time < 4; time++) await Promise.all(keys.map((key) => backend.get(key, "text")));
    const before = asked(server).length;
    await Promise.all(keys.map((key) => backend.get(key, "text")));
    // 64 KiB hold three of them.
    const commands = asked(server).slice(before);
    expect(commands.slice(0, 2)).toEqual(["mget 0 1 2", "mget 3 4 5"]);
    expect(Math.max(...commands.map((command) => command.split(" ").length - 1))).toBe(3);
    // Of 32, 32 and 36 keys.
    expect(commands).toHaveLength(11 + 11 + 12);
    expect(commands.flatMap((command) => command.split(" ").slice(1))).toEqual(keys);
  });
});

describe("on a real Redis", () => {
  let redis: RedisServer;

  async function openCache(): Promise<Cache<string, number>> {
    redis = await startRedisServer();
    const cache = new Cache<string, number>({ backend: backendFromUrl(`${redis.url}${patience}`), serializer: json() });
    stops.push(async () => {
      await cache.close();
      await redis.stop();
    });
    return cache;
  }

  test("a key that holds a list is a miss among hits, and alone", async () => {
    const cache = await openCache();
    await cache.set("a", 1);
    await redis.ask("RPUSH", "list", "x");
    expect(await Promise.all([cache.get("list", -1), cache.get("a")])).toEqual([-1, 1]);
    expect(await cache.get("list", -1)).toBe(-1);
  });

  test("thousands of reads of one turn are answered, each with its own value", async () => {
    const cache = await openCache();
    const numbers = Array.from({ length: 3000 }, (_, index) => index);
    await cache.setMany(numbers.map((number) => [`${number}`, number] as const));
    expect(await Promise.all(numbers.map((number) => cache.get(`${number}`)))).toEqual(numbers);
  });
});

describe("a client that is handed in", () => {
  async function handIn(options: {
    coalesceReads?: boolean;
    cork?: boolean;
  }): Promise<[RespServer, Redis, RedisBackend]> {
    const server = await serve();
    const client = new Redis(server.port, "127.0.0.1");
    await once(client, "ready");
    stops.push(async () => client.disconnect());
    return [server, client, new RedisBackend(client, { ...patient, ...options })];
  }

  test("gets each read at once, unless told otherwise", async () => {
    const [server, client, backend] = await handIn({});
    await Promise.all([backend.get("a", "text"), client.set("x", "1"), backend.get("b", "text")]);
    expect(asked(server)).toEqual(["get a", "set x 1", "get b"]);
  });

  test("gets those of a turn together with coalesceReads, after what it is given itself", async () => {
    const [server, client, backend] = await handIn({ coalesceReads: true });
    await Promise.all([backend.get("a", "text"), client.set("x", "1"), backend.get("b", "text")]);
    expect(asked(server)).toEqual(["set x 1", "mget a b"]);
  });

  test("gets a write for each command where many reads are to begin before the turn ends", async () => {
    const [server, client, backend] = await handIn({ coalesceReads: true, cork: true });
    const seen = countWrites(client);
    await Promise.all(Array.from({ length: 300 }, (_, index) => backend.get(`${index}`, "text")));
    // 32, 32, 64, 128 and 44 of them.
    expect(asked(server)).toHaveLength(5);
    expect(seen.writes).toBe(5);
  });

  test("gets a lone call before the event loop turns, read or written", async () => {
    const [, client, backend] = await handIn({ coalesceReads: true, cork: true });
    const seen = countWrites(client);
    const endOfTurn = (): Promise<void> => new Promise((resolve) => process.nextTick(resolve));
    const read = backend.get("a", "text");
    await endOfTurn();
    expect(seen.writes).toBe(1);
    await read;
    const written = backend.set("a", "1", {});
    await endOfTurn();
    expect(seen.writes).toBe(2);
    await written;
  });

  test.each([
    [15, 0],
    [16, 1],
  ])("gets a call on %d keys that is alone in %d writes before it returns", async (count, writes) => {
    const [, client, backend] = await handIn({ cork: true });
    const seen = countWrites(client);
    const entries = Array.from({ length: count }, (_, index): [string, string] => [`${index}`, "1"]);
    const stored = backend.setMany(entries, undefined);
    expect(seen.writes).toBe(writes);
    await stored;
    expect(seen.writes).toBe(1);
  });

  test("gets a call on many keys before it returns, with what waited for the end of the turn", async () => {
    const [server, client, backend] = await handIn({ cork: true });
    const seen = countWrites(client);
    const first = backend.set("a", "1", {});
    expect(seen.writes).toBe(0);
    const entries = Array.from({ length: 16 }, (_, index): [string, string] => [`${index}`, "1"]);
    const stored = backend.setMany(entries, undefined);
    expect(seen.writes).toBe(1);
    await Promise.all([first, stored]);
    expect(seen.writes).toBe(1);
    expect(asked(server)[0]).toBe("set a 1");
  });

  test.each([
    // 16 of them, and what is left at the end.
    [true, 2],
    [false, 20],
  ])("with cork: %s sends twenty commands of a turn in %d writes", async (cork, writes) => {
    const [, client, backend] = await handIn({ cork });
    const seen = countWrites(client);
    await Promise.all(Array.from({ length: 20 }, (_, index) => backend.set(`${index}`, "1", {})));
    expect(seen.writes).toBe(writes);
  });
});
