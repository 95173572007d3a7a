import { Cache, CachetoryError, type ClearProgress, ClearRun, json, MemoryBackend } from "@cachetory/runtime";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const keys = Array.from({ length: 25 }, (_, index) => `k${index}`);
const all = async (batch: readonly string[]): Promise<number> => batch.length;

describe("the pace of a clear", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("is a tenth of a second's share every tenth of a second", async () => {
    const batches: number[] = [];
    const run = new ClearRun({ maxPerSecond: 100 });
    const done = run.delete(keys, async (batch) => batches.push(batch.length) && batch.length);
    expect(batches).toEqual([10]);
    await vi.advanceTimersByTimeAsync(99);
    expect(batches).toEqual([10]);
    await vi.advanceTimersByTimeAsync(1);
    expect(batches).toEqual([10, 10]);
    await vi.advanceTimersByTimeAsync(100);
    await done;
    expect(batches).toEqual([10, 10, 5]);
    expect(run.count).toBe(25);
  });

  test("goes on from one batch of a backend to the next", async () => {
    const run = new ClearRun({ maxPerSecond: 10 });
    await run.delete(["a"], all);
    const second = vi.fn(all);
    const done = run.delete(["b"], second);
    await vi.advanceTimersByTimeAsync(99);
    expect(second).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await done;
    expect(run.count).toBe(2);
  });

  test("may be less than one a second", async () => {
    const run = new ClearRun({ maxPerSecond: 0.5 });
    const remove = vi.fn(all);
    const done = run.delete(["a", "b"], remove);
    await vi.advanceTimersByTimeAsync(1_999);
    expect(remove).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    await done;
    expect(remove).toHaveBeenCalledTimes(2);
  });

  test("is not waited for once the signal says stop", async () => {
    const controller = new AbortController();
    const run = new ClearRun({ maxPerSecond: 10, signal: controller.signal });
    const stopped = expect(run.delete(["a", "b"], all)).rejects.toThrow("stop");
    await vi.advanceTimersByTimeAsync(10);
    controller.abort(new Error("stop"));
    await stopped;
    expect(run.count).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("does not hold up a dry run", async () => {
    const run = new ClearRun({ maxPerSecond: 1, dryRun: true });
    await run.delete(keys, all);
    expect(run.count).toBe(25);
  });
});

describe("clear of a cache", () => {
  test("counts and takes no record of tags, which entries of others remember", async () => {
    const backend = new MemoryBackend();
    const cache = new Cache<string, number>({ backend, serializer: json(), prefix: "n:" });
    const records = ["n:~cache:other", "n:~tag:{brand}:acme", "n:~family:{brand}"];
    for (const record of records) await backend.set(record, "token", {});
    await cache.set("a", 1);
    expect(await cache.clear(undefined, { dryRun: true })).toBe(1);
    expect(await cache.clear()).toBe(1);
    expect(await backend.getMany(records, "text")).toEqual(["token", "token", "token"]);
  });

  function open(): Cache<string, number> {
    return new Cache<string, number>({ backend: new MemoryBackend(), serializer: json(), prefix: "n:" });
  }

  test("takes the options of a clear", async () => {
    const cache = open();
    await cache.setMany(keys.map((key, index) => [key, index] as const));
    const seen: ClearProgress[] = [];
    expect(await cache.clear(undefined, { dryRun: true })).toBe(25);
    expect(await cache.clear(undefined, { onProgress: (progress) => seen.push(progress) })).toBe(25);
    expect(seen).toEqual([{ found: 25, deleted: 25 }]);
  });

  test("rejects with the reason of its signal, at once", async () => {
    const cache = open();
    await cache.set("a", 1);
    const signal = AbortSignal.abort(new Error("no"));
    await expect(cache.clear(undefined, { signal })).rejects.toThrow("no");
    expect(await cache.get("a")).toBe(1);
  });

  test("refuses a rate that is none", async () => {
    await expect(open().clear(undefined, { maxPerSecond: 0 })).rejects.toThrow(
      new CachetoryError("INVALID_OPTION", "clear: maxPerSecond is more than zero, not 0."),
    );
  });

  test("wins over a load that runs, unless it is a dry run", async () => {
    const cache = open();
    const loaded = (key: string, dryRun: boolean) =>
      cache.getOrSet(key, async () => {
        await cache.clear(undefined, { dryRun });
        return 1;
      });
    expect(await Promise.all([loaded("a", true), loaded("b", false)])).toEqual([1, 1]);
    await loaded("a", true);
    expect([await cache.has("a"), await cache.has("b")]).toEqual([true, false]);
  });

  test("takes effect before the calls that come after it", async () => {
    const cache = open();
    await cache.set("a", 1);
    const [cleared] = await Promise.all([cache.clear(), cache.set("a", 2)]);
    expect([cleared, await cache.get("a")]).toEqual([1, 2]);
  });

  test("finds every entry of a large memory, also while others write and delete", async () => {
    const backend = new MemoryBackend();
    const mine = new Cache<string, number>({ backend, serializer: json(), prefix: "m:" });
    const others = new Cache<string, number>({ backend, serializer: json(), prefix: "o:" });
    const pairs = Array.from({ length: 4_000 }, (_, index) => [`${index}`, index] as const);
    await mine.setMany(pairs);
    await others.setMany(pairs);
    let next = 0;
    const cleared = await mine.clear(undefined, {
      onProgress: () => {
        void others.delete(`${next}`);
        void others.get(`${next + 1}`);
        void others.set(`new ${next++}`, 0);
      },
    });
    expect(cleared).toBe(4_000);
    expect(await mine.clear()).toBe(0);
  });
});
