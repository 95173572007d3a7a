import { RedisBackend } from "@cachetory/runtime";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect } from "vitest";
import { backendContract } from "../../contract/backend.ts";
import { syncBackendContract } from "../../contract/sync-backend.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

let server: RedisServer;
let client: Redis;

beforeAll(async () => {
  server = await startRedisServer();
  client = new Redis(server.port, "127.0.0.1");
});

afterAll(async () => {
  client.disconnect();
  await server.stop();
});

const realTime = {
  now: () => Date.now(),
  passTime: (ms: number, isOver: () => Promise<boolean>) => expect.poll(isOver, { timeout: ms + 5000 }).toBe(true),
};

backendContract("redis, with a client of its own", {
  ...realTime,
  make: () => new RedisBackend({ host: "127.0.0.1", port: server.port }),
});

backendContract("redis, with a client handed in", {
  ...realTime,
  make: () => new RedisBackend(client),
});

syncBackendContract("redis, sync", {
  ...realTime,
  make: () => new RedisBackend({ host: "127.0.0.1", port: server.port }).sync(),
});
