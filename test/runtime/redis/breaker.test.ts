import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { backendFromUrl, Cache, json, RedisBackend } from "@cachetory/runtime";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startProxy } from "../../support/proxy.ts";
import { startRedisCluster } from "../../support/redis-cluster.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { silence, startRespServer } from "../../support/resp/resp-server.ts";

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

interface Told {
  readonly backend: string;
  readonly node: string;
  readonly state: string;
  readonly error: unknown;
}

let told: Told[] = [];
const listen = (event: unknown): void => void told.push(event as Told);
beforeEach(() => {
  told = [];
  subscribe("cachetory:breaker", listen);
});
afterEach(() => void unsubscribe("cachetory:breaker", listen));

function cacheOn(url: string): Cache<string, number> {
  return new Cache<string, number>({ backend: backendFromUrl(url), serializer: json(), prefix: "t:", ttl: "1m" });
}

async function whilePaused(run: () => Promise<void>): Promise<void> {
  server.pause();
  try {
    await run();
  } finally {
    server.resume();
  }
}

/** Why a read has nothing. */
async function reasonOf(cache: Cache<string, number>, key: string): Promise<string> {
  const error: unknown = await cache.getOrThrow(key).catch((cause: unknown) => cause);
  return error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
}

describe("a server that stands still", () => {
  test("is left alone after three reads, nothing is sent then, and it is asked again when it goes on", async () => {
    const proxy = await startProxy(server.port);
    await using cache = cacheOn(`redis://127.0.0.1:${proxy.port}?breaker-pause=200ms`);
    await cache.set("a", 1);
    proxy.stopForwarding();
    for (let count = 0; count < 3; count++) expect(await reasonOf(cache, "a")).toContain("within 50 ms");
    // One more for each that was late because this process was.
    while (told.length === 0) await cache.get("a");
    const sent = proxy.bytesUp;
    expect(await reasonOf(cache, "a")).toMatch(/^Redis at 127\.0\.0\.1:\d+ is left alone/);
    expect(await cache.getOrSet("b", () => 2)).toBe(2);
    expect((await cache.getMany(["a", "c"])).size).toBe(0);
    expect(proxy.bytesUp).toBe(sent);
    const node = `127.0.0.1:${proxy.port}`;
    expect(told).toEqual([{ backend: "redis", node, state: "open", error: expect.objectContaining({ isLate: true }) }]);
    proxy.resumeForwarding();
    await expect.poll(() => cache.get("a")).toBe(1);
    await expect.poll(async () => [await cache.get("a"), told.at(-1)?.state]).toEqual([1, "closed"]);
    expect(told.map(({ state }) => state)).toEqual(["open", "half-open", "closed"]);
    await cache.close();
    await proxy.close();
  });

  test("is told of by health, by its address", async () => {
    await using cache = cacheOn(`${server.url}?breaker-failures=1&breaker-pause=1h&command-timeout=100ms`);
    await cache.ready();
    expect((await cache.health()).leftAlone).toEqual([]);
    await whilePaused(async () => {
      while (told.length === 0) await cache.get("a");
      expect((await cache.health()).leftAlone).toEqual([`127.0.0.1:${server.port}`]);
    });
    // A write goes through, and its answer is one.
    await expect.poll(async () => (await cache.health()).leftAlone).toEqual([]);
  });

  test("has failed once where many keys were asked for at once, however many commands that takes", async () => {
    await using cache = cacheOn(`${server.url}?breaker-failures=2&read-timeout=20ms`);
    await cache.ready();
    await whilePaused(async () => {
      await cache.getMany(Array.from({ length: 3000 }, (_, index) => `k${index}`));
      expect(told).toEqual([]);
      while (told.length === 0) await cache.get("a");
    });
  });

  test("lets those go that wait for it when it is left alone", async () => {
    await using cache = cacheOn(`${server.url}?breaker-failures=1&read-timeout=60ms`);
    await cache.ready();
    await whilePaused(async () => {
      const first = cache.get("a").then(() => performance.now());
      // Its last command has nineteen times the time of the first.
      await cache.getMany(Array.from({ length: 9000 }, (_, index) => `k${index}`));
      expect(told).toHaveLength(1);
      expect(performance.now() - (await first)).toBeLessThan(600);
    });
  });

  test("is waited for each time where the breaker is off", async () => {
    await using cache = cacheOn(`${server.url}?breaker-failures=0&read-timeout=10ms`);
    await cache.ready();
    await whilePaused(async () => {
      for (let count = 0; count < 6; count++) expect(await reasonOf(cache, "a")).toContain("within 10 ms");
      expect(told).toEqual([]);
    });
  });
});

describe("what a server answers", () => {
  test("opens the breaker where it says that it cannot serve", async () => {
    const loading = await startRespServer((name) =>
      name === "GET" ? new Error("LOADING Redis is loading") : undefined,
    );
    await using cache = cacheOn(`redis://127.0.0.1:${loading.port}`);
    for (let count = 0; count < 3; count++) expect(await reasonOf(cache, "a")).toContain("LOADING");
    expect(await reasonOf(cache, "a")).toContain("is left alone");
    await cache.close();
    await loading.stop();
  });

  test("costs later reads none of their time", async () => {
    let isLoading = false;
    const loading = await startRespServer((name) =>
      isLoading && name === "MGET" ? new Error("LOADING Redis is loading") : undefined,
    );
    await using backend = RedisBackend.fromUrl(`redis://127.0.0.1:${loading.port}?breaker-pause=20ms`);
    await backend.ready();
    isLoading = true;
    const keys = Array.from({ length: 100 }, (_, index) => `k${index}`);
    for (let count = 0; count < 5; count++) {
      await Promise.allSettled([backend.getMany(keys, "text"), backend.getMany(keys, "text")]);
    }
    expect(backend.patience.budgetMs(1)).toBe(50);
    await backend.close();
    await loading.stop();
  });

  test("leaves it closed where it is a no, of another type, or nothing that the cache can read", async () => {
    await using cache = cacheOn(`${server.url}?breaker-failures=1`);
    await server.ask("SET", "t:bad", "{no json");
    await server.ask("LPUSH", "t:list", "x");
    await server.ask("CONFIG", "SET", "maxmemory", "1");
    for (const key of ["bad", "list", "none"]) await cache.getOrSet(key, () => 1);
    await cache.set("a", 1).catch(() => {});
    await server.ask("CONFIG", "SET", "maxmemory", "0");
    expect(told).toEqual([]);
    await server.ask("FLUSHALL");
  });
});

test("on a Cluster it is one node that is left alone, and the others serve", async () => {
  const cluster = await startRedisCluster({ nodeTimeoutMs: 60_000 });
  try {
    await using cache = cacheOn(`redis+cluster://127.0.0.1:${cluster.nodes[0]?.port}?read-timeout=200ms`);
    const keys = Array.from({ length: 60 }, (_, index) => `k${index}`);
    await cache.setMany(keys.map((key) => [key, 1] as const));
    const sick = await cluster.masterOf("t:k0");
    sick.pause();
    for (let count = 0; count < 3; count++) expect((await cache.getMany(keys)).size).toBeGreaterThan(20);
    expect(told).toMatchObject([{ node: `127.0.0.1:${sick.port}`, state: "open" }]);
    const startMs = performance.now();
    const found = await cache.getMany(keys);
    expect(performance.now() - startMs).toBeLessThan(150);
    expect([found.size > 20, found.has("k0")]).toEqual([true, false]);
    // Its connection is given up once for all that waited on it, however many did.
    const warnings: string[] = [];
    const note = ({ name }: Error): number => warnings.push(name);
    process.on("warning", note);
    const writes = Array.from({ length: 20 }, () => cache.set("k0", 2));
    for (const { status } of await Promise.allSettled(writes)) expect(status).toBe("rejected");
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", note);
    expect(warnings).not.toContain("MaxListenersExceededWarning");
    sick.resume();
    await expect.poll(async () => (await cache.getMany(keys.slice(1))).size).toBe(59);
  } finally {
    await cluster.stop();
  }
});

describe("a change that was not answered", () => {
  test.each([
    ["set", (cache: Cache<string, number>) => cache.set("a", 2)],
    ["setMany", (cache: Cache<string, number>) => cache.setMany({ a: 2, b: 2 })],
    ["take", (cache: Cache<string, number>) => cache.take("a")],
    ["delete", (cache: Cache<string, number>) => cache.delete("a")],
    ["expireIn", (cache: Cache<string, number>) => cache.expireIn("a", "1h")],
  ])("is followed by a deletion on its connection: %s", async (_, change) => {
    const proxy = await startProxy(server.port);
    await using cache = cacheOn(`redis://127.0.0.1:${proxy.port}?command-timeout=50ms`);
    await cache.set("a", 1);
    proxy.stopForwarding();
    await expect(change(cache)).rejects.toMatchObject({ outcome: "unknown" });
    proxy.resumeForwarding();
    await expect.poll(() => server.ask("EXISTS", "t:a")).toBe(0);
    // What is written afterwards stays.
    await expect.poll(() => cache.set("a", 3).catch(() => false)).toBe(true);
    expect(await server.ask("GET", "t:a")).toBe("3");
    await cache.close();
    await proxy.close();
  });

  test("is followed by one on the next connection where its own was lost", async () => {
    const proxy = await startProxy(server.port);
    await using cache = cacheOn(`redis://127.0.0.1:${proxy.port}?command-timeout=10s`);
    await cache.set("a", 1);
    proxy.stopForwarding();
    const write = cache.set("a", 2);
    await expect.poll(() => proxy.bytesUp).toBeGreaterThan(0);
    proxy.cutAll();
    await expect(write).rejects.toMatchObject({ outcome: "unknown" });
    expect(await server.ask("GET", "t:a")).toBe("1");
    proxy.resumeForwarding();
    await expect.poll(() => server.ask("EXISTS", "t:a")).toBe(0);
    await cache.close();
    await proxy.close();
  });
});

test("what is to be deleted behind a change stays so where a later change of its key is refused", async () => {
  let mayAnswer = false;
  let isLoading = false;
  const scripted = await startRespServer((name, _, connection) => {
    if (name !== "SET" && name !== "UNLINK") return undefined;
    if (isLoading) return new Error("LOADING Redis is loading the dataset in memory");
    if (mayAnswer) return name === "SET" ? "OK" : 1;
    isLoading = true;
    connection.drop();
    return silence;
  });
  await using cache = cacheOn(`${scripted.url}?breaker-failures=0`);
  const sent = (): readonly string[] => scripted.commands.map(([name = ""]) => name.toUpperCase());
  await expect(cache.set("a", 1)).rejects.toMatchObject({ outcome: "unknown" });
  await expect.poll(sent).toContain("UNLINK");
  await expect(cache.set("a", 2)).rejects.toThrow("LOADING");
  isLoading = false;
  mayAnswer = true;
  const before = sent().length;
  await expect.poll(() => sent().slice(before), { timeout: 10_000 }).toContain("UNLINK");
  // Once it is deleted, it is not deleted again.
  expect(await cache.set("a", 3)).toBe(true);
  expect(sent().at(-1)).toBe("SET");
  await cache.close();
  await scripted.stop();
});

test("no read that was given up is sent again, and a connection that is silent is made anew", async () => {
  const proxy = await startProxy(server.port);
  await using cache = cacheOn(`redis://127.0.0.1:${proxy.port}?breaker-failures=0&read-timeout=20ms`);
  await cache.set("a", 1);
  await server.ask("CONFIG", "RESETSTAT");
  proxy.stopForwarding();
  const reads = Array.from({ length: 50 }, (_, index) => cache.get(`r${index}`));
  expect(await Promise.all(reads)).toEqual(reads.map(() => undefined));
  // It asks as long as that connection lives.
  await expect.poll(async () => (await reasonOf(cache, "a")).includes("no connection"), { timeout: 5000 }).toBe(true);
  proxy.resumeForwarding();
  await expect.poll(() => cache.set("b", 1).catch(() => false), { timeout: 5000 }).toBe(true);
  const stats = String(await server.ask("INFO", "commandstats"));
  expect(stats).not.toContain("cmdstat_mget");
  await cache.close();
  await proxy.close();
});
