import { setImmediate as nextTurn } from "node:timers/promises";
import { RedisBackend } from "@cachetory/runtime";
import { Redis } from "ioredis";
import { afterEach, describe, expect, test } from "vitest";
import { startRedisCluster } from "../../support/redis-cluster.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { memoryCommands } from "../../support/resp/memory-commands.ts";
import { type RespScript, type RespServer, startRespServer } from "../../support/resp/resp-server.ts";

const stops: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const range = { head: "a:", owns: (key: string) => key.startsWith("a:") };

async function startServer(config: readonly string[] = []): Promise<RedisServer> {
  const server = await startRedisServer({ config });
  stops.push(() => server.stop());
  return server;
}

async function open(url: string): Promise<RedisBackend> {
  const backend = RedisBackend.fromUrl(`${url}${url.includes("?") ? "&" : "?"}command-timeout=10s&read-timeout=10s`);
  stops.push(() => backend.close());
  await backend.ready();
  return backend;
}

/** The names of the connections that a server has. */
async function namesAt(server: { ask(...command: [string, ...string[]]): Promise<unknown> }): Promise<string[]> {
  const list = String(await server.ask("CLIENT", "LIST", "TYPE", "normal"));
  return [...list.matchAll(/ name=(\S+) /g)].map(([, name = ""]) => name).sort();
}

async function all(keys: AsyncIterable<readonly string[]>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const batch of keys) found.push(...batch);
  return found.sort();
}

/** A server that keeps values, and notes on which connection which command came. */
async function serve(
  script: RespScript = () => undefined,
): Promise<RespServer & { readonly seen: [string, number][] }> {
  const seen: [string, number][] = [];
  const commands = memoryCommands();
  const server = await startRespServer(async (name, args, connection) => {
    seen.push([name, connection.id]);
    return (await script(name, args, connection)) ?? commands(name, args, connection);
  });
  stops.push(() => server.stop());
  return Object.assign(server, { seen });
}

describe("clear and scan", () => {
  test("have a connection of their own, made with the first of them and closed with the backend", async () => {
    const server = await startServer();
    const backend = await open(`${server.url}?client-name=app`);
    await backend.set("a:1", "x", {});
    await backend.set("b:1", "x", {});
    expect(await namesAt(server)).toEqual(["app"]);
    expect(await all(backend.scan(range))).toEqual(["a:1"]);
    expect(await namesAt(server)).toEqual(["app", "app-bulk"]);
    expect(await backend.clear(range, {})).toBe(1);
    expect(await backend.guarded().clear({ head: "b:", owns: () => true }, {})).toBe(1);
    expect(await namesAt(server)).toEqual(["app", "app-bulk"]);
    await backend.close();
    await expect.poll(() => namesAt(server)).toEqual([]);
  });

  test("share it among the backends of one URL, until the last of them is closed", async () => {
    const server = await startServer();
    const [one, two] = [await open(`${server.url}?client-name=app`), await open(`${server.url}?client-name=app`)];
    await one.clear(range, {});
    await two.clear(range, {});
    expect(await namesAt(server)).toEqual(["app", "app-bulk"]);
    await one.close();
    await expect(one.clear(range, {})).rejects.toThrow("The backend is closed.");
    expect(await two.clear(range, {})).toBe(0);
    await two.close();
    await expect.poll(() => namesAt(server)).toEqual([]);
  });

  test("keep nobody waiting: reads and writes are answered while they are not", async () => {
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = await serve(async (name) => {
      if (name === "SCAN" || name === "UNLINK") await released;
      return undefined;
    });
    const backend = await open(server.url);
    await backend.set("a:1", "x", {});
    const cleared = backend.clear(range, {});
    await expect.poll(() => server.seen.some(([name]) => name === "SCAN")).toBe(true);
    expect(await backend.get("a:1", "text")).toBe("x");
    expect(await backend.set("b:1", "y", {})).toBe(true);
    release();
    expect(await cleared).toBe(1);
    const lanesOf = (asked: string): number[] => server.seen.flatMap(([name, lane]) => (name === asked ? [lane] : []));
    expect(new Set([...lanesOf("SCAN"), ...lanesOf("UNLINK")]).size).toBe(1);
    expect(lanesOf("GET")).not.toEqual(lanesOf("SCAN"));
  });

  test("come after every call that was made before them, also where nobody waits for it", async () => {
    const asked = (): number => server.commands.filter(([name = ""]) => /ping|scan/i.test(name)).length;
    let askedBefore = 0;
    const server = await serve(async (name) => {
      // What is stored takes effect when something more has come that it could be too late for.
      while (name === "SET" && asked() === askedBefore) await nextTurn();
      return undefined;
    });
    const backend = await open(server.url);
    await backend.clear(range, {});
    askedBefore = asked();
    const stored = Promise.all([backend.set("a:1", "x", {}), backend.set("a:2", "x", {})]);
    expect(await backend.clear(range, {})).toBe(2);
    await stored;
    askedBefore = asked();
    const others = backend.set("a:3", "x", {});
    expect(await all(backend.scan(range))).toEqual(["a:3"]);
    await others;
  });

  test("work for a user who may not ask the server whether it is there", async () => {
    const server = await startServer(["user narrow on >secret ~* +@all -ping"]);
    const backend = RedisBackend.fromUrl(`redis://narrow:secret@127.0.0.1:${server.port}`);
    stops.push(() => backend.close());
    await backend.set("a:1", "x", {});
    expect(await backend.clear(range, {})).toBe(1);
  });

  test("reject where the server does not answer, and leave nothing open", async () => {
    const server = await startServer();
    const backend = RedisBackend.fromUrl(`${server.url}?command-timeout=100ms&client-name=app`);
    await backend.ready();
    server.pause();
    await expect(backend.clear(range, {})).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await backend.close();
    server.resume();
    await expect.poll(() => namesAt(server)).toEqual([]);
  });

  test("do without it where a client was handed in", async () => {
    const server = await startServer();
    const client = new Redis(server.port, "127.0.0.1", { connectionName: "given" });
    const backend = new RedisBackend(client);
    await backend.set("a:1", "x", {});
    expect(await backend.clear(range, {})).toBe(1);
    expect(await namesAt(server)).toEqual(["given"]);
    client.disconnect();
  });
});

test("on a Cluster they have a connection of their own to each master", async () => {
  const cluster = await startRedisCluster();
  stops.push(() => cluster.stop());
  const backend = await open(`redis+cluster://127.0.0.1:${cluster.nodes[0]?.port}?client-name=app`);
  const keys = Array.from({ length: 60 }, (_, index) => `a:${index}`);
  await backend.setMany(
    keys.map((key) => [key, "x"] as const),
    undefined,
  );
  // Nobody waits for them.
  const last = Promise.all([backend.set("a:60", "x", {}), backend.set("b:1", "x", {})]);
  expect(await backend.clear(range, {})).toBe(61);
  await last;
  const masters = await Promise.all(cluster.nodes.map(async (node) => [node, await node.replication()] as const));
  for (const [node] of masters.filter(([, { isMaster }]) => isMaster)) {
    expect(await namesAt(node)).toEqual(expect.arrayContaining(["app", "app-bulk"]));
  }
  expect(await backend.get("b:1", "text")).toBe("x");
});
