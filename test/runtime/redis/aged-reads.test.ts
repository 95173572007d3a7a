import { RedisBackend } from "@cachetory/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { startRespServer } from "../../support/resp/resp-server.ts";

/** What a near layer asks for: a value, and how long it still lives. */
const patient = "?read-timeout=10s&command-timeout=10s";

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer({ config: ["user noscripts on >secret ~* &* +@all -@scripting"] });
});
afterAll(() => server.stop());

describe.each([
  ["of one step", () => `${server.url}/${patient}`],
  ["for a user who may not run scripts", () => `redis://noscripts:secret@127.0.0.1:${server.port}/${patient}`],
])("a value and its life, %s", (_, url) => {
  test("are what is stored", async () => {
    await using backend = RedisBackend.fromUrl(url());
    const { far } = backend;
    await backend.set("a:ttl", "1", { ttlMs: 60_000 });
    await backend.set("a:forever", "2", {});
    await server.ask("LPUSH", "a:list", "3");
    const aged = [
      [{ stored: "1", lifeMs: expect.closeTo(59_000, -4) }],
      [{ stored: "2", lifeMs: "forever" }],
      [{ stored: undefined, lifeMs: expect.anything() }],
      [{ stored: undefined, lifeMs: 0 }],
    ].flat();
    const keys = ["a:ttl", "a:forever", "a:list", "a:none"];
    expect(await Promise.all(keys.map((key) => far.getAged(key, "text")))).toEqual(aged);
    expect(await far.getManyAged(keys, "text")).toEqual(aged);
    expect((await far.getAged("a:ttl", "bytes")).stored).toEqual(Buffer.from("1"));
    // Large values come otherwise.
    await backend.set("a:large", "x".repeat(40_000), { ttlMs: 60_000 });
    for (let count = 0; count < 3; count++) {
      const { stored, lifeMs } = await far.getAged("a:large", "text");
      expect([String(stored).length, lifeMs]).toEqual([40_000, expect.closeTo(59_000, -4)]);
    }
  });
});

describe("what is stored between the questions for a life and for the value", () => {
  test.each([
    ["lives longer", 24_000, 40_000, 24_000],
    ["lives shorter", 40_000, 24_000, 24_000],
    ["lives, where there was one for ever", -1, 24_000, 24_000],
    ["lives for ever", 24_000, -1, 24_000],
    ["is the first", -2, 40_000, 0],
    ["is gone by the second", 40_000, -2, 0],
  ])("%s: it is taken for what ends first", async (_, before, after, expected) => {
    let asked = 0;
    const fake = await startRespServer((name) => {
      if (name === "EVAL") return new Error("NOPERM this user has no permissions to run the 'eval' command");
      if (name === "PTTL") return asked++ % 2 === 0 ? before : after;
      return name === "MGET" ? ["1"] : undefined;
    });
    await using backend = RedisBackend.fromUrl(`${fake.url}${patient}`);
    const { stored, lifeMs } = await backend.far.getAged("a", "text");
    expect(stored).toBe("1");
    expect(Number(lifeMs)).toBeLessThanOrEqual(expected);
    expect(Number(lifeMs)).toBeGreaterThan(expected - 9000);
    await backend.close();
    await fake.stop();
  });
});
