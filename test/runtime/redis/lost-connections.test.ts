import { setImmediate as nextTurn } from "node:timers/promises";
import { backendFromUrl, Cache, json, RedisBackend } from "@cachetory/runtime";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startProxy, type TcpProxy } from "../../support/proxy.ts";
import { startRedisCluster } from "../../support/redis-cluster.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { silence, startRespServer } from "../../support/resp/resp-server.ts";
import { until } from "../../support/until.ts";

let server: RedisServer;
let proxy: TcpProxy;
let cache: Cache<string, number>;

beforeAll(async () => {
  server = await startRedisServer();
});

afterAll(() => server.stop());

beforeEach(async () => {
  proxy = await startProxy(server.port);
  cache = openCache("read-timeout=10s");
  await cache.setMany({ a: 1, b: 2 });
});

afterEach(async () => {
  await cache.close();
  await proxy.close();
});

function openCache(options: string): Cache<string, number> {
  return new Cache<string, number>({
    backend: backendFromUrl(`redis://127.0.0.1:${proxy.port}?${options}`),
    serializer: json(),
    prefix: "t:",
  });
}

/** What reads find whose connection is lost while they are on their way. */
async function lost<T>(read: () => Promise<T>): Promise<T> {
  const before = proxy.bytesUp;
  proxy.stopForwarding();
  const found = read();
  await until("it is on its way", async () => proxy.bytesUp > before);
  proxy.cutAll();
  proxy.resumeForwarding();
  return found;
}

async function callsOf(command: string): Promise<number> {
  const stats = String(await server.ask("INFO", "commandstats"));
  return Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
}

describe("a read whose connection is lost is asked again on the next one", () => {
  test("of one key", async () => {
    expect(await lost(() => cache.get("a"))).toBe(1);
  });

  test("of a turn's keys", async () => {
    expect(await lost(() => Promise.all([cache.get("a"), cache.get("b"), cache.get("none")]))).toEqual([
      1,
      2,
      undefined,
    ]);
  });

  test("of many", async () => {
    const keys = Array.from({ length: 1200 }, (_, index) => `k${index}`);
    await cache.setMany(keys.map((key, index) => [key, index]));
    const found = await lost(() => cache.getMany(keys));
    expect(found.size).toBe(1200);
  });

  test("and so does nobody load what is there", async () => {
    const loader = (): number => {
      throw new Error("The loader was called.");
    };
    expect(await lost(() => cache.getOrSet("a", loader))).toBe(1);
  });

  test("and no breaker counts it", async () => {
    for (let count = 0; count < 5; count += 1) expect(await lost(() => cache.get("a"))).toBe(1);
    expect((await cache.health()).leftAlone).toEqual([]);
  });
});

test("a read that comes when the connection has been lost waits for the next one", async () => {
  const reads: Promise<number | undefined>[] = [];
  proxy.cutAll();
  // From before the client knows of it until there is another connection.
  await until("there is another connection", async () => {
    reads.push(cache.get("b"));
    return proxy.connectionCount > 0;
  });
  expect(new Set(await Promise.all(reads))).toEqual(new Set([2]));
});

test("where nobody is there to connect to, reads give up when that is known, whatever time they have", async () => {
  await using patient = openCache("read-timeout=1h");
  expect(await patient.get("a")).toBe(1);
  const before = proxy.bytesUp;
  proxy.stopForwarding();
  const read = patient.get("a");
  await until("it is on its way", async () => proxy.bytesUp > before);
  await proxy.close();
  expect(await read).toBeUndefined();
  expect(await patient.get("a")).toBeUndefined();
});

test("where the next connection says nothing, they wait for half of their time", async () => {
  await using cache = openCache("read-timeout=200ms&connect-timeout=1h");
  expect(await cache.get("a")).toBe(1);
  const before = proxy.bytesUp;
  proxy.stopForwarding();
  const read = cache.get("a");
  await until("it is on its way", async () => proxy.bytesUp > before);
  proxy.cutAll();
  expect(await read).toBeUndefined();
  await expect(cache.getOrThrow("a")).rejects.toMatchObject({
    cause: { code: "UNAVAILABLE", message: expect.stringContaining("There is no connection") },
  });
});

test("a write that waits for the next connection comes after the deletion of what may have been written on the last one", async () => {
  proxy.delayMs = 20;
  for (let round = 0; round < 3; round += 1) {
    await expect(lost(() => cache.set("a", 1))).rejects.toMatchObject({ outcome: "unknown" });
    expect(await cache.set("a", 2)).toBe(true);
    for (let count = 0; count < 10; count += 1) expect(await cache.get("a")).toBe(2);
  }
});

test("no write is asked again", async () => {
  await server.ask("CONFIG", "RESETSTAT");
  await expect(lost(() => cache.set("a", 3))).rejects.toMatchObject({ code: "UNAVAILABLE", outcome: "unknown" });
  // Nobody knows which of both it is.
  await expect.poll(() => cache.get("a")).toBeUndefined();
  expect(await callsOf("set")).toBe(0);
});

test("a lease whose connection is lost is not asked for again, since it may have been taken", async () => {
  const scripted = await startRespServer((name, args, connection) => {
    if (name === "GET" || name === "MGET") return null;
    if (name !== "SET" || !String(args).includes("NX")) return name === "SET" ? "OK" : undefined;
    connection.drop();
    return silence;
  });
  await using cache = new Cache<string, number>({
    backend: backendFromUrl(`${scripted.url}?read-timeout=10s`),
    serializer: json(),
    ttl: "1h",
    singleFlight: "cluster",
  });
  expect(await cache.getOrSet("a", () => 1)).toBe(1);
  const taken = scripted.commands.filter(([name, key]) => name?.toUpperCase() === "SET" && key?.includes("lock"));
  expect(taken).toHaveLength(1);
  await cache.close();
  await scripted.stop();
});

test("of a Cluster, also where all connections are lost", async () => {
  const cluster = await startRedisCluster();
  try {
    await using cache = new Cache<string, number>({
      backend: new RedisBackend({
        cluster: cluster.nodes.map(({ port }) => ({ host: "127.0.0.1", port })),
        readTimeoutMs: 10_000,
      }),
      serializer: json(),
      onBackendError: "throw",
    });
    const keys = Array.from({ length: 30 }, (_, index) => `k${index}`);
    await cache.setMany(keys.map((key, index) => [key, index]));
    for (const isMany of [false, true]) {
      // Nothing is answered before all connections go.
      for (const node of cluster.nodes) node.pause();
      const read = isMany ? cache.getMany(keys) : Promise.all(keys.map((key) => cache.get(key)));
      const found = read.then((values) => [...values.values()]);
      await nextTurn();
      const killed = cluster.nodes.map((node) => node.ask("CLIENT", "KILL", "TYPE", "normal"));
      for (const node of cluster.nodes) node.resume();
      await Promise.all(killed);
      expect(await found).toEqual(keys.map((_, index) => index));
    }
  } finally {
    await cluster.stop();
  }
});

test("a server is gone through from the start where its connection was lost meanwhile: another one may answer on the next", async () => {
  const cursors: string[] = [];
  const restarted = await startRespServer((name, [cursor]) => {
    if (name !== "SCAN") return undefined;
    cursors.push(String(cursor));
    if (cursors.length === 1) return ["7", ["a:1"]];
    // It counts otherwise than the one before.
    return String(cursor) === "0" ? ["0", ["a:1", "a:2"]] : ["0", []];
  });
  const backend = RedisBackend.fromUrl(restarted.url);
  const found = new Set<string>();
  for await (const batch of backend.scan({ head: "a:", owns: () => true })) {
    for (const key of batch) found.add(key);
    if (cursors.length > 1) continue;
    const before = restarted.commands.length;
    restarted.drop();
    await until("there is another connection", async () => restarted.commands.length > before);
  }
  expect([...found]).toEqual(["a:1", "a:2"]);
  expect(cursors).toEqual(["0", "7", "0"]);
  await backend.close();
  await restarted.stop();
});
