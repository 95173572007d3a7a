import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { RedisBackend } from "@cachetory/runtime";
import { Redis } from "ioredis";
import { afterEach, describe, expect, test, vi } from "vitest";
import { patient } from "../../support/patience.ts";
import { startRedisCluster } from "../../support/redis-cluster.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { memoryCommands } from "../../support/resp/memory-commands.ts";
import { type RespScript, type RespServer, silence, startRespServer } from "../../support/resp/resp-server.ts";
import { until } from "../../support/until.ts";

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

/** What was last asked on the second connection. */
async function lastAsked(server: RedisServer): Promise<string | undefined> {
  const list = String(await server.ask("CLIENT", "LIST", "TYPE", "normal"));
  return / name=app-bulk .* cmd=(\S+) /.exec(list)?.[1];
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

test("what a clear could not delete in time is not deleted after what is written then", async () => {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let lastId = Number.POSITIVE_INFINITY;
  const server = await serve(async (name, _, { id }) => {
    if (name === "SCAN") return ["0", ["a:1"]];
    if (name === "UNLINK" && lastId === Number.POSITIVE_INFINITY) {
      lastId = id;
      return silence;
    }
    // The connection that takes its place has to wait.
    if (id > lastId) await released;
    return undefined;
  });
  const backend = RedisBackend.fromUrl(server.url);
  stops.push(() => backend.close());
  await backend.set("a:1", "old", {});
  await expect(backend.clear(range, {})).rejects.toMatchObject({ code: "UNAVAILABLE" });
  await until("there is another connection", async () => server.seen.some(([, id]) => id > lastId));
  await backend.set("a:1", "new", {});
  const before = server.seen.length;
  release();
  // It comes over that connection, behind what is due there.
  expect(await all(backend.scan(range))).toEqual(["a:1"]);
  const names = server.seen.slice(before).map(([name]) => name);
  expect(names).toContain("SCAN");
  expect(names.filter((name) => name === "EVAL" || name === "UNLINK")).toEqual([]);
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

describe("reads that bring much", () => {
  const large = "x".repeat(40_000);
  const many = Array.from({ length: 1000 }, (_, index) => `m:${index}`);

  /** A backend that has read a large value, and whose second connection is there. */
  async function openLanes(url: string): Promise<RedisBackend> {
    const backend = await open(url);
    await backend.set("large", large, {});
    await backend.setMany(
      many.map((key) => [key, "1"] as const),
      undefined,
    );
    await backend.get("large", "text");
    return backend;
  }

  /** On which connection each of the last reads of these keys came. */
  function lanesOf(server: RespServer & { readonly seen: readonly [string, number][] }, name: string): number[] {
    return server.seen.flatMap(([asked, lane]) => (asked === name ? [lane] : []));
  }

  test.each([
    ["a large value", "GET", (backend: RedisBackend) => backend.get("large", "text")],
    ["a batch of more than one command", "MGET", (backend: RedisBackend) => backend.getMany(many, "text")],
  ])("keep nobody waiting: %s", async (_, name, read) => {
    let isHeld = false;
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = await serve(async (asked, args) => {
      if (isHeld && asked === name && /large|m:/.test(String(args[0]))) await released;
      return undefined;
    });
    const backend = await openLanes(server.url);
    // It answers before it is used.
    await expect
      .poll(async () => {
        await read(backend);
        return new Set(lanesOf(server, name)).size;
      })
      .toBe(2);
    isHeld = true;
    const held = read(backend);
    expect(await backend.get("small", "text")).toBeUndefined();
    expect(await backend.set("small", "s", {})).toBe(true);
    release();
    expect(await held).toBeDefined();
  });

  test("find what was written before, also where nobody has waited for that", async () => {
    let isHeld = false;
    let release = (): void => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = await serve(async (name) => {
      if (isHeld && name === "SET") await released;
      return undefined;
    });
    const backend = await openLanes(server.url);
    await expect
      .poll(async () => {
        await backend.get("large", "text");
        await backend.getMany(many, "text");
        return [new Set(lanesOf(server, "GET")).size, new Set(lanesOf(server, "MGET")).size];
      })
      .toEqual([2, 2]);
    isHeld = true;
    const stored = Promise.all([backend.set("large", `new ${large}`, {}), backend.set("m:7", "new", {})]);
    const found = Promise.all([backend.get("large", "text"), backend.getMany(["large", ...many], "text")]);
    // Who comes over the second connection would be answered by now.
    await backend.getMany(
      many.filter((key) => key !== "m:7"),
      "text",
    );
    release();
    const [one, several] = await found;
    expect([String(one).slice(0, 4), String(several[0]).slice(0, 4), several[8]]).toEqual(["new ", "new ", "new"]);
    await stored;
  });

  test("go on over the first connection where the second is lost, and over a new one when that is there", async () => {
    const server = await startServer();
    const backend = await openLanes(`${server.url}?client-name=app`);
    const isThere = async (): Promise<boolean> => (await namesAt(server)).includes("app-bulk");
    const read = async (): Promise<boolean> => (await backend.get("large", "text")) === large;
    await expect.poll(async () => (await read()) && isThere()).toBe(true);
    const list = String(await server.ask("CLIENT", "LIST", "TYPE", "normal"));
    const [, id = ""] = /^id=(\d+) .* name=app-bulk /m.exec(list) ?? [];
    await server.ask("CLIENT", "KILL", "ID", id);
    expect(await Promise.all(Array.from({ length: 10 }, read))).toEqual(new Array(10).fill(true));
    await expect.poll(async () => (await read()) && isThere()).toBe(true);
  });

  test("go on over the first connection where the second does not answer, and over another one after it", async () => {
    let silentLane: number | undefined;
    const server = await serve((_name, _args, { id }) => (id === silentLane ? silence : undefined));
    const backend = RedisBackend.fromUrl(`${server.url}?command-timeout=200ms`);
    stops.push(() => backend.close());
    await backend.set("large", large, {});
    const read = (): Promise<unknown> => backend.get("large", "text").catch(() => undefined);
    const lanes = (): readonly number[] => [...new Set(lanesOf(server, "GET"))];
    await expect.poll(async () => (await read()) && lanes().length).toBe(2);
    silentLane = lanes()[1];
    // Three have to fail for it.
    await expect.poll(read).toBe(large);
    expect(await Promise.all([read(), read(), read()])).toEqual([large, large, large]);
    await expect.poll(async () => (await read()) === large && lanes().length, { timeout: 5000 }).toBe(3);
  });

  test("go on over the first connection where nobody has asked the second for long, which may be dead by then", async () => {
    let silentLane: number | undefined;
    const server = await serve((_name, _args, { id }) => (id === silentLane ? silence : undefined));
    const backend = RedisBackend.fromUrl(server.url);
    stops.push(() => backend.close());
    await backend.set("large", large, {});
    const lanes = (): readonly number[] => [...new Set(lanesOf(server, "GET"))];
    await expect.poll(async () => (await backend.get("large", "text")) && lanes().length).toBe(2);
    silentLane = lanes()[1];
    const now = performance.now.bind(performance);
    const later = vi.spyOn(performance, "now").mockImplementation(() => now() + 11_000);
    stops.push(async () => later.mockRestore());
    for (let count = 0; count < 3; count++) expect(await backend.get("large", "text")).toBe(large);
  });

  test("leave a second connection that is older than the first: another server may be where that is", async () => {
    const server = await startServer();
    const backend = await openLanes(`${server.url}?client-name=app`);
    const idOf = async (name: string): Promise<string> => {
      const list = String(await server.ask("CLIENT", "LIST", "TYPE", "normal"));
      return new RegExp(`^id=(\\d+) .* name=${name} `, "m").exec(list)?.[1] ?? "";
    };
    const read = async (): Promise<boolean> => (await backend.get("large", "text")) === large;
    await expect.poll(async () => (await read()) && idOf("app-bulk")).not.toBe("");
    const before = await idOf("app-bulk");
    await server.ask("CLIENT", "KILL", "ID", await idOf("app"));
    await expect.poll(async () => (await read()) && idOf("app-bulk")).not.toBe(before);
    await expect.poll(read).toBe(true);
  });

  test("leave turns to others while they come in", async () => {
    const pausesOf = new Map<Socket, number>();
    const watch = (message: unknown): void => {
      const { socket } = message as { readonly socket: Socket };
      pausesOf.set(socket, 0);
      socket.on("pause", () => pausesOf.set(socket, (pausesOf.get(socket) ?? 0) + 1));
    };
    subscribe("net.client.socket", watch);
    stops.push(async () => void unsubscribe("net.client.socket", watch));
    const server = await startServer();
    const backend = await openLanes(`${server.url}?client-name=app`);
    const keys = Array.from({ length: 5000 }, (_, index) => `big:${index}`);
    await backend.setMany(
      keys.map((key) => [key, "y".repeat(4000)] as const),
      undefined,
    );
    await expect.poll(async () => (await backend.get("large", "text")) && lastAsked(server)).toBe("get");
    const found = await backend.getMany(keys, "text");
    expect(found.every((value) => String(value).length === 4000)).toBe(true);
    // How often depends on how much a socket has to give each time; one that is never paused takes in all of it.
    const pauses = [...pausesOf].filter(([socket]) => socket.bytesRead > 20_000_000).map(([, count]) => count);
    expect(pauses).toEqual([expect.toSatisfy((count: number) => count > 0)]);
  });

  test("tell of a server that stands still once, and come over the second connection again when it goes on", async () => {
    const told: unknown[] = [];
    const listen = (event: unknown): void => void told.push((event as { readonly state: string }).state);
    subscribe("cachetory:breaker", listen);
    stops.push(async () => void unsubscribe("cachetory:breaker", listen));
    const server = await startServer();
    const backend = RedisBackend.fromUrl(`${server.url}?client-name=app`);
    stops.push(() => backend.close());
    await backend.set("large", large, {});
    const read = (): Promise<unknown> => backend.get("large", "text").catch(() => undefined);
    await expect.poll(async () => (await read()) && lastAsked(server)).toBe("get");
    server.pause();
    while (told.length === 0) await read();
    await expect(backend.get("large", "text")).rejects.toThrow("is left alone");
    server.resume();
    expect(told[0]).toBe("open");
    expect(told.filter((state) => state === "open")).toHaveLength(1);
    await expect.poll(async () => (await read()) === large && (await lastAsked(server)) === "get").toBe(true);
  });

  test("come over the connection of a client that was handed in", async () => {
    const server = await startServer();
    const client = new Redis(server.port, "127.0.0.1", { connectionName: "given" });
    stops.push(async () => client.disconnect());
    const backend = new RedisBackend(client, { ...patient, coalesceReads: true });
    await backend.set("large", large, {});
    for (let round = 0; round < 5; round++) expect(await backend.get("large", "text")).toBe(large);
    expect(await backend.getMany(["large", ...many], "text")).toHaveLength(1001);
    expect(await namesAt(server)).toEqual(["given"]);
  });

  test("come over a connection of their own to each master of a Cluster", async () => {
    const cluster = await startRedisCluster();
    stops.push(() => cluster.stop());
    const backend = await openLanes(`redis+cluster://127.0.0.1:${cluster.nodes[0]?.port}?client-name=app`);
    const read = async (): Promise<unknown> => {
      const values = await backend.getMany(["large", ...many], "text");
      return values[0] === large && values.slice(1).every((value) => value === "1");
    };
    const masters = await Promise.all(cluster.nodes.map(async (node) => [node, await node.replication()] as const));
    await expect
      .poll(async () => {
        expect(await read()).toBe(true);
        const names = masters.filter(([, { isMaster }]) => isMaster).map(([node]) => namesAt(node));
        return (await Promise.all(names)).every((each) => each.includes("app-bulk"));
      })
      .toBe(true);
    expect(await read()).toBe(true);
    expect(await backend.get("large", "text")).toBe(large);
  });
});
