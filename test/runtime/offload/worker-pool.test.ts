import { fileURLToPath } from "node:url";
import workerThreads, { type Worker } from "node:worker_threads";
import { Cache, chain, json, MemoryBackend, offload, WorkerPool, zlib } from "@cachetory/runtime";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repository } from "../../support/repository.ts";
import { type ProgramResult, runProgram } from "../../support/run-program.ts";

/** Those that run, of this process. */
const threads = new Set<Worker>();
let onExit: (() => void) | undefined;
const { Worker: OriginalWorker } = workerThreads;

beforeAll(() => {
  workerThreads.Worker = class extends OriginalWorker {
    constructor(...args: ConstructorParameters<typeof OriginalWorker>) {
      super(...args);
      threads.add(this);
      this.once("exit", () => {
        threads.delete(this);
        onExit?.();
      });
    }
  };
});
afterAll(() => {
  workerThreads.Worker = OriginalWorker;
});

function cacheOn(pool: WorkerPool): Cache<string, string> {
  const serializer = chain(json<string>(), zlib());
  return new Cache({ backend: new MemoryBackend(), serializer, offload: offload({ minBytes: 0, pool }) });
}

describe("a pool", () => {
  test("starts threads when there is work, no more than it may, and ends them when it is closed", async () => {
    const pool = new WorkerPool({ maxThreads: 2 });
    const cache = cacheOn(pool);
    expect(threads.size).toBe(0);
    const keys = Array.from({ length: 10 }, (_, index) => String(index));
    const sets = keys.map((key) => cache.set(key, key));
    await Promise.all(sets);
    expect(threads.size).toBe(2);
    expect([...(await cache.getMany(keys)).values()]).toEqual(keys);
    await pool.close();
    expect(threads.size).toBe(0);
  });

  test("lets a thread go that has nothing to do", async () => {
    const pool = new WorkerPool({ maxThreads: 1, idleTimeoutMs: 1 });
    const gone = new Promise<void>((resolve) => {
      onExit = resolve;
    });
    await cacheOn(pool).set("key", "value");
    await gone;
    expect(threads.size).toBe(0);
    await cacheOn(pool).set("key", "value");
    await pool.close();
  });

  test("that is closed does what it was asked, and fails what comes later", async () => {
    const pool = new WorkerPool({ maxThreads: 1 });
    const cache = cacheOn(pool);
    const sets = ["a", "b", "c"].map((key) => cache.set(key, key));
    const closed = pool.close();
    expect(await Promise.all(sets)).toEqual([true, true, true]);
    await closed;
    await pool.close();
    await expect(cache.set("d", "d")).rejects.toMatchObject({
      code: "WORKER_FAILED",
      message: "The worker pool is closed.",
    });
    const warned = new Promise<Error>((resolve) => process.once("warning", resolve));
    expect(await cache.get("a", "a miss")).toBe("a miss");
    expect((await warned).message).toBe(
      "The cache cache could not read an entry, and takes it for a miss. The worker pool is closed.",
    );
    expect(threads.size).toBe(0);
  });

  test("serves several caches", async () => {
    await using pool = new WorkerPool({ maxThreads: 1 });
    await Promise.all([cacheOn(pool), cacheOn(pool), cacheOn(pool)].map((cache) => cache.set("key", "value")));
    expect(threads.size).toBe(1);
  });
});

/** Runs a program of which `cache`, `backend`, `offload`, `Cache` are known. Its threads may fail. */
function run(
  script: string,
  env: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
): Promise<ProgramResult> {
  const program = `
    import { Cache, chain, json, MemoryBackend, offload, WorkerPool, zlib } from "@cachetory/runtime";
    const backend = new MemoryBackend();
    const options = { backend, serializer: chain(json(), zlib()) };
    const failed = (error) => error.code + ": " + error.message;
    ${script}`;
  const preload = fileURLToPath(new URL("failing-worker.cjs", import.meta.url));
  const args = [...flags, "--require", preload, "--no-warnings", "--input-type=module", "-e", program];
  return runProgram(process.execPath, args, { cwd: repository, env, timeoutMs: 30_000 });
}

const oneThread = `
  const pool = new WorkerPool({ maxThreads: 1 });
  const cache = new Cache({ ...options, offload: offload({ minBytes: 0, pool }) });`;

describe("a process", () => {
  test("ends by itself, though the shared pool has threads and nobody closes it", async () => {
    const result = await run(`
      const cache = new Cache({ ...options, offload: offload({ minBytes: 0 }) });
      await cache.set("key", "value");
      console.log(await cache.get("key"));`);
    expect(result).toMatchObject({ exitCode: 0, output: "value\n" });
  });

  test("ends no sooner than what it has begun", async () => {
    const result = await run(`
      const cache = new Cache({ ...options, offload: offload({ minBytes: 0 }) });
      cache.set("key", "value").then(() => console.log("stored"));`);
    expect(result).toMatchObject({ exitCode: 0, output: "stored\n" });
  });

  test("is told what to install, where there is no piscina", async () => {
    const without = fileURLToPath(new URL("../../support/without-package.cjs", import.meta.url));
    const flags = ["--require", without];
    const script = `
      try { new Cache({ ...options, offload: offload() }); } catch (error) { console.log(failed(error)); }
      console.log(await new Cache(options).set("key", 1));`;
    expect((await run(script, { WITHOUT_PACKAGE: "piscina" }, flags)).output).toBe(
      "MISSING_PACKAGE: offload needs the package piscina, which is not installed. Install it: npm install piscina\ntrue\n",
    );
  });
});

describe("a thread that fails", () => {
  test.each([
    ["exit now", "worker exited with code: 3", []],
    ["take all memory", "Worker terminated due to reaching memory limit", ["--max-old-space-size=64"]],
  ] as const)("fails what it was at, and nothing else: %s", async (value, reason, flags) => {
    const result = await run(
      `${oneThread}
      const values = ["good", ${JSON.stringify(value)}, "also good"];
      const sets = values.map((value) => cache.set(value, value).catch(failed));
      for (const answer of await Promise.all(sets)) console.log(answer);
      console.log(await cache.get("also good"), await cache.has(values[1]));`,
      {},
      flags,
    );
    const failure = `WORKER_FAILED: A worker thread of offload failed, and its work with it: ${reason}`;
    expect(result.output.split("\n")).toEqual([
      "true",
      expect.stringContaining(failure),
      "true",
      "also good false",
      "",
    ]);
    expect(result.exitCode).toBe(0);
  });

  test("makes a read a miss, which a load does not replace, and take reject", async () => {
    const result = await run(`${oneThread}
      await new Cache(options).set("key", "exit now");
      console.log(await cache.get("key"), await cache.getOrThrow("key").catch((error) => error.cause.code));
      console.log(await cache.getOrSet("key", () => "loaded"), await new Cache(options).get("key"));
      console.log((await cache.getMany(["key", "other"])).size);
      console.log(await cache.take("key").catch(failed), await cache.has("key"));`);
    expect(result).toMatchObject({
      exitCode: 0,
      output:
        "undefined WORKER_FAILED\nloaded exit now\n0\n" +
        "WORKER_FAILED: A worker thread of offload failed, and its work with it: worker exited with code: 3. false\n",
    });
  });

  test.each([
    ["throw", "no thread today"],
    ["exit", "Terminating worker thread"],
  ])("while it starts fails what was asked, and keeps nobody waiting: %s", async (how, reason) => {
    const result = await run(
      `${oneThread}
      const sets = ["a", "b", "c"].map((key) => cache.set(key, key).catch(failed));
      for (const answer of await Promise.all(sets)) console.log(answer);
      await pool.close();`,
      { WORKERS_FAIL: how },
    );
    const line = `WORKER_FAILED: A worker thread of offload failed, and its work with it: ${reason}.\n`;
    expect(result).toMatchObject({ exitCode: 0, stdout: line.repeat(3) });
  });
});
