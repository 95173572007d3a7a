import { backendFromUrl, Cache, json, RedisBackend } from "@cachetory/runtime";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { backendContract } from "../../contract/backend.ts";
import { realTime } from "../../contract/real-time.ts";
import { syncBackendContract } from "../../contract/sync-backend.ts";
import { startProxy, type TcpProxy } from "../../support/proxy.ts";
import { type RedisSentinel, startRedisSentinel } from "../../support/redis-sentinel.ts";
import type { RedisServer } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";

let group: RedisSentinel;
let url: string;

beforeAll(async () => {
  group = await startRedisSentinel({ sentinels: 3, password: "data", sentinelPassword: "watch" });
  const hosts = group.sentinels.map(({ host, port }) => `${host}:${port}`).join(",");
  url = `redis+sentinel://:data@${hosts}/1?master=${group.masterName}&sentinel-password=watch`;
});

afterAll(() => group.stop());

backendContract("redis+sentinel", {
  ...realTime,
  make: () => backendFromUrl(`${url}&read-timeout=10s&command-timeout=10s`),
});

syncBackendContract("redis+sentinel, sync", { ...realTime, make: () => RedisBackend.fromUrl(url).sync() });

/** Who is the master, as the servers say. */
async function startedMaster(): Promise<RedisServer> {
  for (const server of group.servers) if ((await server.replication()).isMaster) return server;
  throw new Error("No server is a master.");
}

test("options say what a URL says", async () => {
  await using backend = new RedisBackend({
    sentinel: { addresses: group.sentinels, master: group.masterName, password: "watch" },
    password: "data",
    db: 1,
    clientName: "by-options",
  });
  await backend.ready();
  expect(String(await (await group.master()).ask("CLIENT", "LIST"))).toMatch(/name=by-options .*db=1 /);
});

test("a name that the sentinels do not know is an outage with the reason", async () => {
  await using backend = backendFromUrl(`${url.replace(group.masterName, "nobody")}&connect-timeout=300ms`);
  await expect(backend.ready()).rejects.toMatchObject({
    code: "UNAVAILABLE",
    message: expect.stringContaining("nobody"),
  });
});

test("a master that became a replica is left for the new one", async () => {
  await using cache = new Cache<string, number>({ backend: backendFromUrl(url), serializer: json(), prefix: "moved:" });
  await cache.set("a", 1);
  await group.failover();
  await until("writes succeed", async () => (await cache.set("a", 2).catch(() => false)) === true);
  expect(await cache.get("a")).toBe(2);
  const master = await group.master();
  await until("the old master follows the new one", async () => (await master.replication()).followers === 1);
});

test("a server that refuses many writes at once is left once", async () => {
  await using cache = new Cache<string, number>({
    backend: backendFromUrl(url),
    serializer: json(),
    prefix: "refused:",
  });
  await cache.ready();
  const warnings: string[] = [];
  const note = ({ name }: Error): void => void warnings.push(name);
  process.on("warning", note);
  const master = await group.master();
  await master.ask("REPLICAOF", "127.0.0.1", 1);
  try {
    const refused = await Promise.allSettled(Array.from({ length: 30 }, (_, index) => cache.set(`k${index}`, 1)));
    expect(refused.every(({ status }) => status === "rejected")).toBe(true);
  } finally {
    await master.ask("REPLICAOF", "NO", "ONE");
    process.off("warning", note);
  }
  expect(warnings).not.toContain("MaxListenersExceededWarning");
  await until("writes succeed", async () => (await cache.set("a", 2).catch(() => false)) === true);
});

test("sentinels that say nothing for longer than connecting may take are asked again", async () => {
  await using cache = new Cache<string, number>({
    backend: backendFromUrl(`${url}&connect-timeout=100ms&command-timeout=300ms`),
    serializer: json(),
    prefix: "mute:",
  });
  await cache.set("a", 1);
  for (const sentinel of group.sentinels) sentinel.pause();
  try {
    await (await startedMaster()).ask("CLIENT", "KILL", "TYPE", "normal");
    // The first may be under way when the connection is lost; the others wait for longer than connecting may take.
    for (let count = 0; count < 3; count += 1) {
      await expect(cache.set("a", 2)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    }
  } finally {
    for (const sentinel of group.sentinels) sentinel.resume();
  }
  await until("writes succeed", async () => (await cache.set("a", 3).catch(() => false)) === true);
  expect(await cache.get("a")).toBe(3);
});

describe("a master that stands still", () => {
  let watched: RedisSentinel;
  let signpost: TcpProxy;
  let still: RedisServer;

  beforeEach(async () => {
    watched = await startRedisSentinel({ downAfterMs: 60_000 });
    // As for who subscribes a moment too late.
    const unheard = (answer: Buffer): Buffer =>
      Buffer.from(answer.toString("latin1").replaceAll("+switch-master", "+switch-nobody"), "latin1");
    signpost = await startProxy(watched.sentinels[0]?.port ?? 0, { changeAnswer: unheard });
    still = await watched.master();
  });
  afterEach(async () => {
    still.resume();
    await signpost.close();
    await watched.stop();
  });

  const openCache = (options: string): Cache<string, number> =>
    new Cache<string, number>({
      backend: backendFromUrl(`redis+sentinel://127.0.0.1:${signpost.port}?master=${watched.masterName}&${options}`),
      serializer: json(),
      prefix: "still:",
    });

  test("is not waited for by who connects anew, when another takes its place and nobody tells", async () => {
    await using cache = openCache("connect-timeout=1h");
    await cache.set("a", 1);
    await until("the replica has it", async () => (await still.replication()).followers === 1);
    await still.ask("CLIENT", "KILL", "TYPE", "normal");
    still.pause();
    await expect(cache.set("b", 1)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await watched.setDownAfter(100);
    await until("writes succeed", async () => (await cache.set("c", 3).catch(() => false)) === true);
    expect(await cache.get("a")).toBe(1);
  });

  test("is left alone, and the one that takes its place is not", async () => {
    await using cache = openCache("breaker-failures=1&breaker-pause=1h");
    await cache.set("a", 1);
    await until("the replica has it", async () => (await still.replication()).followers === 1);
    still.pause();
    expect(await cache.get("a")).toBeUndefined();
    expect((await cache.health()).leftAlone).toEqual([watched.masterName]);
    await watched.setDownAfter(100);
    await until("writes succeed", async () => (await cache.set("b", 1).catch(() => false)) === true);
    const read = await Promise.all(Array.from({ length: 50 }, () => cache.get("a")));
    expect(new Set(read)).toEqual(new Set([1]));
    expect((await cache.health()).leftAlone).toEqual([]);
  });
});

test("the new master is found when the old one dies, and nothing hangs meanwhile", async () => {
  await using cache = new Cache<string, number>({
    backend: backendFromUrl(`${url}&command-timeout=300ms`),
    serializer: json(),
    prefix: "failover:",
  });
  await cache.set("a", 1);
  const old = await group.master();
  await until("the replica has it", async () => (await old.replication()).followers === 1);
  const takingOver = group.killMaster();
  expect(await cache.getOrSet("b", () => 7)).toBe(7);
  await takingOver;
  await until("writes succeed", async () => (await cache.set("c", 3).catch(() => false)) === true);
  expect(await cache.get("c")).toBe(3);
});
