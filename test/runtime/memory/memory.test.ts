import { execFileSync } from "node:child_process";
import { backendFromUrl, MemoryBackend, type MemoryOptions } from "@cachetory/runtime";
import fc from "fast-check";
import { expect, test, vi } from "vitest";

const kilobyte = "k".repeat(512);

test("an entry lives to the last millisecond of its ttl, and not one more", async () => {
  let now = 0;
  const backend = new MemoryBackend({ now: () => now });
  await backend.set("a", "x", { ttlMs: 100 });
  now = 99;
  expect(await backend.get("a", "text")).toBe("x");
  expect(await backend.ttl("a")).toBe(1);
  now = 100;
  expect(await backend.get("a", "text")).toBeUndefined();
});

test("sees a fake clock that is set after it was made", async () => {
  const backend = new MemoryBackend();
  vi.useFakeTimers({ now: 0 });
  try {
    await backend.set("a", "x", { ttlMs: 100 });
    vi.setSystemTime(100);
    expect(await backend.get("a", "text")).toBeUndefined();
  } finally {
    vi.useRealTimers();
  }
});

test("keeps the number of entries, and lets go of the least recently used", async () => {
  const backend = new MemoryBackend({ maxEntries: 3 });
  await backend.setMany(
    ["a", "b", "c"].map((key) => [key, "x"] as const),
    undefined,
  );
  await backend.get("a", "text");
  await backend.set("d", "x", {});
  expect(await backend.getMany(["a", "b", "c", "d"], "text")).toEqual(["x", undefined, "x", "x"]);
});

test("asking whether there is an entry, and for its ttl, is no use of it", async () => {
  const backend = new MemoryBackend({ maxEntries: 2 });
  await backend.setMany(
    [
      ["a", "x"],
      ["b", "x"],
    ],
    undefined,
  );
  await backend.has("a");
  await backend.ttl("a");
  await backend.set("c", "x", {});
  expect(await backend.has("a")).toBe(false);
});

test("keeps the number of bytes: characters are two, keys count too", async () => {
  const backend = new MemoryBackend({ maxBytes: 5_000 });
  for (const key of ["a", "b", "c", "d"]) await backend.set(key, kilobyte, {});
  expect(backend.size).toBe(4);
  await backend.set("e", kilobyte, {});
  expect(backend.size).toBe(4);
  expect(backend.bytes).toBeLessThanOrEqual(5_000);
  expect(await backend.has("a")).toBe(false);
  await backend.set("k".repeat(1_000), "", {});
  expect(backend.size).toBe(3);
});

test("bytes count what they are, also where they come out of a larger buffer", async () => {
  const backend = new MemoryBackend();
  const large = new Uint8Array(1_000_000);
  await backend.set("a", large.subarray(10, 1_010), {});
  expect(backend.bytes).toBeGreaterThan(1_000);
  expect(backend.bytes).toBeLessThan(1_500);
  const stored = (await backend.get("a", "bytes")) as Uint8Array;
  expect(stored.buffer.byteLength).toBe(1_000);
});

test("a live value counts a kilobyte", async () => {
  const backend = new MemoryBackend({ maxBytes: 5_000 });
  for (let index = 0; index < 10; index++) await backend.set(`${index}`, { index }, {});
  expect(backend.size).toBe(4);
  expect(await backend.get("9", "value")).toEqual({ index: 9 });
});

test("an entry that alone is too large is not kept, and the one before it is not either", async () => {
  const backend = new MemoryBackend({ maxBytes: 2_000 });
  await backend.set("other", "x", {});
  await backend.set("a", "old", {});
  expect(await backend.set("a", "x".repeat(2_000), {})).toBe(true);
  expect(await backend.get("a", "text")).toBeUndefined();
  expect(await backend.get("other", "text")).toBe("x");
});

test("what has expired is let go of by the writes that follow, before anything that lives", async () => {
  let now = 0;
  const backend = new MemoryBackend({ maxEntries: 20, now: () => now });
  await backend.set("forever", "x", {});
  for (let index = 0; index < 19; index++) await backend.set(`short:${index}`, "x", { ttlMs: 10 });
  now = 10;
  await backend.set("new", "x", {});
  expect(backend.size).toBeLessThan(6);
  await backend.set("newer", "x", {});
  expect(backend.size).toBe(3);
  expect(await backend.getMany(["forever", "new", "newer"], "text")).toEqual(["x", "x", "x"]);
});

test("an expiry that was put off does not take the entry away at the old moment", async () => {
  let now = 0;
  const backend = new MemoryBackend({ now: () => now });
  await backend.set("a", "x", { ttlMs: 10 });
  await backend.expireIn("a", 100);
  await backend.set("b", "x", { ttlMs: 10 });
  await backend.set("b", "y", {});
  now = 50;
  await backend.set("c", "x", {});
  expect(await backend.getMany(["a", "b", "c"], "text")).toEqual(["x", "y", "x"]);
  now = 100;
  await backend.set("c", "x", {});
  expect(backend.size).toBe(2);
});

test("does what a map with expiries does", async () => {
  const key = fc.constantFrom("a", "b", "c");
  const step = fc.oneof(
    fc.record({ kind: fc.constant("set"), key, ttlMs: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }) }),
    fc.record({
      kind: fc.constant("expireIn"),
      key,
      ttlMs: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
    }),
    fc.record({ kind: fc.constant("delete"), key, ttlMs: fc.constant(undefined) }),
    fc.record({ kind: fc.constant("wait"), key, ttlMs: fc.integer({ min: 1, max: 15 }) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      let now = 0;
      const backend = new MemoryBackend({ now: () => now });
      const model = new Map<string, { value: string; until: number }>();
      for (const [index, { kind, key: name, ttlMs }] of steps.entries()) {
        const until = ttlMs === undefined ? Number.POSITIVE_INFINITY : now + ttlMs;
        const entry = model.get(name);
        if (kind === "wait") now += ttlMs ?? 0;
        else if (kind === "set") {
          await backend.set(name, `${index}`, { ttlMs });
          model.set(name, { value: `${index}`, until });
        } else if (kind === "delete") {
          expect(await backend.delete(name)).toBe(model.delete(name));
        } else {
          expect(await backend.expireIn(name, ttlMs)).toBe(entry !== undefined);
          if (entry !== undefined) entry.until = until;
        }
        for (const [modelKey, { until: end }] of model) if (end <= now) model.delete(modelKey);
        const expected = ["a", "b", "c"].map((modelKey) => model.get(modelKey)?.value);
        expect(await backend.getMany(["a", "b", "c"], "text")).toEqual(expected);
      }
    }),
    { seed: 42 },
  );
});

test("text that is asked for where bytes that are no text lie is a miss, and so is text in place of a live value", async () => {
  const backend = new MemoryBackend();
  await backend.setMany(
    [
      ["bytes", Uint8Array.of(0xff)],
      ["live", { a: 1 }],
    ],
    undefined,
  );
  expect(await backend.getMany(["bytes", "live"], "text")).toEqual([undefined, undefined]);
  expect(await backend.get("live", "bytes")).toBeUndefined();
});

test("the URL bounds it", async () => {
  const backend = backendFromUrl("memory://?max-entries=1&max-bytes=1kb");
  await backend.setMany(
    [
      ["a", "x"],
      ["b", "x"],
    ],
    undefined,
  );
  expect(await backend.getMany(["a", "b"], "text")).toEqual([undefined, "x"]);
  await backend.set("b", "x".repeat(1_024), {});
  expect(await backend.has("b")).toBe(false);
});

test("holds 10,000 entries unless told otherwise", async () => {
  const backend = new MemoryBackend();
  const entries = Array.from({ length: 10_001 }, (_, index) => [`${index}`, "x"] as const);
  await backend.setMany(entries, undefined);
  expect(backend.size).toBe(10_000);
  expect(await backend.has("0")).toBe(false);
});

test("holds 64 MB unless told otherwise", async () => {
  const backend = new MemoryBackend();
  for (let index = 0; index < 65; index++) await backend.set(`${index}`, new Uint8Array(1024 * 1024), {});
  expect(backend.bytes).toBeLessThanOrEqual(67_108_864);
  expect(backend.size).toBe(63);
});

test.each([
  [{ maxEntries: 0 }, 'memory: option "maxEntries" must be a whole number from 1 to 10000000, not "0".'],
  [{ maxBytes: -1 }, 'memory: option "maxBytes" must be a size'],
  [{ maxEntires: 1 }, 'memory: unknown option "maxEntires". Did you mean "maxEntries"?'],
])("%j is refused when it is made", (options, message) => {
  expect(() => new MemoryBackend(options as MemoryOptions)).toThrow(message);
});

test("neither keeps the process alive nor loads what it does not need", () => {
  const script = `
    const { MemoryBackend } = await import("@cachetory/runtime");
    const backend = new MemoryBackend();
    await backend.set("a", "x", { ttlMs: 3_600_000 });
    const { createRequire } = await import("node:module");
    const loaded = Object.keys(createRequire(process.cwd() + "/").cache);
    console.log(JSON.stringify(loaded.filter((file) => /ioredis|zstd-napi/.test(file))));
  `;
  const run = (): string =>
    execFileSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8", timeout: 10_000 });
  expect(run().trim()).toBe("[]");
});
