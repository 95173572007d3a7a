import { KeyvStore, RedisBackend } from "@cachetory/runtime";
import { createCache } from "cache-manager";
import { Cacheable } from "cacheable";
import { Keyv } from "keyv";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RedisServer, startRedisServer } from "../support/redis-server.ts";

let server: RedisServer;
let backend: RedisBackend;
let keyv: Keyv;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  backend = new RedisBackend({ host: "127.0.0.1", port: server.port, commandTimeoutMs: 300 });
  keyv = new Keyv({ store: new KeyvStore(backend), namespace: "clients" });
});
afterEach(async () => {
  server.resume();
  await keyv.clear();
  await keyv.disconnect();
});

/** What Redis has under a key of the Keyv, and how long it will. */
async function stored(key: string): Promise<{ readonly text: unknown; readonly ttl: unknown }> {
  return { text: await backend.get(`clients:${key}`, "text"), ttl: await backend.ttl(`clients:${key}`) };
}

describe("cache-manager", () => {
  it("gets, sets with a ttl, and deletes", async () => {
    const cache = createCache({ stores: [keyv], ttl: 60_000 });
    await cache.set("a", { n: 1 });
    await cache.set("b", "x", 5_000);
    expect(await cache.get("a")).toEqual({ n: 1 });
    const left = await stored("b");
    expect(JSON.parse(String(left.text))).toMatchObject({ value: "x" });
    expect(left.ttl).toBeLessThanOrEqual(5_000);
    expect((await stored("a")).ttl).toBeGreaterThan(5_000);
    // A moment, in milliseconds since 1970.
    expect(await cache.ttl("b")).toBeGreaterThan(Date.now());

    await cache.mset([
      { key: "c", value: 1 },
      { key: "d", value: 2 },
    ]);
    expect(await cache.mget(["c", "none", "d"])).toEqual([1, undefined, 2]);
    await cache.del("a");
    await cache.mdel(["c", "d"]);
    expect(await cache.mget(["a", "c", "d"])).toEqual([undefined, undefined, undefined]);
  });

  it("wraps a function, which concurrent callers share", async () => {
    const cache = createCache({ stores: [keyv] });
    let calls = 0;
    const load = async (): Promise<number> => {
      calls += 1;
      return calls;
    };
    expect(await Promise.all([cache.wrap("w", load, 60_000), cache.wrap("w", load, 60_000)])).toEqual([1, 1]);
    expect(await cache.wrap("w", load, 60_000)).toBe(1);
    expect((await stored("w")).ttl).toBeGreaterThan(50_000);
  });

  it("clears its namespace alone", async () => {
    const cache = createCache({ stores: [keyv] });
    await backend.set("foreign", "x", {});
    await cache.set("a", 1);
    await cache.clear();
    expect(await cache.get("a")).toBeUndefined();
    expect(await backend.has("foreign")).toBe(true);
  });

  it("misses, within the time limit, while Redis says nothing", async () => {
    const cache = createCache({ stores: [keyv] });
    await cache.set("a", 1);
    server.pause();
    const startMs = performance.now();
    expect(await cache.get("a")).toBeUndefined();
    expect(await cache.wrap("a", () => 2)).toBe(2);
    expect(performance.now() - startMs).toBeLessThan(5_000);
    server.resume();
    // What was to be stored meanwhile is deleted again: nobody knows whether it was.
    await expect
      .poll(async () => {
        await cache.set("b", 3);
        return cache.get("b");
      })
      .toBe(3);
  });
});

describe("cacheable", () => {
  it("gets, sets with a ttl, and deletes, in a second tier", async () => {
    const cacheable = new Cacheable({ secondary: keyv, ttl: "1h" });
    const other = new Cacheable({ secondary: keyv });
    await cacheable.set("a", { n: 1 });
    await cacheable.set("b", "x", "5s");
    expect(await other.get("a")).toEqual({ n: 1 });
    expect(await other.getMany(["a", "none", "b"])).toEqual([{ n: 1 }, undefined, "x"]);
    expect((await stored("b")).ttl).toBeLessThanOrEqual(5_000);
    expect((await stored("a")).ttl).toBeGreaterThan(50 * 60_000);

    expect(await cacheable.delete("a")).toBe(true);
    expect(await stored("a")).toEqual({ text: undefined, ttl: undefined });
  });

  it("serves as the first tier too, and loads once", async () => {
    const cacheable = new Cacheable({ primary: keyv });
    let calls = 0;
    const load = async (): Promise<number> => {
      calls += 1;
      return calls;
    };
    const loaded = [cacheable.getOrSet("k", load, { ttl: "1m" }), cacheable.getOrSet("k", load, { ttl: "1m" })];
    expect(await Promise.all(loaded)).toEqual([1, 1]);
    const wrapped = cacheable.wrap(load, { keyPrefix: "load", ttl: "1m" });
    expect([await wrapped(), await wrapped()]).toEqual([2, 2]);
  });

  it("clears its namespace alone", async () => {
    const cacheable = new Cacheable({ primary: keyv });
    await backend.set("foreign", "x", {});
    await cacheable.set("a", 1);
    await cacheable.clear();
    expect(await cacheable.get("a")).toBeUndefined();
    expect(await backend.has("foreign")).toBe(true);
  });
});
