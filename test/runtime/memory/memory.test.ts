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

test("keeps the number of entries, and lets go of one that was not used of late", async () => {
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

test("what is read now and then outlives what nobody reads, however much is written", async () => {
  const backend = new MemoryBackend({ maxEntries: 100 });
  const popular = Array.from({ length: 20 }, (_, index) => `popular:${index}`);
  await backend.setMany(
    popular.map((key) => [key, "x"] as const),
    undefined,
  );
  for (let index = 0; index < 2_000; index++) {
    await backend.set(`once:${index}`, "x", {});
    if (index % 50 === 0) await backend.getMany(popular, "text");
  }
  expect(await backend.getMany(popular, "text")).toEqual(popular.map(() => "x"));
});

test("lets something go also where everything was used, one write after the other", async () => {
  const backend = new MemoryBackend({ maxEntries: 3_000 });
  const keys = Array.from({ length: 3_000 }, (_, index) => `${index}`);
  await backend.setMany(
    keys.map((key) => [key, "x"] as const),
    undefined,
  );
  for (let round = 0; round < 5; round++) {
    await backend.getMany(keys, "text");
    await backend.set(`new:${round}`, "x", {});
    expect(backend.size).toBe(3_000);
    expect(await backend.get(`new:${round}`, "text")).toBe("x");
  }
});

test("stays within its bounds, counts right, and holds nothing but what was written last", async () => {
  const key = fc.constantFrom("a", "b", "c", "d", "e", "f");
  const step = fc.oneof(
    fc.record({ kind: fc.constant("set" as const), key, length: fc.integer({ min: 0, max: 900 }) }),
    fc.record({
      kind: fc.constantFrom("get" as const, "delete" as const, "expire" as const),
      key,
      length: fc.constant(0),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
      const backend = new MemoryBackend({ maxEntries: 4, maxBytes: 3_000, now: () => 0 });
      const written = new Map<string, string>();
      for (const { kind, key: name, length } of steps) {
        if (kind === "set") {
          const value = "v".repeat(length);
          await backend.set(name, value, {});
          written.set(name, value);
          const isKept = 200 + 2 * name.length + 2 * length <= 3_000;
          expect(await backend.get(name, "text")).toBe(isKept ? value : undefined);
        } else if (kind === "get") await backend.get(name, "text");
        else if (kind === "delete") await backend.delete(name);
        else await backend.expireIn(name, 0);
        expect(backend.size).toBeLessThanOrEqual(4);
        expect(backend.bytes).toBeLessThanOrEqual(3_000);
        const held = await Promise.all(
          [...written].map(async ([each]) => [each, await backend.get(each, "text")] as const),
        );
        const found = held.filter(([, value]) => value !== undefined);
        for (const [each, value] of found) expect(value).toBe(written.get(each));
        expect(backend.size).toBe(found.length);
        expect(backend.bytes).toBe(
          found.reduce((sum, [each, value]) => sum + 200 + 2 * each.length + 2 * String(value).length, 0),
        );
      }
    }),
    { seed: 42 },
  );
});
