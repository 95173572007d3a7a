import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { until } from "../../support/until.ts";
import { holdNear, openProcess } from "./layered-cache.ts";

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

describe("a near layer that the server tells of changes", () => {
  test("answers from memory what has been read, until another process writes", async () => {
    await using one = openProcess(server.url);
    await using other = openProcess(server.url);
    await one.cache.set("a", 1);
    expect(await holdNear(other, "a")).toBe(1);
    await one.cache.set("a", 2);
    await until("it is gone", async () => other.cache.peek("a") === undefined);
    expect(await other.cache.get("a")).toBe(2);
  });
});
