import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { type Backend, backendFromUrl } from "@cachetory/runtime";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { patience } from "../../support/patience.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { startRespServer } from "../../support/resp/resp-server.ts";

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});

afterAll(() => server.stop());

beforeEach(async () => {
  await server.ask("FLUSHALL");
  await server.ask("CONFIG", "RESETSTAT");
});

const entries = Array.from(
  { length: 20 },
  // One key takes more bytes than characters.
  (_, index) => [index === 11 ? "ключ" : `k${index}`, index === 7 ? Buffer.from([0, 255]) : `v${index}`] as const,
);

/** The first calls find out what the server has. */
async function learn(backend: Backend): Promise<void> {
  for (let count = 0; count < 3; count += 1) await backend.setMany(entries, 1000);
}

async function callsOf(command: string): Promise<number> {
  const stats = String(await server.ask("INFO", "commandstats"));
  return Number(new RegExp(`cmdstat_${command}:calls=(\\d+)`).exec(stats)?.[1] ?? 0);
}

async function expectStored(): Promise<void> {
  for (const [key, value] of entries) {
    const leftMs = Number(await server.ask("PTTL", key));
    expect([leftMs > 50_000, leftMs <= 60_000]).toEqual([true, true]);
    if (typeof value === "string") expect(await server.ask("GET", key)).toBe(value);
    else expect(await server.ask("STRLEN", key)).toBe(2);
  }
}

test("many entries are stored in one transaction once it is known that the server has it", async () => {
  await using backend = backendFromUrl(`${server.url}${patience}`);
  await learn(backend);
  const before = [await callsOf("exec"), await callsOf("mset"), await callsOf("pexpireat"), await callsOf("set")];
  await backend.setMany(entries, 60_000);
  const after = [await callsOf("exec"), await callsOf("mset"), await callsOf("pexpireat"), await callsOf("set")];
  expect(after.map((count, index) => count - (before[index] ?? 0))).toEqual([1, 1, 20, 0]);
  await expectStored();
});

test("who traces the client sees keys, and no values", async () => {
  await using backend = backendFromUrl(`${server.url}${patience}`);
  await learn(backend);
  const traced = new Map<string, readonly string[]>();
  const note = (message: unknown): void => {
    const { command, args } = message as { readonly command: string; readonly args: readonly string[] };
    traced.set(command, args);
  };
  subscribe("tracing:ioredis:command:start", note);
  try {
    await backend.setMany(entries, 60_000);
  } finally {
    unsubscribe("tracing:ioredis:command:start", note);
  }
  const keys = entries.map(([key]) => key);
  expect(traced.get("mset")?.slice(0, 3)).toEqual(["k0", "?", "?"]);
  expect(traced.get("eval")?.slice(1)).toEqual(["20", ...keys, "60000"]);
});

test("nobody sees them without an end, nor some of them", async () => {
  await using backend = backendFromUrl(`${server.url}${patience}`);
  await learn(backend);
  await server.ask("FLUSHALL");
  const seen = new Set<string>();
  let isDone = false;
  const looking = (async () => {
    while (!isDone)
      seen.add(
        String(
          await server.ask(
            "EVAL",
            "return {redis.call('PTTL', 'k0') > 0, redis.call('PTTL', 'k19') > 0, redis.call('DBSIZE')}",
            0,
          ),
        ),
      );
  })();
  for (let count = 0; count < 50; count += 1) await backend.setMany(entries, 60_000);
  isDone = true;
  await looking;
  expect([...seen].filter((each) => each !== ",,0" && each !== "1,1,20")).toEqual([]);
});

test.each(["-multi", "-exec", "-eval"])("a user who may not do that stores them all the same: %s", async (refused) => {
  await server.ask("ACL", "SETUSER", "somebody", "reset", "on", ">secret", "~*", "&*", "+@all", refused);
  await using backend = backendFromUrl(server.url.replace("redis://", "redis://somebody:secret@"));
  for (let count = 0; count < 3; count += 1) {
    const stored = backend.setMany(entries, 60_000);
    // For that he needs scripts, where there is no MSETEX.
    if (refused === "-eval") await expect(stored).rejects.toMatchObject({ outcome: "none" });
    else await stored;
  }
  if (refused !== "-eval") await expectStored();
  else expect(await server.ask("DBSIZE")).toBe(0);
});

test("a server that is full says so, and nothing is stored", async () => {
  await using backend = backendFromUrl(`${server.url}${patience}`);
  await learn(backend);
  await server.ask("FLUSHALL");
  await server.ask("CONFIG", "SET", "maxmemory", "1");
  try {
    await expect(backend.setMany(entries, 60_000)).rejects.toMatchObject({
      outcome: "none",
      message: expect.stringContaining("OOM"),
    });
    expect(await server.ask("DBSIZE")).toBe(0);
  } finally {
    await server.ask("CONFIG", "SET", "maxmemory", "0");
  }
});

test("a user who may not call all of it stores nothing that stays, and then by a script", async () => {
  await server.ask("ACL", "SETUSER", "clerk", "reset", "on", ">secret", "~*", "+@all", "-pexpireat");
  const backend = backendFromUrl(`redis://clerk:secret@127.0.0.1:${server.port}${patience}`);
  try {
    for (let count = 0; count < 2; count += 1) await backend.setMany(entries, 1000);
    await expect(backend.setMany(entries, 60_000)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    for (const [key] of entries) expect(await server.ask("EXISTS", key)).toBe(0);
    await backend.setMany(entries, 60_000);
    await expectStored();
  } finally {
    await backend.close();
    await server.ask("ACL", "DELUSER", "clerk");
  }
});

test("a user who may not ask for the time stores all of it in one transaction as well", async () => {
  await server.ask("ACL", "SETUSER", "clerk", "reset", "on", ">secret", "~*", "+@all", "-time");
  const backend = backendFromUrl(`redis://clerk:secret@127.0.0.1:${server.port}${patience}`);
  try {
    await learn(backend);
    const before = await callsOf("pexpire");
    await backend.setMany(entries, 60_000);
    expect((await callsOf("pexpire")) - before).toBe(20);
    await expectStored();
  } finally {
    await backend.close();
    await server.ask("ACL", "DELUSER", "clerk");
  }
});

test("where a transaction may no longer be begun, what came without one is deleted", async () => {
  let isRefused = false;
  const scripted = await startRespServer((name) => {
    switch (name) {
      case "MULTI":
        return isRefused ? new Error("NOPERM this user has no permissions to run the 'multi' command") : "OK";
      case "MSETEX":
        return new Error("ERR unknown command 'MSETEX'");
      case "EXEC":
        return isRefused ? new Error("ERR EXEC without MULTI") : [];
      case "MSET":
        return "OK";
      case "EVAL":
        return null;
      case "UNLINK":
        return 20;
      default:
        return undefined;
    }
  });
  const backend = backendFromUrl(scripted.url);
  await learn(backend);
  isRefused = true;
  await expect(backend.setMany(entries, 60_000)).rejects.toThrow("NOPERM");
  const sent = scripted.commands.map(([name]) => name?.toUpperCase()).slice(-5);
  expect(sent).toEqual(["MULTI", "MSET", "EVAL", "EXEC", "UNLINK"]);
  await backend.close();
  await scripted.stop();
});
