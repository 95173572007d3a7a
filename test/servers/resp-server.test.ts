import { EventEmitter, once } from "node:events";
import { Redis } from "ioredis";
import { afterEach, describe, expect, test } from "vitest";
import { memoryCommands } from "../support/resp/memory-commands.ts";
import { type RespScript, type RespServer, silence, startRespServer } from "../support/resp/resp-server.ts";

let server: RespServer;
let client: Redis;

afterEach(async () => {
  client.disconnect();
  await server.stop();
});

async function start(script: RespScript, options: { readonly protocol?: 2 | 3 } = {}): Promise<void> {
  server = await startRespServer(script);
  client = new Redis({ port: server.port, ...options });
  client.on("error", () => {});
}

describe.each([2, 3] as const)("under RESP%i", (protocol) => {
  test("a client connects, and gets each kind of reply", async () => {
    const replies = [null, 7, "text\r\n", Buffer.from([0, 255]), { status: "DONE" }, [1, ["two", null]]];
    await start((name, [index]) => (name === "REPLY" ? replies[Number(String(index))] : undefined), { protocol });
    const answers = await Promise.all(replies.map((_, index) => client.callBuffer("REPLY", index)));
    expect(answers).toEqual([
      null,
      7,
      Buffer.from("text\r\n"),
      Buffer.from([0, 255]),
      Buffer.from("DONE"),
      [1, [Buffer.from("two"), null]],
    ]);
    await expect(client.call("NONE")).rejects.toThrow("ERR unknown command 'NONE'");
    expect(server.commands.filter(([name]) => name === "REPLY")).toHaveLength(replies.length);
    expect(server.commands.some(([name]) => name === "hello")).toBe(protocol === 3);
  });

  test("strings are kept as a Redis keeps them", async () => {
    await start(memoryCommands({ msetex: true }), { protocol });
    expect(await client.set("a", "1", "PX", 60_000)).toBe("OK");
    expect(await client.set("a", "2", "NX")).toBeNull();
    expect(await client.pttl("a")).toBeGreaterThan(50_000);
    expect(await client.mget("a", "none")).toEqual(["1", null]);
    expect(await client.call("MSETEX", 2, "a", "3", "b", "3", "NX", "PX", 60_000)).toBe(0);
    expect(await client.call("MSETEX", 2, "b", "4", "c", "4", "NX", "PX", 60_000)).toBe(1);
    expect([await client.persist("b"), await client.pttl("b"), await client.persist("b")]).toEqual([1, -1, 0]);
    expect(await client.getdel("b")).toBe("4");
    expect([await client.exists("a", "b", "c"), await client.type("a"), await client.pttl("b")]).toEqual([
      2,
      "string",
      -2,
    ]);
    expect(await client.pexpireat("c", 1)).toBe(1);
    expect(await client.unlink("a", "c")).toBe(1);
  });
});

test("a transaction answers together, and one with an unknown command not at all", async () => {
  await start(memoryCommands());
  expect(await client.multi().set("a", "1").exists("a").exec()).toEqual([
    [null, "OK"],
    [null, 1],
  ]);
  await expect(client.multi().set("a", "2").call("MSETEX", 1, "b", "1").exec()).rejects.toThrow("EXECABORT");
  expect(await client.get("a")).toBe("1");
});

test("SCAN finds every key once, also while others are deleted, and knows patterns", async () => {
  await start(memoryCommands());
  await client.mset(Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`a*:${index}`, "x"])));
  await client.mset({ "ab:1": "x", "a*": "x" });
  const found: string[] = [];
  let cursor = "0";
  do {
    const [next, keys] = await client.scan(cursor, "MATCH", "a\\*:*", "COUNT", 7);
    found.push(...keys);
    if (keys.length > 0) await client.unlink(...keys);
    cursor = next;
  } while (cursor !== "0");
  expect(found.sort()).toEqual(Array.from({ length: 100 }, (_, index) => `a*:${index}`).sort());
  expect(await client.exists("ab:1", "a*")).toBe(2);
});

test("a script answers late, and what comes after it waits", async () => {
  const late = new EventEmitter();
  await start(async (name) => {
    if (name === "LATE") await once(late, "now");
    return name === "LATE" || name === "NEXT" ? "done" : undefined;
  });
  const order: string[] = [];
  const answers = ["LATE", "NEXT"].map((name) => client.call(name).then(() => order.push(name)));
  await expect.poll(() => server.commands.at(-1)).toEqual(["NEXT"]);
  expect(order).toEqual([]);
  late.emit("now");
  await Promise.all(answers);
  expect(order).toEqual(["LATE", "NEXT"]);
});

test("a script is silent, also to what comes after", async () => {
  await start((name) => (name === "SILENT" ? silence : undefined));
  const answers = [client.call("SILENT"), client.ping()].map((answer) => answer.catch(() => "broken off"));
  await expect.poll(() => server.commands.at(-1)).toEqual(["ping"]);
  client.disconnect();
  expect(await Promise.all(answers)).toEqual(["broken off", "broken off"]);
});

test("a script breaks connections off", async () => {
  await start((name, _args, connection) => {
    if (name === "DROP") connection.drop();
    return undefined;
  });
  await client.ping();
  expect(server.connections).toBe(1);
  const isClosed = once(client, "close");
  client.call("DROP").catch(() => {});
  await isClosed;
});
