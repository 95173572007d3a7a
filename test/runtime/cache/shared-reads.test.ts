import { Cache, json, type Kind, RedisBackend } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { beforeEach, describe, expect, test } from "vitest";
import { told } from "../../support/told.ts";

/** As Redis, where reads of one turn are one request. */
class GatheringBackend extends ControlledBackend {
  readonly gathersReads = true;
  #read: (() => void) | undefined;
  #isToAnswer: Promise<void> | undefined;

  override async get(key: string, as: Kind): Promise<unknown> {
    const stored = await super.get(key, as);
    this.#read?.();
    await this.#isToAnswer;
    return stored;
  }

  /** Begins a call of which the first read has been done, and lets it go on when what this gives is called. */
  async answerLate<T>(call: () => Promise<T>): Promise<() => Promise<T>> {
    let answer = (): void => {};
    this.#isToAnswer = new Promise((resolve) => {
      answer = resolve;
    });
    const hasRead = new Promise<void>((resolve) => {
      this.#read = resolve;
    });
    const called = call();
    await hasRead;
    this.#isToAnswer = undefined;
    return () => {
      answer();
      return called;
    };
  }
}

let backend: GatheringBackend;
let cache: Cache<string, string>;

beforeEach(() => {
  backend = new GatheringBackend();
  cache = new Cache<string, string>({ name: "texts", backend, serializer: json(), ttl: "1m" });
});

const notAHit = (): never => {
  throw new Error("The loader was called.");
};

/** How many of the calls that `run` makes ask the backend for an entry. */
async function readsOf(run: () => Promise<unknown>): Promise<number> {
  const before = backend.calls.filter((call) => call === "get").length;
  await run();
  return backend.calls.filter((call) => call === "get").length - before;
}

async function ofManyKeys(count: number, value = "v"): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    await cache.set(`many ${index}`, value);
    expect(await cache.getOrSet(`many ${index}`, notAHit)).toBe(value);
  }
}

async function ofOneKey(count: number): Promise<void> {
  const found = await Promise.all(Array.from({ length: count }, () => cache.getOrSet("hot", notAHit)));
  expect(new Set(found)).toEqual(new Set(["value"]));
}

test("where each read is a request of its own, callers of a key share it always", async () => {
  const alone = new ControlledBackend();
  const other = new Cache<string, string>({ backend: alone, serializer: json(), ttl: "1m" });
  for (let index = 0; index < 200; index += 1) await other.getOrSet(`many ${index}`, () => "v");
  await other.set("hot", "value");
  alone.calls.length = 0;
  await Promise.all(Array.from({ length: 20 }, () => other.getOrSet("hot", notAHit)));
  expect(alone.calls).toEqual(["get"]);
});

test("Redis reads in one request, unless it is told not to", () => {
  expect(RedisBackend.fromUrl("redis://localhost").gathersReads).toBe(true);
  expect(RedisBackend.fromUrl("redis://localhost?coalesce-reads=false").gathersReads).toBe(false);
});

describe("where small entries are read in one request,", () => {
  test("callers of a key share a read at first, and no longer where few would", async () => {
    await cache.set("hot", "value");
    expect(await readsOf(() => ofOneKey(20))).toBe(1);
    await ofManyKeys(200);
    expect(await readsOf(() => ofOneKey(20))).toBe(20);
  });

  test("a key for which many ask is soon shared again", async () => {
    await cache.set("hot", "value");
    await ofManyKeys(200);
    await ofOneKey(1500);
    expect(await readsOf(() => ofOneKey(500))).toBe(1);
  });

  test("large entries are shared from the first time that one has come", async () => {
    await ofManyKeys(200);
    await cache.set("large", "x".repeat(100_000));
    await cache.getOrSet("large", notAHit);
    const callers = (): Promise<unknown> => Promise.all([1, 2, 3].map(() => cache.getOrSet("large", notAHit)));
    expect(await readsOf(callers)).toBe(1);
  });

  describe("callers who do not share a read", () => {
    beforeEach(() => ofManyKeys(200));

    test("share the load of what is missing", async () => {
      let loads = 0;
      const load = (): string => {
        loads += 1;
        return "loaded";
      };
      const found = await Promise.all(Array.from({ length: 100 }, () => cache.getOrSet("a", load)));
      expect(new Set(found)).toEqual(new Set(["loaded"]));
      expect(loads).toBe(1);
    });

    test("share it where the backend does not answer", async () => {
      backend.fail("get", "set");
      let loads = 0;
      const load = (): string => `loaded ${++loads}`;
      expect(await Promise.all([1, 2, 3].map(() => cache.getOrSet("a", load)))).toEqual(Array(3).fill("loaded 1"));
    });

    test("share its failure", async () => {
      let loads = 0;
      const load = async (): Promise<string> => {
        loads += 1;
        throw new Error("origin");
      };
      const ends = await Promise.allSettled([1, 2, 3].map(() => cache.getOrSet("a", load)));
      expect(ends.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
      expect(loads).toBe(1);
    });

    test("wait for a refresh that is under way", async () => {
      await cache.set("a", "old");
      let finish = (_value: string): void => {};
      const refreshed = cache.refresh("a", () => new Promise<string>((resolve) => (finish = resolve)));
      const read = cache.getOrSet("a", notAHit);
      await Promise.resolve();
      finish("new");
      expect(await Promise.all([refreshed, read])).toEqual(["new", "new"]);
    });

    test("begin another load where one is past its deadline, and that does not store", async () => {
      const hasty = new Cache<string, string>({
        backend,
        serializer: json(),
        ttl: "1m",
        singleFlight: { deadline: "1ms" },
      });
      for (let index = 0; index < 200; index += 1) expect(await hasty.getOrSet(`many ${index}`, notAHit)).toBe("v");
      let finish = (_value: string): void => {};
      const started = new Promise<void>((begin) => {
        void hasty.getOrSet("a", () => {
          begin();
          return new Promise<string>((resolve) => (finish = resolve));
        });
      });
      await started;
      const endMs = performance.now() + 2;
      while (performance.now() < endMs);
      expect(await hasty.getOrSet("a", () => "second")).toBe("second");
      await hasty.delete("a");
      finish("first");
      await hasty.drain();
      expect(await hasty.get("a")).toBeUndefined();
    });

    test("answer with what is set while they read, without a load", async () => {
      const answer = await backend.answerLate(() => cache.getOrSet("a", notAHit));
      await cache.set("a", "set");
      expect(await answer()).toBe("set");
    });

    test.each([
      ["a delete", () => cache.delete("a")],
      ["a clear", () => cache.clear()],
    ])("read once more after %s meanwhile", async (_, change) => {
      const reads = await readsOf(async () => {
        const answer = await backend.answerLate(() => cache.getOrSet("a", () => "loaded"));
        await change();
        expect(await answer()).toBe("loaded");
      });
      expect(reads).toBe(2);
      expect(await cache.get("a")).toBe("loaded");
    });

    test("do not mind what is changed of other keys, of which there are not many", async () => {
      const reads = await readsOf(async () => {
        const answer = await backend.answerLate(() => cache.getOrSet("a", () => "loaded"));
        for (let index = 0; index < 20; index += 1) await cache.set(`other ${index}`, "set");
        expect(await answer()).toBe("loaded");
      });
      expect(reads).toBe(1);
    });

    test("tell of hits and misses, each of its own", async () => {
      await cache.set("hot", "value");
      const events = told("hit", "miss", "load");
      await ofOneKey(2);
      await cache.getOrSet("cold", () => "v");
      expect(events).toMatchObject([
        { operation: "getOrSet", isStale: false },
        { operation: "getOrSet", isStale: false },
        { operation: "getOrSet", reason: "absent" },
        { operation: "getOrSet", keyCount: 1 },
      ]);
    });

    test("read each key once, however many are missing", async () => {
      const keys = Array.from({ length: 500 }, (_, index) => `cold ${index}`);
      expect(await readsOf(() => Promise.all(keys.map((key) => cache.getOrSet(key, () => "v"))))).toBe(500);
    });

    test("ask a backend that does not answer once, also for what is changed meanwhile", async () => {
      backend.fail("get", "set", "delete");
      const keys = Array.from({ length: 100 }, (_, index) => `out ${index}`);
      const reads = await readsOf(async () => {
        const loaded = Promise.all(keys.map((key) => cache.getOrSet(key, () => "v")));
        await expect(cache.delete("out 7")).rejects.toThrow();
        expect(new Set(await loaded)).toEqual(new Set(["v"]));
      });
      expect(reads).toBe(100);
    });

    test("are joined by a loader that asks for the key it loads", async () => {
      const inner: Promise<string>[] = [];
      const load = (): string => {
        inner.push(cache.getOrSet("a", notAHit));
        return "loaded";
      };
      expect(await cache.getOrSet("a", load)).toBe("loaded");
      expect(await Promise.all(inner)).toEqual(["loaded"]);
    });
  });
});
