import { type Backend, BackendUnavailableError, KeyvBackend, KeyvStore, MemoryBackend } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { Keyv } from "keyv";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keyvOfLiveValues } from "../../support/keyv-stores.ts";

let now: number;
let backend: MemoryBackend;
let keyv: Keyv;
beforeEach(() => {
  now = Date.now();
  backend = new MemoryBackend({ now: () => now });
  keyv = new Keyv({ store: new KeyvStore(backend), namespace: "shop" });
});
afterEach(() => backend.close());

async function entriesOf(of: Keyv): Promise<Readonly<Record<string, unknown>>> {
  const found: [string, unknown][] = [];
  for await (const [key, value] of of.iterator?.(undefined) ?? []) found.push([key, value]);
  return Object.fromEntries(found);
}

describe("a Keyv on a KeyvStore", () => {
  it("keeps its envelope in the backend, under its key", async () => {
    expect(await keyv.set("a", { n: 1 })).toBe(true);
    expect(await backend.get("shop:a", "text")).toBe('{"value":{"n":1}}');
    expect(await keyv.get("a")).toEqual({ n: 1 });
  });

  it("puts the prefix of its store before its keys", async () => {
    const prefixed = new Keyv({ store: new KeyvStore(backend, { prefix: "app:" }), namespace: "shop" });
    await prefixed.set("a", 1);
    expect(await backend.has("app:shop:a")).toBe(true);
    expect(await entriesOf(prefixed)).toEqual({ a: 1 });
  });

  it("hands its ttl to the backend, in whole milliseconds", async () => {
    await keyv.set("a", 1, 1_000);
    await keyv.set("b", 1, 0.5);
    await keyv.set("c", 1);
    await keyv.set("d", 1, 0);
    expect(await backend.ttl("shop:a")).toBe(1_000);
    expect(await backend.ttl("shop:b")).toBe(1);
    expect(await backend.ttl("shop:c")).toBe("forever");
    expect(await backend.ttl("shop:d")).toBe("forever");
  });

  it("stores nothing that has ended before now, and deletes what was there", async () => {
    await keyv.set("a", 1);
    await keyv.set("a", 2, -5);
    expect(await backend.has("shop:a")).toBe(false);
  });

  it("stores many, each with a ttl of its own", async () => {
    const entries = [
      { key: "a", value: 1, ttl: 1_000 },
      { key: "b", value: 2 },
      { key: "c", value: 3, ttl: 1_000 },
    ];
    expect(await keyv.setMany(entries)).toEqual([true, true, true]);
    expect(await keyv.getMany(["a", "none", "b", "c"])).toEqual([1, undefined, 2, 3]);
    expect(await backend.ttl("shop:b")).toBe("forever");
    expect(await backend.ttl("shop:c")).toBe(1_000);
  });

  it("keeps the last of several for one key, whatever their ttl", async () => {
    const store = new KeyvStore(backend);
    await store.setMany([
      { key: "a", value: "1", ttl: 1_000 },
      { key: "a", value: "2", ttl: 2_000 },
      { key: "a", value: "3", ttl: 1_000 },
    ]);
    expect(await store.get("a")).toBe("3");
  });

  it("asks the backend once for many", async () => {
    const controlled = new ControlledBackend();
    const many = new Keyv({ store: new KeyvStore(controlled) });
    await many.setMany([
      { key: "a", value: 1, ttl: 1_000 },
      { key: "b", value: 2, ttl: 1_000 },
    ]);
    await many.getMany(["a", "b", "c"]);
    await many.deleteMany(["a", "b"]);
    await many.set("a", 1);
    expect(controlled.calls).toEqual(["setMany", "getMany", "deleteMany", "set"]);
  });

  it("tells what there is and what it deleted", async () => {
    await keyv.set("a", 1);
    await keyv.set("b", 1);
    expect(await keyv.has("a")).toBe(true);
    expect(await keyv.has(["a", "none"])).toEqual([true, false]);
    expect(await keyv.delete("a")).toBe(true);
    expect(await keyv.delete("a")).toBe(false);
    expect(await keyv.deleteMany(["a", "b"])).toBe(true);
    expect(await keyv.deleteMany(["a", "b"])).toBe(false);
  });

  it("goes through its entries, and leaves out those that have ended", async () => {
    const other = new Keyv({ store: new KeyvStore(backend), namespace: "other" });
    await other.set("x", 1);
    await keyv.set("a:1", 1);
    await keyv.set("b", { two: 2 });
    await keyv.set("c", 3, 1_000);
    now += 1_000;
    expect(await entriesOf(keyv)).toEqual({ "a:1": 1, b: { two: 2 } });
  });

  it("clears its namespace alone", async () => {
    const other = new Keyv({ store: new KeyvStore(backend), namespace: "shopping" });
    await other.set("a", 1);
    await keyv.set("a", 1);
    await backend.set("foreign", "x", {});
    await keyv.clear();
    expect(await keyv.has("a")).toBe(false);
    expect(await other.has("a")).toBe(true);
    expect(await backend.has("foreign")).toBe(true);
  });

  it("closes the backend when it disconnects", async () => {
    await keyv.disconnect();
    await expect(backend.ready()).rejects.toBeInstanceOf(BackendUnavailableError);
  });
});

describe("a Keyv without a serializer on a KeyvStore", () => {
  const liveOn = (on: Backend): Keyv => {
    const live = keyvOfLiveValues();
    live.store = new KeyvStore(on);
    return live;
  };

  it("keeps the values themselves where the backend holds them", async () => {
    const live = liveOn(backend);
    const value = { date: new Date(0) };
    await live.set("a", value);
    expect(await live.get("a")).toBe(value);
    expect(await entriesOf(live)).toEqual({ a: value });
  });

  it("is told that a backend of text cannot hold them", async () => {
    const live = liveOn(new KeyvBackend(new Keyv()));
    const errors: unknown[] = [];
    live.on("error", (error) => errors.push(error));
    expect(await live.set("a", 1)).toBe(false);
    expect(errors).toMatchObject([{ code: "INVALID_VALUE" }]);
    expect(String(errors[0])).toMatch(/The backend keyv holds text.*Leave Keyv's serializer on/);
  });
});

describe("a Keyv without a namespace on a KeyvStore", () => {
  const without = (on: Backend, prefix?: string): Keyv => {
    const bare = new Keyv({ store: new KeyvStore(on, { prefix }), throwOnErrors: true });
    bare.namespace = undefined;
    return bare;
  };

  it("clears what is under the prefix", async () => {
    const shared = new ControlledBackend({ isShared: true });
    const bare = without(shared, "app:");
    await bare.set("a", 1);
    await shared.set("foreign", "x", {});
    await bare.clear();
    expect(await bare.has("a")).toBe(false);
    expect(await shared.has("foreign")).toBe(true);
  });

  it("clears a backend of its own, and no shared one", async () => {
    const bare = without(backend);
    await bare.set("a", 1);
    await bare.clear();
    expect(await bare.has("a")).toBe(false);

    const shared = new ControlledBackend({ isShared: true });
    await expect(without(shared).clear()).rejects.toMatchObject({ code: "NOT_CLEARABLE" });
    expect(shared.calls).toEqual([]);
  });
});

describe("a Keyv on a KeyvStore whose backend is down", () => {
  let controlled: ControlledBackend;
  let errors: unknown[];
  beforeEach(async () => {
    controlled = new ControlledBackend();
    keyv = new Keyv({ store: new KeyvStore(controlled) });
    errors = [];
    keyv.on("error", (error) => errors.push(error));
    await keyv.set("a", 1);
    controlled.fail("get", "getMany", "set", "setMany", "delete", "deleteMany", "has", "scan", "clear");
  });

  it("misses, refuses, and tells of it once a call", async () => {
    expect(await keyv.get("a")).toBeUndefined();
    expect(await keyv.set("a", 2)).toBe(false);
    expect(await keyv.setMany([{ key: "a", value: 2 }])).toEqual([false]);
    expect(await keyv.delete("a")).toBe(false);
    expect(await keyv.deleteMany(["a"])).toBe(false);
    expect(await keyv.clear()).toBeUndefined();
    expect(errors).toHaveLength(6);
    expect(errors.every((error) => error instanceof BackendUnavailableError)).toBe(true);
  });

  it("rejects where Keyv makes no miss of it", async () => {
    await expect(keyv.getMany(["a"])).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(keyv.has("a")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(entriesOf(keyv)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("throws where Keyv was asked to", async () => {
    keyv.throwOnErrors = true;
    await expect(keyv.get("a")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(keyv.set("a", 1)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("is no longer told when it does not listen", async () => {
    const store = new KeyvStore(controlled);
    const heard: unknown[] = [];
    const listener = (error: unknown): number => heard.push(error);
    store.on("error", listener).on("other", listener);
    await expect(store.get("a")).rejects.toThrow();
    store.off("error", listener);
    await expect(store.get("a")).rejects.toThrow();
    expect(heard).toHaveLength(1);
  });
});

describe("the two bridges, one on the other", () => {
  it("carry entries through", async () => {
    const bridged = new KeyvBackend(keyv);
    await bridged.set("a", Uint8Array.of(1, 2, 255), { ttlMs: 60_000 });
    expect(await bridged.get("a", "bytes")).toEqual(Buffer.of(1, 2, 255));
    expect(await backend.ttl("shop:a")).toBe(60_000);
    expect(await bridged.clear({ head: "", owns: () => true }, {})).toBe(1);
    expect(backend.size).toBe(0);
  });
});
