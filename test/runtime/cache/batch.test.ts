import { type Batch, Cache, json } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

let backend: ControlledBackend;
let cache: Cache<string, number>;
/** The keys of each call of the loader. */
let asked: string[][];

beforeEach(() => {
  backend = new ControlledBackend({ now: () => 1_000_000 });
  cache = new Cache<string, number>({ name: "numbers", backend, serializer: json(), ttl: "1m" });
  asked = [];
});

afterEach(() => {
  vi.useRealTimers();
});

const keysTo = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index}`);

/** A loader of numbers from their text, which notes what it was asked. */
function numbers(keys: string[]): number[] {
  asked.push(keys);
  return keys.map(Number);
}

/** The turn of the event loop that follows. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What became of each promise. */
async function outcomes(calls: readonly Promise<unknown>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(calls);
  return settled.map((one) => (one.status === "fulfilled" ? one.value : (one.reason as Error).message));
}

describe("the calls of one turn", () => {
  test("100 of them are one read, one load and one write", async () => {
    const batch = cache.batch(numbers);
    const keys = keysTo(100);
    expect(await Promise.all(keys.map((key) => batch.get(key)))).toEqual(keys.map(Number));
    expect(asked).toEqual([keys]);
    expect(backend.calls).toEqual(["getMany", "setManyIfAbsent"]);
    expect(await cache.ttl("7")).toBe(60_000);
    expect(await Promise.all(keys.map((key) => batch.get(key)))).toEqual(keys.map(Number));
    expect(asked).toHaveLength(1);
  });

  test("are those of its promise chains, however long these are", async () => {
    const batch = cache.batch(numbers);
    const later = async (steps: number): Promise<number | undefined> => {
      for (let step = 0; step < steps; step += 1) await undefined;
      return batch.get(`${steps}`);
    };
    const ticked = new Promise<number | undefined>((resolve) => process.nextTick(() => resolve(batch.get("7"))));
    expect(await Promise.all([later(0), later(1), later(50), ticked])).toEqual([0, 1, 50, 7]);
    expect(asked).toEqual([["0", "1", "50", "7"]]);
  });

  test("are no others: the next turn is a batch of its own", async () => {
    const batch = cache.batch(numbers);
    const first = batch.get("1");
    await nextTurn();
    const second = batch.get("2");
    expect(await Promise.all([first, second])).toEqual([1, 2]);
    expect(asked).toEqual([["1"], ["2"]]);
  });

  test("of one key are one, with one answer for all", async () => {
    const batch = cache.batch(numbers);
    expect(await Promise.all(["1", "2", "1", "1"].map((key) => batch.get(key)))).toEqual([1, 2, 1, 1]);
    expect(asked).toEqual([["1", "2"]]);
  });

  test("end it though the clock of a test stands still", async () => {
    vi.useFakeTimers();
    expect(await cache.batch(numbers).get("5")).toBe(5);
  });

  test("have their keys made at once, whatever becomes of the item", async () => {
    const batch = cache.batch((items: { id: string }[]) => items.map(() => 1), { keyOf: ({ id }) => id });
    const item = { id: "a" };
    const call = batch.get(item);
    item.id = "b";
    await call;
    expect([await cache.get("a"), await cache.get("b")]).toEqual([1, undefined]);
  });
});

describe("a hit", () => {
  test("is answered while the misses beside it are being loaded", async () => {
    await cache.set("1", 100);
    let finish = (_: number[]): void => {};
    const batch = cache.batch(() => new Promise<number[]>((resolve) => (finish = resolve)));
    const [hit, miss] = [batch.get("1"), batch.get("2")];
    expect(await hit).toBe(100);
    finish([2]);
    expect(await miss).toBe(2);
  });

  test("asks nothing of the loader", async () => {
    await cache.setMany([
      ["1", 100],
      ["2", 200],
    ]);
    const batch = cache.batch(numbers);
    expect(await Promise.all([batch.get("1"), batch.get("2"), batch.get("3")])).toEqual([100, 200, 3]);
    expect(asked).toEqual([["3"]]);
  });
});

describe("an answer", () => {
  test.each<[string, (keys: string[]) => unknown]>([
    ["an aligned array", (keys) => keys.map(Number)],
    ["pairs in any order", (keys) => keys.map((key) => [key, Number(key)]).reverse()],
    ["a map", (keys) => new Map(keys.map((key) => [key, Number(key)]))],
    ["a promise of a map", async (keys) => new Map(keys.map((key) => [key, Number(key)]))],
  ])("may be %s", async (_, answer) => {
    const batch = cache.batch((keys) => answer(keys) as number[]);
    expect(await Promise.all([batch.get("1"), batch.get("2")])).toEqual([1, 2]);
  });

  test("that leaves a key out, or has undefined for it, is undefined, and is not stored", async () => {
    const holes = cache.batch((keys) => keys.map((key) => (key === "1" ? undefined : Number(key))));
    expect(await Promise.all([holes.get("1"), holes.get("2")])).toEqual([undefined, 2]);
    const map = cache.batch(() => new Map([["4", 4]]));
    expect(await Promise.all([map.get("3"), map.get("4")])).toEqual([undefined, 4]);
    expect([...(await cache.getMany(["1", "2", "3", "4"])).keys()]).toEqual(["2", "4"]);
  });

  test("with an Error for a key rejects that key alone, and the others are stored", async () => {
    const batch = cache.batch((keys) => keys.map((key) => (key === "2" ? new Error("no 2") : Number(key))));
    const calls = ["1", "2", "3", "2"].map((key) => batch.get(key));
    expect(await outcomes(calls)).toEqual([1, "no 2", 3, "no 2"]);
    expect([...(await cache.getMany(["1", "2", "3"])).keys()]).toEqual(["1", "3"]);
  });

  test("that is thrown rejects all that were asked for, and nothing else; the keys can be loaded anew", async () => {
    await cache.set("1", 100);
    let isDown = true;
    const batch = cache.batch((keys) => {
      if (isDown) throw new Error("down");
      return numbers(keys);
    });
    expect(await outcomes(["1", "2", "3"].map((key) => batch.get(key)))).toEqual([100, "down", "down"]);
    isDown = false;
    expect(await batch.get("2")).toBe(2);
  });

  test.each<[unknown, string]>([
    [[1], "asked for 2 values and answered with an array of 1"],
    [undefined, "answers with a Map, with pairs, or with an array"],
    [{ 1: 1, 2: 2 }, "answers with a Map, with pairs, or with an array"],
  ])("that is none, as %j, says what one is", async (answer, message) => {
    const batch = cache.batch(() => answer as number[]);
    for (const outcome of await outcomes([batch.get("1"), batch.get("2")])) expect(outcome).toContain(message);
  });
});

describe("maxBatch", () => {
  test("is the most that one call of the loader is given; the read is one all the same", async () => {
    const batch = cache.batch(numbers, { maxBatch: 40 });
    const keys = keysTo(100);
    expect(await Promise.all(keys.map((key) => batch.get(key)))).toEqual(keys.map(Number));
    expect(asked.map(({ length }) => length)).toEqual([40, 40, 20]);
    expect(backend.calls.filter((call) => call === "getMany")).toHaveLength(1);
  });

  test("makes calls of which each fails alone", async () => {
    const batch = cache.batch(
      (keys) => {
        if (keys.includes("1")) throw new Error("down");
        return numbers(keys);
      },
      { maxBatch: 2 },
    );
    expect(await outcomes(keysTo(4).map((key) => batch.get(key)))).toEqual(["down", "down", 2, 3]);
  });

  test.each([0, -1, 1.5, Number.NaN, "3"])("cannot be %j", (maxBatch) => {
    expect(() => cache.batch(numbers, { maxBatch: maxBatch as number })).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION" }),
    );
  });
});

describe("loads", () => {
  test("are shared with getOrSet and getOrSetMany, whoever comes first", async () => {
    const batch = cache.batch(numbers);
    const never = (): never => expect.unreachable("it is being loaded");
    const single = cache.getOrSet("1", () => 100);
    const many = cache.getOrSetMany(["2"], () => [200]);
    const batched = [batch.get("1"), batch.get("2"), batch.get("3")];
    expect([await single, (await many).get("2"), ...(await Promise.all(batched))]).toEqual([100, 200, 100, 200, 3]);
    expect(asked).toEqual([["3"]]);

    let finish = (_: number[]): void => {};
    let start = (): void => {};
    const started = new Promise<void>((resolve) => (start = resolve));
    const slow = cache.batch(() => {
      start();
      return new Promise<number[]>((resolve) => (finish = resolve));
    });
    const first = slow.get("9");
    await started;
    const others = [cache.getOrSet("9", never), batch.get("9")];
    finish([9]);
    expect(await Promise.all([first, ...others])).toEqual([9, 9, 9]);
  });

  test.each<[string, () => Promise<unknown>]>([
    ["set", () => cache.set("1", 100)],
    ["delete", () => cache.delete("1")],
    ["clear", () => cache.clear()],
  ])("of a key that a %s overtakes are answered and not stored, and the others are", async (name, change) => {
    let finish = (_: number[]): void => {};
    let start = (): void => {};
    const started = new Promise<void>((resolve) => (start = resolve));
    const batch = cache.batch(() => {
      start();
      return new Promise<number[]>((resolve) => (finish = resolve));
    });
    const calls = [batch.get("1"), batch.get("2")];
    await started;
    await change();
    finish([1, 2]);
    expect(await Promise.all(calls)).toEqual([1, 2]);
    const left = name === "set" ? 100 : undefined;
    expect([await cache.get("1"), await cache.get("2")]).toEqual([left, name === "clear" ? undefined : 2]);
  });

  test("leave alone what another process stored meanwhile, unless ifNotExists is false", async () => {
    for (const ifNotExists of [true, false]) {
      const batch = cache.batch(
        async (keys) => {
          await backend.memory.set("1", "100", {});
          return keys.map(Number);
        },
        { ifNotExists },
      );
      await Promise.all([batch.get("1"), batch.get("2")]);
      expect(await cache.get("1")).toBe(ifNotExists ? 100 : 1);
      await cache.clear();
    }
  });

  test("tell ttl and storeIf the value and the item", async () => {
    const batch = cache.batch(numbers, {
      ttl: (value, key) => ({ ms: 1000 * (value + key.length) }),
      storeIf: (value, key) => value !== 2 && key !== "3",
    });
    expect(await Promise.all(["1", "2", "3", "20"].map((key) => batch.get(key)))).toEqual([1, 2, 3, 20]);
    expect(await Promise.all(["1", "2", "3", "20"].map((key) => cache.ttl(key)))).toEqual([
      2000,
      undefined,
      undefined,
      22_000,
    ]);
  });

  test("are refused at once for a ttl that is wrong", () => {
    expect(() => cache.batch(numbers, { ttl: 5 as never })).toThrow(
      expect.objectContaining({ code: "INVALID_DURATION" }),
    );
  });
});

describe("a change in the turn of the calls", () => {
  test("parts the callers of a key, and all of them get what is loaded after it", async () => {
    await cache.set("1", 100);
    const batch = cache.batch(numbers);
    const calls = [batch.get("1"), cache.delete("1"), batch.get("1"), batch.get("2")];
    expect(await Promise.all(calls)).toEqual([1, true, 1, 2]);
    expect(asked).toEqual([["1", "2"]]);
  });

  test("is what a read gives, and a refresh loads all the same", async () => {
    const batch = cache.batch(numbers);
    const calls = [batch.refresh("1"), cache.set("1", 100), batch.get("1")];
    expect(await Promise.all(calls)).toEqual([1, true, 100]);
    expect(asked).toEqual([["1"]]);
    expect(await cache.get("1")).toBe(100);
  });

  test("that is a refresh which fails leaves a read what is stored", async () => {
    await cache.set("1", 100);
    const broken = cache.batch((keys: readonly string[]) => keys.map(() => new Error("origin")));
    const [read, refreshed] = await Promise.allSettled([broken.get("1"), broken.refresh("1")]);
    expect(read).toEqual({ status: "fulfilled", value: 100 });
    expect(refreshed).toMatchObject({ status: "rejected", reason: { message: "origin" } });
  });

  test("between two refreshes leaves one load, that of the later", async () => {
    const batch = cache.batch(numbers);
    const calls = [batch.refresh("1"), cache.delete("1"), batch.refresh("1")];
    expect(await Promise.all(calls)).toEqual([1, false, 1]);
    expect(asked).toEqual([["1"]]);
  });
});

describe("refresh", () => {
  test("of many in one turn is one load and one write, whatever is stored", async () => {
    await cache.set("1", 100);
    const batch = cache.batch(numbers);
    backend.calls.length = 0;
    expect(await Promise.all(["1", "2", "1"].map((key) => batch.refresh(key)))).toEqual([1, 2, 1]);
    expect(asked).toEqual([["1", "2"]]);
    expect(backend.calls).toEqual(["setMany"]);
    expect([...(await cache.getMany(["1", "2"])).values()]).toEqual([1, 2]);
  });

  test("in the same turn as a read is what the read gives", async () => {
    await cache.set("1", 100);
    const batch = cache.batch(numbers);
    expect(await Promise.all([batch.get("1"), batch.refresh("1"), batch.get("2")])).toEqual([1, 1, 2]);
    expect(asked).toEqual([["1"], ["2"]]);
  });

  test("leaves alone what is stored where there is nothing, and fails for its own key", async () => {
    await cache.set("1", 100);
    const batch = cache.batch((keys) => keys.map((key) => (key === "2" ? new Error("no 2") : undefined)));
    expect(await outcomes([batch.refresh("1"), batch.refresh("2")])).toEqual([undefined, "no 2"]);
    expect(await cache.get("1")).toBe(100);
  });

  test("rejects where the value cannot be stored, for its callers asked for that", async () => {
    const anything = new Cache<string, unknown>({ backend, serializer: json() });
    const batch = anything.batch((keys) => keys.map((key) => (key === "1" ? 1n : key)));
    const calls = ["1", "2", "3"].map((key) => batch.refresh(key));
    expect(await outcomes(calls)).toEqual([expect.stringContaining("json cannot carry this value"), "2", "3"]);
    backend.fail("setMany");
    const [one, other] = await Promise.allSettled([batch.refresh("2"), batch.refresh("3")]);
    expect([one, other]).toMatchObject([{ reason: { code: "UNAVAILABLE" } }, { reason: { code: "UNAVAILABLE" } }]);
  });

  test("that cannot store does not reject for who only reads", async () => {
    backend.fail("setMany");
    const batch = cache.batch(numbers);
    const refreshed = [batch.refresh("1"), batch.refresh("2")];
    const read = batch.get("1");
    expect(await outcomes([...refreshed, read])).toEqual(["The server is dead.", "The server is dead.", 1]);
  });

  test("that a delete overtakes does not store", async () => {
    const batch = cache.batch(async (keys) => {
      await cache.delete("1");
      return keys.map(Number);
    });
    expect(await Promise.all([batch.refresh("1"), batch.refresh("2"), batch.refresh("3")])).toEqual([1, 2, 3]);
    expect([...(await cache.getMany(["1", "2", "3"])).keys()]).toEqual(["2", "3"]);
  });
});

describe("a caller", () => {
  test("whose key is none is rejected, and the others are not", async () => {
    const typed = new Cache<{ readonly id: unknown }, number>({
      backend,
      serializer: json(),
      keyText: ({ id }) => {
        if (typeof id !== "number") throw new TypeError("no id");
        return `${id}`;
      },
    });
    const batch = typed.batch((keys) => keys.map(({ id }) => Number(id)));
    expect(await outcomes([batch.get({ id: 1 }), batch.get({ id: "x" }), batch.get({ id: 2 })])).toEqual([
      1,
      "no id",
      2,
    ]);
  });

  test("that has given up before the turn ends is not loaded for", async () => {
    const batch = cache.batch(numbers);
    const controller = new AbortController();
    const calls = [batch.get("1", { signal: controller.signal }), batch.get("2")];
    controller.abort(new Error("gone"));
    expect(await outcomes(calls)).toEqual(["gone", 2]);
    expect(asked).toEqual([["2"]]);
    expect(await outcomes([batch.get("3", { signal: controller.signal })])).toEqual(["gone"]);
  });

  test("may give up later; the load is aborted when all have gone", async () => {
    const [one, two] = [new AbortController(), new AbortController()];
    let seen: { readonly aborted: boolean } | undefined;
    let start = (): void => {};
    const started = new Promise<void>((resolve) => (start = resolve));
    const batch: Batch<string, number> = cache.batch((_, { signal }) => {
      seen = signal;
      start();
      return new Promise<number[]>(() => {});
    });
    const calls = [batch.get("1", { signal: one.signal }), batch.get("2", { signal: two.signal })];
    for (const call of calls) call.catch(() => {});
    await started;
    one.abort(new Error("gone"));
    await expect(calls[0]).rejects.toThrow("gone");
    expect(seen?.aborted).toBe(false);
    two.abort(new Error("gone too"));
    await expect(calls[1]).rejects.toThrow("gone too");
    expect(seen?.aborted).toBe(true);
  });
});

describe("an outage", () => {
  test("costs the cache, not the callers: still one load for all", async () => {
    backend.fail("getMany", "setManyIfAbsent");
    const batch = cache.batch(numbers);
    expect(await Promise.all(["1", "2", "3"].map((key) => batch.get(key)))).toEqual([1, 2, 3]);
    expect(asked).toEqual([["1", "2", "3"]]);
  });

  test("of the read is not waited for a second time", async () => {
    backend.fail("getMany");
    const release = backend.hold("setManyIfAbsent");
    const batch = cache.batch(numbers);
    expect(await Promise.all([batch.get("1"), batch.get("2")])).toEqual([1, 2]);
    release();
  });

  test("of the loader for some keys is theirs alone, also without the cache", async () => {
    backend.fail("getMany", "setManyIfAbsent");
    const batch = cache.batch((keys) => keys.map((key) => (key === "2" ? new Error("no 2") : Number(key))));
    expect(await outcomes(["1", "2", "3"].map((key) => batch.get(key)))).toEqual([1, "no 2", 3]);
  });

  test("rejects where the backend is wrongly declared: that is no outage", async () => {
    const wrong = new Cache<string, number>({
      backend: () => {
        throw new Error("wrongly declared");
      },
      serializer: json(),
    });
    const batch = wrong.batch(numbers);
    expect(await outcomes([batch.get("1"), batch.refresh("2")])).toEqual(["wrongly declared", "wrongly declared"]);
  });
});
