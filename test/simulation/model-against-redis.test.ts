import { createHash } from "node:crypto";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startRedisServer } from "../support/redis-server.ts";
import { Random } from "./random.ts";
import { RedisModel, type Reply, ReplyError } from "./redis-model.ts";
import { scriptsOfRuntime } from "./scripts-of-runtime.ts";

type Command = readonly [name: string, ...args: readonly (string | number)[]];

const server = await startRedisServer();
const client = new Redis(server.connection);
let scripts: ReadonlyMap<string, string>;

beforeAll(async () => {
  scripts = await scriptsOfRuntime(new URL("../../", import.meta.url));
});

afterAll(async () => {
  client.disconnect();
  await server.stop();
});

const keys = ["a", "b", "c~lock{c}"] as const;
const hour = 3_600_000;

/** Nothing that is asked ends between the two of them: it ends at once, or after an hour. */
function commandOf(random: Random, nowMs: number): Command {
  const key = random.pick(keys);
  const other = random.pick(keys);
  const value = random.pick(["x", "", "äö", enveloped(nowMs - hour), enveloped(nowMs + hour)]);
  const life = random.pick([hour, 2 * hour]);
  const script = (name: string): string => scripts.get(name) ?? "";
  const both = key === other ? [key] : [key, other];
  const commands: readonly Command[] = [
    ["get", key],
    ["mget", ...keys],
    ["getdel", key],
    ["getrange", key, 0, random.pick([4, 13, 100])],
    ["set", key, value],
    ["set", key, value, "PX", life],
    ["set", key, value, "PX", life, "NX"],
    ["set", key, value, "NX"],
    ["set", key, value, "PX", 0],
    ["mset", ...both.flatMap((one) => [one, value])],
    ["rpush", key, "x"],
    ["exists", ...both],
    ["type", key],
    ["unlink", ...both],
    ["del", key],
    ["pexpire", key, random.pick([life, 0, -1])],
    ["pexpireat", key, random.pick([1, nowMs + life])],
    ["persist", key],
    ["pttl", key],
    ["scan", "0", "MATCH", random.pick(["*", "a*", "c~*", "\\[*"]), "COUNT", 1000, "TYPE", "string"],
    ["eval", script("change"), 2, key, other, "SET", value, "PX", life, "NX"],
    ["eval", script("change"), 2, key, other, "GETDEL"],
    ["eval", script("deleteMany"), 2 * both.length, ...both, ...both],
    ["eval", script("storeEach"), 4, "a", "b", "ga", "gb", value, life, "y", 0, random.whole(0, 1)],
    ["eval", script("read"), 2, key, `g${key}`, "token", life, random.pick(["absent", "always", "anew"])],
    [
      "eval",
      script("storeGuarded"),
      2,
      key,
      `g${key}`,
      random.pick(["token", "none"]),
      value,
      life,
      random.whole(0, 1),
      random.pick(["", createHash("sha1").update(value).digest("hex")]),
    ],
    ["eval", script("extend"), 1, key, "x", life],
    ["eval", script("release"), 1, key, "x"],
    ["eval", script("lives"), 2, "a", "b"],
    ["eval", script("storeMany"), 2, "a", "b", life, value, "y"],
    ["eval", script("storeManyAbsent"), 2, "a", "b", life, value, "y"],
    ["eval", script("keepAbsent"), 2, "a", "b", value, "y"],
    ["eval", script("storePlainEach"), 2, "a", "b", value, life, "y", 0, random.whole(0, 1)],
    ["eval", script("storeUnlessFresh"), 1, key, nowMs, value, random.pick([life, ""]), ""],
    ["eval", script("storeUnlessFresh"), 1, key, nowMs, value, life, freshDigits(nowMs - hour)],
    ["eval", script("expireFresh"), 1, key, nowMs, "forever"],
    ["eval", script("expireFresh"), 1, key, nowMs, "at", random.pick([1, nowMs + hour]), 5000],
    ["eval", script("expireFresh"), 1, key, nowMs, "in", hour, 5000],
    ["eval", script("deleteFresh"), both.length, ...both, nowMs],
    ["eval", script("deleteDue"), both.length, ...both],
    ["nonsense", key],
  ];
  return random.pick(commands);
}

/** In whole minutes, so that the two clocks agree. */
function enveloped(freshUntilMs: number): string {
  return `~c1 f${freshDigits(freshUntilMs)}\n1`;
}

function freshDigits(atMs: number): string {
  return atMs.toString(36).padStart(9, "0");
}

test("the model of Redis answers what Redis answers", { timeout: 120_000 }, async () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const random = new Random(seed);
    await client.flushall();
    // The server's clock is the model's.
    const [seconds, microseconds] = await client.time();
    const aheadMs = Number(seconds) * 1000 + Number(microseconds) / 1000 - performance.now();
    const redis = new RedisModel(() => performance.now() + aheadMs);
    const asked: Command[] = [];
    for (let index = 0; index < 60; index += 1) {
      const command = commandOf(random, Math.round(Number(seconds) / 60) * 60_000);
      asked.push(command);
      const [real, modelled] = [await replyOf(command), modelReply(redis, command)];
      expect({ asked, reply: modelled }).toEqual({ asked, reply: real });
    }
  }
});

test("the model of Redis lets entries end when Redis does", async () => {
  await client.flushall();
  let nowMs = 1_000_000;
  const redis = new RedisModel(() => nowMs);
  redis.run("set", ["a", "x", "PX", 20]);
  await client.set("a", "x", "PX", 20);
  nowMs += 10;
  expect(redis.run("get", ["a"])).toBe("x");
  nowMs += 11;
  expect(redis.run("get", ["a"])).toBe(null);
  await expect.poll(() => client.get("a"), { interval: 5 }).toBe(null);
  expect([redis.run("pttl", ["a"]), redis.run("set", ["a", "y", "NX"])]).toEqual([-2, "OK"]);
  expect([await client.pttl("a"), await client.set("a", "y", "NX")]).toEqual([-2, "OK"]);
});

async function replyOf([name, ...args]: Command): Promise<unknown> {
  try {
    return comparable(name, await client.call(name, ...args));
  } catch (error) {
    return codeOf(error);
  }
}

function modelReply(redis: RedisModel, [name, ...args]: Command): unknown {
  try {
    return comparable(name, redis.run(name, args));
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
    return codeOf(error);
  }
}

/** Times are a moment apart, as are what is left of lives, and keys come in any order. */
function comparable(name: string, reply: Reply | unknown): unknown {
  if (!Array.isArray(reply)) return rounded(reply);
  const items = reply.map(rounded);
  return name === "scan" ? [items[0], [...(items[1] as string[])].sort()] : items;
}

function rounded(reply: unknown): unknown {
  if (Array.isArray(reply)) return reply.map(rounded);
  if (typeof reply === "number") return reply > 100_000 ? Math.round(reply / 100_000) : reply;
  if (typeof reply !== "string") return reply;
  return reply.replace(/^~c1 f([0-9a-z]{9})/, (_, digits: string) => `~c1 f${rounded(Number.parseInt(digits, 36))}`);
}

/** What begins an error; the rest is said in other words by each release. */
function codeOf(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split(" ")[0] ?? "";
}
