import { MemoryBackend, RedisBackend } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect } from "vitest";
import { envelopedCacheContract } from "../../contract/enveloped-cache.ts";
import { patient } from "../../support/patience.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

let now = 1_800_000_000_000;
let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

const fakeTime = {
  passTime: async (ms: number) => {
    now += ms;
  },
};

const realTime = {
  passTime: (ms: number, isOver: () => Promise<boolean>) => expect.poll(isOver, { timeout: ms + 5000 }).toBe(true),
};

envelopedCacheContract("memory", { ...fakeTime, make: () => new MemoryBackend({ now: () => now }) });

envelopedCacheContract("a backend that gives what it holds by promises alone", {
  ...fakeTime,
  make: () => new ControlledBackend({ now: () => now }),
});

envelopedCacheContract("redis", {
  ...realTime,
  make: () => new RedisBackend({ host: "127.0.0.1", port: server.port, ...patient }),
});

envelopedCacheContract("redis, by a client that is handed in", {
  ...realTime,
  make: () => {
    const client = new Redis(server.port);
    const backend = new RedisBackend(client);
    const close = backend.close.bind(backend);
    backend.close = async () => {
      await close();
      client.disconnect();
    };
    return backend;
  },
});
