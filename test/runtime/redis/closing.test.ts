import { setTimeout as later } from "node:timers/promises";
import { Cache, json, LayeredBackend, MemoryBackend, RedisBackend } from "@cachetory/runtime";
import { expect, test } from "vitest";
import { startRedisServer } from "../../support/redis-server.ts";
import { repository } from "../../support/repository.ts";
import { runProgram } from "../../support/run-program.ts";
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

test("what waits for the first connection is done before a backend is closed", async () => {
  await using server = await startRedisServer();
  const backend = RedisBackend.fromUrl(server.url);
  const set = backend.set("a", "1", {});
  const closed = backend.close();
  await expect(backend.set("b", "1", {})).rejects.toThrow("The backend is closed.");
  expect(await set).toBe(true);
  await closed;
  expect([await server.ask("GET", "a"), await server.ask("GET", "b")]).toEqual(["1", null]);
});

test("nothing keeps a process that has closed a backend which had no connection yet", async () => {
  await using server = await startRedisServer();
  server.pause();
  const program = `
    import { backendFromUrl } from "@cachetory/runtime";
    const backend = backendFromUrl(process.argv[1] + "?connect-timeout=20s&command-timeout=50ms");
    backend.set("a", "1", {}).catch(() => {});
    await backend.close();
    const closedMs = performance.now();
    process.on("exit", () => process.stdout.write(performance.now() - closedMs < 10_000 ? "soon" : "late"));
  `;
  const args = ["--input-type=module", "-e", program, server.url];
  const { output } = await runProgram(process.execPath, args, { cwd: repository });
  expect(output).toBe("soon");
});
