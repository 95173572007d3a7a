import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Cache, DummyBackend, json, MemoryBackend, offload, SyncCache, zlib } from "@cachetory/runtime";
import {
  bindCaches,
  type CacheDefinition,
  type DeclaredBackend,
  fitKey,
  intPart,
} from "@cachetory/runtime/codegen/v1/core";
import { describe, expect, it, vi } from "vitest";

interface Key {
  readonly id: number;
  readonly locale: "en" | "nl";
}

interface Value {
  name: string;
  tags: string[];
}

const copy = (value: unknown): unknown => structuredClone(value);

function definition(live: CacheDefinition<Key, Value>["live"]): CacheDefinition<Key, Value> {
  const pattern = {
    segments: ["v:", { name: "id", type: "int" }, ":", { name: "locale", type: ["en", "nl"] }],
  } as const;
  return {
    name: "values",
    pattern,
    keyText: (key) => fitKey(`v:${intPart(key.id, "values.id")}:${key.locale}`, pattern),
    keyPath: {
      find: (level, key) => level.get(key.locale)?.get(key.id),
      parts: [(key) => key.locale, (key) => key.id],
    },
    serializer: () => json({ strict: true }),
    ttlMs: 60_000,
    ...(live && { live }),
  };
}

const cloning = definition({ size: () => 100, keep: copy, give: copy });

function openOn(backend: MemoryBackend, chosen = cloning): Cache<Key, Value> {
  const declared: DeclaredBackend = {
    name: "local",
    prefix: "",
    opened: undefined,
    make: () => backend,
    shared: () => backend,
  };
  return bindCaches({ values: [chosen, declared] }, { local: backend }).values;
}

const key: Key = { id: 1, locale: "en" };
const value: Value = { name: "one", tags: ["a"] };

describe("peek", () => {
  it("gives what is stored, before any promise resolves", () => {
    const cache = openOn(new MemoryBackend());
    expect(cache.peek(key)).toBeUndefined();
    void cache.set(key, value);
    expect(cache.peek(key)).toEqual(value);
  });

  it("finds nothing where entries are elsewhere", async () => {
    const cache = new Cache<string, number>({ backend: new DummyBackend(), serializer: json() });
    await cache.set("a", 1);
    expect(cache.peek("a")).toBeUndefined();
  });

  it("finds nothing where values are offloaded, which takes a promise", async () => {
    const backend = new MemoryBackend();
    const cache = new Cache<string, Uint8Array>({ backend, serializer: zlib(), offload: offload({ minBytes: 1e6 }) });
    await cache.set("a", new Uint8Array(3));
    expect(cache.peek("a")).toBeUndefined();
    expect(await cache.get("a")).toEqual(new Uint8Array(3));
  });

  it("refuses a key that is none, and opens nothing for it", () => {
    const open = vi.fn(() => new MemoryBackend());
    const cache = new Cache<Key, Value>({
      name: cloning.name,
      pattern: cloning.pattern,
      keyText: cloning.keyText,
      keyPath: cloning.keyPath,
      serializer: json(),
      backend: open,
    });
    expect(() => cache.peek({ id: 1.5, locale: "en" })).toThrow(/values.id must be an integer/);
    // A caller without types.
    expect(() => cache.peek(null as unknown as Key)).toThrow(/are objects/);
    expect(open).not.toHaveBeenCalled();
  });

  it("is a miss on a backend that was closed", async () => {
    const backend = new MemoryBackend();
    const cache = openOn(backend);
    await cache.set(key, value);
    expect(cache.peek(key)).toEqual(value);
    const warned = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    await backend.close();
    expect(cache.peek(key)).toBeUndefined();
    await vi.waitFor(() => expect(warned).toHaveBeenCalledOnce());
    warned.mockRestore();
  });

  it("asks a class that extends the backend, which may have a say", async () => {
    class Counting extends MemoryBackend {
      reads = 0;
      override async get(...args: Parameters<MemoryBackend["get"]>): Promise<unknown> {
        this.reads += 1;
        return super.get(...args);
      }
    }
    const backend = new Counting();
    const cache = openOn(backend);
    await cache.set(key, value);
    expect([cache.peek(key), await cache.get(key), backend.reads]).toEqual([undefined, value, 1]);
  });
});

describe("an entry that was found by the parameters of its key", () => {
  it("is the one of its text, whatever the parameters look like", async () => {
    const cache = openOn(new MemoryBackend());
    await cache.set({ id: 0, locale: "en" }, value);
    expect(cache.peek({ id: -0, locale: "en" })).toEqual(value);
    expect(cache.peek({ id: 0, locale: "nl" })).toBeUndefined();
    // A caller without types: the text is found for numbers alone.
    expect(() => cache.peek({ id: "0" as unknown as number, locale: "en" })).toThrow(/must be an integer/);
  });

  it("is not found once it is replaced, deleted, cleared or has expired", async () => {
    let nowMs = 1_000_000;
    const cache = openOn(new MemoryBackend({ now: () => nowMs }));
    const found = (): string | undefined => cache.peek(key)?.name;
    await cache.set(key, value);
    expect([found(), found()]).toEqual(["one", "one"]);
    await cache.set(key, { name: "two", tags: [] });
    expect(found()).toBe("two");
    await cache.delete(key);
    expect(found()).toBeUndefined();
    await cache.set(key, value);
    expect(found()).toBe("one");
    await cache.clear({ id: 1 });
    expect(found()).toBeUndefined();
    await cache.set(key, value, { ttl: "1s" });
    nowMs += 999;
    expect(found()).toBe("one");
    nowMs += 1;
    expect(found()).toBeUndefined();
    await cache.set(key, value);
    await cache.take(key);
    expect(found()).toBeUndefined();
  });

  it("is not found once it was evicted, and keeps its place while it is read", async () => {
    const cache = openOn(new MemoryBackend({ maxEntries: 3 }));
    const keyOf = (id: number): Key => ({ id, locale: "en" });
    for (const id of [1, 2, 3]) await cache.set(keyOf(id), value);
    for (let id = 4; id < 20; id++) {
      expect(cache.peek(keyOf(1))).toEqual(value);
      await cache.set(keyOf(id), value);
    }
    expect(cache.peek(keyOf(1))).toEqual(value);
    expect([2, 3, 4, 5].map((id) => cache.peek(keyOf(id)))).toEqual([undefined, undefined, undefined, undefined]);
  });

  it("is let go of with its value: what is gone is not held", async () => {
    const backend = new MemoryBackend({ maxEntries: 100 });
    const cache = openOn(backend, definition({ size: () => 100 }));
    const refs: WeakRef<Value>[] = [];
    for (let id = 0; id < 2000; id++) {
      const big = { name: `value ${id}`, tags: [] };
      refs.push(new WeakRef(big));
      await cache.set({ id, locale: "en" }, big);
      cache.peek({ id, locale: "en" });
    }
    setFlagsFromString("--expose-gc");
    // What was looked at is kept until the turn of the event loop ends.
    await delay(0);
    runInNewContext("gc")();
    expect(refs.filter((ref) => ref.deref() !== undefined).length).toBeLessThan(150);
  });
});

describe("a value that is kept as it is", () => {
  it("is JSON to everybody else who reads the entry", async () => {
    const backend = new MemoryBackend();
    const cache = openOn(backend);
    await cache.set(key, value);
    const other = new Cache<string, Value>({ backend, serializer: json() });
    expect(await other.get("v:1:en")).toEqual(value);
    expect(await backend.get("v:1:en", "bytes")).toEqual(Buffer.from(JSON.stringify(value)));
    expect(await backend.getMany(["v:1:en"], "text")).toEqual([JSON.stringify(value)]);
    expect(backend.sync().take("v:1:en", "value")).toBe(JSON.stringify(value));
  });

  it("is read by another set of caches on the same backend", async () => {
    const backend = new MemoryBackend();
    await openOn(backend).set(key, value);
    expect(openOn(backend).peek(key)).toEqual(value);
  });

  it("is made anew for a cache that keeps its own otherwise", async () => {
    const backend = new MemoryBackend();
    await openOn(backend).set(key, value);
    const other = openOn(backend, definition({ size: () => 100, give: () => ({ name: "another type", tags: [] }) }));
    expect(other.peek(key)).toEqual(value);
  });

  it("is that of every operation", async () => {
    const cache = openOn(new MemoryBackend());
    await cache.setMany([[key, value]]);
    expect(await cache.get(key)).toEqual(value);
    expect(await cache.getOrThrow(key)).toEqual(value);
    expect([...(await cache.getMany([key, { id: 2, locale: "en" }]))]).toEqual([[key, value]]);
    expect(await cache.getOrSet(key, () => ({ name: "loaded", tags: [] }))).toEqual(value);
    expect(await cache.take(key)).toEqual(value);
    expect(await cache.getOrSet(key, () => ({ name: "loaded", tags: [] }))).toEqual({ name: "loaded", tags: [] });
    expect(cache.peek(key)).toEqual({ name: "loaded", tags: [] });
  });

  it("counts for its size", async () => {
    const backend = new MemoryBackend();
    await openOn(backend, definition({ size: () => 5000 })).set(key, value);
    // The entry, the key and the value.
    expect(backend.bytes).toBe(200 + 2 * "v:1:en".length + 5000);
  });

  it("is not kept where its size is unknown, or it holds itself", async () => {
    const backend = new MemoryBackend();
    const endless = (value: unknown): number => endless(value) + 1;
    for (const size of [() => Number.NaN, endless]) {
      const cache = openOn(backend, definition({ size }));
      await cache.set(key, value);
      expect(backend.bytes).toBe(200 + 2 * "v:1:en".length + 2 * JSON.stringify(value).length);
      expect(cache.peek(key)).toEqual(value);
      expect(cache.peek(key)).not.toBe(cache.peek(key));
    }
  });

  it("serves a cache without promises", () => {
    const cache = new SyncCache<string, Value>({
      backend: new MemoryBackend(),
      serializer: json(),
      live: { size: () => 100, keep: copy },
    });
    cache.set("a", value);
    expect(cache.get("a")).toEqual(value);
    expect(cache.get("a")).toBe(cache.get("a"));
    expect(cache.getMany(["a"]).get("a")).toBe(cache.get("a"));
  });
});

describe("getOrSet of what is at hand", () => {
  it("waits for a refresh of the key that is under way, and not for one of another", async () => {
    const cache = openOn(new MemoryBackend());
    await cache.set(key, value);
    const fresh = { name: "fresh", tags: [] };
    let finish = (_: Value): void => {};
    const refreshed = cache.refresh(key, () => new Promise<Value>((resolve) => (finish = resolve)));
    const waiting = cache.getOrSet(key, () => value);
    await cache.set({ id: 2, locale: "en" }, value);
    expect(await cache.getOrSet({ id: 2, locale: "en" }, () => fresh)).toEqual(value);
    finish(fresh);
    expect([await waiting, await refreshed]).toEqual([fresh, fresh]);
  });

  it("tells of a wrong ttl, and of a signal that was aborted", async () => {
    const cache = openOn(new MemoryBackend());
    await cache.set(key, value);
    // A caller without types.
    await expect(cache.getOrSet(key, () => value, { ttl: 5 as unknown as "5s" })).rejects.toThrow("ttl");
    await expect(cache.getOrSet(key, () => value, { signal: AbortSignal.abort("gone") })).rejects.toBe("gone");
    await expect(cache.get(key, undefined, { signal: AbortSignal.abort("gone") })).rejects.toBe("gone");
  });
});

describe("a setMany of thousands that nobody has waited for", () => {
  const values = new Map(
    Array.from({ length: 1_500 }, (_, id) => [{ id, locale: "en" } as const, { name: `n${id}`, tags: [] }]),
  );
  const last = { id: 1_499, locale: "en" } as const;

  it("is seen by the reads that follow it", async () => {
    await using cache = openOn(new MemoryBackend());
    expect(await cache.get(last)).toBeUndefined();
    const stored = cache.setMany(values);
    expect(cache.peek(last)).toEqual({ name: "n1499", tags: [] });
    expect(await cache.get(last)).toEqual({ name: "n1499", tags: [] });
    await stored;
  });

  it("leaves entries at hand where it is the first call of all", async () => {
    await using cache = openOn(new MemoryBackend());
    const stored = cache.setMany(values);
    expect(await cache.get(last)).toEqual({ name: "n1499", tags: [] });
    await stored;
    expect(cache.peek(last)).toEqual({ name: "n1499", tags: [] });
  });
});

describe("a value that is stored where one was read before", () => {
  it("takes its place at once, and all that is counted of it", async () => {
    const backend = new MemoryBackend();
    const cache = openOn(backend, definition({ size: (value) => (value as Value).name.length }));
    await cache.set(key, value);
    cache.peek(key);
    const bytes = backend.bytes;
    void cache.set(key, { name: "a longer one", tags: [] });
    expect(cache.peek(key)).toEqual({ name: "a longer one", tags: [] });
    expect([backend.size, backend.bytes]).toEqual([1, bytes + 9]);
  });

  it("needs no text of its key", async () => {
    const keyText = vi.fn(cloning.keyText);
    const cache = openOn(new MemoryBackend(), { ...cloning, keyText });
    await cache.set(key, value);
    cache.peek(key);
    keyText.mockClear();
    expect(await cache.set(key, { name: "two", tags: [] })).toBe(true);
    expect(keyText).not.toHaveBeenCalled();
    expect(cache.peek(key)?.name).toBe("two");
  });

  it("goes, and the one before with it, where it is too large", async () => {
    const backend = new MemoryBackend({ maxBytes: 1000 });
    const cache = openOn(backend, definition({ size: (value) => ((value as Value).name === "large" ? 2000 : 10) }));
    await cache.set(key, value);
    cache.peek(key);
    await cache.set(key, { name: "large", tags: [] });
    expect([cache.peek(key), backend.size, backend.bytes]).toEqual([undefined, 0, 0]);
  });

  it("lives for its own time, a shorter one or a longer one", async () => {
    let nowMs = 0;
    const backend = new MemoryBackend({ now: () => nowMs });
    const cache = openOn(backend, { ...cloning, maxTtlMs: 600_000 });
    await cache.set(key, value, { ttl: "5m" });
    cache.peek(key);
    await cache.set(key, { name: "two", tags: [] });
    nowMs = 59_999;
    expect(cache.peek(key)?.name).toBe("two");
    await cache.set(key, { name: "three", tags: [] });
    nowMs = 60_001;
    expect(cache.peek(key)?.name).toBe("three");
    nowMs = 119_999;
    // Whatever is written lets go of what has ended.
    await cache.set({ id: 2, locale: "en" }, value);
    expect([cache.peek(key), backend.size]).toEqual([undefined, 1]);
  });

  it("takes the place of one that has ended, was deleted or evicted, as often as it is stored", async () => {
    let nowMs = 0;
    const backend = new MemoryBackend({ now: () => nowMs, maxEntries: 1 });
    const cache = openOn(backend);
    await cache.set(key, value);
    cache.peek(key);
    const { bytes } = backend;
    const goings = [
      async () => {
        nowMs += 60_001;
      },
      () => cache.delete(key),
      () => cache.set({ id: 2, locale: "en" }, value),
    ];
    for (const [turn, go] of goings.entries()) {
      await go();
      for (const name of ["first", "other"]) await cache.set(key, { name: `${name} ${turn}`, tags: [] });
      expect([cache.peek(key)?.name, backend.size, backend.bytes]).toEqual([`other ${turn}`, 1, bytes]);
      expect(await cache.ttl(key)).toBe(60_000);
    }
  });

  it("is stored although the entry goes meanwhile", async () => {
    const backend = new MemoryBackend();
    const cache = openOn(
      backend,
      definition({
        size: () => {
          void backend.delete("v:1:en");
          return 100;
        },
      }),
    );
    await cache.set(key, value);
    cache.peek(key);
    const { bytes } = backend;
    await cache.set(key, { name: "two", tags: [] });
    expect([cache.peek(key)?.name, backend.size, backend.bytes]).toEqual(["two", 1, bytes]);
  });

  it("is refused as ever where it is none", async () => {
    const cache = openOn(new MemoryBackend());
    await cache.set(key, value);
    cache.peek(key);
    // A caller without types.
    await expect(cache.set(key, undefined as unknown as Value)).rejects.toThrow(/undefined cannot be stored/);
    expect(cache.peek(key)).toEqual(value);
  });

  it("keeps a load that is under way from storing", async () => {
    const cache = openOn(new MemoryBackend());
    await cache.set(key, value);
    cache.peek(key);
    let land: (loaded: Value) => void = () => {};
    const loaded = cache.refresh(key, () => new Promise((resolve) => (land = resolve)));
    await cache.set(key, { name: "set", tags: [] });
    land({ name: "loaded", tags: [] });
    expect((await loaded).name).toBe("loaded");
    expect(cache.peek(key)?.name).toBe("set");
  });

  it("is not stored on a backend that was closed", async () => {
    const backend = new MemoryBackend();
    const cache = openOn(backend);
    await cache.set(key, value);
    cache.peek(key);
    await backend.close();
    await expect(cache.set(key, value)).rejects.toThrow(/closed/);
  });

  it("needs no promise where the cache has none", () => {
    const cache = new SyncCache<Key, Value>({ ...cloning, ttl: { ms: 60_000 }, backend: new MemoryBackend() });
    cache.set(key, value);
    cache.get(key);
    expect(cache.set(key, { name: "two", tags: [] })).toBe(true);
    expect(cache.get(key)?.name).toBe("two");
  });
});
