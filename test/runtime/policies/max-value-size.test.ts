import {
  bytes,
  Cache,
  type CacheOptions,
  chain,
  json,
  MemoryBackend,
  noop,
  offload,
  WorkerPool,
  zlib,
} from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { afterEach, describe, expect, test, vi } from "vitest";
import { cacheKindNames, cacheKinds } from "../../support/cache-kinds.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** What the process is warned of. */
function warnings(): string[] {
  const told: string[] = [];
  vi.spyOn(process, "emitWarning").mockImplementation((warning) => {
    told.push(String(warning));
  });
  return told;
}

test("what a worker thread makes too large for nobody who waits ends no process", async () => {
  await using pool = new WorkerPool({ maxThreads: 1 });
  const cache = new Cache<string, string>({
    name: "pages",
    backend: new ControlledBackend(),
    serializer: chain(json<string>(), zlib()),
    offload: offload({ minBytes: 1, pool }),
    maxValueBytes: 10,
  });
  const unhandled = vi.fn();
  process.on("unhandledRejection", unhandled);
  const value = Array.from({ length: 100 }, (_, index) => index).join(" ");
  await expect(cache.set("a", value, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
  await expect(cache.set("b", value)).rejects.toMatchObject({ code: "VALUE_TOO_LARGE" });
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", unhandled);
  expect(unhandled).not.toHaveBeenCalled();
});

describe.each(cacheKindNames)("%s", (kind) => {
  const make = (options: Partial<CacheOptions<string, string>> = {}) =>
    cacheKinds[kind]<string, string>({
      name: "pages",
      backend: new ControlledBackend(),
      serializer: json(),
      maxValueBytes: 10,
      ...options,
    });

  test("refuses to set what takes more, and says how much", async () => {
    const cache = make();
    await cache.set("a", "12345678");
    await expect(cache.set("a", "123456789")).rejects.toMatchObject({
      code: "VALUE_TOO_LARGE",
      message: expect.stringContaining("pages stores values of 10 bytes at most, but this one takes 11"),
    });
    expect(await cache.get("a")).toBe("12345678");
  });

  test("counts bytes, not characters", async () => {
    const cache = make();
    await cache.set("a", "éééé");
    await expect(cache.set("b", "ééééé")).rejects.toMatchObject({ code: "VALUE_TOO_LARGE" });
  });

  test("measures what the pipeline makes", async () => {
    const cache = make({ serializer: chain(json<string>(), zlib()), maxValueBytes: 60 });
    await cache.set("a", "x".repeat(10_000));
    expect(await cache.get("a")).toBe("x".repeat(10_000));
  });

  test("stores nothing of a setMany with one that is too large", async () => {
    const cache = make();
    await expect(cache.setMany({ a: "1", b: "x".repeat(20) })).rejects.toMatchObject({ code: "VALUE_TOO_LARGE" });
    expect(await cache.has("a")).toBe(false);
  });

  test("answers a loaded value without storing it, and says so once", async () => {
    const told = warnings();
    const cache = make();
    const large = "x".repeat(20);
    expect(await cache.getOrSet("a", () => large)).toBe(large);
    expect(await cache.getOrSet("a", () => large)).toBe(large);
    expect((await cache.getOrSetMany(["b", "c"], () => [large, "1"])).get("b")).toBe(large);
    expect(await cache.has("a")).toBe(false);
    expect(await cache.has("b")).toBe(false);
    expect(await cache.get("c")).toBe("1");
    expect(told).toHaveLength(1);
    expect(told[0]).toContain("pages could not store a loaded value. pages stores values of 10 bytes at most");
  });

  test("a refresh that cannot store rejects, as a set does", async () => {
    const cache = make();
    await expect(cache.refresh("a", () => "x".repeat(20))).rejects.toMatchObject({ code: "VALUE_TOO_LARGE" });
  });

  test("takes values that are kept as they are by their size", async () => {
    const live = { size: (value: unknown) => (value as string).length };
    const cache = make({ backend: new MemoryBackend(), live });
    await cache.set("a", "1234567890");
    await expect(cache.set("a", "12345678901")).rejects.toMatchObject({ code: "VALUE_TOO_LARGE" });
  });

  test("takes bytes", async () => {
    const cache = cacheKinds[kind]<string, Uint8Array>({
      backend: new MemoryBackend(),
      serializer: bytes(),
      maxValueBytes: 4,
    });
    await cache.set("a", new Uint8Array(4));
    await expect(cache.set("a", new Uint8Array(5))).rejects.toMatchObject({ code: "VALUE_TOO_LARGE" });
  });

  test.each([0, -1, Number.NaN])("must be a size: %d is none", (maxValueBytes) => {
    expect(() => make({ maxValueBytes })).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
  });

  test("has nothing to measure of a serializer that keeps the value itself", () => {
    const backend = new MemoryBackend();
    expect(() => make({ backend, serializer: noop() })).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
  });
});

test("measures what a worker thread makes", async () => {
  const cache = new Cache<string, string>({
    backend: new ControlledBackend(),
    serializer: chain(json<string>(), zlib()),
    offload: offload({ minBytes: 0 }),
    maxValueBytes: 20,
  });
  await expect(cache.set("a", "abcdefghijklmnopqrstuvwxyz0123456789")).rejects.toMatchObject({
    code: "VALUE_TOO_LARGE",
  });
  await cache.set("b", "");
  expect(await cache.get("b")).toBe("");
});
