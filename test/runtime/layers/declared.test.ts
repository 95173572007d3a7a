import { json, MemoryBackend, RedisBackend } from "@cachetory/runtime";
import {
  bindCaches,
  type CacheDefinition,
  collectCaches,
  type DeclaredBackend,
  declareBackend,
  defineCache,
  type Layers,
  layers,
} from "@cachetory/runtime/codegen/v1/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { patient } from "../../support/patience.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";

interface Key {
  readonly id: number;
}

let server: RedisServer;
let local: DeclaredBackend;
let shared: DeclaredBackend;

beforeAll(async () => {
  server = await startRedisServer();
});
beforeAll(() => {
  local = declareBackend({ name: "local", url: ["memory://?max-entries=100"] });
  shared = declareBackend({ name: "shared", url: [server.url], prefix: "shop:", heads: ["shop:product:"] });
});
afterAll(() => server.stop());

function definition(declared: Layers): CacheDefinition<Key, string> {
  return {
    name: "product",
    pattern: { segments: ["product:", { name: "id", type: "int" }] },
    keyText: ({ id }) => `product:${id}`,
    keyPath: { find: (level, { id }) => level.get(id), parts: [({ id }) => id] },
    serializer: () => json(),
    ttlMs: 60_000,
    layers: declared,
    live: { size: () => 16 },
  };
}

describe("a declared cache of two layers", () => {
  test("is near by the parameters of its key, and told of the keys that begin as its own", async () => {
    const product = defineCache(definition(layers({ near: local })), shared);
    await using caches = collectCaches({ product }, [local, shared]);
    await caches.ready();
    expect(String(await server.ask("CLIENT", "TRACKINGINFO"))).toContain("off");
    expect(String(await server.ask("CLIENT", "LIST", "TYPE", "pubsub"))).toContain("flags=PtB");
    await product.set({ id: 1 }, "one");
    await product.get({ id: 1 });
    await until("it is near", async () => {
      await product.get({ id: 1 });
      return product.peek({ id: 1 }) === "one";
    });
    await server.ask("SET", "shop:product:1", '"two"');
    await until("it is gone", async () => product.peek({ id: 1 }) === undefined);
    expect(await product.get({ id: 1 })).toBe("two");
    expect(await caches.health()).toMatchObject({ backends: { local: { state: "up" }, shared: { state: "up" } } });
  });

  test("stands on the backends that it is given", async () => {
    const given = {
      local: new MemoryBackend(),
      shared: new RedisBackend({ host: "127.0.0.1", port: server.port, ...patient }),
    };
    const { product, ready, close } = bindCaches({ product: [definition(layers({ near: local })), shared] }, given);
    await ready();
    await product.set({ id: 2 }, "one");
    await until("it is near", async () => (await product.get({ id: 2 })) === "one" && given.local.size === 1);
    await close();
    expect(given.local.size).toBe(1);
    await given.shared.close();
    expect(given.local.size).toBe(0);
  });

  test("is one in memory where it is given two of them", async () => {
    const given = { local: new MemoryBackend(), shared: new MemoryBackend() };
    await using caches = bindCaches({ product: [definition(layers({ near: local })), shared] }, given);
    await caches.product.set({ id: 3 }, "one");
    expect(caches.product.peek({ id: 3 })).toBe("one");
    expect([given.local.size, given.shared.size]).toEqual([0, 1]);
  });

  test("has the ttl and the invalidation that it declares", async () => {
    const short = layers({ near: local, ttlMs: 50, invalidation: "none" });
    await using caches = bindCaches({ product: [definition(short), shared] });
    await caches.product.set({ id: 4 }, "one");
    await caches.product.get({ id: 4 });
    expect(caches.product.peek({ id: 4 })).toBe("one");
    expect(String(await server.ask("CLIENT", "LIST", "TYPE", "pubsub"))).toBe("");
    await until("it is over", async () => caches.product.peek({ id: 4 }) === undefined);
  });
});
