import { Cache, json, MemoryBackend, type Versions, v8 } from "@cachetory/runtime";
import fc from "fast-check";
import { beforeEach, describe, expect, test, vi } from "vitest";

// 2027-01-15, and the digits of a minute later by Python: base 36 of 1800000060000.
const nowMs = 1_800_000_000_000;
const aMinuteLater = "0mywpk76o";

/** Holds no values as they are, so that everything has to be read. */
class WireBackend extends MemoryBackend {}

let backend: MemoryBackend;
let cache: Cache<string, number>;

const versions: Versions = {
  recordsOf: () => ["record"],
  hold: (held, [record]) => held.join() === record,
  toStore: () => ["v1", "Q_-9"],
};

beforeEach(() => {
  vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  backend = new WireBackend({ now: () => nowMs });
  cache = new Cache({ backend, serializer: json(), ttl: "1m", stale: { onError: "1h" } });
  return () => vi.restoreAllMocks();
});

describe("what is written", () => {
  test("is a line of text, then what the pipeline makes", async () => {
    await cache.set("a", 12);
    expect(await backend.get("a", "text")).toBe(`~c1 f${aMinuteLater}\n12`);
  });

  test("says for ever as the last digits", async () => {
    const endless = new Cache({ backend, serializer: json(), stale: { onError: "1h" } });
    await endless.set("a", 12);
    expect(await backend.get("a", "text")).toBe("~c1 fzzzzzzzzz\n12");
  });

  test("says the versions that it depends on", async () => {
    const dependent = new Cache({ backend, serializer: json(), ttl: "1m", versions });
    await dependent.set("a", 12);
    expect(await backend.get("a", "text")).toBe(`~c1 f${aMinuteLater} vv1,Q_-9\n12`);
  });

  test("is the same of bytes, which stay bytes", async () => {
    const binary = new Cache({ backend, serializer: v8(), ttl: "1m", stale: { onError: "1h" } });
    await binary.set("a", 12);
    const head = Buffer.from(`~c1 f${aMinuteLater}\n`);
    const stored = Buffer.from((await backend.get("a", "bytes")) as Uint8Array);
    expect(stored.subarray(0, head.length)).toEqual(head);
    expect(v8().deserialize(stored.subarray(head.length))).toBe(12);
  });

  test("is what a backend gives of a value that it keeps as it is", async () => {
    const memory = new MemoryBackend({ now: () => nowMs });
    await new Cache({ backend: memory, serializer: json(), ttl: "1m", stale: { onError: "1h" } }).set("a", 12);
    expect(await memory.get("a", "text")).toBe(`~c1 f${aMinuteLater}\n12`);
    expect(await memory.get("a", "bytes")).toEqual(Buffer.from(`~c1 f${aMinuteLater}\n12`));
  });
});

describe("what can be read for ever", () => {
  // Entries as releases have written them. None may be changed or taken away; a new form adds its own.
  test.each([
    ["the first form, fresh for a minute", "~c1 f0mywpk76o\n12"],
    ["for ever", "~c1 fzzzzzzzzz\n12"],
    ["with the moment of a refresh", "~c1 f0mywpk76o a9ps\n12"],
    ["with the time of a load", "~c1 f0mywpk76o dp\n12"],
    ["with versions", "~c1 f0mywpk76o vK3f9a,Qm27x_-\n12"],
    ["with all of it", "~c1 f0mywpk76o a9ps dp vK3f9a\n12"],
  ])("%s", async (_, stored) => {
    await backend.set("a", stored, {});
    expect(await cache.get("a")).toBe(12);
    await backend.set("b", Buffer.from(stored), {});
    expect(await cache.get("b")).toBe(12);
  });

  test("one that was fresh until a minute ago", async () => {
    // 1799999940000 by Python.
    await backend.set("a", "~c1 f0mywphmlc\n12", {});
    expect(await cache.get("a")).toBeUndefined();
    expect(await cache.get("a", undefined, { stale: true })).toBe(12);
  });
});

describe("what is a miss for ever, and replaced by a load", () => {
  test.each([
    ["no envelope", "12"],
    ["nothing", ""],
    ["a later form", "~c2 f0mywpk76o\n12"],
    ["a later form of two digits", "~c10 f0mywpk76o\n12"],
    ["a field that is not known", "~c1 f0mywpk76o x1\n12"],
    ["fields in another order", "~c1 f0mywpk76o dp a9ps\n12"],
    ["no first field", "~c1 dp\n12"],
    ["eight digits", "~c1 f0mywpk76\n12"],
    ["ten digits", "~c1 f0mywpk76o0\n12"],
    ["capitals", "~c1 f0MYWPK76O\n12"],
    ["a version of nothing", "~c1 f0mywpk76o v\n12"],
    ["a version that is too long", `~c1 f0mywpk76o v${"x".repeat(65)}\n12`],
    ["a sign that no version has", "~c1 f0mywpk76o va b\n12"],
    ["no line feed", "~c1 f0mywpk76o 12"],
    ["another line feed", "~c1 f0mywpk76o\r\n12"],
    ["a header without end", `~c1 f0mywpk76o v${"x,".repeat(5000)}x\n12`],
    ["no value", "~c1 f0mywpk76o\n"],
  ])("%s", async (_, stored) => {
    await backend.set("a", stored, {});
    await backend.set("b", Buffer.from(stored), {});
    expect(await cache.get("a", undefined, { stale: true })).toBeUndefined();
    expect(await cache.get("b", undefined, { stale: true })).toBeUndefined();
    expect(await cache.getOrSet("a", () => 7)).toBe(7);
    expect(await cache.get("a")).toBe(7);
  });
});

test("a header holds no more versions than there is room for", async () => {
  const many = Array.from({ length: 500 }, (_, index) => `version-${index}`);
  const dependent = new Cache({ backend, serializer: json(), versions: { ...versions, toStore: () => many } });
  await expect(dependent.set("a", 1)).rejects.toMatchObject({
    code: "INVALID_VALUE",
    message: expect.stringContaining("500 versions"),
  });
});

test("whatever stands there is a value or a miss, never an error", async () => {
  const written = "~c1 f0mywpk76o a9ps dp vK3f9a\n12";
  const mutation = fc.record({
    at: fc.nat({ max: written.length }),
    cut: fc.nat({ max: 6 }),
    put: fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom("\n", " ", "~c1 ", "z", "\u0000", ",", " v")),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), fc.boolean(), async (mutations, asBytes) => {
      const stored = mutations.reduce(
        (text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut),
        written,
      );
      await backend.set("a", asBytes ? Buffer.from(stored) : stored, {});
      const found = await cache.get("a", undefined, { stale: true });
      expect(found === undefined || typeof found === "number").toBe(true);
    }),
    { numRuns: 2000 },
  );
});
