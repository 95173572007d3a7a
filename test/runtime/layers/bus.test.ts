import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";
import { holdNear, type LayeredProcess, openProcess } from "./layered-cache.ts";

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

function open(): LayeredProcess {
  return openProcess(server.url, { invalidation: "bus", ttl: "1m" });
}

function gone({ cache }: LayeredProcess, key: string): Promise<void> {
  return until(`${key} is not near any more`, async () => cache.peek(key) === undefined);
}

describe("near layers that tell each other of changes", () => {
  test.each<[string, (one: LayeredProcess) => Promise<unknown>]>([
    ["set", ({ cache }) => cache.set("a", 2)],
    ["setMany", ({ cache }) => cache.setMany({ a: 2, b: 3 })],
    ["delete", ({ cache }) => cache.delete("a")],
    ["deleteMany", ({ cache }) => cache.deleteMany(["a", "b"])],
    ["take", ({ cache }) => cache.take("a")],
    ["expireIn", ({ cache }) => cache.expireIn("a", "30s")],
    ["clear", ({ cache }) => cache.clear()],
  ])("hear of %s", async (_, change) => {
    await using one = open();
    await using other = open();
    await one.cache.set("a", 1);
    expect(await holdNear(other, "a")).toBe(1);
    await change(one);
    await gone(other, "a");
  });

  test("send the names of keys and nothing of their values", async () => {
    await using one = open();
    const listener = new Redis(server.port, "127.0.0.1");
    const messages: string[] = [];
    listener.on("message", (_, message) => messages.push(message));
    await listener.subscribe("__cachetory__:changes");
    await one.cache.set("a", "a secret");
    await until("a message has come", async () => messages.length > 0);
    expect(messages).toHaveLength(1);
    expect(JSON.parse(messages[0] ?? "")).toEqual({
      from: expect.any(String),
      change: { kind: "keys", keys: ["t:a"] },
    });
    listener.disconnect();
  });

  test("pass over what they have sent themselves", async () => {
    await using one = open();
    await using other = open();
    await one.cache.set("a", 1);
    await holdNear(one, "a");
    await other.cache.set("mark", 1);
    await holdNear(one, "mark");
    // Its own message of this change comes after the entry is near again, and does not end it.
    await one.cache.set("a", 2);
    await one.cache.get("a");
    await other.cache.set("mark", 2);
    await gone(one, "mark");
    expect(one.cache.peek("a")).toBe(2);
  });

  test("take what they cannot read for a change of everything", async () => {
    await using one = open();
    await one.cache.set("a", 1);
    for (const message of ["{", "1", '{"from":"later"}', '{"from":"later","change":{"kind":"tags"}}']) {
      await holdNear(one, "a");
      await server.ask("PUBLISH", "__cachetory__:changes", message);
      await gone(one, "a");
    }
  });

  test("are empty after a gap, for nobody knows what was told meanwhile", async () => {
    await using one = open();
    await one.cache.set("a", 1);
    await holdNear(one, "a");
    await server.ask("CLIENT", "KILL", "TYPE", "pubsub");
    await gone(one, "a");
    await holdNear(one, "a");
  });

  test("keep nothing longer than 5 seconds where nothing else is said", async () => {
    await using one = openProcess(server.url, { invalidation: "bus" });
    await one.cache.set("a", 1);
    await holdNear(one, "a");
    // Who writes without telling is heard of by nobody.
    await server.ask("SET", "t:a", "2");
    expect(one.cache.peek("a")).toBe(1);
    await wait(4000);
    await until("it is over", async () => one.cache.peek("a") === undefined);
    expect(await one.cache.get("a")).toBe(2);
  });
});
