import { backendFromUrl, Cache, type CacheOptions, json, tag } from "@cachetory/runtime";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RedisServer, startRedisServer } from "../support/redis-server.ts";
import { repository } from "../support/repository.ts";
import { runOrThrow } from "../support/run-program.ts";
import { until } from "../support/until.ts";

let server: RedisServer;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

const options: Readonly<Record<string, Partial<CacheOptions<string, string>>>> = {
  plain: {},
  stale: { stale: { onError: "1h" } },
  tagged: { tags: { ofKey: (key) => [tag("all", key)] } },
};

function cacheOf(kind: string): Cache<string, string> {
  return new Cache({ ...options[kind], backend: backendFromUrl(server.url), serializer: json(), prefix: `${kind}:` });
}

/** A process whose clock stands elsewhere from its start on: what it finds of each cache, and what it leaves there. */
function programAt(offMs: number): string {
  return `
    const RightDate = Date;
    globalThis.Date = class extends RightDate {
      constructor(...args) { super(...(args.length === 0 ? [RightDate.now() + ${offMs}] : args)); }
      static now() { return RightDate.now() + ${offMs}; }
    };
    const { backendFromUrl, Cache, json, LayeredBackend, MemoryBackend, tag } = await import("@cachetory/runtime");
    const backend = backendFromUrl(${JSON.stringify(server.url)});
    const options = {
      plain: {},
      stale: { stale: { onError: "1h" } },
      tagged: { tags: { ofKey: (key) => [tag("all", key)] } },
    };
    const found = {};
    for (const kind of Object.keys(options)) {
      const cache = new Cache({ ...options[kind], backend, serializer: json(), prefix: kind + ":" });
      found[kind] = [await cache.get("fresh", "none"), await cache.get("over", "none")];
      await cache.getOrSet("theirs", () => "of another time", { ttl: "1m" });
    }
    const layered = new Cache({
      backend: new LayeredBackend({ near: new MemoryBackend(), far: backend, heads: ["plain:"] }),
      serializer: json(),
      prefix: "plain:",
    });
    // It tells of changes, not of ends: near and far end by clocks of their own.
    await layered.set("short", "near", { ttl: "150ms" });
    do { await layered.get("short"); } while (layered.peek("short") === undefined && await layered.has("short"));
    await new Promise((resolve) => setTimeout(resolve, 200));
    found.near = [await layered.get("short", "none")];
    await layered.close();
    console.log(JSON.stringify(found));
  `;
}

test.each([
  ["an hour ahead", 3_600_000],
  ["an hour behind", -3_600_000],
])("a process whose clock is %s shares entries that end when they should", async (_, offMs) => {
  for (const kind of Object.keys(options)) {
    await using cache = cacheOf(kind);
    await cache.clear();
    await cache.set("fresh", "here", { ttl: "1m" });
    await cache.set("over", "here", { ttl: "20ms" });
    await until("it is over", async () => !(await cache.has("over")));
  }
  const program = ["--no-warnings", "--input-type=module", "-e", programAt(offMs)];
  const { stdout } = await runOrThrow(process.execPath, program, { cwd: repository });
  expect(JSON.parse(stdout)).toEqual({
    plain: ["here", "none"],
    stale: ["here", "none"],
    tagged: ["here", "none"],
    near: ["none"],
  });
  for (const kind of Object.keys(options)) {
    await using cache = cacheOf(kind);
    expect(await cache.get("theirs")).toBe("of another time");
    const leftMs = Number(await cache.ttl("theirs"));
    expect(leftMs).toBeGreaterThan(30_000);
    expect(leftMs).toBeLessThanOrEqual(60_000);
  }
});
