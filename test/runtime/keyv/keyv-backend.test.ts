import { bytes, Cache, json, KeyvBackend, MemoryBackend, noop, text } from "@cachetory/runtime";
import fc from "fast-check";
import { Keyv } from "keyv";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keyvOfLiveValues, TextStore } from "../../support/keyv-stores.ts";

let store: TextStore;
let keyv: Keyv;
let backend: KeyvBackend;
beforeEach(() => {
  store = new TextStore();
  keyv = new Keyv({ store, namespace: "shop" });
  backend = new KeyvBackend(keyv);
});
afterEach(() => backend.close());

const keysOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `key:${index}`);

async function scanned(of: KeyvBackend, head = ""): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const keys of of.scan({ head, owns: () => true })) found.push(...keys);
  return found;
}

describe("a KeyvBackend and its Keyv", () => {
  it("hold the same entries", async () => {
    await backend.set("a", "text", { ttlMs: 60_000 });
    expect(await keyv.get("a")).toBe("text");
    expect([...store.rows.keys()]).toEqual(["shop:a"]);

    await keyv.set("b", "of keyv");
    await keyv.set("c", Buffer.from("bytes"), 60_000);
    expect(await backend.getMany(["a", "b", "c"], "text")).toEqual(["text", "of keyv", "bytes"]);
    expect(await backend.ttl("c")).toBeGreaterThan(50_000);
  });

  it("have no entry where Keyv holds another type", async () => {
    await keyv.set("a", { is: "an object" });
    expect(await backend.get("a", "text")).toBeUndefined();
    expect(await backend.get("a", "bytes")).toBeUndefined();
  });

  it("differ on the default ttl, which is not the cache's", async () => {
    const hasty = new KeyvBackend(new Keyv({ ttl: 60_000 }));
    await hasty.set("a", "x", {});
    await hasty.setMany([["b", "x"]], undefined);
    expect([await hasty.ttl("a"), await hasty.ttl("b")]).toEqual(["forever", "forever"]);
  });

  it("part when the backend is closed", async () => {
    await backend.set("a", "x", {});
    await backend.close();
    expect(await keyv.get("a")).toBe("x");
    expect(keyv.listeners("error")).toEqual([]);
  });

  it("serve a cache", async () => {
    const cache = new Cache<string, { n: number }>({ serializer: json(), backend, prefix: "numbers:" });
    await cache.set("one", { n: 1 });
    await keyv.set("other", "x");
    expect(await cache.get("one")).toEqual({ n: 1 });
    expect(await cache.getOrSet("two", () => ({ n: 2 }))).toEqual({ n: 2 });
    expect(await cache.clear()).toBe(2);
    expect(await keyv.get("other")).toBe("x");
  });
});

describe("a KeyvBackend holds", () => {
  it("text and bytes", () => {
    expect(backend.holds).toEqual(["text", "bytes"]);
    expect(new KeyvBackend(new Keyv()).holds).toEqual(["text", "bytes"]);
    expect(backend.isShared).toBe(true);
  });

  it("live values in a Map without a serializer", async () => {
    const live = new KeyvBackend(keyvOfLiveValues());
    expect(live.holds).toEqual(["value", "text", "bytes"]);
    const cache = new Cache<string, object>({ serializer: noop(), backend: live });
    const value = { type: "Buffer", data: [1] };
    await cache.set("a", value);
    expect(await cache.get("a")).toBe(value);
  });

  it("text alone where a compressor of Keyv 5 would make text of bytes", async () => {
    const compression = {
      compress: async (value: unknown) => `small ${value}`,
      decompress: async (value: string) => value.slice(6),
    };
    const small = new KeyvBackend(new Keyv({ compression }));
    expect(() => new Cache({ serializer: bytes(), backend: small })).toThrow(/holds text only/);
    const cache = new Cache<string, string>({ serializer: text(), backend: small });
    await cache.set("a", "x");
    expect(await cache.get("a")).toBe("x");
    expect(await small.getMany(["a", "b"], "text")).toEqual(["x", undefined]);
  });
});

describe("a KeyvBackend asks the store", () => {
  it("once for 100 keys, and once to store them", async () => {
    const keys = keysOf(100);
    await backend.setMany(
      keys.map((key) => [key, "x"] as const),
      undefined,
    );
    expect(await backend.getMany(keys, "text")).toEqual(keys.map(() => "x"));
    expect(store.calls).toEqual(["setMany", "getMany"]);
  });

  it("in steps of 500 keys", async () => {
    await backend.getMany(keysOf(1_001), "text");
    expect(store.calls).toEqual(["getMany", "getMany", "getMany"]);
  });

  it("for reads of one key side by side", async () => {
    const open = store.hold();
    const reads = [1, 2, 3].map(() => backend.get("a", "text"));
    expect(store.calls).toEqual(["get", "get", "get"]);
    open();
    await Promise.all(reads);
  });
});

describe("calls of a process for one key", () => {
  it("store under if-not-exists once", async () => {
    const answers = await Promise.all(keysOf(20).map((value) => backend.set("a", value, { ifNotExists: true })));
    expect(answers.filter((isStored) => isStored)).toHaveLength(1);
    expect(await backend.get("a", "text")).toBe("key:0");
  });

  it("take an entry once", async () => {
    await backend.set("a", "x", {});
    const taken = await Promise.all([1, 2, 3].map(() => backend.take("a", "text")));
    expect(taken).toEqual(["x", undefined, undefined]);
  });

  it("answer as those of memory do, in the order in which they are made", async () => {
    const key = fc.constantFrom("a", "b", "shop:a");
    const call = fc.oneof(
      fc.tuple(fc.constant("set"), key, fc.constantFrom("1", "2"), fc.boolean()),
      fc.tuple(fc.constantFrom("get", "take", "delete", "has", "ttl", "expireIn", "expireAt"), key),
      fc.tuple(fc.constantFrom("getMany", "setMany", "deleteMany"), fc.array(key, { maxLength: 3 })),
    );
    type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;
    const answer = async (on: KeyvBackend | MemoryBackend, [name, on1, value, isNew]: Call): Promise<unknown> => {
      const keys = [...on1];
      const one = String(on1);
      switch (name) {
        case "set":
          return on.set(one, value, { ifNotExists: isNew === true });
        case "get":
        case "take":
          return on[name](one, "text");
        case "delete":
        case "has":
        case "ttl":
          return on[name](one);
        case "expireIn":
          return on.expireIn(one, undefined);
        case "expireAt":
          return on.expireAt(one, 1);
        case "getMany":
          return on.getMany(keys, "text");
        case "setMany":
          return on.setMany(
            keys.map((entryKey) => [entryKey, entryKey] as const),
            undefined,
          );
        default:
          return on.deleteMany(keys);
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 12 }), async (calls) => {
        const memory = new MemoryBackend();
        const over = new KeyvBackend(new Keyv({ store: new TextStore(), namespace: "shop" }));
        const answers = await Promise.all(calls.map((made) => answer(over, made)));
        expect(answers).toEqual(await Promise.all(calls.map((made) => answer(memory, made))));
      }),
      { numRuns: 100 },
    );
  });
});

describe("what the store refuses", () => {
  const refusal = new Error("OOM command not allowed");

  it.each(["reject", "swallow"] as const)("rejects, where the store's way is to %s", async (how) => {
    await backend.set("a", "x", {});
    store.fail(refusal, how);
    const answers = await Promise.allSettled([
      backend.set("b", "x", {}),
      backend.set("c", "x", { ifNotExists: true }),
      backend.setMany([["d", "x"]], undefined),
      backend.get("e", "text"),
      backend.getMany(["f", "g"], "text"),
      backend.has("h"),
      backend.ttl("i"),
      backend.take("j", "text"),
      backend.delete("k"),
      backend.deleteMany(["l"]),
      backend.expireIn("m", 1_000),
      backend.expireAt("n", 1_000),
      backend.clear({ head: "", owns: () => true }, {}),
      backend.ready(),
    ]);
    const rejection = { status: "rejected", reason: { code: "UNAVAILABLE", outcome: "unknown", cause: refusal } };
    for (const answer of answers) expect(answer).toMatchObject(rejection);
    await expect(backend.set("a", "y", {})).rejects.toThrow("The store of the Keyv failed: OOM command not allowed");
    store.heal();
    expect(await backend.get("a", "text")).toBe("x");
  });

  it("rejects where the store has no batches", async () => {
    Object.assign(store, { getMany: undefined, setMany: undefined, deleteMany: undefined });
    await backend.set("a", "x", {});
    store.fail(refusal, "reject");
    await expect(backend.getMany(["a", "b"], "text")).rejects.toMatchObject({ code: "UNAVAILABLE", cause: refusal });
    await expect(backend.setMany([["a", "y"]], undefined)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(backend.deleteMany(["a"])).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("rejects where the store answers false and no more", async () => {
    Object.assign(store, { set: async () => false, setMany: async () => [true, false] });
    await expect(backend.set("a", "x", {})).rejects.toThrow("The store of the Keyv failed, and did not say why.");
    await expect(backend.setMany([["a", "x"]], undefined)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("is a miss to a cache, and told by its set", async () => {
    const cache = new Cache<string, string>({ serializer: text(), backend, prefix: "p:" });
    await cache.set("a", "x");
    store.fail(refusal, "swallow");
    expect(await cache.get("a")).toBeUndefined();
    expect(await cache.getOrSet("a", () => "loaded")).toBe("loaded");
    await expect(cache.set("a", "y")).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("leaves a read that found its entry alone", async () => {
    await backend.set("a", "x", {});
    const open = store.hold();
    const reads = Promise.all([backend.get("a", "text"), backend.getMany(["a"], "text")]);
    store.emitError(new Error("of another call"));
    open();
    expect(await reads).toEqual(["x", ["x"]]);
  });

  it("is heard, or the Keyv is not taken", () => {
    expect(() => new KeyvBackend(new Keyv({ emitErrors: false }))).toThrow(/emitErrors/);
  });
});

describe("a store that does not answer", () => {
  beforeEach(() => {
    backend = new KeyvBackend(keyv, { commandTimeoutMs: 50 });
  });

  it("is waited for no longer than the time limit, and says what may have happened", async () => {
    const open = store.hold();
    const [written, behind, read] = await Promise.allSettled([
      backend.set("a", "first", {}),
      backend.set("a", "second", {}),
      backend.get("b", "text"),
    ]);
    expect(written).toMatchObject({ reason: { code: "UNAVAILABLE", outcome: "unknown" } });
    expect(behind).toMatchObject({ reason: { code: "UNAVAILABLE", outcome: "none" } });
    expect(read).toMatchObject({ reason: { message: "The Keyv did not answer within 50 ms." } });
    await expect(scanned(backend)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    open();
    await expect.poll(() => backend.get("a", "text")).toBe("first");
  });

  it("does nothing late that undoes what came after it", async () => {
    const goOn = store.hold();
    await expect(backend.set("a", "first", {})).rejects.toMatchObject({ outcome: "unknown" });
    // What comes from now on is not held.
    store.hold()();
    const second = backend.set("a", "second", {});
    const turns = async (): Promise<void> => {
      for (let count = 0; count < 5; count += 1) await new Promise(setImmediate);
    };
    await turns();
    goOn();
    await second;
    await turns();
    expect(await backend.get("a", "text")).toBe("second");
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("has no limit of %s ms", (commandTimeoutMs) => {
    expect(() => new KeyvBackend(keyv, { commandTimeoutMs })).toThrow(/commandTimeoutMs is more than zero and at most/);
  });
});

describe("an entry that Keyv cannot read", () => {
  beforeEach(async () => {
    await backend.set("good", "x", {});
    store.rows.set("shop:bad", '{"value": "cut o');
  });

  it("is none", async () => {
    expect(await backend.get("bad", "text")).toBeUndefined();
    expect(await backend.getMany(["good", "bad"], "text")).toEqual(["x", undefined]);
    expect(await backend.has("bad")).toBe(false);
    expect(await backend.ttl("bad")).toBeUndefined();
    expect(await backend.expireIn("bad", 1_000)).toBe(false);
    expect(await scanned(backend)).toEqual(["good"]);
  });

  it("can be deleted and replaced", async () => {
    expect(await backend.delete("bad")).toBe(false);
    expect([...store.rows.keys()]).toEqual(["shop:good"]);
    store.rows.set("shop:bad", "");
    expect(await backend.deleteMany(["good", "bad"])).toBe(1);
    expect([...store.rows.keys()]).toEqual([]);
    store.rows.set("shop:bad", "[");
    expect(await backend.set("bad", "new", { ifNotExists: true })).toBe(true);
    expect(await backend.get("bad", "text")).toBe("new");
  });
});

describe("namespaces", () => {
  it.each([
    ["a Map", (rows: Map<string, string>) => rows],
    // Keyv sets the namespace of its store, so each has one of its own on the same rows.
    ["a store", (rows: Map<string, string>) => Object.assign(new TextStore(), { rows })],
  ])("are kept apart in %s", async (_, makeOn) => {
    const rows = new Map<string, string>();
    const names = ["shop", "shop:old", "old", "workshop"];
    const over = names.map((namespace) => new KeyvBackend(new Keyv({ store: makeOn(rows), namespace })));
    for (const [index, each] of over.entries()) {
      await each.set("key", `of ${names[index]}`, {});
      await each.set(`${names[index]}:key`, "prefixed", {});
    }
    for (const [index, each] of over.entries()) {
      expect(await each.get("key", "text")).toBe(`of ${names[index]}`);
      expect(await each.getMany(["key", `${names[index]}:key`], "text")).toEqual([`of ${names[index]}`, "prefixed"]);
    }
    const [, old] = over;
    expect([...(await scanned(old ?? backend))].sort()).toEqual(["key", "shop:old:key"]);
    expect(await old?.clear({ head: "", owns: () => true }, {})).toBe(2);
    for (const each of [over[0], over[2], over[3]]) expect(await each?.get("key", "text")).toBeDefined();
  });
});

describe("a store that cannot list its keys", () => {
  it("can be neither scanned nor cleared, and everything else goes on", async () => {
    Object.assign(store, { iterator: undefined });
    await backend.set("a", "x", {});
    await expect(scanned(backend)).rejects.toMatchObject({ code: "NOT_CLEARABLE" });
    await expect(backend.clear({ head: "a", owns: () => true }, {})).rejects.toThrow(
      /use a store that has an iterator/,
    );
    expect(await backend.delete("a")).toBe(true);
  });
});
