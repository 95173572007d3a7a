import { Cache, type CacheOptions, json, RedisBackend } from "@cachetory/runtime";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});

afterEach(() => vi.restoreAllMocks());

afterAll(() => server.stop());

const now = performance.now.bind(performance);
const value = 7_654_321;
const lifeMs = 60_000;
const staleMs = 5000;
const lateByMs = 20_000;

type Options = Partial<CacheOptions<string, number>>;
type Store = (cache: Cache<string, number>) => Promise<unknown>;

const calls: Readonly<Record<string, Store>> = {
  set: (cache) => cache.set("a", value),
  "set with ifNotExists": (cache) => cache.set("a", value, { ifNotExists: true }),
  setMany: (cache) => cache.setMany({ a: value, b: value }),
  getOrSet: (cache) => cache.getOrSet("a", () => value),
  getOrSetMany: (cache) => cache.getOrSetMany(["a", "b"], () => [value, value]),
};
const policies: Readonly<Record<string, Options>> = {
  plain: {},
  guarded: { writeBack: "guarded" },
  stale: { stale: { onError: { ms: staleMs } } },
};

describe.each(Object.keys(policies))("what a client sends late lives from when it was to be stored: %s", (policy) => {
  test.each(Object.keys(calls))("%s", async (call) => {
    const client = new Redis(server.port, "127.0.0.1");
    await client.ping();
    const send = client.sendCommand.bind(client);
    // As when a server of a Cluster sends on what had waited for it.
    vi.spyOn(client, "sendCommand").mockImplementation((command, ...rest) => {
      if (command.args.some((argument) => String(argument).includes(String(value)))) {
        vi.spyOn(performance, "now").mockImplementation(() => now() + lateByMs);
      }
      return send(command, ...rest);
    });
    const name = `${policy}:${call}`;
    const cache = new Cache<string, number>({
      backend: new RedisBackend(client, { readTimeoutMs: 10_000, commandTimeoutMs: 10_000 }),
      serializer: json(),
      prefix: `${name}:`,
      ttl: { ms: lifeMs },
      ...policies[policy],
    });
    await calls[call]?.(cache);
    await until("it is stored", async () => (await server.ask("EXISTS", `${name}:a`)) === 1);
    const leftMs = Number(await server.ask("PTTL", `${name}:a`));
    const expectedMs = lifeMs + (policy === "stale" ? staleMs : 0) - lateByMs;
    expect(leftMs).toBeLessThanOrEqual(expectedMs);
    expect(leftMs).toBeGreaterThan(expectedMs / 2);
    client.disconnect();
  });
});
