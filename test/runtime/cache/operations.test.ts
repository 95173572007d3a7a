import { getEventListeners } from "node:events";
import { Cache, CacheMissError, json, MemoryBackend, noop, text, zlib } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { describe, expect, test } from "vitest";
import { cacheKindNames, cacheKinds } from "../../support/cache-kinds.ts";
import type { CacheFace } from "../../support/lift-cache.ts";

let nowMs = 1_000_000;
const now = (): number => nowMs;

describe("a signal", () => {
  test("that has aborted already lets writes change nothing", async () => {
    const cache = numbers();
    await cache.set("a", 1);
    const signal = AbortSignal.abort(new Error("gone"));
    await expect(cache.set("a", 2, { signal })).rejects.toThrow("gone");
    await expect(cache.delete("a", { signal })).rejects.toThrow("gone");
    expect(await cache.get("a")).toBe(1);
  });

  test("may go with any number of calls at once, and keeps nothing of them", async () => {
    const cache = numbers();
    const { signal } = new AbortController();
    const warnings: string[] = [];
    const listen = (warning: Error): void => {
      warnings.push(warning.name);
    };
    process.on("warning", listen);
    const keys = Array.from({ length: 20 }, (_, index) => `key ${index}`);
    const reads = keys.map((key) => cache.get(key, 0, { signal }));
    const loads = cache.getOrSetMany(keys, (missing) => missing.map(() => 1), { signal });
    expect([(await Promise.all(reads)).length, (await loads).size]).toEqual([20, 20]);
    // Warnings are emitted in the next tick, and listeners taken off when the promises are settled.
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", listen);
    expect(warnings).not.toContain("MaxListenersExceededWarning");
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("rejects all that wait with it", async () => {
    const backend = new ControlledBackend();
    const open = backend.hold("get");
    const cache = new Cache<string, number>({ backend, serializer: json() });
    const controller = new AbortController();
    const reads = ["a", "b"].map((key) => cache.get(key, 0, { signal: controller.signal }));
    controller.abort(new Error("gone"));
    for (const read of reads) await expect(read).rejects.toThrow("gone");
    open();
  });
});

// What holds for a Cache and, but for the promises, for a SyncCache.
describe.each(cacheKindNames)("a %s:", (kind) => {
  const open = cacheKinds[kind];
  const numbers = (
    options: { readonly backend?: MemoryBackend; readonly prefix?: string } = {},
  ): CacheFace<string, number> =>
    open<string, number>({
      backend: options.backend ?? new MemoryBackend({ now }),
      serializer: json(),
      prefix: options.prefix,
      ttl: "1m",
    });

  describe("reads", () => {
    test("get answers undefined, or the default, for a miss", async () => {
      const cache = numbers();
      expect(await cache.get("a")).toBeUndefined();
      expect(await cache.get("a", 7)).toBe(7);
    });

    test("null is a value, and never the default", async () => {
      const cache = open<string, null>({ backend: new MemoryBackend(), serializer: json() });
      await cache.set("a", null);
      expect(await cache.get("a", "default")).toBeNull();
      expect(await cache.getOrThrow("a")).toBeNull();
      expect((await cache.getMany(["a"])).has("a")).toBe(true);
      expect(
        await cache.getOrSet("a", () => {
          throw new Error("not loaded");
        }),
      ).toBeNull();
    });

    test("getOrThrow throws a CacheMissError", async () => {
      await expect(numbers().getOrThrow("a")).rejects.toThrow(CacheMissError);
    });

    test("getMany gives hits only, in the order of the request, one for each distinct key", async () => {
      const cache = numbers();
      await cache.setMany([
        ["a", 1],
        ["b", 2],
      ]);
      const hits = await cache.getMany(["b", "x", "a", "b"]);
      expect([...hits]).toEqual([
        ["b", 2],
        ["a", 1],
      ]);
      expect([hits.get("a"), hits.get("x"), hits.has("x"), hits.size]).toEqual([1, undefined, false, 2]);
      expect([[...hits.keys()], [...hits.values()]]).toEqual([
        ["b", "a"],
        [2, 1],
      ]);
    });

    test("getMany of nothing asks nobody", async () => {
      const backend = new ControlledBackend();
      const cache = open<string, number>({ backend, serializer: json() });
      expect((await cache.getMany([])).size).toBe(0);
      expect(backend.calls).toEqual([]);
    });

    test("hits are found by the text of the key, so an equal key object will do", async () => {
      const cache = open<{ id: number }, string>({
        backend: new MemoryBackend(),
        serializer: text(),
        keyText: ({ id }) => `u:${id}`,
      });
      await cache.set({ id: 1 }, "one");
      expect((await cache.getMany([{ id: 1 }])).get({ id: 1 })).toBe("one");
    });

    test("a declared key that is no object is refused by name, whatever made it so", async () => {
      const cache = open<{ readonly id: string }, number>({
        name: "products",
        backend: new MemoryBackend(),
        serializer: json(),
        pattern: { segments: ["product:", { name: "id", type: "string" }] },
        keyText: ({ id }) => `product:${id}`,
      });
      for (const key of [null, undefined, 7, "7"]) {
        await expect(cache.get(key as never)).rejects.toMatchObject({
          code: "INVALID_KEY",
          message: expect.stringContaining("products"),
        });
      }
      expect(cache.keyOf({ id: "7" })).toBe("product:7");
    });

    test("an empty value is a hit", async () => {
      const texts = open<string, string>({ backend: new MemoryBackend(), serializer: text() });
      const blobs = open<string, Uint8Array>({ backend: new MemoryBackend(), serializer: zlib() });
      await texts.set("a", "");
      await blobs.set("a", new Uint8Array());
      expect(await texts.get("a")).toBe("");
      expect(await blobs.get("a")).toEqual(new Uint8Array());
    });
  });

  describe("writes", () => {
    test("set answers false only where ifNotExists met a live entry", async () => {
      const cache = numbers();
      expect(await cache.set("a", 1)).toBe(true);
      expect(await cache.set("a", 2, { ifNotExists: true })).toBe(false);
      expect(await cache.get("a")).toBe(1);
      expect(await cache.set("a", 3)).toBe(true);
      nowMs += 60_000;
      expect(await cache.set("a", 4, { ifNotExists: true })).toBe(true);
    });

    test("undefined cannot be stored", async () => {
      await expect(numbers().set("a", undefined as never)).rejects.toMatchObject({ code: "INVALID_VALUE" });
    });

    test("a value that the serializer cannot carry is refused before anything is sent", async () => {
      const backend = new ControlledBackend();
      const cache = open<string, unknown>({ backend, serializer: json() });
      await expect(cache.set("a", 1n)).rejects.toMatchObject({ code: "INVALID_VALUE" });
      await expect(
        cache.setMany([
          ["a", 1],
          ["b", 1n],
        ]),
      ).rejects.toMatchObject({ code: "INVALID_VALUE" });
      expect(backend.calls).toEqual([]);
    });

    test("setMany stores all with one ttl; the last of equal keys wins; none is fine", async () => {
      const cache = numbers();
      await cache.setMany([]);
      await cache.setMany(
        [
          ["a", 1],
          ["b", 2],
          ["a", 3],
        ],
        { ttl: "10s" },
      );
      expect([await cache.get("a"), await cache.ttl("b")]).toEqual([3, 10_000]);
    });

    test("delete tells whether there was a live entry, deleteMany how many", async () => {
      const cache = numbers();
      await cache.setMany([
        ["a", 1],
        ["b", 2],
        ["c", 3],
      ]);
      expect([await cache.delete("a"), await cache.delete("a")]).toEqual([true, false]);
      expect(await cache.deleteMany(["a", "b", "b", "c"])).toBe(2);
      expect(await cache.deleteMany([])).toBe(0);
    });

    test("take reads and deletes", async () => {
      const cache = numbers();
      await cache.set("a", 1);
      expect([await cache.take("a"), await cache.take("a")]).toEqual([1, undefined]);
    });
  });

  describe("lifetimes", () => {
    test("an entry lives exactly as long as its ttl", async () => {
      const cache = numbers();
      await cache.set("a", 1, { ttl: { ms: 1000 } });
      nowMs += 999;
      expect([await cache.get("a"), await cache.ttl("a"), await cache.has("a")]).toEqual([1, 1, true]);
      nowMs += 1;
      expect([await cache.get("a"), await cache.ttl("a"), await cache.has("a")]).toEqual([undefined, undefined, false]);
    });

    test.each([
      ["500ms", 500],
      ["30s", 30_000],
      ["10m", 600_000],
      ["1h", 3_600_000],
      ["7d", 604_800_000],
      ["PT5M", 300_000],
      ["P1DT2H", 93_600_000],
    ] as const)("ttl %s is %i ms", async (ttl, ms) => {
      const cache = numbers();
      await cache.set("a", 1, { ttl });
      expect(await cache.ttl("a")).toBe(ms);
    });

    test.each([["10"], [10], ["soon"], [null], [{ ms: Number.NaN }]])("%j is no ttl", async (ttl) => {
      await expect(numbers().set("a", 1, { ttl: ttl as never })).rejects.toMatchObject({ code: "INVALID_DURATION" });
    });

    test("forever has no expiry, and expireIn forever removes one", async () => {
      const cache = numbers();
      await cache.set("a", 1, { ttl: "forever" });
      await cache.set("b", 1);
      expect([await cache.ttl("a"), await cache.ttl("b")]).toEqual(["forever", 60_000]);
      expect(await cache.expireIn("b", "forever")).toBe(true);
      expect(await cache.ttl("b")).toBe("forever");
      expect(await cache.expireIn("x", "forever")).toBe(false);
    });

    test.each([[{ ms: 0 }], [{ ms: -1 }], [{ ms: 0.9 }]])("a ttl of %j deletes", async (ttl) => {
      const cache = numbers();
      await cache.setMany([
        ["a", 1],
        ["b", 1],
        ["c", 1],
      ]);
      expect(await cache.set("a", 2, { ttl })).toBe(true);
      expect(await cache.set("b", 2, { ttl, ifNotExists: true })).toBe(false);
      expect(await cache.set("x", 2, { ttl, ifNotExists: true })).toBe(true);
      expect(await cache.expireIn("c", ttl)).toBe(true);
      await cache.setMany([["d", 1]], { ttl });
      expect([...(await cache.getMany(["a", "b", "c", "d", "x"])).keys()]).toEqual(["b"]);
    });

    test("touch renews to the cache's ttl", async () => {
      const cache = numbers();
      await cache.set("a", 1);
      nowMs += 59_000;
      expect([await cache.touch("a"), await cache.touch("x")]).toEqual([true, false]);
      expect(await cache.ttl("a")).toBe(60_000);
    });

    test("expireAt takes a valid Date and nothing else", async () => {
      for (const at of [new Date(Number.NaN), 5, "2026-11-22", null]) {
        await expect(numbers().expireAt("a", at as never)).rejects.toMatchObject({ code: "INVALID_DURATION" });
      }
    });

    test("expireAt ends an entry at a moment; the past deletes", async () => {
      const cache = numbers();
      await cache.set("a", 1);
      expect(await cache.expireAt("a", new Date(nowMs + 5000))).toBe(true);
      expect(await cache.ttl("a")).toBe(5000);
      expect(await cache.expireAt("a", new Date(nowMs - 1))).toBe(true);
      expect(await cache.expireAt("a", new Date(nowMs + 5000))).toBe(false);
      await expect(cache.expireAt("a", new Date("x"))).rejects.toMatchObject({ code: "INVALID_DURATION" });
    });

    test("nothing outlives the longest ttl that is allowed", async () => {
      const cache = open<string, number>({
        name: "short",
        backend: new MemoryBackend(),
        serializer: json(),
        ttl: "1m",
        maxTtl: "2m",
      });
      await cache.set("a", 1, { ttl: "2m" });
      const message = "short keeps entries for 2 m at most, but was asked for";
      await expect(cache.set("a", 1, { ttl: "forever" })).rejects.toThrow(message);
      await expect(cache.setMany([["a", 1]], { ttl: "3m" })).rejects.toThrow(message);
      await expect(cache.expireIn("a", "3m")).rejects.toThrow(message);
      await expect(cache.expireAt("a", new Date(Date.now() + 180_000))).rejects.toThrow(message);
      await expect(cache.touch("a", { ttl: "3m" })).rejects.toMatchObject({ code: "TTL_TOO_LONG" });
      await expect(cache.refresh("a", () => 1, { ttl: "3m" })).rejects.toThrow(message);
    });
  });

  describe("a prefix", () => {
    test("keeps caches of one backend apart in every operation", async () => {
      const backend = new MemoryBackend({ now });
      const a = numbers({ backend, prefix: "a:" });
      const b = numbers({ backend, prefix: "b:" });
      await a.set("k", 1);
      await b.setMany([["k", 2]]);
      expect(a.keyOf("k")).toBe("a:k");
      expect([[...(await a.getMany(["k"]))], [...(await b.getMany(["k"]))]]).toEqual([[["k", 1]], [["k", 2]]]);
      expect(await a.clear()).toBe(1);
      expect([await a.has("k"), await b.take("k")]).toEqual([false, 2]);
    });
  });

  test("a key that is no text is refused: on Redis, two of them would be one", async () => {
    await expect(numbers().get("a\ud800")).rejects.toMatchObject({ code: "INVALID_KEY" });
    expect(numbers().keyOf("🦄")).toBe("🦄");
  });

  describe("construction", () => {
    test("refuses a pipeline whose output the backend cannot hold", () => {
      const backend = new ControlledBackend();
      Object.assign(backend, { holds: ["text", "bytes"] });
      expect(() => open({ backend, serializer: noop() })).toThrow(
        expect.objectContaining({ code: "INVALID_PIPELINE", message: expect.stringContaining("noop makes a value") }),
      );
    });

    test("refuses such a pipeline when it is first used, where backend and serializer are made then", async () => {
      const backend = Object.assign(new ControlledBackend(), { holds: ["text", "bytes"] });
      const cache = open<string, number>({ backend: () => backend, serializer: () => noop() });
      await expect(cache.get("a")).rejects.toMatchObject({ code: "INVALID_PIPELINE" });
      expect(backend.calls).toEqual([]);
    });

    test("a cache without prefix is not cleared on a backend that others use", async () => {
      const cache = open({ name: "bare", backend: new ControlledBackend({ isShared: true }), serializer: json() });
      await expect(cache.clear()).rejects.toMatchObject({ code: "NOT_CLEARABLE" });
    });

    test("clear takes no parameters where keys are strings: they would silently mean all", async () => {
      const cache = numbers();
      await cache.set("a", 1);
      await expect(cache.clear("a" as never)).rejects.toMatchObject({ code: "INVALID_KEY" });
      await expect(cache.clear({ id: 1 } as never)).rejects.toThrow("has no parameter id; it has none");
      expect(await cache.has("a")).toBe(true);
    });

    test("closes its backend; reads are misses from then on, writes reject", async () => {
      const cache = numbers();
      await cache.set("a", 1);
      {
        await using closing = cache;
        await closing.ready();
      }
      expect([await cache.get("a"), await cache.has("a")]).toEqual([undefined, false]);
      await expect(cache.set("a", 1)).rejects.toMatchObject({ code: "UNAVAILABLE", outcome: "none" });
      await cache.close();
    });
  });
});

function numbers(): Cache<string, number> {
  return new Cache<string, number>({ backend: new MemoryBackend({ now }), serializer: json(), ttl: "1m" });
}
