import { setImmediate as nextTurn } from "node:timers/promises";
import { Cache, type Change, cached, json, LayeredBackend, MemoryBackend, type Ttl } from "@cachetory/runtime";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ToldBackend } from "./told-backend.ts";

type Numbers = Cache<string, number>;

/** Two caches in one process would share what is near; the far entries of this one are changed behind its back. */
function open(ttl?: Ttl): { readonly cache: Numbers; readonly far: ToldBackend; readonly near: MemoryBackend } {
  const [far, near] = [new ToldBackend(), new MemoryBackend()];
  const cache = new Cache<string, number>({
    backend: new LayeredBackend({ near, far, ttl }),
    serializer: json(),
    prefix: "t:",
  });
  return { cache, far, near };
}

async function openWithEntry(): Promise<ReturnType<typeof open>> {
  const opened = open();
  await opened.cache.ready();
  opened.far.open();
  await opened.far.memory.set("t:a", "1", {});
  return opened;
}

async function openHolding(): Promise<ReturnType<typeof open>> {
  const opened = await openWithEntry();
  await opened.cache.get("a");
  expect(opened.cache.peek("a")).toBe(1);
  return opened;
}

const ofKey: Change = { kind: "keys", keys: ["t:a"] };

describe("a read whose answer is overtaken", () => {
  test.each<[string, (far: ToldBackend) => void]>([
    ["news of its key", (far) => far.tell(ofKey)],
    ["news of all keys that begin so", (far) => far.tell({ kind: "head", head: "t:" })],
    ["a flush", (far) => far.tell({ kind: "all" })],
    ["a gap", (far) => [far.breakOff(), far.open()]],
  ])("by %s is answered and not kept", async (_, overtake) => {
    const { cache, far } = await openWithEntry();
    const answer = far.holdAnswers();
    const reads = [cache.get("a"), cache.getMany(["a", "b"])] as const;
    await far.memory.set("t:a", "2", {});
    overtake(far);
    answer();
    expect(await reads[0]).toBe(1);
    expect((await reads[1]).get("a")).toBe(1);
    expect(cache.peek("a")).toBeUndefined();
    expect(await cache.get("a")).toBe(2);
    expect(cache.peek("a")).toBe(2);
  });

  test("by news of another key is kept", async () => {
    const { cache, far } = await openWithEntry();
    const answer = far.holdAnswers();
    const read = cache.get("a");
    far.tell({ kind: "keys", keys: ["t:b"] });
    answer();
    await read;
    expect(cache.peek("a")).toBe(1);
  });

  test("leaves one that begins after the news alone", async () => {
    const { cache, far } = await openWithEntry();
    const answer = far.holdAnswers();
    const before = cache.get("a");
    await far.memory.set("t:a", "2", {});
    far.tell(ofKey);
    const after = cache.get("a");
    answer();
    expect([await before, await after]).toEqual([1, 2]);
    expect(cache.peek("a")).toBe(2);
  });
});

describe("a read that takes long", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  const reads: readonly (readonly [string, (cache: Numbers) => Promise<unknown>])[] = [
    ["one key", (cache) => cache.get("a")],
    ["several keys", (cache) => cache.getMany(["a", "b"])],
  ];
  const lives: readonly (readonly [string, Ttl, number | undefined])[] = [
    ["the ttl of the near layer", { ms: 100 }, undefined],
    ["what is left of its entry", "1m", 100],
  ];
  describe.each(reads)("of %s", (_, read) => {
    /** It is read at once, and answered after so long. */
    const readFor = async (ms: number, ttl: Ttl, lifeMs: number | undefined): Promise<ReturnType<typeof open>> => {
      vi.useFakeTimers({ toFake: ["Date", "performance"] });
      const opened = open(ttl);
      const { cache, far } = opened;
      await cache.ready();
      far.open();
      await far.memory.set("t:a", "1", { ttlMs: lifeMs });
      const answer = far.holdAnswers();
      const answered = read(cache);
      await nextTurn();
      vi.advanceTimersByTime(ms);
      answer();
      await answered;
      return opened;
    };

    test.each(lives)("is kept for %s from when it began", async (_of, ttl, lifeMs) => {
      const { cache } = await readFor(80, ttl, lifeMs);
      vi.advanceTimersByTime(19);
      expect(cache.peek("a")).toBe(1);
      vi.advanceTimersByTime(1);
      expect(cache.peek("a")).toBeUndefined();
    });

    test.each(lives)("is not kept after %s", async (_of, ttl, lifeMs) => {
      const { cache, near } = await readFor(100, ttl, lifeMs);
      expect([cache.peek("a"), near.size]).toEqual([undefined, 0]);
    });
  });
});

describe("while changes may be missed", () => {
  test("nothing is near before the feed is open, also not what was asked before that", async () => {
    const { cache, far } = open();
    await far.memory.set("t:a", "1", {});
    const answer = far.holdAnswers();
    const read = cache.get("a");
    far.open();
    answer();
    expect(await read).toBe(1);
    expect(cache.peek("a")).toBeUndefined();
  });

  test("every read goes far, and none of it stays near", async () => {
    const { cache, far, near } = await openHolding();
    far.breakOff();
    expect(cache.peek("a")).toBeUndefined();
    const { questions } = far;
    expect([await cache.get("a"), await cache.get("a")]).toEqual([1, 1]);
    expect(far.questions).toBe(questions + 2);
    expect(near.size).toBe(0);
  });

  test("nothing is near from that moment on, however much was", async () => {
    const { cache, far } = await openWithEntry();
    const keys = Array.from({ length: 5000 }, (_, index) => `many:${index}`);
    await cache.setMany(keys.map((key) => [key, 1] as const));
    await cache.getMany(keys);
    expect(keys.every((key) => cache.peek(key) === 1)).toBe(true);
    far.breakOff();
    expect(keys.some((key) => cache.peek(key) !== undefined)).toBe(false);
    far.open();
    expect(keys.some((key) => cache.peek(key) !== undefined)).toBe(false);
  });

  test("what was near before a gap is not near after it", async () => {
    const { cache, far } = await openHolding();
    far.breakOff();
    far.open();
    expect(cache.peek("a")).toBeUndefined();
  });
});

describe("a change by this process", () => {
  const changes: readonly (readonly [string, (cache: Numbers) => Promise<unknown>])[] = [
    ["set", (cache) => cache.set("a", 2)],
    ["setMany", (cache) => cache.setMany({ a: 2, b: 3 })],
    ["expireIn", (cache) => cache.expireIn("a", "1m")],
    ["expireAt", (cache) => cache.expireAt("a", new Date(Date.now() + 60_000))],
    ["touch", (cache) => cache.touch("a")],
    ["take", (cache) => cache.take("a")],
    ["delete", (cache) => cache.delete("a")],
    ["deleteMany", (cache) => cache.deleteMany(["a", "b"])],
    ["refresh", (cache) => cache.refresh("a", () => 2)],
  ];
  const operationOf = (name: string): "set" =>
    // It is one of the operations of a backend.
    ((({ touch: "expireIn", refresh: "set" }) as Readonly<Record<string, string>>)[name] ?? name) as "set";

  test.each(changes)("by %s ends what is near before it is sent", async (name, change) => {
    const { cache, far } = await openHolding();
    const answer = far.hold(operationOf(name));
    const changed = change(cache);
    await Promise.resolve();
    await Promise.resolve();
    expect(cache.peek("a")).toBeUndefined();
    answer();
    await changed;
  });

  test.each(changes)("by %s ends what was read and kept while it was under way", async (name, change) => {
    const { cache, far } = await openHolding();
    const answer = far.hold(operationOf(name));
    const changed = change(cache);
    await cache.get("a");
    answer();
    await changed;
    expect(cache.peek("a")).toBeUndefined();
  });

  test.each(changes)("by %s overtakes a read that is answered after it", async (name, change) => {
    const { cache, far } = await openHolding();
    const answer = far.hold(operationOf(name));
    const answerRead = far.holdAnswers();
    const changed = change(cache);
    const read = cache.get("a");
    answer();
    await changed;
    answerRead();
    await read;
    expect(cache.peek("a")).toBeUndefined();
  });

  test("that fails may have happened all the same", async () => {
    const { cache, far } = await openHolding();
    far.fail("set");
    const changed = cache.set("a", 2);
    await cache.get("a");
    await expect(changed).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(cache.peek("a")).toBeUndefined();
  });

  test("by clear ends what the cache has near, and what is read of it meanwhile", async () => {
    const { cache, far } = await openHolding();
    const answer = far.hold("clear");
    const answerRead = far.holdAnswers();
    const cleared = cache.clear();
    const read = cache.getMany(["a", "b"]);
    answer();
    expect(await cleared).toBe(1);
    answerRead();
    await read;
    expect(cache.peek("a")).toBeUndefined();
    expect(await cache.get("a")).toBeUndefined();
  });

  test("that is a dry run of clear changes nothing", async () => {
    const { cache } = await openHolding();
    expect(await cache.clear(undefined, { dryRun: true })).toBe(1);
    expect(cache.peek("a")).toBe(1);
  });

  test("is announced by its keys alone, when it is over", async () => {
    const { cache, far } = await openHolding();
    const answer = far.hold("set");
    const changed = cache.set("a", 2);
    await Promise.resolve();
    expect(far.announced).toEqual([]);
    answer();
    await changed;
    await cache.deleteMany(["a", "b"]);
    await cache.clear();
    expect(far.announced).toEqual([ofKey, { kind: "keys", keys: ["t:a", "t:b"] }, { kind: "head", head: "t:" }]);
  });
});

describe("what is near", () => {
  test("costs no question, and what is not is asked for in one", async () => {
    const { cache, far } = await openHolding();
    await far.memory.set("t:b", "2", {});
    await far.memory.set("t:c", "3", {});
    const { questions } = far;
    expect([...(await cache.getMany(["b", "a", "c", "d"])).entries()]).toEqual([
      ["b", 2],
      ["a", 1],
      ["c", 3],
    ]);
    expect(far.questions).toBe(questions + 1);
    expect([...(await cache.getMany(["c", "b", "a"])).values()]).toEqual([3, 2, 1]);
    expect(far.questions).toBe(questions + 1);
  });

  test("is not that there is nothing: what is stored later is found", async () => {
    const { cache, far } = await openWithEntry();
    expect(await cache.get("b")).toBeUndefined();
    await far.memory.set("t:b", "2", {});
    expect(await cache.get("b")).toBe(2);
  });

  test("serves getOrSet and memoized functions, without a load", async () => {
    const { cache, far } = await openHolding();
    let loads = 0;
    const length = cached(cache)(function length(text: string) {
      loads += 1;
      return text.length;
    });
    for (const _ of [1, 2]) await length("four");
    const { questions } = far;
    expect(await length("four")).toBe(4);
    expect(await cache.getOrSet("a", () => 9)).toBe(1);
    expect([loads, far.questions]).toEqual([1, questions]);
  });

  test("is no entry that cannot be read", async () => {
    const { cache, far } = await openWithEntry();
    await far.memory.set("t:a", "{", {});
    expect(await cache.get("a")).toBeUndefined();
    await far.memory.set("t:a", "2", {});
    expect(await cache.get("a")).toBe(2);
  });

  test("is of its far backend alone, also where another one has the same keys", async () => {
    const near = new MemoryBackend();
    const caches = await Promise.all(
      [1, 2].map(async (value) => {
        const far = new ToldBackend();
        await far.memory.set("t:a", String(value), {});
        const backend = new LayeredBackend({ near, far });
        const cache = new Cache<string, number>({ backend, serializer: json(), prefix: "t:" });
        await cache.ready();
        far.open();
        await cache.get("a");
        return cache;
      }),
    );
    const alone = new Cache<string, number>({ backend: near, serializer: json(), prefix: "t:" });
    expect(caches.map((cache) => cache.peek("a"))).toEqual([1, 2]);
    expect(alone.peek("a")).toBeUndefined();
  });

  test("is within the bounds of the near backend, and what does not fit is asked for", async () => {
    const [far, near] = [new ToldBackend(), new MemoryBackend({ maxEntries: 2 })];
    const cache = new Cache<string, number>({ backend: new LayeredBackend({ near, far }), serializer: json() });
    await cache.ready();
    far.open();
    await cache.setMany({ a: 1, b: 2, c: 3 });
    expect([...(await cache.getMany(["a", "b", "c"])).values()]).toEqual([1, 2, 3]);
    expect(near.size).toBe(2);
    expect([...(await cache.getMany(["a", "b", "c"])).values()]).toEqual([1, 2, 3]);
  });

  test("is asked for far once the near backend is closed", async () => {
    const { cache, near } = await openHolding();
    await near.close();
    expect(await cache.get("a")).toBe(1);
    await cache.set("a", 2);
    expect(await cache.get("a")).toBe(2);
  });
});
