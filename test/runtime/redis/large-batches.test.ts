import { setImmediate as nextTurn } from "node:timers/promises";
import { backendFromUrl, Cache, json, MemoryBackend } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { patience } from "../../support/patience.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { memoryCommands } from "../../support/resp/memory-commands.ts";
import { startRespServer } from "../../support/resp/resp-server.ts";
import { told } from "../../support/told.ts";

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});

beforeEach(async () => {
  await server.ask("FLUSHALL");
});

afterAll(() => server.stop());

const numbers = Array.from({ length: 3000 }, (_, index) => index);
const items = numbers.map((number) => [`k${number}`, number] as const);
const keys = items.map(([key]) => key);
const many = Array.from({ length: 10_000 }, (_, index) => [`k${index}`, index] as const);
const manyKeys = many.map(([key]) => key);

function sizeOfNumber(value: unknown): number {
  return Number.isFinite(value) ? 10 : Number.NaN;
}

function openCache(url = server.url): Cache<string, unknown> {
  return new Cache({
    backend: backendFromUrl(`${url}?command-timeout=10s&read-timeout=10s`),
    serializer: json(),
    prefix: "t:",
    ttl: "1m",
  });
}

/** The most calls of `count` that went by without a turn of the event loop, while `run` ran. */
async function longestWithoutTurn(run: () => Promise<unknown>, counted: () => number): Promise<number> {
  let isOver = false;
  let longest = 0;
  const watch = async (): Promise<void> => {
    let before = counted();
    while (!isOver) {
      await nextTurn();
      longest = Math.max(longest, counted() - before);
      before = counted();
    }
  };
  const watching = watch();
  await run();
  isOver = true;
  await watching;
  return longest;
}

describe("setMany of thousands", () => {
  test("stores all of them, with their ttl", async () => {
    await using cache = openCache();
    await cache.setMany(items);
    expect(Object.fromEntries(await cache.getMany(keys))).toEqual(Object.fromEntries(items));
    expect(await cache.ttl("k2999")).toBeGreaterThan(1000);
    await cache.setMany(items, { ttl: { ms: 0 } });
    expect((await cache.getMany(keys)).size).toBe(0);
  });

  test("lets others have their turn: no more than 500 values are made, and none are sent, in one", async () => {
    let made = 0;
    const serializer = json();
    const counting = {
      ...serializer,
      serialize: (value: unknown) => {
        made += 1;
        return serializer.serialize(value);
      },
    };
    await using cache = new Cache<string, unknown>({
      backend: backendFromUrl(`${server.url}${patience}`),
      serializer: counting,
    });
    await cache.ready();
    expect(
      await longestWithoutTurn(
        () => cache.setMany(items),
        () => made,
      ),
    ).toBe(500);
    expect(made).toBe(3000);
  });

  test("stores objects as they are when it is called, and lets others have their turn where they can be copied", async () => {
    let made = 0;
    const serializer = json<{ text: string }>();
    const counting = {
      ...serializer,
      serialize: (value: { text: string }) => {
        made += 1;
        return serializer.serialize(value);
      },
    };
    const copy = (value: unknown): unknown => ({ ...(value as { text: string }) });
    const live = { size: () => 10, keep: copy, give: copy };
    const objects = numbers.map((number): [string, { text: string }] => [`k${number}`, { text: `${number}` }]);
    await using cache = new Cache<string, { text: string }>({
      backend: backendFromUrl(`${server.url}${patience}`),
      serializer: counting,
      live,
    });
    await cache.ready();
    const longest = await longestWithoutTurn(
      () => {
        const stored = cache.setMany(objects);
        for (const [, value] of objects) value.text = "changed";
        return stored;
      },
      () => made,
    );
    expect(longest).toBe(500);
    expect([...(await cache.getMany(keys)).values()]).toEqual(numbers.map((number) => ({ text: `${number}` })));
  });

  test("sends the first ones before others are made, where none can be refused any more", async () => {
    let made = 0;
    const madeWhenSent: number[] = [];
    const serializer = json<number>();
    const counting = {
      ...serializer,
      serialize: (value: number) => {
        made += 1;
        return serializer.serialize(value);
      },
    };
    const backend = backendFromUrl(`${server.url}${patience}`);
    const { setMany } = backend;
    backend.setMany = (entries, ttlMs) => {
      madeWhenSent.push(made);
      return setMany.call(backend, entries, ttlMs);
    };
    const live = { size: () => 10 };
    await using cache = new Cache<string, number>({ backend, serializer: counting, live });
    await cache.setMany(items);
    expect(madeWhenSent).toEqual([500, 1000, 1500, 2000, 2500, 3000]);
  });

  test.each([
    ["does not survive the serializer", Number.NaN, { live: { size: sizeOfNumber } }],
    ["is too large", 12_345, { live: { size: () => 10 }, maxValueBytes: 4 }],
  ])("sends nothing where the last one %s", async (_, last, options) => {
    await using cache = new Cache<string, number>({
      backend: backendFromUrl(`${server.url}${patience}`),
      serializer: json<number>({ strict: true }),
      ...options,
    });
    await expect(cache.setMany([...items, ["last", last]])).rejects.toMatchObject({
      key: expect.stringContaining("last"),
    });
    expect((await cache.getMany(keys)).size).toBe(0);
  });

  test("stores objects as they are when it is called where they cannot be copied", async () => {
    await using cache = openCache();
    const objects = numbers.map((number): [string, { text: string }] => [`k${number}`, { text: `${number}` }]);
    const stored = cache.setMany(objects);
    for (const [, value] of objects) value.text = "changed";
    await stored;
    expect([...(await cache.getMany(keys)).values()]).toEqual(numbers.map((number) => ({ text: `${number}` })));
  });

  test("sends 500 in one turn", async () => {
    let sent = 0;
    const backend = backendFromUrl(`${server.url}${patience}`);
    const { setMany } = backend;
    backend.setMany = (entries, ttlMs) => {
      sent += entries.length;
      return setMany.call(backend, entries, ttlMs);
    };
    await using cache = new Cache<string, unknown>({ backend, serializer: json() });
    expect(
      await longestWithoutTurn(
        () => cache.setMany(items),
        () => sent,
      ),
    ).toBe(500);
    expect(sent).toBe(3000);
  });

  test("takes effect before the calls that are made after it, on its keys", async () => {
    await using cache = openCache();
    await cache.ready();
    const stored = cache.setMany(items);
    const calls = [
      cache.get("k2999"),
      cache.set("k2999", "newer"),
      cache.get("k2999"),
      cache.delete("k2998"),
      cache.get("k2998"),
      cache.take("k0"),
      cache.has("k0"),
    ];
    expect(await Promise.all(calls)).toEqual([2999, true, "newer", true, undefined, 0, false]);
    await stored;
    const hits = await cache.getMany(["k2999", "k2998", "k2997", "k0"]);
    expect([...hits]).toEqual([
      ["k2999", "newer"],
      ["k2997", 2997],
    ]);
  });

  test("takes effect before another setMany, a deleteMany, a clear and a close that are called after it", async () => {
    await using cache = openCache();
    await cache.ready();
    const first = cache.setMany(items);
    // What it begins with is what the first ends with.
    const second = cache.setMany(items.map(([key, number]) => [key, number + 1] as const).reverse());
    const deleted = cache.deleteMany(["k1", "none"]);
    await Promise.all([first, second]);
    expect(await deleted).toBe(1);
    expect([...(await cache.getMany(["k0", "k1", "k2", "k2999"])).values()]).toEqual([1, 3, 3000]);
    const third = cache.setMany(items);
    expect(await cache.clear()).toBe(3000);
    await third;
    const last = cache.setMany(items);
    await cache.close();
    await last;
    await using other = openCache();
    expect((await other.getMany(keys)).size).toBe(3000);
  });

  test("lets calls on other keys go before", async () => {
    await using cache = openCache();
    await cache.ready();
    const order: string[] = [];
    const stored = cache.setMany(items).then(() => order.push("setMany"));
    await cache.set("other", 1);
    order.push("set");
    await stored;
    expect(order).toEqual(["set", "setMany"]);
  });

  test("makes a load of one of its keys that runs meanwhile one that does not store", async () => {
    await using cache = openCache();
    let answer = (_: string): void => {};
    const loading = new Promise<string>((resolve) => {
      answer = resolve;
    });
    let begin = (): void => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const loaded = cache.getOrSet("k2999", () => {
      begin();
      return loading;
    });
    await begun;
    const stored = cache.setMany(items);
    answer("loaded");
    expect(await loaded).toBe("loaded");
    await stored;
    expect(await cache.get("k2999")).toBe(2999);
  });

  test("sends nothing where one of the values is refused", async () => {
    await using cache = openCache();
    const refused = cache.setMany([...items, ["bad", undefined]]);
    await expect(refused).rejects.toMatchObject({ code: "INVALID_VALUE" });
    expect((await cache.getMany(keys)).size).toBe(0);
  });

  test("says how many were stored where some were not", async () => {
    let scripts = 0;
    const commands = memoryCommands();
    const failing = await startRespServer((name, args, connection) => {
      if (name !== "EVAL") return commands(name, args, connection);
      scripts += 1;
      return scripts === 3 ? new Error("OOM it is full") : commands(name, args, connection);
    });
    const cache = openCache(failing.url);
    await expect(cache.setMany(items)).rejects.toMatchObject({
      code: "UNAVAILABLE",
      outcome: "unknown",
      message: expect.stringMatching(/OOM.*At least 2500 of 3000 entries were stored\.$/),
    });
    await cache.close();
    await failing.stop();
  });
});

describe("getMany of thousands", () => {
  test("answers with hits in the order of the request", async () => {
    await using cache = openCache();
    await cache.setMany(items.filter(([, number]) => number % 3 !== 0));
    const hits = await cache.getMany([...keys].reverse());
    expect(hits.size).toBe(2000);
    expect([...hits.values()]).toEqual(numbers.filter((number) => number % 3 !== 0).reverse());
  });

  test("lets others have their turn: no more than 500 values are read in one", async () => {
    let read = 0;
    const serializer = json();
    const counting = {
      ...serializer,
      deserialize: (stored: string) => {
        read += 1;
        return serializer.deserialize(stored);
      },
    };
    await using cache = new Cache<string, unknown>({ backend: new MemoryBackend(), serializer: counting });
    await cache.setMany(items);
    expect(
      await longestWithoutTurn(
        () => cache.getMany(keys),
        () => read,
      ),
    ).toBe(500);
  });

  test("has the hits of the commands that were answered", async () => {
    let reads = 0;
    const commands = memoryCommands();
    const failing = await startRespServer((name, args, connection) => {
      if (name !== "MGET") return commands(name, args, connection);
      reads += 1;
      return reads === 2 ? new Error("LOADING it is loading") : commands(name, args, connection);
    });
    const cache = openCache(failing.url);
    await cache.setMany(items);
    const hits = await cache.getMany(keys);
    // As long as nothing is known of values, they are taken for half a KiB: 128 are asked for together.
    expect(hits.size).toBe(3000 - 128);
    expect(hits.has("k127")).toBe(true);
    expect(hits.has("k128")).toBe(false);
    expect(hits.has("k255")).toBe(false);
    expect(hits.has("k256")).toBe(true);
    await cache.close();
    await failing.stop();
  });

  test("asks for 4,000 at once, and then for 500 in each turn", async () => {
    let asked = 0;
    const backend = backendFromUrl(`${server.url}?command-timeout=10s&read-timeout=10s`);
    const { getMany } = backend;
    backend.getMany = (...args) => {
      asked += args[0].length;
      return getMany.apply(backend, args);
    };
    await using cache = new Cache<string, unknown>({ backend, serializer: json(), ttl: "1m" });
    await cache.setMany(many);
    let hits: Iterable<[string, unknown]> = [];
    const read = cache.getMany(manyKeys).then((found) => {
      hits = found;
    });
    expect(asked).toBe(4000);
    expect(
      await longestWithoutTurn(
        () => read,
        () => asked,
      ),
    ).toBe(500);
    expect(asked).toBe(10_000);
    expect(Object.fromEntries(hits)).toEqual(Object.fromEntries(many));
  });

  test("is answered before the cache is closed that was asked", async () => {
    const cache = openCache();
    await cache.setMany(many);
    const read = cache.getMany(manyKeys);
    await cache.close();
    expect((await read).size).toBe(10_000);
  });

  test("keeps a cache from closing no longer than five seconds", async () => {
    const backend = new ControlledBackend({ isShared: true });
    const cache = new Cache<string, unknown>({ backend, serializer: json(), ttl: "1m" });
    const answer = backend.hold("getMany");
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const read = cache.getMany(manyKeys);
    const closed = cache.close();
    await vi.advanceTimersByTimeAsync(5000);
    await closed;
    vi.useRealTimers();
    answer();
    await read;
  });

  test("does not go on asking whoever does not answer", async () => {
    const backend = new ControlledBackend({ isShared: true });
    await using cache = new Cache<string, unknown>({ backend, serializer: json(), ttl: "1m" });
    await cache.setMany(many.slice(0, 100));
    await cache.getMany(manyKeys);
    const { length: before } = backend.calls;
    backend.fail("getMany");
    const misses = told("miss");
    expect((await cache.getMany(manyKeys)).size).toBe(0);
    expect(misses.filter(({ reason }) => reason === "error").length).toBe(10_000);
    expect(backend.calls.length - before).toBe(8);
  });
});
