import { randomBytes } from "node:crypto";
import {
  aesGcm,
  Cache,
  chain,
  hmac,
  json,
  LayeredBackend,
  type LiveValues,
  MemoryBackend,
  offload,
  RedisBackend,
  SyncCache,
  serializerFromUrl,
  syncBackendFromUrl,
  WorkerPool,
  zstd,
} from "@cachetory/runtime";
import { fitKey, intPart, type KeyPattern } from "@cachetory/runtime/codegen/v1/core";
import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { cacheKindNames, cacheKinds } from "../../support/cache-kinds.ts";
import { patient } from "../../support/patience.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";

interface Session {
  readonly user: string;
  readonly roles: readonly string[];
}

const ada: Session = { user: "ada@example.org", roles: ["admin"] };
const bob: Session = { user: "bob@example.org", roles: [] };
const keys = [{ id: "k1", key: randomBytes(32) }];
const sealed = { "aes-gcm": aesGcm({ keys }), hmac: hmac({ keys }) };
const names = ["aes-gcm", "hmac"] as const;

let server: RedisServer;
let client: Redis;
const pool = new WorkerPool({ maxThreads: 1 });

beforeAll(async () => {
  server = await startRedisServer();
  client = new Redis(server.port, "127.0.0.1");
});
afterAll(async () => {
  await pool.close();
  client.disconnect();
  await server.stop();
});
afterEach(() => vi.unstubAllEnvs());

/** The warnings of the runtime that are emitted during a call. */
async function warningsOf(run: () => unknown): Promise<readonly string[]> {
  const emit = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  try {
    await run();
    return emit.mock.calls.map(([warning]) => String(warning));
  } finally {
    emit.mockRestore();
  }
}

describe.each(names)("%s", (name) => {
  const serializer = chain(json<Session>(), sealed[name]);

  test.each(cacheKindNames)("serves every operation of %s", async (kind) => {
    const backend = new MemoryBackend();
    const cache = cacheKinds[kind]<string, Session>({ backend, serializer, prefix: "s:" });
    await cache.set("a", ada);
    await cache.setMany({ b: bob, c: ada });
    expect(await cache.get("a")).toEqual(ada);
    expect(await cache.getOrThrow("b")).toEqual(bob);
    expect([...(await cache.getMany(["c", "none", "b"]))]).toEqual([
      ["c", ada],
      ["b", bob],
    ]);
    expect(await cache.take("a")).toEqual(ada);
    expect(await cache.getOrSet("d", () => bob)).toEqual(bob);
    expect(await cache.get("d")).toEqual(bob);
    expect([...(await cache.getOrSetMany(["e", "f"], () => [ada, bob])).values()]).toEqual([ada, bob]);
    expect([...(await cache.getMany(["e", "f"])).values()]).toEqual([ada, bob]);
    await cache.refresh("d", () => ada);
    expect(await cache.get("d")).toEqual(ada);
  });

  test("serves on Redis, with and without promises, one and many at once", async () => {
    const prefix = `${name}:`;
    const cache = new Cache<string, Session>({ backend: new RedisBackend(client), serializer, prefix });
    using sync = new SyncCache<string, Session>({
      backend: syncBackendFromUrl(`redis://127.0.0.1:${server.port}`),
      serializer,
      prefix,
    });
    await cache.setMany({ a: ada, b: bob });
    expect([...sync.getMany(["a", "b"]).values()]).toEqual([ada, bob]);
    sync.set("c", ada);
    expect(await Promise.all([cache.get("a"), cache.get("b"), cache.get("c")])).toEqual([ada, bob, ada]);
  });

  test("takes an entry of another key for a miss, says so once, and replaces it", async () => {
    const prefix = `${name}-swap:`;
    const cache = new Cache<string, Session>({
      name: "sessions",
      backend: new RedisBackend(client),
      serializer,
      prefix,
    });
    await cache.setMany({ a: ada, b: bob });
    await client.copy(`${prefix}a`, `${prefix}b`, "REPLACE");
    const warnings = await warningsOf(async () => {
      expect(await cache.get("b")).toBeUndefined();
      expect((await cache.getMany(["a", "b"])).size).toBe(1);
    });
    expect(warnings).toEqual([
      `The cache sessions found an entry that it cannot read, and takes it for a miss. ${name} cannot open the entry: it has ` +
        "been changed, or was stored under another key or with another secret.",
    ]);
    await expect(cache.getOrThrow("b")).rejects.toMatchObject({ code: "MISS", cause: { code: "UNREADABLE" } });
    expect(await cache.getOrSet("b", () => bob)).toEqual(bob);
    expect(await cache.get("b")).toEqual(bob);
  });

  test("keeps worker threads to the other steps", async () => {
    const large = { user: randomBytes(5_000).toString("hex"), roles: ["a"] };
    const backend = new RedisBackend(client);
    const away = { backend, prefix: `${name}-away:`, offload: offload({ minBytes: 500, pool }) };
    const pipeline = chain(json<Session>(), zstd(), sealed[name]);
    const cache = new Cache<string, Session>({ ...away, serializer: pipeline });
    const run = vi.spyOn(pool, "run");
    await Promise.all([cache.set("large", large), cache.set("small", ada)]);
    expect(await Promise.all([cache.get("large"), cache.get("small")])).toEqual([large, ada]);
    expect(await cache.take("large")).toEqual(large);
    const tasks = run.mock.calls.map(([{ steps }]) => steps.urls);
    expect(new Set(tasks.flat())).toEqual(new Set(["zstd"]));
    expect(tasks).toHaveLength(3);
    const here = new Cache<string, Session>({ backend, prefix: away.prefix, serializer: pipeline });
    expect(await here.get("small")).toEqual(ada);
    run.mockRestore();
  });

  test("refuses to be offloaded alone, or before another step", () => {
    const backend = new MemoryBackend();
    const open = (steps: ConstructorParameters<typeof Cache>[0]["serializer"]): unknown =>
      new Cache({ backend, offload: offload({ pool }), serializer: steps });
    expect(() => open(serializer)).toThrow("offload has nothing to do");
    expect(() => open(chain(json(), sealed[name], zstd()))).toThrow(`cannot make the step ${name}`);
  });

  test("is read at the keys' text where entries are found by parameters", () => {
    const pattern: KeyPattern = { segments: ["v:", { name: "id", type: "int" }] };
    const cache = new Cache<{ readonly id: number }, Session>({
      pattern,
      keyText: ({ id }) => fitKey(`v:${intPart(id, "sessions.id")}`, pattern),
      keyPath: { find: (level, { id }) => level.get(id), parts: [({ id }) => id] },
      serializer: () => serializer,
      backend: new MemoryBackend(),
    });
    void cache.set({ id: 1 }, ada);
    expect([cache.peek({ id: 1 }), cache.peek({ id: 1 })]).toEqual([ada, ada]);
  });
});

test("nothing of a value can be read of what memory keeps", async () => {
  const live: LiveValues = { size: () => 100 };
  for (const kind of cacheKindNames) {
    const backend = new MemoryBackend();
    const serializer = chain(json<Session>(), sealed["aes-gcm"]);
    const cache = cacheKinds[kind]<string, Session>({ backend, serializer, live });
    await cache.set("a", ada);
    const entry = Buffer.from((await backend.get("a", "bytes")) as Uint8Array).toString("latin1");
    expect(entry).toMatch(/^CTae/);
    expect(entry).not.toContain("ada");
    expect(await cache.get("a")).toEqual(ada);
  }
});

test("entries with an envelope are sealed within it, wherever they are", async () => {
  const open = (backend: MemoryBackend | RedisBackend): Cache<string, Session> =>
    new Cache<string, Session>({
      backend,
      serializer: chain(json<Session>(), sealed["aes-gcm"]),
      prefix: "stale:",
      ttl: "1m",
      stale: { whileRevalidate: "1m" },
    });
  const memory = new MemoryBackend();
  const redis = new RedisBackend({ host: "127.0.0.1", port: server.port, ...patient });
  for (const backend of [memory, redis]) {
    await using cache = open(backend);
    await cache.setMany({ a: ada, b: bob });
    expect([...(await cache.getMany(["a", "b"])).values()]).toEqual([ada, bob]);
    expect(await cache.getOrSet("c", () => ada)).toEqual(ada);
    expect(await cache.getOrSet("c", () => bob)).toEqual(ada);
    expect(await cache.take("c")).toEqual(ada);
    const entry = Buffer.from((await backend.get("stale:a", "bytes")) as Uint8Array).toString("latin1");
    expect(entry).toMatch(/^~c1 f[0-9a-z]{9}[^\n]*\nCTae/);
    await backend.set("stale:b", await backend.get("stale:a", "bytes"), {});
    expect(await cache.get("b")).toBeUndefined();
  }
});

test("a near layer keeps what is sealed, and reads it under its key alone", async () => {
  const far = new RedisBackend({ host: "127.0.0.1", port: server.port, ...patient });
  const backend = new LayeredBackend({ near: new MemoryBackend(), far, invalidation: "none", ttl: "1m" });
  const live: LiveValues = { size: () => 100 };
  const serializer = chain(json<Session>(), sealed["aes-gcm"]);
  await using cache = new Cache<string, Session>({ backend, serializer, live, prefix: "near:", ttl: "1m" });
  await cache.setMany({ a: ada, b: bob });
  // Entries are near from their second read on.
  for (let read = 0; read < 3; read++) {
    expect(await cache.get("a")).toEqual(ada);
    expect([...(await cache.getMany(["a", "b"])).values()]).toEqual([ada, bob]);
  }
  expect(cache.peek("a")).toEqual(ada);
  const near = backend.near?.entries;
  const found = near?.find("near:a");
  expect(found?.keeper).toBeUndefined();
  expect(Buffer.from(found?.stored as Uint8Array).toString("latin1")).toMatch(/^CTae/);
});

describe("a cache whose keys are not there", () => {
  const serializer = serializerFromUrl<Session>("json+aes-gcm://?keys=TEST_CACHE_KEYS");

  test("is made, and refuses its first call, whatever that is", async () => {
    const cache = new Cache<string, Session>({ backend: new MemoryBackend(), serializer });
    const sync = new SyncCache<string, Session>({ backend: new MemoryBackend(), serializer });
    for (const call of [() => cache.get("a"), () => cache.getMany(["a"]), () => cache.getOrSet("a", () => ada)]) {
      await expect(call()).rejects.toMatchObject({ code: "MISSING_ENVIRONMENT" });
    }
    expect(() => sync.get("a")).toThrow("the environment variable TEST_CACHE_KEYS");
    vi.stubEnv("TEST_CACHE_KEYS", `k1:${randomBytes(32).toString("base64")}`);
    expect(await cache.getOrSet("a", () => ada)).toEqual(ada);
    expect(await cache.get("a")).toEqual(ada);
  });

  test("gives what it loads where they go missing later", async () => {
    let given = keys;
    const step = aesGcm({ keys: () => given });
    const cache = new Cache<string, Session>({
      backend: new MemoryBackend(),
      serializer: chain(json<Session>(), step),
    });
    await cache.set("a", bob);
    given = [];
    const warnings = await warningsOf(async () => {
      expect(await cache.get("a")).toBeUndefined();
      expect(await cache.getOrSet("a", () => ada)).toEqual(ada);
    });
    expect(warnings).toEqual([
      "The cache cache could not read an entry, and takes it for a miss. aes-gcm cannot use its keys: there is no key in the list.",
      "The cache cache could not store a loaded value. aes-gcm cannot use its keys: there is no key in the list.",
    ]);
    given = keys;
    // It was no worse for that.
    expect(await cache.get("a")).toEqual(bob);
    given = [];
    await expect(cache.set("a", ada)).rejects.toMatchObject({ code: "INVALID_SECRET" });
  });
});
