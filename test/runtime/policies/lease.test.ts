import {
  Cache,
  type CacheOptions,
  DummyBackend,
  json,
  KeyvBackend,
  LayeredBackend,
  MemoryBackend,
  RedisBackend,
} from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import Keyv from "keyv";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";

let server: RedisServer;
const backends: RedisBackend[] = [];

beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  await server.ask("FLUSHALL");
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(backends.splice(0).map((backend) => backend.close()));
});

/** A connection of its own, as another process has one. */
function connect(): RedisBackend {
  // Backends of the same options share a connection, and so their loads: the database's number tells nothing apart.
  const backend = new RedisBackend({ host: "127.0.0.1", port: server.port, commandTimeoutMs: 1000 + backends.length });
  backends.push(backend);
  return backend;
}

/** The cache as another process has it. */
function elsewhere(options: Partial<CacheOptions<string, string>> = {}): Cache<string, string> {
  return new Cache({
    backend: connect(),
    serializer: json(),
    prefix: "app:",
    ttl: "1h",
    singleFlight: "cluster",
    ...options,
  });
}

/** A loader that waits until it is let go, and tells how often it was called. */
function gated(value?: string) {
  return gatedOf(value ?? "loaded");
}

function gatedOf(value: string | undefined) {
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const load = {
    calls: [] as (string | readonly string[])[],
    open: () => open(),
    async one(key: string): Promise<string | undefined> {
      load.calls.push(key);
      await gate;
      return value;
    },
    async many(keys: readonly string[]): Promise<readonly (string | undefined)[]> {
      load.calls.push(keys);
      await gate;
      return keys.map((key) => value && `${value} ${key}`);
    },
  };
  return load;
}

const lockKey = "app:a~lock{app:a}";
const isLocked = async (): Promise<boolean> => (await server.ask("EXISTS", lockKey)) === 1;

describe("loads that processes share", () => {
  test("one process loads, and the others wait for the value", async () => {
    const load = gated();
    const answers = [1, 2, 3, 4].map(() => elsewhere().getOrSet("a", load.one));
    await until("somebody loads", async () => load.calls.length > 0);
    load.open();
    expect(await Promise.all(answers)).toEqual(["loaded", "loaded", "loaded", "loaded"]);
    expect(load.calls).toEqual(["a"]);
  });

  test("the lease lies beside the entry, ends by itself, and is let go of after the load", async () => {
    const load = gated();
    const answer = elsewhere().getOrSet("a", load.one);
    await until("it is taken", isLocked);
    expect(await server.ask("PTTL", lockKey)).toBeLessThanOrEqual(5_000);
    load.open();
    await answer;
    await until("it is let go of", async () => !(await isLocked()));
  });

  test("is extended while the load runs", async () => {
    const load = gated();
    const answer = elsewhere({ singleFlight: { scope: "cluster", lease: "1500ms" } }).getOrSet("a", load.one);
    await until("it is taken", isLocked);
    const token = await server.ask("GET", lockKey);
    await until("it is near its end", async () => Number(await server.ask("PTTL", lockKey)) < 1_100);
    await until("it has been extended", async () => Number(await server.ask("PTTL", lockKey)) > 1_300);
    expect(await server.ask("GET", lockKey)).toBe(token);
    load.open();
    await answer;
  });

  test("where the one who loads is gone, another one loads when the lease has ended", async () => {
    // As a process that took it, and was killed.
    const beganMs = performance.now();
    await server.ask("SET", lockKey, "of the dead", "PX", 1_500);
    const load = gated();
    load.open();
    const answers = [elsewhere(), elsewhere()].map((cache) => cache.getOrSet("a", load.one));
    expect(await Promise.all(answers)).toEqual(["loaded", "loaded"]);
    expect(performance.now() - beganMs).toBeGreaterThanOrEqual(1_500);
    expect(load.calls).toHaveLength(1);
  });

  test("nobody waits longer than the deadline of a load", async () => {
    await server.ask("SET", lockKey, "of one who hangs", "PX", 60_000);
    const cache = elsewhere({ singleFlight: { scope: "cluster", deadline: "200ms" } });
    expect(await cache.getOrSet("a", () => "mine")).toBe("mine");
    // The other one's lease is his.
    expect(await server.ask("GET", lockKey)).toBe("of one who hangs");
  });

  test("a load that hangs keeps its lease no longer than its deadline", async () => {
    const hanging = gated();
    const [one, other] = [1, 2].map(() =>
      elsewhere({ singleFlight: { scope: "cluster", lease: "1s", deadline: "3s" } }),
    );
    const hung = one?.getOrSet("a", hanging.one);
    await until("it is taken", isLocked);
    expect(await other?.getOrSet("a", () => "mine")).toBe("mine");
    hanging.open();
    expect(await hung).toBe("loaded");
    expect(await other?.get("a")).toBe("mine");
  });

  test("who fails lets the next one try", async () => {
    const failing = gated();
    const first = elsewhere().getOrSet("a", async (key) => {
      await failing.one(key);
      throw new Error("origin");
    });
    await until("it is taken", isLocked);
    const second = elsewhere().getOrSet("a", () => "mine");
    failing.open();
    await expect(first).rejects.toThrow("origin");
    expect(await second).toBe("mine");
  });

  test("of many keys, each is loaded by one process, in one call for all that it has leave to load", async () => {
    const [one, other] = [gated("one"), gated("other")];
    const first = elsewhere().getOrSetMany(["a", "b"], one.many);
    await until("it is taken", isLocked);
    const second = elsewhere().getOrSetMany(["a", "b", "c", "d"], other.many);
    await until("the others are loaded", async () => other.calls.length > 0);
    expect(one.calls).toEqual([["a", "b"]]);
    expect(other.calls).toEqual([["c", "d"]]);
    other.open();
    one.open();
    expect([...(await first)].map(([, value]) => value)).toEqual(["one a", "one b"]);
    expect([...(await second)].map(([, value]) => value)).toEqual(["one a", "one b", "other c", "other d"]);
  });

  test("a batch and a getOrSet of another process share a load", async () => {
    const load = gated();
    const batch = elsewhere().batch((keys) => load.many(keys));
    const first = batch.get("a");
    await until("it is taken", isLocked);
    const second = elsewhere().getOrSet("a", load.one);
    load.open();
    expect([await first, await second]).toEqual(["loaded a", "loaded a"]);
    expect(load.calls).toEqual([["a"]]);
  });

  test("who is not stored is loaded by each", async () => {
    const load = gatedOf(undefined);
    load.open();
    const answers = [1, 2].map(() => elsewhere().getOrSet("a", load.one));
    expect(await Promise.all(answers)).toEqual([undefined, undefined]);
    expect(load.calls).toHaveLength(2);
  });

  test("who gives up waiting is let go, and asks no more", async () => {
    await server.ask("SET", lockKey, "of another", "PX", 60_000);
    const load = gated();
    const controller = new AbortController();
    const cache = elsewhere();
    await cache.get("a");
    const answer = cache.getOrSet("a", load.one, { signal: controller.signal });
    await new Promise((resolve) => setTimeout(resolve, 100));
    controller.abort(new Error("enough"));
    await expect(answer).rejects.toThrow("enough");
    await server.ask("DEL", lockKey);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([load.calls, await isLocked()]).toEqual([[], false]);
  });

  test("a lease is no entry: clear and scan pass over it, and a hit asks for none", async () => {
    const load = gated();
    const cache = elsewhere();
    await cache.set("b", "stored");
    expect(await cache.getOrSet("b", load.one)).toBe("stored");
    expect(await server.ask("DBSIZE")).toBe(1);
    const answer = cache.getOrSet("a", load.one);
    await until("it is taken", isLocked);
    expect(await elsewhere().clear()).toBe(1);
    expect(await isLocked()).toBe(true);
    load.open();
    await answer;
  });

  test("a key with a hash tag has its lease in the same slot", async () => {
    const load = gated();
    const answer = elsewhere({ prefix: "cart:{7}:" }).getOrSet("items", load.one);
    await until("it is taken", async () => (await server.ask("EXISTS", "cart:{7}:items~lock")) === 1);
    load.open();
    await answer;
  });

  test("a server that dies is no obstacle: what it does not lease is loaded all the same", async () => {
    const own = await startRedisServer();
    const backend = new RedisBackend({ host: "127.0.0.1", port: own.port, commandTimeoutMs: 300 });
    const cache = elsewhere({ backend });
    await cache.set("b", "stored");
    const load = gated();
    const answer = cache.getOrSet("a", load.one);
    await until("it is loaded", async () => load.calls.length === 1);
    await own.kill();
    load.open();
    expect(await answer).toBe("loaded");
    expect(await cache.getOrSet("a", () => "again")).toBe("again");
    await backend.close();
    await own.stop();
  });

  describe("a lease that could not be let go of", () => {
    // Far longer than anybody here waits.
    const singleFlight = { scope: "cluster", lease: "10m" } as const;

    test("is let go of when the server takes it again", async () => {
      const cache = elsewhere({ singleFlight });
      const load = gated();
      const answer = cache.getOrSet("a", load.one);
      await until("it is taken", isLocked);
      await server.ask("REPLICAOF", "127.0.0.1", 1);
      load.open();
      expect(await answer).toBe("loaded");
      await cache.drain();
      await server.ask("REPLICAOF", "NO", "ONE");
      await until("it is let go of", async () => !(await isLocked()));
    });

    test("is left to end by itself once the cache is closed", async () => {
      const cache = elsewhere({ singleFlight, closesBackend: false });
      const load = gated();
      const answer = cache.getOrSet("a", load.one);
      await until("it is taken", isLocked);
      await server.ask("REPLICAOF", "127.0.0.1", 1);
      load.open();
      await answer;
      await cache.close();
      const tried = async (): Promise<number> =>
        Number(/cmdstat_eval:calls=(\d+)/.exec(String(await server.ask("INFO", "commandstats")))?.[1] ?? 0);
      const before = await tried();
      // By then it would have been tried twice.
      await new Promise((resolve) => setTimeout(resolve, 350));
      expect(await tried()).toBe(before);
      await server.ask("REPLICAOF", "NO", "ONE");
    });
  });

  test("a user who may not run scripts, or touch leases, loads without", async () => {
    await server.ask("ACL", "SETUSER", "plain", "on", "nopass", "~app:*", "+@all", "-eval", "-set");
    const backend = new RedisBackend({ host: "127.0.0.1", port: server.port, username: "plain", password: "x" });
    backends.push(backend);
    expect(await elsewhere({ backend }).getOrSet("a", () => "mine")).toBe("mine");
  });
});

describe("of two layers", () => {
  /** Whose pauses are always as long as they may be. */
  const layered = (): Cache<string, string> =>
    elsewhere({
      backend: new LayeredBackend({ near: new MemoryBackend(), far: connect(), heads: ["app:"] }),
      random: () => 1,
    });
  const attempts = async (): Promise<number> => {
    const stats = String(await server.ask("INFO", "commandstats"));
    return Number(/cmdstat_set:calls=(\d+)/.exec(stats)?.[1] ?? 0);
  };

  test("who waits is told when the value is there, and seldom looks for himself", async () => {
    const load = gated();
    const [one, other] = [layered(), layered()];
    await Promise.all([one.ready(), other.ready()]);
    const first = one.getOrSet("a", load.one);
    await until("it is taken", isLocked);
    await server.ask("CONFIG", "RESETSTAT");
    const second = other.getOrSet("a", load.one);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    // After 4 ms, and half as much again each time: fifteen times. If it were every 40 ms at last, it would be forty times.
    expect(await attempts()).toBeLessThan(20);
    load.open();
    expect(await Promise.all([first, second])).toEqual(["loaded", "loaded"]);
    expect(load.calls).toHaveLength(1);
  });

  test("who waits is woken by the value, though no time passes", async () => {
    const load = gated();
    const [one, other] = [layered(), layered()];
    await Promise.all([one.ready(), other.ready()]);
    const first = one.getOrSet("a", load.one);
    await until("it is taken", isLocked);
    await server.ask("CONFIG", "RESETSTAT");
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const second = other.getOrSet("a", load.one);
    // The first look is at once; from the second one on it is listened.
    await until("it has looked again", async () => {
      // Other timers are set, too: which is the one that it waits for, nobody can tell.
      vi.advanceTimersByTime(10);
      return (await attempts()) >= 2;
    });
    load.open();
    expect(await Promise.all([first, second])).toEqual(["loaded", "loaded"]);
  });

  test("who waits takes the lease when it is let go of without a value", async () => {
    const failing = gated();
    const [one, other] = [layered(), layered()];
    await Promise.all([one.ready(), other.ready()]);
    const first = one.getOrSet("a", async (key) => {
      await failing.one(key);
      throw new Error("origin");
    });
    await until("it is taken", isLocked);
    const second = other.getOrSet("a", () => "mine");
    failing.open();
    await expect(first).rejects.toThrow("origin");
    expect(await second).toBe("mine");
  });
});

describe("where there is no Redis", () => {
  test("memory is the process: nothing is leased", async () => {
    const cache = elsewhere({ backend: new MemoryBackend() });
    const load = gated();
    const answers = [cache.getOrSet("a", load.one), cache.getOrSet("a", load.one)];
    load.open();
    expect(await Promise.all(answers)).toEqual(["loaded", "loaded"]);
    expect(load.calls).toHaveLength(1);
    expect(await elsewhere({ backend: new DummyBackend() }).getOrSet("a", () => "mine")).toBe("mine");
  });

  test("a backend that others may use, and that has no leases, is refused", async () => {
    const cache = elsewhere({ backend: new KeyvBackend(new Keyv()) });
    await expect(cache.getOrSet("a", () => "mine")).rejects.toMatchObject({
      code: "INVALID_OPTION",
      message: expect.stringContaining("has no leases"),
    });
    const many = elsewhere({ backend: new ControlledBackend({ isShared: true }) });
    await expect(many.getOrSetMany(["a"], () => ["mine"])).rejects.toMatchObject({ code: "INVALID_OPTION" });
  });
});

describe("the option", () => {
  test.each([
    [{ lease: "1s" }, "INVALID_OPTION"],
    [{ scope: "cluster", lease: "forever" }, "INVALID_OPTION"],
    [{ scope: "cluster", lease: { ms: 0 } }, "INVALID_OPTION"],
    [{ deadline: "forever" }, "INVALID_OPTION"],
    [{ deadline: "soon" as "1s" }, "INVALID_DURATION"],
  ] as const)("%o is refused", (singleFlight, code) => {
    expect(() => elsewhere({ singleFlight })).toThrow(expect.objectContaining({ code }));
  });
});
