import { type Backend, Cache, chain, json, type Serializer, type Versions, zlib } from "@cachetory/runtime";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

/** Where entries with an envelope live, and the clock by which they are fresh. */
export interface EnvelopedSubject {
  make(): Backend | Promise<Backend>;
  /** Lets so much time pass that `isOver` answers `true`. */
  passTime(ms: number, isOver: () => Promise<boolean>): Promise<void>;
}

interface Box {
  readonly n: number;
}

let tests = 0;

/** What every operation does where entries have an envelope and are kept longer than they are fresh. */
export function envelopedCacheContract(name: string, subject: EnvelopedSubject): void {
  const serializers: readonly (readonly [string, Serializer<Box>])[] = [
    ["text", json<Box>()],
    ["bytes", chain(json<Box>(), zlib())],
  ];
  describe.each(serializers)(`entries with an envelope on ${name}, of %s`, (_, serializer) => {
    let backend: Backend;
    let cache: Cache<string, Box>;
    let plain: Cache<string, Box>;

    beforeEach(async () => {
      tests += 1;
      backend = await subject.make();
      const prefix = `enveloped:${tests}:`;
      cache = new Cache({ backend, serializer, prefix, ttl: "1h", stale: { onError: "1h" } });
      plain = new Cache({ backend, serializer, prefix });
    });
    afterEach(() => backend.close());

    const grownStale = async (key: string, n = 1): Promise<void> => {
      await cache.set(key, { n }, { ttl: "60ms" });
      await subject.passTime(60, async () => !(await cache.has(key)));
    };

    test("a fresh entry is read by every operation", async () => {
      await cache.setMany([
        ["a", { n: 1 }],
        ["b", { n: 2 }],
      ]);
      expect(await cache.get("a")).toEqual({ n: 1 });
      expect(await cache.getOrThrow("b")).toEqual({ n: 2 });
      expect([...(await cache.getMany(["b", "missing", "a"]))]).toEqual([
        ["b", { n: 2 }],
        ["a", { n: 1 }],
      ]);
      expect(await cache.has("a")).toBe(true);
      expect(await cache.getOrSet("a", () => ({ n: 9 }))).toEqual({ n: 1 });
      const left = await cache.ttl("a");
      expect(left).toBeGreaterThan(3_590_000);
      expect(left).toBeLessThanOrEqual(3_600_000);
      expect(await cache.take("a")).toEqual({ n: 1 });
      expect(await cache.get("a")).toBeUndefined();
    });

    test("a stale entry is hidden from every operation that does not ask for it", async () => {
      await grownStale("a");
      expect(await cache.get("a")).toBeUndefined();
      expect(await cache.get("a", "fallback")).toBe("fallback");
      expect(cache.peek("a")).toBeUndefined();
      await expect(cache.getOrThrow("a")).rejects.toMatchObject({ code: "MISS" });
      expect((await cache.getMany(["a"])).size).toBe(0);
      expect(await cache.has("a")).toBe(false);
      expect(await cache.ttl("a")).toBeUndefined();
      expect(await cache.expireIn("a", "1h")).toBe(false);
      expect(await cache.expireIn("a", "forever")).toBe(false);
      expect(await cache.expireAt("a", new Date(Date.now() + 10_000_000_000))).toBe(false);
      expect(await cache.touch("a")).toBe(false);
      expect(await cache.get("a", undefined, { stale: true })).toEqual({ n: 1 });
      expect(await cache.take("a")).toBeUndefined();
      expect(await cache.get("a", undefined, { stale: true })).toBeUndefined();
    });

    test("a stale entry is read by who asks for it", async () => {
      await grownStale("a");
      await cache.set("b", { n: 2 });
      expect(await cache.get("a", undefined, { stale: true })).toEqual({ n: 1 });
      expect(await cache.getOrThrow("a", { stale: true })).toEqual({ n: 1 });
      expect([...(await cache.getMany(["a", "b", "c"], { stale: true })).values()]).toEqual([{ n: 1 }, { n: 2 }]);
    });

    test("an expiry in the past ends a stale entry, which does not count", async () => {
      await grownStale("a");
      expect(await cache.expireAt("a", new Date(1))).toBe(false);
      expect(await cache.get("a", undefined, { stale: true })).toBeUndefined();
    });

    test("a stale entry does not count as deleted, and is gone", async () => {
      await grownStale("a");
      expect(await cache.delete("a")).toBe(false);
      expect(await cache.get("a", undefined, { stale: true })).toBeUndefined();
      await grownStale("a");
      await cache.set("b", { n: 2 });
      expect(await cache.deleteMany(["a", "b", "c"])).toBe(1);
      expect((await cache.getMany(["a", "b"], { stale: true })).size).toBe(0);
    });

    test("ifNotExists meets a fresh entry alone", async () => {
      await cache.set("a", { n: 1 });
      expect(await cache.set("a", { n: 2 }, { ifNotExists: true })).toBe(false);
      expect(await cache.get("a")).toEqual({ n: 1 });
      await grownStale("b", 3);
      expect(await cache.set("b", { n: 4 }, { ifNotExists: true })).toBe(true);
      expect(await cache.get("b")).toEqual({ n: 4 });
      expect(await cache.set("c", { n: 5 }, { ifNotExists: true })).toBe(true);
      expect(await cache.get("c")).toEqual({ n: 5 });
    });

    test("ifNotExists leaves alone what has no envelope", async () => {
      await plain.set("a", { n: 1 });
      expect(await cache.set("a", { n: 2 }, { ifNotExists: true })).toBe(false);
      expect(await plain.get("a")).toEqual({ n: 1 });
    });

    test("a load replaces a stale entry, and one that has no envelope", async () => {
      await grownStale("a");
      expect(await cache.getOrSet("a", () => ({ n: 2 }))).toEqual({ n: 2 });
      expect(await cache.get("a")).toEqual({ n: 2 });
      await plain.set("b", { n: 3 });
      expect(await cache.getOrSet("b", () => ({ n: 4 }))).toEqual({ n: 4 });
      expect(await cache.get("b")).toEqual({ n: 4 });
    });

    test("a load of many replaces stale entries, and leaves alone those that were stored meanwhile", async () => {
      await grownStale("a");
      await grownStale("b");
      const hits = await cache.getOrSetMany(["a", "b", "c"], async (keys) => {
        await cache.set("b", { n: 7 });
        return keys.map(() => ({ n: 5 }));
      });
      expect([...hits.values()]).toEqual([{ n: 5 }, { n: 5 }, { n: 5 }]);
      expect([...(await cache.getMany(["a", "b", "c"])).values()]).toEqual([{ n: 5 }, { n: 7 }, { n: 5 }]);
    });

    test("an expiry that moves takes the fresh life along", async () => {
      await cache.set("a", { n: 1 }, { ttl: "10s" });
      expect(await cache.expireIn("a", "30m")).toBe(true);
      await cache.set("b", { n: 2 }, { ttl: "10s" });
      expect(await cache.expireIn("b", "1h")).toBe(true);
      await cache.set("c", { n: 3 }, { ttl: "10s" });
      expect(await cache.touch("c")).toBe(true);
      await grownStale("d");
      expect(await cache.get("a")).toEqual({ n: 1 });
      expect(await cache.get("b")).toEqual({ n: 2 });
      expect(await cache.get("c")).toEqual({ n: 3 });
      const left = await cache.ttl("a");
      expect(left).toBeGreaterThan(1_790_000);
      expect(left).toBeLessThanOrEqual(1_800_000);
    });

    test("an expiry of nothing, and one in the past, delete", async () => {
      await cache.set("a", { n: 1 });
      expect(await cache.expireIn("a", { ms: 0 })).toBe(true);
      expect(await cache.get("a", undefined, { stale: true })).toBeUndefined();
      await cache.set("b", { n: 1 });
      expect(await cache.expireAt("b", new Date(1))).toBe(true);
      expect(await cache.get("b", undefined, { stale: true })).toBeUndefined();
    });

    test("an entry without an expiry is fresh for ever", async () => {
      const endless = new Cache<string, Box>({
        backend,
        serializer,
        prefix: `endless:${tests}:`,
        stale: { onError: "1h" },
      });
      await endless.set("a", { n: 1 });
      await endless.set("b", { n: 2 }, { ttl: "10m" });
      expect(await endless.ttl("a")).toBe("forever");
      expect(await endless.expireIn("b", "forever")).toBe(true);
      expect(await endless.ttl("b")).toBe("forever");
      expect(await endless.get("b")).toEqual({ n: 2 });
    });

    test("clear takes stale entries too", async () => {
      await grownStale("a");
      await cache.set("b", { n: 2 });
      expect(await cache.clear()).toBe(2);
      expect((await cache.getMany(["a", "b"], { stale: true })).size).toBe(0);
    });

    test("calls take effect in the order in which they are made, the very first included", async () => {
      const [stored, found, deleted, gone] = await Promise.all([
        cache.set("a", { n: 1 }),
        cache.get("a"),
        cache.delete("a"),
        cache.get("a"),
      ]);
      expect([stored, found, deleted, gone]).toEqual([true, { n: 1 }, true, undefined]);
    });

    test("what is stored is what the value was at the call", async () => {
      const box = { n: 1 };
      const stored = cache.set("a", box);
      box.n = 2;
      await stored;
      expect(await cache.get("a")).toEqual({ n: 1 });
    });

    test("an entry is worth nothing once a record that it depends on has changed, or is gone", async () => {
      const records = new Cache<string, string>({ backend, serializer: textSerializer, prefix: `record:${tests}:` });
      const dependent = new Cache<string, Box>({
        backend,
        serializer,
        prefix: `dependent:${tests}:`,
        ttl: "1h",
        stale: { onError: "1h" },
        versions: versionsOf(records),
      });
      await records.set("a", "v1");
      await dependent.set("a", { n: 1 });
      expect(await dependent.get("a")).toEqual({ n: 1 });
      expect(await dependent.has("a")).toBe(true);
      expect((await dependent.getMany(["a"])).size).toBe(1);
      await records.set("a", "v2");
      expect(await dependent.get("a", undefined, { stale: true })).toBeUndefined();
      expect((await dependent.getMany(["a"])).size).toBe(0);
      expect(await dependent.has("a")).toBe(false);
      expect(await dependent.ttl("a")).toBeUndefined();
      expect(await dependent.getOrSet("a", () => ({ n: 2 }))).toEqual({ n: 2 });
      expect(await dependent.get("a")).toEqual({ n: 2 });
      await records.delete("a");
      expect(await dependent.take("a")).toBeUndefined();
    });

    test("an entry remembers the versions of before its load", async () => {
      const records = new Cache<string, string>({ backend, serializer: textSerializer, prefix: `record:${tests}:` });
      const dependent = new Cache<string, Box>({
        backend,
        serializer,
        prefix: `dependent:${tests}:`,
        versions: versionsOf(records),
      });
      await records.set("a", "v1");
      await dependent.getOrSet("a", async () => {
        await records.set("a", "v2");
        return { n: 1 };
      });
      expect(await dependent.get("a")).toBeUndefined();
      const loaded = await dependent.getOrSetMany(["a", "b"], async (keys) => {
        await records.set("b", "v3");
        return keys.map((_, index) => ({ n: index }));
      });
      expect(loaded.size).toBe(2);
      expect([...(await dependent.getMany(["a", "b"])).keys()]).toEqual(["a"]);
      await dependent.refresh("b", async () => {
        await records.set("b", "v4");
        return { n: 4 };
      });
      expect(await dependent.get("b")).toBeUndefined();
    });
  });
}

const textSerializer: Serializer<string> = {
  name: "text",
  in: "value",
  out: "text",
  serialize: (value) => value,
  deserialize: (stored) => String(stored),
};

/** An entry depends on the record of its own key. */
function versionsOf(records: Cache<string, string>): Versions {
  return {
    recordsOf: (key) => [records.keyOf(String(key))],
    hold: (versions, found) => found.every((record, index) => record !== undefined && record === versions[index]),
    toStore: async (key, found) => [String(found?.[0] ?? (await records.get(String(key), "none")))],
  };
}
