import { setImmediate as nextTurn } from "node:timers/promises";
import { type Backend, RedisBackend } from "@cachetory/runtime";
import fc from "fast-check";
import { Cluster, Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RedisCluster, startRedisCluster } from "../../support/redis-cluster.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

let server: RedisServer;
let cluster: RedisCluster;

beforeAll(async () => {
  [server, cluster] = await Promise.all([startRedisServer(), startRedisCluster()]);
});

afterAll(async () => {
  await Promise.all([server.stop(), cluster.stop()]);
});

/** One call of a backend, as data. */
type Call =
  | {
      readonly call: "getText" | "getBytes" | "has" | "take" | "delete" | "persist" | "expireNow";
      readonly key: string;
    }
  | { readonly call: "set" | "setIfAbsent" | "setMany"; readonly key: string; readonly value: string }
  | { readonly call: "getMany" | "deleteMany" };

/** What a caller does before a call: nothing, wait for a promise, for the end of the turn, or for the next one. */
type Pause = "none" | "promise" | "tick" | "turn";

const keys = ["a", "b", "{c}1", "{c}2"];
const key = fc.constantFrom(...keys);
const call: fc.Arbitrary<Call> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ call: fc.constantFrom("getText" as const, "getBytes" as const), key }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      call: fc.constantFrom("has", "take", "delete", "persist", "expireNow"),
      key,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      call: fc.constantFrom("set", "setIfAbsent", "setMany"),
      key,
      value: fc.constantFrom("1", "2", "é", ""),
    }),
  },
  { weight: 1, arbitrary: fc.record({ call: fc.constantFrom("getMany" as const, "deleteMany" as const) }) },
);
const pause = fc.constantFrom<Pause>("none", "none", "promise", "tick", "turn");
const caller = fc.array(fc.tuple(pause, call), { minLength: 1, maxLength: 12 });

/** What a map answers, which is done when the call is made. */
function expected(entries: Map<string, string>, told: Call): unknown {
  switch (told.call) {
    case "getText":
    case "getBytes":
      return entries.get(told.key);
    case "has":
    case "persist":
      return entries.has(told.key);
    case "take": {
      const value = entries.get(told.key);
      entries.delete(told.key);
      return value;
    }
    case "delete":
    case "expireNow":
      return entries.delete(told.key);
    case "set":
      entries.set(told.key, told.value);
      return true;
    case "setIfAbsent":
      if (entries.has(told.key)) return false;
      entries.set(told.key, told.value);
      return true;
    case "setMany":
      for (const one of [told.key, "a"]) entries.set(one, told.value);
      return undefined;
    case "getMany":
      return keys.map((one) => entries.get(one));
    case "deleteMany":
      return keys.filter((one) => entries.delete(one)).length;
  }
}

async function perform(backend: Backend, told: Call): Promise<unknown> {
  switch (told.call) {
    case "getText":
      return backend.get(told.key, "text");
    case "getBytes": {
      const bytes = await backend.get(told.key, "bytes");
      return bytes instanceof Uint8Array ? Buffer.from(bytes).toString() : bytes;
    }
    case "has":
      return backend.has(told.key);
    case "persist":
      return backend.expireIn(told.key, undefined);
    case "take":
      return backend.take(told.key, "text");
    case "delete":
      return backend.delete(told.key);
    case "expireNow":
      return backend.expireAt(told.key, 1);
    case "set":
      return backend.set(told.key, told.value, { ttlMs: 60_000 });
    case "setIfAbsent":
      return backend.set(told.key, Buffer.from(told.value), { ifNotExists: true });
    case "setMany": {
      const pairs = new Map([told.key, "a"].map((one) => [one, told.value]));
      return backend.setMany([...pairs], 60_000);
    }
    case "getMany":
      return backend.getMany(keys, "text");
    case "deleteMany":
      return backend.deleteMany(keys);
  }
}

async function waitFor(pause: Pause): Promise<void> {
  if (pause === "promise") await undefined;
  if (pause === "tick") await new Promise<void>((resolve) => process.nextTick(resolve));
  if (pause === "turn") await nextTurn();
}

/** That every call of every caller, none of which waits for an answer, takes effect before all calls made after it. */
function inOrder(backend: Backend): fc.IAsyncProperty<[(readonly (readonly [Pause, Call])[])[]]> {
  return fc.asyncProperty(fc.array(caller, { minLength: 1, maxLength: 4 }), async (callers) => {
    await backend.deleteMany(keys);
    const entries = new Map<string, string>();
    const answers: { readonly told: Call; readonly answer: unknown; readonly found: Promise<unknown> }[] = [];
    await Promise.all(
      callers.map(async (calls) => {
        for (const [pause, told] of calls) {
          if (pause !== "none") await waitFor(pause);
          answers.push({ told, answer: expected(entries, told), found: perform(backend, told) });
        }
      }),
    );
    const found = await Promise.all(answers.map(async (one) => ({ told: one.told, answer: await one.found })));
    expect(found).toEqual(answers.map(({ told, answer }) => ({ told, answer })));
  });
}

const runs = { seed: 20_261_126, numRuns: 300 };

test("calls of several callers take effect in the order in which they are made", async () => {
  await using backend = RedisBackend.fromUrl(`${server.url}?command-timeout=10s&read-timeout=10s`);
  await fc.assert(inOrder(backend), runs);
});

test("so they do with a client that is handed in, whose commands are held back and put together", async () => {
  const client = new Redis(server.port, "127.0.0.1");
  await using backend = new RedisBackend(client, {
    coalesceReads: true,
    cork: true,
    commandTimeoutMs: 10_000,
    readTimeoutMs: 10_000,
  });
  await fc.assert(inOrder(backend), runs);
  client.disconnect();
});

test("so they do for each key on a Cluster", async () => {
  const [first] = cluster.nodes;
  await using backend = RedisBackend.fromUrl(
    `redis+cluster://127.0.0.1:${first?.port}?command-timeout=10s&read-timeout=10s`,
  );
  await backend.ready();
  await fc.assert(inOrder(backend), { ...runs, numRuns: 150 });
});

test("reads of many do not overtake what a client of a Cluster holds back that is handed in and collects commands", async () => {
  const [first] = cluster.nodes;
  const client = new Cluster([{ host: "127.0.0.1", port: first?.port ?? 0 }], { enableAutoPipelining: true });
  await using backend = new RedisBackend(client, { commandTimeoutMs: 10_000, readTimeoutMs: 10_000 });
  await backend.ready();
  await backend.deleteMany(keys);
  const set = backend.set("a", "new", {});
  expect(await backend.getMany(keys, "text")).toEqual(["new", undefined, undefined, undefined]);
  const deleted = backend.delete("a");
  expect(await backend.getMany(keys, "text")).toEqual([undefined, undefined, undefined, undefined]);
  expect(await Promise.all([set, deleted])).toEqual([true, true]);
  client.disconnect();
});
