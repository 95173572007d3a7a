import timers from "node:timers";
import { Cache, json, type Loader, MemoryBackend, onCacheEvent } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

let backend: ControlledBackend;
let cache: Cache<string, number>;

beforeEach(() => {
  backend = new ControlledBackend({ now: () => 1_000_000 });
  cache = new Cache<string, number>({ name: "numbers", backend, serializer: json(), ttl: "1m" });
});

/** A loader that gives what `finish` says, when it says so. */
function manual(): {
  readonly loader: Loader<string, number>;
  calls: number;
  readonly started: Promise<void>;
  finish(value: number): void;
  fail(error: Error): void;
} {
  let start = (): void => {};
  let finish = (_value: number): void => {};
  let fail = (_error: Error): void => {};
  const started = new Promise<void>((resolve) => {
    start = resolve;
  });
  const result = new Promise<number>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  const load = {
    calls: 0,
    started,
    finish: (value: number) => finish(value),
    fail: (error: Error) => fail(error),
    loader: () => {
      load.calls += 1;
      start();
      return result;
    },
  };
  return load;
}

describe("getOrSet", () => {
  test("loads what is missing, stores it with the cache's ttl, and answers from the cache then", async () => {
    expect(await cache.getOrSet("a", (key) => key.length)).toBe(1);
    expect(await cache.ttl("a")).toBe(60_000);
    expect(await cache.getOrSet("a", () => 99)).toBe(1);
  });

  test("concurrent callers share one load", async () => {
    const load = manual();
    const callers = Array.from({ length: 100 }, () => cache.getOrSet("a", load.loader));
    await load.started;
    callers.push(cache.getOrSet("a", load.loader));
    load.finish(5);
    expect(new Set(await Promise.all(callers))).toEqual(new Set([5]));
    expect(load.calls).toBe(1);
  });

  test("an error reaches every waiter and is not cached", async () => {
    const load = manual();
    const callers = [cache.getOrSet("a", load.loader), cache.getOrSet("a", load.loader)];
    load.fail(new Error("origin"));
    for (const caller of callers) await expect(caller).rejects.toThrow("origin");
    expect(await cache.getOrSet("a", () => 1)).toBe(1);
  });

  test("a loader that throws at once rejects", async () => {
    const thrower = (): number => {
      throw new Error("at once");
    };
    await expect(cache.getOrSet("a", thrower)).rejects.toThrow("at once");
  });

  test("undefined is answered and not stored", async () => {
    expect(await cache.getOrSet("a", () => undefined)).toBeUndefined();
    expect(await cache.getOrSet("a", () => 2)).toBe(2);
  });

  test.each<[string, () => Promise<unknown>, number | undefined]>([
    ["set", () => cache.set("a", 100), 100],
    ["setMany", () => cache.setMany([["a", 100]]), 100],
    ["delete", () => cache.delete("a"), undefined],
    ["deleteMany", () => cache.deleteMany(["a"]), undefined],
    ["take", () => cache.take("a"), undefined],
    ["clear", () => cache.clear(), undefined],
    ["expireIn", () => cache.expireIn("a", { ms: 0 }), undefined],
    ["expireAt", () => cache.expireAt("a", new Date(0)), undefined],
  ])(
    "%s during a load wins: the load is answered, not stored, and later callers load anew",
    async (_, change, left) => {
      const load = manual();
      const early = cache.getOrSet("a", load.loader);
      await load.started;
      await change();
      const late = cache.getOrSet("a", () => 7);
      expect(await late).toBe(left ?? 7);
      load.finish(1);
      expect(await early).toBe(1);
      expect(await cache.get("a")).toBe(left ?? 7);
    },
  );

  test.each<["delete" | "clear", () => Promise<unknown>]>([
    ["delete", () => cache.delete("a")],
    ["clear", () => cache.clear()],
  ])("a load that begins while a %s is under way does not store what it may not have seen", async (name, change) => {
    const release = backend.hold(name);
    const changed = change();
    const load = manual();
    const loading = cache.getOrSet("a", load.loader);
    await load.started;
    release();
    await changed;
    load.finish(1);
    expect(await loading).toBe(1);
    expect(await cache.get("a")).toBeUndefined();
  });

  test("a load that lost to a delete does not part those who share the load after it", async () => {
    const [lost, next] = [manual(), manual()];
    const early = cache.getOrSet("a", lost.loader);
    await lost.started;
    await cache.delete("a");
    const late = cache.getOrSet("a", next.loader);
    await next.started;
    lost.finish(1);
    await early;
    const latest = cache.getOrSet("a", next.loader);
    next.finish(2);
    expect([await late, await latest, next.calls]).toEqual([2, 2, 1]);
  });

  test("what another process stored meanwhile stays", async () => {
    const load = manual();
    const loading = cache.getOrSet("a", load.loader);
    await load.started;
    await backend.memory.set("a", "2", {});
    load.finish(1);
    expect(await loading).toBe(1);
    expect(await cache.get("a")).toBe(2);
  });

  test("with ifNotExists false the loaded value replaces what another process stored meanwhile", async () => {
    const load = manual();
    const loading = cache.getOrSet("a", load.loader, { ifNotExists: false });
    await load.started;
    await backend.memory.set("a", "2", {});
    load.finish(1);
    await loading;
    expect(await cache.get("a")).toBe(1);
  });

  test("an entry that cannot be read is a miss, and is replaced", async () => {
    await backend.memory.set("a", "{", {});
    expect(await cache.get("a", 0)).toBe(0);
    expect(await cache.getOrSet("a", () => 3)).toBe(3);
    expect(await cache.get("a")).toBe(3);
  });

  test("an outage costs the cache, not the caller: the loader's value is answered, nothing rejects", async () => {
    backend.fail("get", "set");
    expect(await cache.getOrSet("a", () => 4)).toBe(4);
    backend.heal();
    expect(await cache.get("a")).toBeUndefined();
  });

  test("after a read that got no answer, the write-back is not waited for", async () => {
    backend.fail("get");
    const release = backend.hold("set");
    expect(await cache.getOrSet("a", () => 4)).toBe(4);
    release();
  });

  test("a loaded value that cannot be stored is answered all the same", async () => {
    const anything = new Cache<string, unknown>({ backend, serializer: json() });
    expect(await anything.getOrSet("a", () => 1n)).toBe(1n);
  });

  test("ttl and storeIf may depend on the value", async () => {
    await cache.getOrSet("a", () => 5, { ttl: (value) => ({ ms: value * 1000 }) });
    expect(await cache.ttl("a")).toBe(5000);
    expect(await cache.getOrSet("b", () => 0, { storeIf: (value) => value > 0 })).toBe(0);
    expect(await cache.has("b")).toBe(false);
  });

  test("a wrong ttl is told before anything is loaded", async () => {
    const bounded = new Cache<string, number>({ backend, serializer: json(), ttl: "1m", maxTtl: "1m" });
    const never = (): number => expect.fail("loaded");
    await expect(bounded.getOrSet("a", never, { ttl: "2m" })).rejects.toMatchObject({ code: "TTL_TOO_LONG" });
    await expect(bounded.getOrSet("a", never, { ttl: 5 as never })).rejects.toMatchObject({ code: "INVALID_DURATION" });
    await expect(bounded.refresh("a", never, { ttl: "2m" })).rejects.toMatchObject({ code: "TTL_TOO_LONG" });
  });

  test("an abort detaches its caller; the load is aborted when nobody is left, and later callers load anew", async () => {
    const [one, two] = [new AbortController(), new AbortController()];
    const load = manual();
    let seen: { readonly aborted: boolean } | undefined;
    const loader: Loader<string, number> = (key, context) => {
      seen = context.signal;
      return load.loader(key, context);
    };
    const first = cache.getOrSet("a", loader, { signal: one.signal });
    const second = cache.getOrSet("a", loader, { signal: two.signal });
    await load.started;
    one.abort(new Error("gone"));
    await expect(first).rejects.toThrow("gone");
    expect(seen?.aborted).toBe(false);
    two.abort(new Error("gone too"));
    await expect(second).rejects.toThrow("gone too");
    expect(seen?.aborted).toBe(true);
    expect(await cache.getOrSet("a", () => 8)).toBe(8);
    load.finish(1);
    expect(await cache.get("a")).toBe(8);
  });

  test("nothing is loaded for a signal that has aborted already", async () => {
    const signal = AbortSignal.abort(new Error("gone"));
    const never = (): never => expect.unreachable("nothing is loaded");
    await expect(cache.getOrSet("a", never, { signal })).rejects.toThrow("gone");
    await expect(cache.getOrSetMany(["a"], never, { signal })).rejects.toThrow("gone");
    await expect(cache.refresh("a", never, { signal })).rejects.toThrow("gone");
    expect(backend.calls).toEqual([]);
  });

  test("a load that everybody left is not stored", async () => {
    const controller = new AbortController();
    const load = manual();
    const left = cache.getOrSet("a", load.loader, { signal: controller.signal });
    await load.started;
    controller.abort(new Error("gone"));
    await expect(left).rejects.toThrow("gone");
    load.finish(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(backend.calls).toEqual(["get"]);
  });

  test("a caller without a signal keeps the load alive", async () => {
    const controller = new AbortController();
    const load = manual();
    const patient = cache.getOrSet("a", load.loader);
    const hasty = cache.getOrSet("a", load.loader, { signal: controller.signal });
    await load.started;
    controller.abort(new Error("gone"));
    await expect(hasty).rejects.toThrow("gone");
    load.finish(1);
    expect(await patient).toBe(1);
    expect(await cache.get("a")).toBe(1);
  });
});

describe("refresh", () => {
  test("loads whatever is stored, and stores", async () => {
    await cache.set("a", 1);
    expect(await cache.refresh("a", () => 2)).toBe(2);
    expect(await cache.get("a")).toBe(2);
  });

  test("callers of getOrSet meanwhile wait for it", async () => {
    await cache.set("a", 1);
    const load = manual();
    const refreshed = cache.refresh("a", load.loader);
    const read = cache.getOrSet("a", () => 99);
    load.finish(2);
    expect([await refreshed, await read]).toEqual([2, 2]);
  });

  const asking: readonly (readonly [string, () => Promise<unknown>])[] = [
    ["getOrSet", () => cache.getOrSet("a", () => 99)],
    ["getOrSetMany", async () => (await cache.getOrSetMany(["a"], (keys) => keys.map(() => 99))).get("a")],
    ["a batch", () => cache.batch((keys: readonly string[]) => keys.map(() => 99)).get("a")],
  ];

  describe.each(asking)("that fails: callers of %s meanwhile", (_, ask) => {
    test("have what is stored", async () => {
      await cache.set("a", 1);
      const load = manual();
      const refreshed = cache.refresh("a", load.loader);
      const read = ask();
      load.fail(new Error("origin"));
      await expect(refreshed).rejects.toThrow("origin");
      expect(await read).toBe(1);
    });

    test("have its error where nothing is stored", async () => {
      const load = manual();
      const refreshed = cache.refresh("a", load.loader);
      const read = ask();
      load.fail(new Error("origin"));
      await expect(refreshed).rejects.toThrow("origin");
      await expect(read).rejects.toThrow("origin");
    });
  });

  test("that takes too long: callers of getOrSet have what is stored", async () => {
    await cache.set("a", 1);
    const load = manual();
    const refreshed = cache.refresh("a", load.loader);
    expect(await cache.getOrSet("a", () => 99, { timeouts: { hard: "5ms" } })).toBe(1);
    load.finish(2);
    expect(await refreshed).toBe(2);
  });

  test("that fails does not answer who has aborted meanwhile", async () => {
    await cache.set("a", 1);
    const load = manual();
    const refreshed = cache.refresh("a", load.loader);
    const read = cache.getOrSet("a", () => 99, { signal: AbortSignal.abort(new Error("gone")) });
    await expect(read).rejects.toThrow("gone");
    const controller = new AbortController();
    const later = cache.getOrSet("a", () => 99, { signal: controller.signal });
    controller.abort(new Error("gone later"));
    await expect(later).rejects.toThrow("gone later");
    load.finish(2);
    expect(await refreshed).toBe(2);
  });

  test("is told as a hit where what is stored is served instead", async () => {
    await cache.set("a", 1);
    const hits: unknown[] = [];
    const stop = onCacheEvent("hit", ({ operation }) => hits.push(operation));
    const load = manual();
    const refreshed = cache.refresh("a", load.loader);
    const read = cache.getOrSet("a", () => 99);
    load.fail(new Error("origin"));
    await expect(refreshed).rejects.toThrow("origin");
    await read;
    stop();
    expect(hits).toEqual(["getOrSet"]);
  });

  test("during a load wins: what was loaded before does not replace it", async () => {
    const load = manual();
    const early = cache.getOrSet("a", load.loader, { ifNotExists: false });
    await load.started;
    await cache.refresh("a", () => 2);
    load.finish(1);
    expect(await early).toBe(1);
    expect(await cache.get("a")).toBe(2);
  });

  test("a delete during it wins", async () => {
    const load = manual();
    const refreshed = cache.refresh("a", load.loader);
    await load.started;
    await cache.delete("a");
    load.finish(2);
    expect(await refreshed).toBe(2);
    expect(await cache.get("a")).toBeUndefined();
  });

  test("rejects where the value cannot be stored, for its caller asked for that", async () => {
    backend.fail("set");
    await expect(cache.refresh("a", () => 2)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  test("that cannot store does not reject for who only reads", async () => {
    backend.fail("set");
    const refreshed = cache.refresh("a", () => 2);
    const read = cache.getOrSet("a", () => 99);
    await expect(refreshed).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await read).toBe(2);
  });
});

describe("getOrSetMany", () => {
  test.each<[string, (keys: readonly string[]) => unknown]>([
    ["an aligned array", (keys) => keys.map((key) => key.length)],
    ["pairs", (keys) => keys.map((key) => [key, key.length])],
    ["a map", (keys) => new Map(keys.map((key) => [key, key.length]))],
    ["pairs of a generator", (keys) => new Map(keys.map((key) => [key, key.length])).entries()],
  ])("asks for all misses in one call, which may answer with %s", async (_, answer) => {
    await cache.set("b", 100);
    const asked: (readonly string[])[] = [];
    const hits = await cache.getOrSetMany(["aaa", "b", "cc", "aaa"], (keys) => {
      asked.push(keys);
      return answer(keys) as number[];
    });
    expect(asked).toEqual([["aaa", "cc"]]);
    expect([...hits]).toEqual([
      ["aaa", 3],
      ["b", 100],
      ["cc", 2],
    ]);
    expect([await cache.get("cc"), await cache.ttl("cc")]).toEqual([2, 60_000]);
  });

  test("what is left out, or undefined, is not in the result and not stored", async () => {
    const hits = await cache.getOrSetMany(["a", "b", "c"], () => [1, undefined, 3]);
    expect([...hits.keys()]).toEqual(["a", "c"]);
    expect(await cache.has("b")).toBe(false);
    expect((await cache.getOrSetMany(["x", "y"], () => [])).size).toBe(0);
  });

  test("an array of the wrong length is an error that says so", async () => {
    await expect(cache.getOrSetMany(["a", "b"], () => [1])).rejects.toThrow(
      "asked for 2 values and answered with an array of 1",
    );
  });

  test("values that are pairs are not taken for pairs", async () => {
    const pairs = new Cache<string, [string, number]>({ backend: new MemoryBackend(), serializer: json() });
    const hits = await pairs.getOrSetMany(["a"], () => [["other", 1]]);
    expect([...hits]).toEqual([["a", ["other", 1]]]);
  });

  test("awaits keys that are being loaded elsewhere, and asks for the rest", async () => {
    const load = manual();
    const single = cache.getOrSet("a", load.loader);
    const asked: (readonly string[])[] = [];
    const many = cache.getOrSetMany(["a", "b"], (keys) => {
      asked.push(keys);
      return keys.map(() => 2);
    });
    await load.started;
    load.finish(1);
    expect([await single, [...(await many).values()]]).toEqual([1, [1, 2]]);
    expect(asked).toEqual([["b"]]);
  });

  test("single callers share the load of a batch", async () => {
    let finish = (): void => {};
    const gate = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const many = cache.getOrSetMany(["a", "b"], async (keys) => {
      await gate;
      return keys.map(() => 2);
    });
    const single = cache.getOrSet("a", () => 99);
    finish();
    expect([await single, (await many).size]).toEqual([2, 2]);
  });

  test("a delete of one key during the load leaves the others stored", async () => {
    let start = (): void => {};
    const started = new Promise<void>((resolve) => {
      start = resolve;
    });
    let finish = (): void => {};
    const gate = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const many = cache.getOrSetMany(["a", "b"], async (keys) => {
      start();
      await gate;
      return keys.map(() => 2);
    });
    await started;
    await cache.delete("a");
    finish();
    expect((await many).size).toBe(2);
    expect([await cache.has("a"), await cache.has("b")]).toEqual([false, true]);
  });

  test("an error reaches the caller, and the keys can be loaded anew", async () => {
    await expect(cache.getOrSetMany(["a"], () => Promise.reject(new Error("origin")))).rejects.toThrow("origin");
    expect(await cache.getOrSet("a", () => 1)).toBe(1);
  });

  test("its load is aborted when nobody waits for any of its keys any more", async () => {
    const [all, one] = [new AbortController(), new AbortController()];
    let seen: { readonly aborted: boolean } | undefined;
    const load = manual();
    const many = cache.getOrSetMany(
      ["a", "b"],
      async (_, { signal }) => {
        seen = signal;
        return [await load.loader("a", { signal }), 2];
      },
      { signal: all.signal },
    );
    const single = cache.getOrSet("a", () => 7, { signal: one.signal });
    await load.started;
    all.abort(new Error("gone"));
    await expect(many).rejects.toThrow("gone");
    expect(seen?.aborted).toBe(false);
    one.abort(new Error("gone too"));
    await expect(single).rejects.toThrow("gone too");
    expect(seen?.aborted).toBe(true);
  });

  test("an outage costs the cache, not the caller", async () => {
    backend.fail("getMany", "setManyIfAbsent");
    const hits = await cache.getOrSetMany(["a", "b"], (keys) => keys.map(() => 2));
    expect([...hits.values()]).toEqual([2, 2]);
  });
});

describe("the write-back of getOrSetMany", () => {
  const load = (keys: readonly string[]): number[] => keys.map((key) => key.length);

  test("is one call of the backend", async () => {
    await cache.getOrSetMany(["a", "bb", "ccc"], load);
    expect(backend.calls).toEqual(["getMany", "setManyIfAbsent"]);
    expect(await cache.ttl("bb")).toBe(60_000);
  });

  test("is one for each lifetime", async () => {
    const ttl = (value: number): { ms: number } => ({ ms: value * 1000 });
    await cache.getOrSetMany(["a", "b", "cc", "dd", "eee"], load, { ttl });
    expect(backend.calls).toEqual(["getMany", "setManyIfAbsent", "setManyIfAbsent", "set"]);
    expect([await cache.ttl("b"), await cache.ttl("dd"), await cache.ttl("eee")]).toEqual([1000, 2000, 3000]);
  });

  test("is one of its own for entries that could not be read, and those alone are replaced", async () => {
    await backend.memory.setMany(
      [
        ["a", "{"],
        ["b", "{"],
      ],
      undefined,
    );
    const gate = backend.hold("setManyIfAbsent");
    const loading = cache.getOrSetMany(["a", "b", "c", "d"], load);
    await expect.poll(() => backend.calls).toContain("setManyIfAbsent");
    await backend.memory.set("c", "100", {});
    gate();
    await loading;
    expect([...(await cache.getMany(["a", "b", "c", "d"])).values()]).toEqual([1, 1, 100, 1]);
  });

  test("stores call by call where the backend has no such call", async () => {
    const plain = new ControlledBackend();
    Object.assign(plain, { setManyIfAbsent: undefined });
    const other = new Cache<string, number>({ backend: plain, serializer: json(), ttl: "1m" });
    await other.getOrSetMany(["a", "b"], load);
    expect(plain.calls).toEqual(["getMany", "set", "set"]);
    expect([...(await other.getMany(["a", "b"])).values()]).toEqual([1, 1]);
  });

  test("leaves out what cannot be stored, and what the callers do not want stored", async () => {
    const anything = new Cache<string, unknown>({ backend, serializer: json() });
    const hits = await anything.getOrSetMany(["a", "b", "c", "d"], () => [1, 1n, 3, 4], {
      storeIf: (value) => value !== 3,
    });
    expect([...hits.values()]).toEqual([1, 1n, 3, 4]);
    expect([...(await anything.getMany(["a", "b", "c", "d"])).keys()]).toEqual(["a", "d"]);
  });
});

describe("an outage", () => {
  test("makes reads misses and writes reject", async () => {
    backend.fail("get", "getMany", "has", "ttl", "set", "delete", "clear", "take", "expireIn", "setMany", "deleteMany");
    expect([await cache.get("a", 0), await cache.has("a"), await cache.ttl("a")]).toEqual([0, false, undefined]);
    expect((await cache.getMany(["a"])).size).toBe(0);
    await expect(cache.getOrThrow("a")).rejects.toMatchObject({
      code: "MISS",
      cause: expect.objectContaining({ message: "The server is dead." }),
    });
    for (const write of [
      cache.set("a", 1),
      cache.setMany([["a", 1]]),
      cache.delete("a"),
      cache.deleteMany(["a"]),
      cache.take("a"),
      cache.touch("a"),
      cache.clear(),
    ]) {
      await expect(write).rejects.toMatchObject({ code: "UNAVAILABLE" });
    }
  });

  test("is told once, and again only after the backend has answered", async () => {
    const states: string[] = [];
    const stop = onCacheEvent("outage", ({ state }) => states.push(state));
    backend.fail("get");
    await cache.get("a");
    await cache.get("a");
    backend.heal();
    await cache.get("a");
    backend.fail("get");
    await cache.get("a");
    await cache.getMany(["a"]);
    backend.fail("get", "getMany");
    await cache.get("a");
    stop();
    expect(states).toEqual(["down", "up", "down", "up", "down"]);
  });

  describe("is said in a warning", () => {
    const first = "The cache backend the-one does not answer, reads are misses until it does.";
    const warnings: string[] = [];
    const listen = ({ message }: Error): void => {
      if (message.includes("the-one")) warnings.push(message);
    };
    let nowMs = 0;

    beforeEach(() => {
      Object.assign(backend, { name: "the-one" });
      warnings.length = 0;
      nowMs = 1_000_000;
      vi.spyOn(performance, "now").mockImplementation(() => nowMs);
      process.on("warning", listen);
    });
    afterEach(() => {
      process.off("warning", listen);
      vi.restoreAllMocks();
    });

    async function fail(): Promise<void> {
      backend.fail("get");
      await cache.get("a");
    }

    async function comeAndGo(times: number): Promise<void> {
      for (let count = 0; count < times; count++) {
        await fail();
        backend.heal();
        await cache.get("a");
      }
    }

    async function said(): Promise<readonly string[]> {
      // Warnings wait as long, and began to do so before; each is told of in a turn of its own.
      await new Promise<void>((resolve) => timers.setTimeout(resolve, 100));
      await new Promise<void>((resolve) => timers.setImmediate(resolve));
      return warnings;
    }

    test("at once, and of a backend that comes and goes again after 10 s, with how often it was", async () => {
      await comeAndGo(5);
      expect(await said()).toEqual([`${first} The server is dead.`]);
      nowMs += 9_999;
      await comeAndGo(1);
      nowMs += 1;
      await comeAndGo(1);
      expect(await said()).toEqual([
        `${first} The server is dead.`,
        `${first} That was so 6 times since it was said last. The server is dead.`,
      ]);
    });

    test("where it began soon after another one and lasts", async () => {
      await comeAndGo(1);
      await fail();
      nowMs += 10_000;
      expect(await said()).toHaveLength(1);
      await fail();
      await fail();
      expect(await said()).toEqual([`${first} The server is dead.`, `${first} The server is dead.`]);
    });

    test("once while it lasts, however long", async () => {
      await fail();
      nowMs += 20_000;
      await fail();
      expect(await said()).toHaveLength(1);
    });
  });

  test("is said only once nobody waits for the backend any more: to say it holds up the event loop", async () => {
    let toldAtMs = 0;
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {
      toldAtMs = performance.now();
    });
    try {
      backend.fail("get");
      const failedAtMs = performance.now();
      await cache.get("a");
      await expect.poll(() => toldAtMs).toBeGreaterThan(0);
      // By then a server that does not answer is left alone. A timer may be a millisecond early.
      expect(toldAtMs - failedAtMs).toBeGreaterThanOrEqual(99);
    } finally {
      warn.mockRestore();
    }
  });

  test("of writes alone is told and said too, and again only after something was stored", async () => {
    Object.assign(backend, { name: "the-full-one" });
    const states: string[] = [];
    const stop = onCacheEvent("outage", ({ state }) => states.push(state));
    const warnings: string[] = [];
    const listen = ({ message }: Error): void => {
      if (message.includes("the-full-one")) warnings.push(message);
    };
    process.on("warning", listen);
    backend.fail("set");
    expect([await cache.getOrSet("a", () => 1), await cache.getOrSet("b", () => 2)]).toEqual([1, 2]);
    backend.heal();
    await cache.getOrSet("a", () => 1);
    backend.fail("set");
    await cache.getOrSet("b", () => 2);
    await expect.poll(() => warnings).toHaveLength(1);
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", listen);
    stop();
    expect(states).toEqual(["refusing", "up", "refusing"]);
    expect(warnings).toEqual([
      "The cache backend the-full-one does not store, what is loaded is not kept until it does. The server is dead.",
    ]);
  });
});
