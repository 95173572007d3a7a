import { backendFromUrl, Cache, cachedBatch, json } from "@cachetory/runtime";
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

const ids = Array.from({ length: 100 }, (_, id) => id);

/** How often each command was called by clients while `run` ran. */
async function commandsOf(run: () => Promise<unknown>): Promise<Record<string, number>> {
  const monitor = await client.monitor();
  const seen: Record<string, number> = {};
  const done = new Promise<void>((resolve) => {
    monitor.on("monitor", (_time: string, [name = ""]: string[], source: string) => {
      if (name === "echo") resolve();
      // What a script calls is no command of a client.
      else if (source !== "lua") seen[name.toLowerCase()] = (seen[name.toLowerCase()] ?? 0) + 1;
    });
  });
  await run();
  await client.echo("end");
  await done;
  monitor.disconnect();
  return seen;
}

describe.each(["1m", "forever"] as const)("100 separate calls with a ttl of %s", (ttl) => {
  test("are 1 read, 1 load, 1 write; and then 1 read", async () => {
    await using cache = new Cache<string, number>({
      backend: backendFromUrl(`${server.url}${patience}`),
      serializer: json(),
      prefix: "t:",
      ttl,
    });
    await cache.ready();
    let loads = 0;
    const doubleOf = cachedBatch(cache, { name: "doubleOf" })(async (asked: number[]) => {
      loads += 1;
      return asked.map((id) => id * 2);
    });
    const callAll = async (): Promise<void> => {
      expect(await Promise.all(ids.map(doubleOf))).toEqual(ids.map((id) => id * 2));
    };
    expect(await commandsOf(callAll)).toEqual({ mget: 1, eval: 1 });
    expect(loads).toBe(1);
    expect(await client.dbsize()).toBe(100);
    expect(await client.get("t:doubleOf:99")).toBe("198");
    const leftMs = await client.pttl("t:doubleOf:99");
    expect(ttl === "forever" ? leftMs : leftMs > 50_000).toBe(ttl === "forever" ? -1 : true);
    expect(await commandsOf(callAll)).toEqual({ mget: 1 });
    expect(loads).toBe(1);
  });
});

test("while the server does not answer, calls are still one load, and nobody is rejected", async () => {
  const own = await startRedisServer();
  await using cache = new Cache<string, number>({
    backend: backendFromUrl(`${own.url}?command-timeout=200ms`),
    serializer: json(),
  });
  await cache.ready();
  own.pause();
  let loads = 0;
  const doubleOf = cachedBatch(cache, { name: "doubleOf" })((asked: number[]) => {
    loads += 1;
    return asked.map((id) => (id === 7 ? new Error("no 7") : id * 2));
  });
  const settled = await Promise.allSettled(ids.map(doubleOf));
  expect(settled.filter(({ status }) => status === "rejected")).toMatchObject([{ reason: { message: "no 7" } }]);
  expect(settled[99]).toEqual({ status: "fulfilled", value: 198 });
  expect(loads).toBe(1);
  own.resume();
  await own.stop();
});
