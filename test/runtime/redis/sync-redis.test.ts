import { join } from "node:path";
import {
  json,
  MemoryBackend,
  RedisBackend,
  registerBackend,
  SyncCache,
  serializerFromUrl,
  syncBackendFromUrl,
} from "@cachetory/runtime";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freePort } from "../../support/free-ports.ts";
import { patience } from "../../support/patience.ts";
import { type RedisServer, startRedisServer } from "../../support/redis-server.ts";
import { repository } from "../../support/repository.ts";
import { runProgram } from "../../support/run-program.ts";

let server: RedisServer;

beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

function openCache(url: string): SyncCache<string, number> {
  return new SyncCache<string, number>({ backend: syncBackendFromUrl(url), serializer: json(), prefix: "t:" });
}

/** A busy machine may need more than one command's time to begin with. */
function stored(cache: SyncCache<string, number>, key: string, value: number): Promise<void> {
  return expect.poll(() => errorOf(() => cache.set(key, value)), { timeout: 10_000 }).toBe(true);
}

/** What a call takes, in milliseconds. */
function timed(call: () => unknown): number {
  const startMs = performance.now();
  call();
  return performance.now() - startMs;
}

function errorOf(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

function expectOutage(cache: SyncCache<string, number>): void {
  expect([cache.get("a", -1), cache.has("a"), cache.ttl("a"), cache.getMany(["a", "b"]).size]).toEqual([
    -1,
    false,
    undefined,
    0,
  ]);
  expect(errorOf(() => cache.getOrThrow("a"))).toMatchObject({ code: "MISS", cause: { code: "UNAVAILABLE" } });
  expect(cache.getOrSet("a", () => 7)).toBe(7);
  for (const write of [() => cache.set("a", 1), () => cache.delete("a"), () => cache.take("a"), () => cache.clear()]) {
    expect(errorOf(write)).toMatchObject({ name: "BackendUnavailableError", code: "UNAVAILABLE" });
  }
}

describe("a synchronous Redis that is not there", () => {
  test("makes reads misses at once, and writes throw what an asynchronous one rejects with", async () => {
    const port = await freePort();
    using cache = openCache(`redis://127.0.0.1:${port}?command-timeout=50ms`);
    expectOutage(cache);
    expect(errorOf(() => cache.ready())).toMatchObject({
      code: "UNAVAILABLE",
      outcome: "none",
      message: `There is no connection to Redis (connect ECONNREFUSED 127.0.0.1:${port}). Check that the server runs, and that the backend's URL leads to it.`,
      cause: { code: "ECONNREFUSED" },
    });
  });

  test("is not waited for by reads, however long a command may take", async () => {
    using cache = openCache(`redis://127.0.0.1:${await freePort()}?command-timeout=1h`);
    expect(cache.get("a", -1)).toBe(-1);
    expect(cache.getOrSet("a", () => 7)).toBe(7);
  });
});

describe("a synchronous Redis that hangs", () => {
  test("costs each call its timeout, and what was sent has an unknown outcome", async () => {
    using cache = openCache(`${server.url}?command-timeout=100ms`);
    await stored(cache, "a", 1);
    server.pause();
    try {
      expectOutage(cache);
      const tookMs = timed(() => expect(errorOf(() => cache.set("b", 3))).toMatchObject({ outcome: "unknown" }));
      expect(tookMs).toBeGreaterThan(90);
    } finally {
      server.resume();
    }
  });

  test("and answers late answers nobody else", async () => {
    using cache = openCache(`${server.url}?command-timeout=100ms`);
    await stored(cache, "late", 1);
    await stored(cache, "other", 2);
    server.pause();
    try {
      expect([cache.get("late"), cache.get("late")]).toEqual([undefined, undefined]);
    } finally {
      server.resume();
    }
    await expect.poll(() => cache.get("other"), { timeout: 10_000 }).toBe(2);
    const answers = Array.from({ length: 20 }, () => [cache.get("other", 2), cache.get("late", 1), cache.has("none")]);
    expect(new Set(answers.map(String))).toEqual(new Set(["2,1,false"]));
  });
});

test("a synchronous Redis that dies is out while it is gone, and is used again when it is back", async () => {
  using cache = openCache(`${server.url}?command-timeout=200ms`);
  await stored(cache, "a", 1);
  await server.kill();
  expectOutage(cache);
  await server.restart();
  await stored(cache, "a", 2);
  await expect.poll(() => cache.get("a"), { timeout: 10_000 }).toBe(2);
});

describe("large values", () => {
  const size = 16 * 1024 * 1024;

  test("of bytes come back exactly, and are not taken from their owner", () => {
    using blobs = new SyncCache<string, Uint8Array>({
      backend: syncBackendFromUrl(`${server.url}?command-timeout=10s&read-timeout=10s`),
      serializer: serializerFromUrl("bytes"),
    });
    const blob = Uint8Array.from({ length: size }, (_, index) => (index * 31) % 251);
    blobs.set("big", blob);
    blobs.setMany([
      ["view", blob.subarray(1000, 1_001_000)],
      ["small", blob.subarray(7, 350)],
    ]);
    expect(blob.length).toBe(size);
    expect(Buffer.compare(blobs.getOrThrow("big"), blob)).toBe(0);
    expect(Buffer.compare(blobs.getOrThrow("view"), blob.subarray(1000, 1_001_000))).toBe(0);
    const found = blobs.getMany(["small", "big"]);
    expect(found.get("small")).toEqual(blob.slice(7, 350));
    expect(found.get("big")?.length).toBe(size);
  });

  test("of text come back exactly", () => {
    using texts = new SyncCache<string, string>({
      backend: syncBackendFromUrl(`${server.url}?command-timeout=10s&read-timeout=10s`),
      serializer: serializerFromUrl("text"),
    });
    const text = 'é日🎉"\r\n\u0000'.repeat(1_200_000);
    texts.set("text", text);
    expect(texts.getOrThrow("text") === text).toBe(true);
  });
});

describe("closing", () => {
  const connections = async (name: string): Promise<number> => {
    const client = new Redis(server.port, "127.0.0.1");
    const list = String(await client.client("LIST"));
    client.disconnect();
    return list.split("\n").filter((line) => line.includes(`name=${name} `)).length;
  };

  test("ends the connection, also through the asynchronous backend that it belongs to", async () => {
    for (const [name, close] of [
      ["by-itself", (backend: RedisBackend) => backend.sync().close()],
      ["by-owner", (backend: RedisBackend) => backend.close()],
    ] as const) {
      const backend = RedisBackend.fromUrl(`${server.url}?client-name=${name}`);
      const cache = new SyncCache<string, number>({ backend, serializer: json(), prefix: "t:" });
      cache.set("a", 1);
      expect(await connections(name)).toBe(1);
      await close(backend);
      await expect.poll(() => connections(name), { timeout: 10_000 }).toBe(0);
      expect(errorOf(() => cache.set("a", 1))).toMatchObject({ code: "UNAVAILABLE", outcome: "none" });
      expect(() => backend.sync().ready()).toThrow("closed");
    }
  });

  test("starts nothing where nothing was asked", () => {
    const backend = RedisBackend.fromUrl(`${server.url}${patience}`);
    backend.sync().close();
    expect(() => backend.sync().get("a", "text")).toThrow("closed");
  });

  test("in the middle of a clear ends it", () => {
    using cache = openCache(server.url);
    cache.set("a", 1);
    expect(errorOf(() => cache.clear(undefined, { dryRun: true, onProgress: () => cache.close() }))).toMatchObject({
      code: "UNAVAILABLE",
    });
  });
});

test("a large clear deletes the keys of its cache and nothing else", () => {
  using all = openCache(server.url);
  using pages = new SyncCache<{ readonly id: number }, number>({
    backend: syncBackendFromUrl(server.url),
    serializer: json(),
    prefix: "t:",
    keyText: ({ id }) => `page:${id}`,
    pattern: { segments: ["page:", { name: "id", type: "int" }] },
  });
  all.clear();
  pages.setMany(Array.from({ length: 3000 }, (_, id) => [{ id }, id] as const));
  all.setMany({ "page:one": 1, other: 2 });
  expect(pages.clear(undefined, { dryRun: true })).toBe(3000);
  expect([pages.clear({ id: 7 }), pages.clear(), all.clear()]).toEqual([1, 2999, 2]);
});

describe("what has no synchronous face says so", () => {
  test("a client that is handed in", () => {
    const client = new Redis({ lazyConnect: true });
    expect(errorOf(() => new SyncCache({ backend: new RedisBackend(client), serializer: json() }))).toMatchObject({
      code: "INVALID_OPTION",
      message: expect.stringContaining("made of a URL or of options"),
    });
    client.disconnect();
  });

  test("a backend of one's own", () => {
    registerBackend("promising", () => Object.assign(new MemoryBackend(), { sync: undefined }) as never);
    expect(errorOf(() => syncBackendFromUrl("promising://"))).toMatchObject({ code: "INVALID_OPTION" });
  });

  test.each([
    ["redis://localhost/cats", "INVALID_URL"],
    ["redis://localhost?comand-timeout=1s", "INVALID_OPTION"],
    ["redi://localhost", "UNKNOWN_SCHEME"],
    ["localhost", "INVALID_URL"],
  ])("the URL %s", (url, code) => {
    expect(errorOf(() => syncBackendFromUrl(url))).toMatchObject({ code });
  });
});

describe.concurrent("a process", () => {
  const use = `
    const cache = new SyncCache({ backend: syncBackendFromUrl(process.argv.at(-1)), serializer: json(), prefix: "p:" });
    cache.set("a", { n: 1 });
    console.log(cache.get("a").n);`;
  const names = "{ json, SyncCache, syncBackendFromUrl }";

  test.each([
    ["an ES module", ["--input-type=module", "-e", `import ${names} from "@cachetory/runtime";${use}`]],
    ["CommonJS", ["-e", `const ${names} = require("@cachetory/runtime");${use}`]],
    [
      "a heap of its own size",
      ["--max-old-space-size=512", "-e", `const ${names} = require("@cachetory/runtime");${use}`],
    ],
    [
      "one that is not from a file",
      ["--input-type=module", "--expose-gc", "-e", `import ${names} from "@cachetory/runtime";${use}`],
    ],
    ["--input-type in two words", ["--input-type", "module", "-e", `import ${names} from "@cachetory/runtime";${use}`]],
  ])("ends without a close: %s", async (_, args) => {
    const result = await runProgram(process.execPath, [...args, "--", server.url], {
      cwd: repository,
      timeoutMs: 15_000,
    });
    expect(result).toMatchObject({ exitCode: 0, stdout: "1\n", stderr: "" });
  });

  test("ends after a close, too", async () => {
    const program = `import ${names} from "@cachetory/runtime";${use}
      setTimeout(() => console.log("still there"), 5_000).unref();
      cache.close();`;
    const args = ["--input-type=module", "-e", program, "--", server.url];
    const result = await runProgram(process.execPath, args, { cwd: repository, timeoutMs: 15_000 });
    expect(result).toMatchObject({ exitCode: 0, stdout: "1\n", stderr: "" });
  });

  test("may use it in a thread of its own", async () => {
    const program = `
      const { Worker } = require("node:worker_threads");
      const code = ${JSON.stringify(`const ${names} = require("@cachetory/runtime");${use}`)};
      new Worker(code, { eval: true, argv: [process.argv.at(-1)] });`;
    const result = await runProgram(process.execPath, ["-e", program, "--", server.url], {
      cwd: repository,
      timeoutMs: 15_000,
    });
    expect(result).toMatchObject({ exitCode: 0, stdout: "1\n", stderr: "" });
  });

  test("without ioredis is told how to install it", async () => {
    const program = `
      const { syncBackendFromUrl } = require("@cachetory/runtime");
      try { syncBackendFromUrl("redis://localhost"); } catch (error) { console.log(error.code, error.message); }`;
    const args = ["--require", join(repository, "test/support/without-package.cjs"), "-e", program];
    const result = await runProgram(process.execPath, args, { cwd: repository, env: { WITHOUT_PACKAGE: "ioredis" } });
    expect(result.stdout).toMatch(/^MISSING_PACKAGE .*npm install ioredis\n$/);
  });
});

test("a load is not waited for longer than a read may take where its server stops before it is stored", async () => {
  await using own = await startRedisServer();
  using cache = openCache(`${own.url}?command-timeout=20s`);
  await stored(cache, "a", 1);
  const tookMs = timed(() => {
    cache.getOrSet("b", () => {
      own.pause();
      return 2;
    });
  });
  own.resume();
  // The twentieth part of a command's time, and twenty times that of a read.
  expect(tookMs).toBeLessThan(1000);
});
