import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../../support/free-ports.ts";
import { startRedisCluster } from "../../support/redis-cluster.ts";
import { startRedisSentinel } from "../../support/redis-sentinel.ts";
import { startRedisServer } from "../../support/redis-server.ts";
import { repository } from "../../support/repository.ts";
import { type RespServer, silence, startRespServer } from "../../support/resp/resp-server.ts";
import { runProgram } from "../../support/run-program.ts";
import { censusProgram, type LeakSubject } from "./census-program.ts";

let silent: RespServer;

beforeAll(async () => {
  silent = await startRespServer(() => silence);
});
afterAll(() => silent.stop());

const subjects: readonly (readonly [name: string, subject: () => LeakSubject | Promise<LeakSubject>])[] = [
  ["memory", () => ({ backend: "new runtime.MemoryBackend()" })],
  ["dummy", () => ({ backend: "new runtime.DummyBackend()" })],
  ["redis", ownClient],
  ["redis with a client of ioredis 6 handed in", () => givenClient("ioredis")],
  ["redis with a client of ioredis 5 handed in", () => givenClient("ioredis-5")],
  ["redis with a client of iovalkey handed in", () => givenClient("iovalkey")],
  ["redis with a client of node-redis handed in", nodeRedisClient],
  ["memory before redis", layered],
  ["redis+cluster", clusterByUrl],
  ["redis+sentinel", sentinelByUrl],
  ["a redis that is not there", async () => fromUrl(`redis://127.0.0.1:${await freePort()}?command-timeout=50ms`)],
  ["a redis that says nothing", () => fromUrl(`${silent.url}?connect-timeout=50ms&command-timeout=50ms`)],
];

describe.concurrent("nothing is left of a closed backend, and the process ends by itself:", () => {
  test.each(subjects)("%s", { timeout: 40_000 }, async (_, make) => {
    const [before, after] = await censuses(await make());
    expect(after).toEqual(before);
    expect(after).toMatchObject({ abortListeners: 0 });
  });
});

async function layered(): Promise<LeakSubject> {
  const server = await startRedisServer();
  return {
    server,
    backend: `new runtime.LayeredBackend({
      near: new runtime.MemoryBackend(),
      far: runtime.backendFromUrl("${server.url}"),
      heads: ["leaks:"],
    })`,
  };
}

test("what a backend leaves is found: sockets, timers, listeners, and clients of the server", async () => {
  const server = await startRedisServer();
  const [before, after] = await censuses({
    server,
    setUp: `
      class Leaking extends runtime.RedisBackend {
        async get(...args) {
          setTimeout(() => {}, 3_600_000);
          process.on("SIGHUP", () => {});
          return super.get(...args);
        }
        async clear(range, options) {
          options.signal.addEventListener("abort", () => {});
          return super.clear(range, options);
        }
        async close() {}
      }`,
    // Of different names, for backends of one address share a connection.
    backend: `new Leaking({ host: "127.0.0.1", port: ${server.port}, clientName: "round-" + number })`,
    tearDown: "process.exit();",
  });
  const added = (type: string): number => {
    const [earlier = 0, later = 0] = [before, after].map(
      (census) => census?.resources.filter((one) => one === type).length,
    );
    return later - earlier;
  };
  expect(added("Timeout")).toBeGreaterThanOrEqual(10);
  // Each has a second one for what takes long.
  expect(added("TCPSocketWrap")).toBe(20);
  expect(after?.listeners).toEqual(expect.arrayContaining([["process SIGHUP", expect.any(Number)]]));
  expect(after?.abortListeners).toBeGreaterThanOrEqual(10);
  expect(Number(after?.clients) - Number(before?.clients)).toBe(20);
});

interface Census {
  readonly resources: readonly string[];
  readonly listeners: readonly (readonly [name: string, count: number])[];
  readonly abortListeners: number;
  readonly clients: number;
}

/** Before the first round, and after the last. */
async function censuses(subject: LeakSubject): Promise<readonly Census[]> {
  const program = ["--no-warnings", "--input-type=module", "-e", censusProgram(subject)];
  const result = await runProgram(process.execPath, program, { cwd: repository, timeoutMs: 30_000 });
  await subject.server?.stop();
  // The code is null where it had to be killed.
  expect(result).toMatchObject({ exitCode: 0, stderr: "" });
  return result.stdout
    .trim()
    .split("\n")
    .map((line): Census => JSON.parse(line));
}

async function ownClient(): Promise<LeakSubject> {
  const server = await startRedisServer();
  return { ...fromUrl(server.url), server };
}

/** A client that somebody else made, and closes. */
async function givenClient(module: string): Promise<LeakSubject> {
  const server = await startRedisServer();
  return {
    server,
    setUp: `
      const { Redis: Client } = await import(${JSON.stringify(module)});
      const given = new Client(${server.port}, "127.0.0.1");
      await given.ping();
      emitters.given = given;`,
    backend: "new runtime.RedisBackend(given)",
    tearDown: "given.disconnect();",
  };
}

async function nodeRedisClient(): Promise<LeakSubject> {
  const server = await startRedisServer();
  return {
    server,
    setUp: `
      const { createClient } = await import("redis");
      const given = createClient({ url: ${JSON.stringify(server.url)} });
      await given.connect();
      await given.ping();
      emitters.given = given;`,
    backend: "new runtime.RedisBackend(given)",
    tearDown: "given.destroy();",
  };
}

async function clusterByUrl(): Promise<LeakSubject> {
  const cluster = await startRedisCluster();
  const [first] = cluster.nodes;
  const port = first?.port ?? 0;
  return { ...fromUrl(`redis+cluster://127.0.0.1:${port}`), server: { port, stop: () => cluster.stop() } };
}

async function sentinelByUrl(): Promise<LeakSubject> {
  const group = await startRedisSentinel();
  const [sentinel] = group.sentinels;
  const { port } = await group.master();
  const url = `redis+sentinel://127.0.0.1:${sentinel?.port}?master=${group.masterName}`;
  return { ...fromUrl(url), server: { port, stop: () => group.stop() } };
}

function fromUrl(url: string): LeakSubject {
  return { backend: `runtime.backendFromUrl(${JSON.stringify(url)})` };
}
