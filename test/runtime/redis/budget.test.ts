import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import {
  backendFromUrl,
  Cache,
  type CacheOptions,
  json,
  LayeredBackend,
  MemoryBackend,
  RedisBackend,
  tag,
} from "@cachetory/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeCertificates } from "../../support/certificates.ts";
import { startProxy } from "../../support/proxy.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

type Options = Omit<CacheOptions<string, number>, "serializer">;

function cacheOn(backend: Options["backend"], options: Partial<Options> = {}): Cache<string, number> {
  return new Cache<string, number>({ backend, serializer: json(), prefix: "b:", ttl: "1m", maxTtl: "1h", ...options });
}

function busyFor(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until) {
    // The loop stands still.
  }
}

async function whilePaused(run: () => Promise<void>): Promise<void> {
  server.pause();
  try {
    await run();
  } finally {
    server.resume();
  }
}

/** What a read that was given up says of its time. */
async function saidOf(read: Promise<unknown>): Promise<string> {
  const error: unknown = await read.then(String, (cause: unknown) => cause);
  expect(error).toMatchObject({ code: "UNAVAILABLE", isLate: true });
  return /\d+ ms/.exec(String(error))?.[0] ?? String(error);
}

test("a load is answered where its write ends late in the very moment that its budget ends", async () => {
  // What is left of the budget after a quick read is counted in steps of five.
  const url = `redis://127.0.0.1:${server.port}?read-timeout=50ms&command-timeout=45ms&breaker-failures=0`;
  await using cache = cacheOn(backendFromUrl(url), { prefix: "moment:" });
  await cache.ready();
  await server.ask("CLIENT", "PAUSE", "5000", "WRITE");
  try {
    for (let round = 0; round < 10; round += 1) expect(await cache.getOrSet(`${round}`, () => 7)).toBe(7);
  } finally {
    await server.ask("CLIENT", "UNPAUSE");
  }
});

describe("the budget of a load of many", () => {
  test("counts once what is waited for at the same time", async () => {
    const proxy = await startProxy(server.port);
    const url = `redis://127.0.0.1:${proxy.port}?read-timeout=1s&command-timeout=5s`;
    await using cache = cacheOn(backendFromUrl(url), { prefix: "g:", writeBack: "guarded" });
    await cache.ready();
    proxy.delayMs = 30;
    const keys = Array.from({ length: 100 }, (_, index) => `k${index}`);
    await cache.getOrSetMany(keys, (missing) => missing.map(() => 1));
    proxy.delayMs = 0;
    await cache.drain();
    expect(await server.ask("EXISTS", ...keys.map((key) => `g:${key}`))).toBe(100);
    await proxy.close();
  });

  test("is over without harm to what was stored meanwhile", async () => {
    const proxy = await startProxy(server.port);
    const url = `redis://127.0.0.1:${proxy.port}?read-timeout=100ms&command-timeout=5s`;
    await using cache = cacheOn(backendFromUrl(url), { prefix: "h:" });
    await cache.ready();
    await cache.getOrSetMany(["a", "b"], async (missing) => {
      await cache.set("a", 7);
      proxy.delayMs = 150;
      return missing.map(() => 1);
    });
    proxy.delayMs = 0;
    await cache.drain();
    // The one that was late is deleted behind.
    await cache.has("b");
    expect(await server.ask("GET", "h:a")).toBe("7");
    expect(await server.ask("EXISTS", "h:b")).toBe(0);
    await proxy.close();
  });
});

describe("the budget of a read", () => {
  test("is 50 ms unless a URL or options say otherwise, and not that of writes, which is 1 s", async () => {
    await using backend = RedisBackend.fromUrl(`${server.url}?command-timeout=150ms`);
    await using patient = new RedisBackend({ host: "127.0.0.1", port: server.port, readTimeoutMs: 120 });
    const unsaid = { readTimeoutMs: undefined, commandTimeoutMs: undefined };
    await using plain = new RedisBackend({ host: "127.0.0.1", port: server.port, ...unsaid });
    await Promise.all([backend, patient, plain].map((each) => each.ready()));
    await whilePaused(async () => {
      const said = await Promise.all([
        saidOf(backend.get("a", "text")),
        saidOf(backend.getMany(["a", "b"], "text")),
        saidOf(backend.has("a")),
        saidOf(backend.ttl("a")),
        saidOf(backend.set("a", "1", {})),
        saidOf(patient.get("a", "text")),
        saidOf(plain.get("a", "text")),
        saidOf(plain.set("a", "1", {})),
      ]);
      expect(said).toEqual(["50 ms", "50 ms", "50 ms", "50 ms", "150 ms", "120 ms", "50 ms", "1000 ms"]);
    });
  });

  test("is one for all that a read asks for, one after the other", async () => {
    const proxy = await startProxy(server.port);
    const budgetMs = 400;
    const url = `redis://127.0.0.1:${proxy.port}?read-timeout=${budgetMs}ms&command-timeout=5s&breaker-failures=100`;
    await using cache = cacheOn(backendFromUrl(url), {
      tags: { ofValue: (value) => [tag("kind", value)], valueFamilies: ["kind"] },
      gutter: false,
    });
    // The tags that only the values tell are asked for when these are known.
    await cache.setMany([
      ["a", 1],
      ["b", 2],
    ]);
    expect(await cache.getMany(["a", "b"])).toHaveProperty("size", 2);
    proxy.delayMs = 0.35 * budgetMs;
    const startMs = performance.now();
    const [one, many] = await Promise.all([cache.get("a", -1), cache.getMany(["a", "b"])]);
    expect(performance.now() - startMs).toBeLessThan(1.3 * budgetMs);
    expect([one, many.size]).toEqual([-1, 0]);
    // To take one has the time of a change.
    expect(await cache.take("a")).toBe(1);
    proxy.delayMs = 0;
    await cache.close();
    await proxy.close();
  });

  test("is not that of what a write reads first, such as the records of tags and the clock", async () => {
    const proxy = await startProxy(server.port, { delayMs: 60 });
    await using cache = cacheOn(backendFromUrl(`redis://127.0.0.1:${proxy.port}?command-timeout=10s`), {
      tags: { ofKey: (key) => [tag("t", key)] },
    });
    expect(await cache.set("far", 1)).toBe(true);
    await cache.setMany([["farther", 2]]);
    await proxy.close();
  });

  test("grows by itself for every 500 keys that are on their way", async () => {
    await using backend = RedisBackend.fromUrl(`${server.url}?read-timeout=20ms`);
    await backend.ready();
    const keys = Array.from({ length: 1000 }, (_, index) => `k${index}`);
    await whilePaused(async () => {
      const all = saidOf(backend.getMany(keys, "text"));
      expect(await saidOf(backend.get("a", "text"))).toBe("60 ms");
      // The first 128 of them left before the others were on their way.
      expect(await all).toBe("20 ms");
      // They are given up by now.
      expect(await saidOf(backend.get("a", "text"))).toBe("20 ms");
    });
  });

  test("grows by itself for every megabyte that earlier reads let expect, and no more than twentyfold", async () => {
    await using backend = RedisBackend.fromUrl(
      `${server.url}?read-timeout=20ms&breaker-failures=0&command-timeout=20s`,
    );
    await backend.set("large", "x".repeat(3_500_000), {});
    await backend.set("huge", "x".repeat(25_000_000), {});
    // Also what comes too late tells how large it is: what is asked afterwards is answered afterwards.
    await Promise.allSettled([backend.get("large", "text"), backend.get("huge", "text")]);
    await backend.set("small", "x", {});
    await expect.poll(() => backend.get("small", "text").catch(() => "late")).toBe("x");
    await whilePaused(async () => {
      expect(await saidOf(backend.get("large", "text"))).toBe("80 ms");
      expect(await saidOf(backend.get("huge", "text"))).toBe("400 ms");
    });
    await backend.deleteMany(["large", "huge", "small"]);
  });

  test("is not shortened by the time that connecting takes", async () => {
    const proxy = await startProxy(server.port, { delayMs: 30 });
    await using cache = cacheOn(backendFromUrl(`redis://127.0.0.1:${proxy.port}?read-timeout=100ms`));
    expect(await cache.getOrThrow("none").catch((error: unknown) => error)).toMatchObject({ code: "MISS" });
    expect(await cache.set("connected", 1)).toBe(true);
    await cache.close();
    await proxy.close();
  });

  test("is never used up by a loop that stands still for 80 ms again and again", async () => {
    await using cache = cacheOn(backendFromUrl(server.url));
    await cache.set("busy", 1);
    const found: unknown[] = [];
    for (let round = 0; round < 10; round++) {
      const reads = [cache.get("busy", -1), cache.getMany(["busy"]).then((values) => values.get("busy"))];
      await setTimeout(round % 3);
      busyFor(80);
      await setTimeout(0);
      busyFor(80);
      found.push(...(await Promise.all(reads)));
    }
    expect(found).toEqual(Array.from({ length: 20 }, () => 1));
  });

  test("is enough for TLS on a way that takes 2 ms in each direction", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cachetory-budget-"));
    const certificates = await makeCertificates(folder);
    const secure = await startRedisServer({ tls: { certificates } });
    const proxy = await startProxy(secure.port, { delayMs: 2 });
    try {
      const url = `rediss://localhost:${proxy.port}?tls-ca=${certificates.authority.certFile}`;
      await using cache = cacheOn(backendFromUrl(url));
      const items = Array.from({ length: 200 }, (_, index) => [`k${index}`, index] as const);
      await cache.setMany(items, { ttl: "1m" });
      for (let round = 0; round < 20; round++) {
        const one = await Promise.all(items.map(([key]) => cache.get(key, -1)));
        expect(one).toEqual(items.map(([, value]) => value));
        expect((await cache.getMany(items.map(([key]) => key))).size).toBe(200);
      }
    } finally {
      await proxy.close();
      await secure.stop();
      rmSync(folder, { recursive: true });
    }
  });
});

describe("a call through a loader, with a server that stops", () => {
  const budgetMs = 400;
  const loaderMs = 20;
  const tags = { ofKey: (key: string) => [tag("one", key)], ofValue: () => [tag("kind", 1)], valueFamilies: ["kind"] };
  const kinds: Readonly<Record<string, Partial<Options>>> = {
    plain: {},
    "single-flight: cluster": { singleFlight: "cluster" },
    "write-back: guarded": { writeBack: "guarded" },
    "both of them": { singleFlight: "cluster", writeBack: "guarded" },
    tags: { tags },
    "tags, and both": { tags, singleFlight: "cluster", writeBack: "guarded" },
    stale: { stale: { whileRevalidate: "1m", onError: "1m" } },
    "all at once": {
      tags,
      singleFlight: "cluster",
      writeBack: "guarded",
      stale: { whileRevalidate: "1m", onError: "1m" },
    },
  };

  /** How long the call took that began with a server that lets so many more writes through. */
  async function tookMs(options: Partial<Options>, isLayered: boolean, writes: number): Promise<number> {
    const proxy = await startProxy(server.port);
    const far = backendFromUrl(`redis://127.0.0.1:${proxy.port}?read-timeout=${budgetMs}ms&command-timeout=5s`);
    const backend = isLayered ? new LayeredBackend({ near: new MemoryBackend(), far, heads: ["b:"] }) : far;
    const cache = cacheOn(backend, options);
    try {
      await cache.ready();
      // Clocks and tokens are known by then.
      await cache.getOrSet("warm", () => 0);
      const key = `fresh${Math.random()}`;
      proxy.stopAfter(writes);
      const startMs = performance.now();
      const load = (): Promise<number> => setTimeout(loaderMs, 7);
      const [one, many] = await Promise.all([
        cache.getOrSet(key, load),
        cache.getOrSetMany([`${key}-many`], async () => [await load()]),
      ]);
      expect([one, ...many.values()]).toEqual([7, 7]);
      return performance.now() - startMs;
    } finally {
      proxy.cutAll();
      await cache.close();
      await proxy.close();
    }
  }

  test.each(Object.keys(kinds))("waits for it once, whenever it stops: %s", async (kind) => {
    const options = kinds[kind] ?? {};
    const layers = options.tags === undefined ? [false, true] : [false];
    const calls = layers.flatMap((isLayered) =>
      [0, 1, 2, 3, 4, 5, 6].map((writes) => tookMs(options, isLayered, writes)),
    );
    const took = await Promise.all(calls);
    // At some moments it has to be waited for, and at none twice.
    expect(Math.max(...took)).toBeGreaterThan(0.9 * budgetMs);
    expect(Math.max(...took)).toBeLessThan(1.8 * budgetMs);
  });

  test("does not add up what each command takes, where all are slow", async () => {
    const proxy = await startProxy(server.port);
    const url = `redis://127.0.0.1:${proxy.port}?read-timeout=${budgetMs}ms&command-timeout=5s`;
    await using cache = cacheOn(backendFromUrl(url), { singleFlight: "cluster", writeBack: "guarded", tags });
    await cache.getOrSet("warm", () => 0);
    // Each answer takes 0.7 of the budget.
    proxy.delayMs = 0.35 * budgetMs;
    const startMs = performance.now();
    expect(await cache.getOrSet("slow", () => 7)).toBe(7);
    expect(performance.now() - startMs).toBeLessThan(1.8 * budgetMs);
    proxy.delayMs = 0;
    await cache.close();
    await proxy.close();
  });

  test("has no more time since its connection was lost and came back", async () => {
    const proxy = await startProxy(server.port);
    await using cache = cacheOn(backendFromUrl(`redis://127.0.0.1:${proxy.port}?read-timeout=1s&command-timeout=5s`));
    await cache.ready();
    await server.ask("CLIENT", "PAUSE", "5000", "WRITE");
    proxy.stopForwarding();
    const startMs = performance.now();
    const asked = cache.getOrSet("returned", () => 7);
    await setTimeout(700);
    proxy.resumeForwarding();
    proxy.cutAll();
    try {
      expect(await asked).toBe(7);
      // Its write waits for a server that keeps it, until what the read has left of the time is over.
      expect(performance.now() - startMs).toBeGreaterThan(900);
      expect(performance.now() - startMs).toBeLessThan(1400);
    } finally {
      await server.ask("CLIENT", "UNPAUSE");
      await proxy.close();
    }
  });

  test("deletes behind what was not stored in time: it would live its whole time from then on", async () => {
    const proxy = await startProxy(server.port);
    await using cache = cacheOn(backendFromUrl(`redis://127.0.0.1:${proxy.port}?command-timeout=10s`));
    await cache.ready();
    proxy.stopAfter(1);
    expect(await cache.getOrSet("behind", () => 7)).toBe(7);
    const unlinks = async (): Promise<unknown> =>
      /cmdstat_unlink:calls=\d+/.exec(String(await server.ask("INFO", "commandstats")))?.[0];
    const before = await unlinks();
    proxy.resumeForwarding();
    await expect.poll(unlinks).not.toBe(before);
    expect(await server.ask("GET", "b:behind")).toBe(null);
    await cache.close();
    await proxy.close();
  });
});
