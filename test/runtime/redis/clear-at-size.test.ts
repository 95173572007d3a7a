import { backendFromUrl, Cache, json } from "@cachetory/runtime";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { patience } from "../../support/patience.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

const foreign = 50_000;
const own = 5_000;

let server: RedisServer;
let other: Redis;

beforeAll(async () => {
  server = await startRedisServer();
  other = new Redis(server.connection);
});
afterAll(async () => {
  other.disconnect();
  await server.stop();
});

test("clear finds 5,000 entries among 50,000 keys of others, who are served between any two of its steps", async () => {
  await fill("foreign:", foreign);
  await fill("own:", own);
  await using cache = new Cache<string, string>({
    backend: backendFromUrl(`${server.url}${patience}`),
    serializer: json(),
    prefix: "own:",
  });
  await cache.ready();
  await other.config("RESETSTAT");

  let isOver = false;
  let pings = 0;
  const pinging = (async () => {
    for (; !isOver; pings += 1) await other.ping();
  })();
  expect(await cache.clear()).toBe(own);
  isOver = true;
  await pinging;

  expect(await other.dbsize()).toBe(foreign);
  expect(await other.get("foreign:0")).toBe('"x"');
  const stats = await other.info("commandstats");
  const scans = callsOf("scan", stats);
  // A step looks at some 1,000 keys, so that the server is never kept from others for long.
  expect(scans).toBeGreaterThanOrEqual((foreign + own) / 2_000);
  expect(callsOf("unlink", stats)).toBeLessThanOrEqual(scans);
  expect(["keys", "flushdb", "flushall", "eval", "del"].filter((name) => callsOf(name, stats) > 0)).toEqual([]);
  // One command of theirs for each of its own, or nearly.
  expect(pings).toBeGreaterThanOrEqual(scans / 2);
});

async function fill(prefix: string, count: number): Promise<void> {
  const batch = 5_000;
  for (let start = 0; start < count; start += batch) {
    const keys = Array.from({ length: batch }, (_, index) => `${prefix}${start + index}`);
    await other.mset(keys.flatMap((key) => [key, '"x"']));
  }
}

function callsOf(command: string, stats: string): number {
  return Number(new RegExp(`^cmdstat_${command}:calls=(\\d+)`, "m").exec(stats)?.[1] ?? 0);
}
