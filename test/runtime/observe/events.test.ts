import { BackendUnavailableError, Cache, type CacheEventMap, json, tag } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { describe, expect, test } from "vitest";
import { cacheKindNames, cacheKinds } from "../../support/cache-kinds.ts";
import type { CacheFace } from "../../support/lift-cache.ts";
import { told } from "../../support/told.ts";

interface Id {
  readonly id: number;
}

const aDuration = expect.any(Number);

/** What is told of a change that has not failed. */
const done = { outcome: "done", durationMs: aDuration, error: undefined, keys: undefined };

describe.each(cacheKindNames)("of a %s", (kind) => {
  const make = (options: { readonly eventKeys?: boolean } = {}): [CacheFace<Id, number>, ControlledBackend] => {
    const backend = new ControlledBackend();
    const cache = cacheKinds[kind]<Id, number>({
      name: "stock",
      backend,
      backendName: "shared",
      prefix: "shop:",
      pattern: { segments: ["stock:", { name: "id", type: "int" }] },
      keyText: ({ id }) => `stock:${id}`,
      serializer: json(),
      validate: (value) => (typeof value === "number" ? undefined : { path: "", expected: "a number", found: value }),
      ttl: "1m",
      ...options,
    });
    return [cache, backend];
  };
  const source = { cache: "stock", pattern: "stock:{id}", backend: "shared" };
  const hit = { ...source, isStale: false, layer: undefined, key: undefined };
  const absent = { ...source, reason: "absent", error: undefined, key: undefined };

  test("every read of a value tells of a hit or a miss, one for each key", async () => {
    const [cache] = make();
    await cache.set({ id: 1 }, 5);
    const events = told("hit", "miss");
    await cache.get({ id: 1 });
    await cache.get({ id: 2 });
    await cache.getOrThrow({ id: 1 });
    await expect(cache.getOrThrow({ id: 2 })).rejects.toThrow();
    await cache.getMany([{ id: 1 }, { id: 2 }]);
    await cache.getOrSet({ id: 1 }, () => 7);
    await cache.getOrSet({ id: 3 }, () => 7);
    await cache.getOrSetMany([{ id: 3 }, { id: 4 }], () => [9]);
    await cache.take({ id: 4 });
    await cache.take({ id: 4 });
    expect(events).toEqual([
      { ...hit, operation: "get" },
      { ...absent, operation: "get" },
      { ...hit, operation: "getOrThrow" },
      { ...absent, operation: "getOrThrow" },
      { ...hit, operation: "getMany" },
      { ...absent, operation: "getMany" },
      { ...hit, operation: "getOrSet" },
      { ...absent, operation: "getOrSet" },
      { ...hit, operation: "getOrSetMany" },
      { ...absent, operation: "getOrSetMany" },
      { ...hit, operation: "take" },
      { ...absent, operation: "take" },
    ]);
  });

  test("a miss says why: nothing there, unreadable, of another type, no answer", async () => {
    const [cache, backend] = make();
    const events = told("miss");
    await backend.memory.set("shop:stock:1", "{", {});
    await backend.memory.set("shop:stock:2", '"five"', {});
    await cache.get({ id: 0 });
    await cache.get({ id: 1 });
    await cache.get({ id: 2 });
    backend.fail("get");
    await cache.get({ id: 1 });
    expect(events.map(({ reason }) => reason)).toEqual(["absent", "undecodable", "misfit", "error"]);
    expect(events[2]?.error).toMatchObject({
      code: "UNREADABLE",
      message: "The entry does not fit its type at value: a string, not a number.",
    });
    expect(events[3]?.error).toBeInstanceOf(BackendUnavailableError);
  });

  test("each call of a loader is told, with its time and how many keys it was asked for", async () => {
    const [cache, backend] = make();
    const events = told("load");
    const broken = new Error("down");
    await cache.getOrSet({ id: 1 }, () => 5);
    await cache.getOrSetMany([{ id: 1 }, { id: 2 }, { id: 3 }], () => [7, 9]);
    await cache.refresh({ id: 1 }, () => 6);
    const fail = (): number => {
      throw broken;
    };
    await expect(cache.getOrSet({ id: 4 }, fail)).rejects.toBe(broken);
    backend.fail("get");
    await cache.getOrSet({ id: 1 }, () => 8);
    expect(events).toEqual([
      { ...source, ...done, operation: "getOrSet", keyCount: 1 },
      { ...source, ...done, operation: "getOrSetMany", keyCount: 2 },
      { ...source, ...done, operation: "refresh", keyCount: 1 },
      { ...source, ...done, operation: "getOrSet", outcome: "failed", error: broken, keyCount: 1 },
      { ...source, ...done, operation: "getOrSet", keyCount: 1 },
    ]);
  });

  test("each write is told, with how many entries it stored", async () => {
    const [cache] = make();
    const events = told("store");
    await cache.set({ id: 1 }, 5);
    await cache.set({ id: 1 }, 6, { ifNotExists: true });
    await cache.setMany([
      [{ id: 2 }, 1],
      [{ id: 3 }, 1],
    ]);
    await cache.getOrSet({ id: 4 }, () => 5);
    await cache.refresh({ id: 4 }, () => 6);
    expect(events).toEqual([
      { ...source, ...done, operation: "set", entryCount: 1 },
      { ...source, ...done, operation: "set", entryCount: 0 },
      { ...source, ...done, operation: "setMany", entryCount: 2 },
      { ...source, ...done, operation: "getOrSet", entryCount: 1 },
      { ...source, ...done, operation: "refresh", entryCount: 1 },
    ]);
  });

  test("what was loaded and could not be stored is told as a store that failed", async () => {
    const [cache, backend] = make();
    const events = told("store");
    backend.fail("set", "setManyIfAbsent");
    await cache.getOrSet({ id: 1 }, () => 5);
    await cache.getOrSetMany([{ id: 2 }], () => [5]);
    const failed = { ...source, ...done, outcome: "failed", error: expect.any(BackendUnavailableError), entryCount: 0 };
    expect(events).toEqual([
      { ...failed, operation: "getOrSet" },
      { ...failed, operation: "getOrSetMany" },
    ]);
  });

  test("each invalidation is told, with how many entries there were, and none of a dry run", async () => {
    const [cache, backend] = make();
    await cache.setMany(Array.from({ length: 6 }, (_, id) => [{ id }, 5] as const));
    const events = told("invalidation");
    await cache.delete({ id: 0 });
    await cache.delete({ id: 0 });
    await cache.deleteMany([{ id: 0 }, { id: 1 }, { id: 2 }]);
    await cache.take({ id: 3 });
    await cache.clear(undefined, { dryRun: true });
    await cache.clear();
    backend.fail("delete");
    await expect(cache.delete({ id: 1 })).rejects.toThrow();
    const error = expect.any(BackendUnavailableError);
    expect(events).toEqual([
      { ...source, ...done, operation: "delete", entryCount: 1 },
      { ...source, ...done, operation: "delete", entryCount: 0 },
      { ...source, ...done, operation: "deleteMany", entryCount: 2 },
      { ...source, ...done, operation: "take", entryCount: 1 },
      { ...source, ...done, operation: "clear", entryCount: 2 },
      { ...source, ...done, operation: "delete", outcome: "failed", error, entryCount: 0 },
    ]);
  });

  test("tags that are invalidated are told, whatever has them", async () => {
    const backend = new ControlledBackend();
    const cache = new Cache<string, number>({ name: "tagged", backend, serializer: json(), tags: {} });
    const events = told("invalidation");
    await cache.invalidateTags(tag("shop", 1), tag("shop", 2));
    backend.fail("deleteMany");
    await expect(cache.invalidateTags(tag("shop", 1))).rejects.toThrow("tagged: The server is dead.");
    expect(events).toMatchObject([
      { cache: "tagged", operation: "invalidateTags", outcome: "done", entryCount: 0, keys: undefined },
      { cache: "tagged", operation: "invalidateTags", outcome: "failed", entryCount: 0 },
    ]);
  });

  test("a change of the lifetime is told", async () => {
    const [cache] = make();
    await cache.set({ id: 1 }, 5);
    const events = told("lifetime");
    await cache.expireIn({ id: 1 }, "30s");
    await cache.touch({ id: 2 });
    await cache.expireAt({ id: 1 }, new Date(0));
    expect(events).toEqual([
      { ...source, ...done, operation: "expireIn", entryCount: 1 },
      { ...source, ...done, operation: "touch", entryCount: 0 },
      { ...source, ...done, operation: "expireAt", entryCount: 1 },
    ]);
  });

  test("no event holds a key, nor anything of it, unless the cache says so", async () => {
    const use = async (eventKeys: boolean): Promise<CacheEventMap[keyof CacheEventMap][]> => {
      const [cache] = make({ eventKeys });
      const events = told("hit", "miss", "load", "store", "invalidation", "lifetime");
      await cache.getOrSet({ id: 424_242 }, () => 1);
      await cache.get({ id: 424_242 });
      await cache.setMany([[{ id: 424_242 }, 1]]);
      await cache.touch({ id: 424_242 });
      await cache.delete({ id: 424_242 });
      return events;
    };
    expect(JSON.stringify(await use(false))).not.toContain("424242");
    const key = "shop:stock:424242";
    expect((await use(true)).map((event) => ("key" in event ? event.key : "keys" in event && event.keys?.[0]))).toEqual(
      Array.from({ length: 7 }, () => key),
    );
  });

  test("an outage is told when it begins and when it is over, once", async () => {
    const [cache, backend] = make();
    const events = told("outage");
    backend.fail("get");
    await cache.get({ id: 1 });
    await cache.get({ id: 2 });
    backend.heal();
    await cache.get({ id: 1 });
    await cache.get({ id: 2 });
    expect(events).toEqual([
      { backend: "shared", state: "down", error: expect.any(BackendUnavailableError) },
      { backend: "shared", state: "up", error: undefined },
    ]);
  });
});
