import { setTimeout as later } from "node:timers/promises";
import { Cache, json, LayeredBackend, MemoryBackend, RedisBackend } from "@cachetory/runtime";
import { expect, test } from "vitest";
import { startRedisServer } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";

test("a backend that was asked for replicas is closed soon, though its server stands still", async () => {
  const server = await startRedisServer();
  const backend = RedisBackend.fromUrl(server.url);
  expect(await backend.awaitReplicas?.("a", 0, 100)).toBe(0);
  server.pause();
  const closed = backend.close().then(() => "closed");
  expect(await Promise.race([closed, later(10_000, "still open", { ref: false })])).toBe("closed");
  server.resume();
  await server.stop();
});

test("what is read of a closed cache with layers keeps no connection open that others had as well", async () => {
  const server = await startRedisServer();
  const [one, other] = [RedisBackend.fromUrl(server.url), RedisBackend.fromUrl(server.url)];
  const layered = new LayeredBackend({ near: new MemoryBackend(), far: one, invalidation: "none", ttl: "1m" });
  const cache = new Cache<string, number>({ backend: layered, serializer: json(), ttl: "1m" });
  await other.set("a", "1", {});
  await cache.getMany(["a", "b"]);
  await cache.close();
  await cache.getMany(["a", "c"]);
  await other.close();
  await until("nobody is connected", async () => {
    const clients = String(await server.ask("CLIENT", "LIST"))
      .trim()
      .split("\n");
    // But for the one that asks.
    return clients.length === 1;
  });
  await server.stop();
});
