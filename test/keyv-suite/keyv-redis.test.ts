import { KeyvBackend } from "@cachetory/runtime";
import KeyvRedis, { createClient, createKeyv } from "@keyv/redis";
import { Keyv } from "keyv";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backendContract } from "../contract/backend.ts";
import { type RedisServer, startRedisServer } from "../support/redis-server.ts";

let server: RedisServer;
let prefixing: Keyv;
let bare: Keyv;
beforeAll(async () => {
  server = await startRedisServer();
  prefixing = new Keyv({ store: new KeyvRedis(server.url), namespace: "contract" });
  bare = createKeyv(server.url, { namespace: "bare" });
});
afterAll(async () => {
  server.resume();
  await prefixing.disconnect();
  await bare.disconnect();
  await server.stop();
});

const realTime = {
  now: () => Date.now(),
  passTime: (ms: number, isOver: () => Promise<boolean>) => expect.poll(isOver, { timeout: ms + 5000 }).toBe(true),
};

backendContract("keyv, over @keyv/redis with a namespace of Keyv's", {
  ...realTime,
  make: () => new KeyvBackend(prefixing),
});

backendContract("keyv, over @keyv/redis with a namespace of its own", {
  ...realTime,
  make: () => new KeyvBackend(bare),
});

describe("a KeyvBackend over @keyv/redis", () => {
  it("rejects what a full Redis refused, which Keyv calls a success", async () => {
    const backend = new KeyvBackend(prefixing);
    const client = await createClient({ url: server.url }).connect();
    await client.configSet("maxmemory", "1");
    try {
      expect(await prefixing.set("a", "x")).toBe(true);
      const refused = await backend.set("a", "x", {}).catch((reason: unknown) => reason);
      expect(refused).toMatchObject({ code: "UNAVAILABLE", message: expect.stringContaining("OOM") });
      await expect(backend.setMany([["a", "x"]], 1_000)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    } finally {
      await client.configSet("maxmemory", "0");
      client.destroy();
    }
    expect(await backend.set("a", "x", {})).toBe(true);
    await backend.close();
  });

  it("waits no longer than its time limit for a Redis that says nothing", async () => {
    const backend = new KeyvBackend(prefixing, { commandTimeoutMs: 100 });
    await backend.set("a", "x", {});
    server.pause();
    await expect(backend.get("a", "text")).rejects.toThrow("The Keyv did not answer within 100 ms.");
    server.resume();
    await expect.poll(() => backend.get("a", "text").catch(() => undefined)).toBe("x");
    await backend.close();
  });
});
