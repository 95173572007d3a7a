import { Cache, json, RedisBackend } from "@cachetory/runtime";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { patient } from "../../support/patience.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { memoryCommands } from "../../support/resp/memory-commands.ts";
import { type RespServer, startRespServer } from "../../support/resp/resp-server.ts";
import { until } from "../../support/until.ts";

const hourMs = 3_600_000;

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());
afterEach(() => {
  vi.useRealTimers();
});

function cacheOf(backend: RedisBackend): Cache<string, number> {
  return new Cache({ backend, serializer: json(), ttl: "1m", stale: { onError: "1h" } });
}

/** How often the server was asked for its time. Scripts ask it as well, so none may have run. */
async function timesAsked(): Promise<number> {
  const stats = String(await server.ask("INFO", "commandstats"));
  return Number(/cmdstat_time:calls=(\d+)/.exec(stats)?.[1] ?? 0);
}

test.each([
  ["ahead", 5 * hourMs],
  ["behind", -5 * hourMs],
])("the date of a machine has no part in it: %s by hours", async (direction, offMs) => {
  await using backend = new RedisBackend({ port: server.port, ...patient });
  const cache = cacheOf(backend);
  await cache.set(`here ${direction}`, 1);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + offMs });
  // Of other options, so that it shares no connection.
  await using elsewhere = new RedisBackend({ host: "127.0.0.1", port: server.port, ...patient });
  const cacheElsewhere = cacheOf(elsewhere);
  expect(await cacheElsewhere.get(`here ${direction}`)).toBe(1);
  await cacheElsewhere.set(`there ${direction}`, 2);
  const left = (await cacheElsewhere.ttl(`there ${direction}`)) as number;
  expect(left).toBeLessThanOrEqual(60_000);
  expect(left).toBeGreaterThan(55_000);
  vi.useRealTimers();
  expect(await cache.get(`there ${direction}`)).toBe(2);
  expect(await cache.ttl(`there ${direction}`)).toBeGreaterThan(50_000);
});

test("what is stored is fresh for no longer than its ttl by the server's clock", async () => {
  await using backend = new RedisBackend({ port: server.port, ...patient });
  const cache = cacheOf(backend);
  const client = new Redis(server.port);
  for (let round = 0; round < 50; round += 1) {
    await cache.set("bound", round);
    const [seconds = "", microseconds = ""] = (await client.time()).map(String);
    const head = await client.getrange("bound", 5, 13);
    expect(Number.parseInt(head, 36)).toBeLessThanOrEqual(
      Number(seconds) * 1000 + Number(microseconds) / 1000 + 60_000,
    );
  }
  client.disconnect();
});

test("the server is asked for its time once, and again after its connection was lost", async () => {
  await using backend = new RedisBackend({ port: server.port, clientName: "measured", ...patient });
  const cache = cacheOf(backend);
  const before = await timesAsked();
  await Promise.all([cache.get("a"), cache.get("b"), cache.getMany(["c", "d"])]);
  await cache.get("a");
  expect(await timesAsked()).toBe(before + 1);
  const clients = String(await server.ask("CLIENT", "LIST"));
  const id = /id=(\d+) [^\n]*name=measured/.exec(clients)?.[1] ?? "";
  await server.ask("CLIENT", "KILL", "ID", id);
  await until("it is connected again", async () => (await backend.ready()) === undefined);
  await cache.get("a");
  await cache.get("a");
  expect(await timesAsked()).toBe(before + 2);
});

/** A server that is in the year 2001, by a clock that a test moves. */
async function serverIn2001(clock: { ms: number }): Promise<RespServer> {
  const commands = memoryCommands();
  return startRespServer((name, args, connection) => {
    if (name !== "TIME") return commands(name, args, connection);
    return [`${Math.floor(clock.ms / 1000)}`, `${(clock.ms % 1000) * 1000}`].map((text) => Buffer.from(text));
  });
}

test("the clock that counts is the server's, wherever it stands", async () => {
  const clock = { ms: Date.UTC(2001, 0, 1) };
  const then = await serverIn2001(clock);
  await using backend = new RedisBackend({ port: then.port, ...patient });
  const cache = cacheOf(backend);
  const fresh = (clock.ms + 30_000).toString(36).padStart(9, "0");
  const over = (clock.ms - 1).toString(36).padStart(9, "0");
  await backend.set("fresh", `~c1 f${fresh}\n1`, {});
  await backend.set("over", `~c1 f${over}\n1`, {});
  expect(await cache.get("fresh")).toBe(1);
  expect(await cache.get("over")).toBeUndefined();
  await cache.set("a", 7);
  const written = String(await backend.get("a", "text"));
  const freshUntilMs = Number.parseInt(written.slice(5, 14), 36);
  expect(freshUntilMs).toBeGreaterThan(clock.ms + 55_000);
  expect(freshUntilMs).toBeLessThan(clock.ms + 65_000);
  await backend.close();
  await then.stop();
});

test("a read whose server does not tell the time is a miss, and a load still answers", async () => {
  const commands = memoryCommands();
  const mute = await startRespServer((name, args, connection) =>
    name === "TIME"
      ? new Error("NOPERM this user has no permissions to run the 'time' command")
      : commands(name, args, connection),
  );
  vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  await using backend = new RedisBackend({ port: mute.port, ...patient });
  const cache = cacheOf(backend);
  expect(await cache.get("a")).toBeUndefined();
  expect(await cache.getOrSet("a", () => 5)).toBe(5);
  await expect(cache.set("a", 1)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  vi.restoreAllMocks();
  await backend.close();
  await mute.stop();
});
