import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import {
  bytes,
  Cache,
  type CachetoryError,
  chain,
  json,
  MemoryBackend,
  noop,
  offload,
  PythonDate,
  PythonDecimal,
  PythonTimedelta,
  PythonUuid,
  pickle,
  type Serializer,
  serializerFromUrl,
  text,
  v8,
  WorkerPool,
  zlib,
} from "@cachetory/runtime";
import { serializerSchemes } from "@cachetory/runtime/schemes";
import { ControlledBackend } from "@cachetory/runtime/testing";
import fc from "fast-check";
import { afterAll, describe, expect, test, vi } from "vitest";

const pool = new WorkerPool({ maxThreads: 1 });
afterAll(() => pool.close());

// The same inputs in every run.
const fixed = { seed: 42, numRuns: 50 };

const blob = fc.uint8Array({ maxLength: 40 });
const jsonValue = fc.jsonValue({ maxDepth: 3, noUnicodeString: false });
const plain = (leaf: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthIdentifier: "plain" },
      leaf,
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie("value"), { maxKeys: 4 }),
      fc.array(fc.tuple(fc.integer(), tie("value")), { minLength: 1, maxLength: 3 }).map((pairs) => new Map(pairs)),
    ),
  })).value;
const scalar = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n }),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
  blob,
);
const python = fc.oneof(
  scalar,
  fc.integer({ min: 1, max: 9999 }).map((year) => new PythonDate(year, 2, 28)),
  fc.integer().map((n) => new PythonDecimal(String(n))),
  fc.integer({ min: -100, max: 100 }).map((days) => new PythonTimedelta(days, 1, 2)),
  fc.uuid().map((uuid) => new PythonUuid(uuid)),
  fc.array(fc.string(), { maxLength: 3 }).map((items) => new Set(items)),
);

const pipelines: readonly (readonly [url: string, values: fc.Arbitrary<unknown>])[] = [
  ["json+zlib", jsonValue],
  ["json://?strict=true", jsonValue],
  ["text+gzip", fc.string({ unit: "grapheme" })],
  ["bytes+brotli", blob],
  ["zlib", blob],
  ["v8+zstd", plain(python)],
  ["msgpack", plain(scalar)],
  ["msgpack+zlib", plain(scalar)],
  ["pickle", plain(python)],
  ["pickle+gzip", plain(python)],
];

function pipelineOf(url: string): Serializer {
  return url.startsWith("json://") ? chain(json({ strict: true }), zlib()) : serializerFromUrl(url);
}

function offloaded<V = unknown>(serializer: Serializer<V>, minBytes = 0): Cache<string, V> {
  return new Cache({ backend: new MemoryBackend(), serializer, offload: offload({ minBytes, pool }) });
}

describe.each(pipelines)("%s in a worker", (url, values) => {
  test("stores the bytes, and gives the values, that it does on the calling thread", async () => {
    const here = pipelineOf(url);
    const backend = new MemoryBackend();
    const cache = new Cache({ backend, serializer: pipelineOf(url), offload: offload({ minBytes: 0, pool }) });
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        await cache.set("key", value);
        const stored = here.serialize(value);
        expect(Buffer.from((await backend.get("key", "bytes")) as Uint8Array)).toEqual(
          Buffer.from(stored as Uint8Array),
        );
        expect(await cache.getOrThrow("key")).toStrictEqual(here.deserialize(stored));
      }),
      fixed,
    );
  });
});

describe("what a worker makes", () => {
  test("keeps the classes of Python, wherever they are, and one object that is there twice", async () => {
    const twice = { a: 1 };
    const value = {
      price: new PythonDecimal("19.90"),
      days: [new PythonDate(2026, 11, 22), new PythonTimedelta(1)],
      byId: new Map([[1, new PythonUuid("12345678-9abc-def0-0123-456789abcdef")]]),
      twice: [twice, twice],
    };
    const cache = offloaded<typeof value>(pickle());
    await cache.set("key", value);
    const found = await cache.getOrThrow("key");
    expect(found).toStrictEqual(value);
    expect(found.price).toBeInstanceOf(PythonDecimal);
    expect(`${found.days[0]} ${found.price}`).toBe("2026-11-22 19.90");
  });

  test("keeps a property called __proto__ as one like any other", async () => {
    const cache = offloaded(pickle());
    const value: unknown = JSON.parse('{ "__proto__": { "a": 1 } }');
    await cache.set("key", value);
    expect(await cache.get("key")).toStrictEqual(value);
  });

  test("is the value as it was at the call", async () => {
    const cache = offloaded<{ items: number[] }>(pickle());
    const value = { items: [1, 2, 3] };
    // More than one thread can do at once: all but the first wait.
    const all = ["a", "b", "c"].map((key) => cache.set(key, value));
    value.items.push(4);
    await Promise.all(all);
    expect([...(await cache.getMany(["a", "b", "c"])).values()]).toEqual(Array(3).fill({ items: [1, 2, 3] }));
  });

  test.each(["bytes+zlib", "zlib", "pickle"])("leaves the bytes of the caller alone: %s", async (url) => {
    const cache = offloaded<Uint8Array>(serializerFromUrl(url));
    const large = new Uint8Array(1_000).fill(7);
    const mine = large.subarray(10, 500);
    await cache.set("key", mine);
    expect([mine.byteLength, large.byteLength, mine[0]]).toEqual([490, 1_000, 7]);
    const found = await cache.getOrThrow("key");
    expect(found).toStrictEqual(new Uint8Array(490).fill(7));
    found.fill(0);
    expect(await cache.get("key")).toStrictEqual(new Uint8Array(490).fill(7));
  });

  test("has bytes inside of a value look into no larger buffer", async () => {
    const cache = offloaded<{ a: Uint8Array; b: Uint8Array }>(serializerFromUrl("msgpack"));
    await cache.set("key", { a: new Uint8Array([1]), b: Buffer.from("xy") });
    const { a, b } = await cache.getOrThrow("key");
    expect([a.buffer.byteLength, b.buffer.byteLength, b.constructor]).toEqual([1, 2, Uint8Array]);
  });
});

class Money {
  readonly cents = 1;
}
const circle: unknown[] = [];
circle.push([circle]);
let deep: unknown = 1;
for (let level = 0; level < 2_000; level++) deep = { deep };

describe("what cannot be carried", () => {
  const refused: readonly (readonly [url: string, title: string, value: unknown])[] = [
    ["json+zlib", "a bigint", { a: 1n }],
    ["json+zlib", "undefined", undefined],
    ["text+zlib", "a lone surrogate", "\ud800"],
    ["msgpack", "a class instance", { items: [new Money()] }],
    ["msgpack", "a date of Python", [new PythonDate(2026, 1, 1)]],
    ["msgpack", "a property under a symbol", { a: { b: 1, [Symbol("s")]: 2 } }],
    ["msgpack", "a Set", { a: { b: new Set() } }],
    ["pickle", "a class instance", { items: [new Money()] }],
    ["pickle", "a function", { a: [1, () => 1] }],
    ["pickle", "a symbol as a key", new Map([[Symbol("s"), 1]])],
    ["pickle", "a property under a symbol", { [Symbol("s")]: 2 }],
    ["pickle", "undefined in an array", [1, undefined]],
    ["pickle", "a hole in an array", [1].concat(new Array(1))],
    ["pickle", "a lone surrogate", { a: { b: "\ud800" } }],
    ["pickle", "an array of floats", { a: new Float64Array(2) }],
    ["pickle", "a date before the year 1", [new Date(-1e15)]],
    ["pickle", "an object that holds itself", circle],
    ["pickle", "more than a thousand levels", deep],
    ["pickle+zlib", "an error", [new Error("x")]],
    ["bytes+zlib", "a string", "text"],
    ["zlib", "a string", "text"],
    ["zlib://?max-size=10", "what is larger than max-size", new Uint8Array(11)],
  ];

  test.each(refused)("is INVALID_VALUE with the same message: %s, %s", async (url, _, value) => {
    const expected = await rejection(new Cache({ backend: new MemoryBackend(), serializer: serializerFromUrl(url) }));
    const found = await rejection(offloaded(serializerFromUrl(url)));
    expect(expected).toMatchObject({ name: "CachetoryError", code: "INVALID_VALUE" });
    expect(found).toMatchObject({ constructor: expected.constructor, code: expected.code, message: expected.message });

    async function rejection(cache: Cache): Promise<CachetoryError> {
      return cache.set("key", value).then(
        () => expect.unreachable(),
        (error: unknown) => error as CachetoryError,
      );
    }
  });

  test("spoils nothing else of a setMany, nor the calls that follow", async () => {
    const cache = offloaded<unknown>(pickle());
    await expect(cache.setMany({ a: "good", b: "\ud800" })).rejects.toMatchObject({
      code: "INVALID_VALUE",
      key: cache.keyOf("b"),
    });
    await cache.set("a", "good");
    expect(await cache.get("a")).toBe("good");
  });

  test("is answered, and not stored, where it was loaded", async () => {
    const warned = nextWarning();
    const cache = offloaded<unknown>(pickle());
    expect(await cache.getOrSet("key", () => "\ud800")).toBe("\ud800");
    expect(await cache.has("key")).toBe(false);
    expect((await warned).message).toContain("could not store a loaded value");
  });
});

describe("an entry that cannot be read", () => {
  test.each([
    ["json+gzip", Buffer.from("no gzip at all")],
    ["json+gzip", gzipSync("no json")],
    ["text+gzip", gzipSync(Buffer.from([0x80]))],
    ["pickle", Buffer.from("cos\nsystem\n.")],
    ["msgpack", Buffer.from([0xc1])],
    ["json+gzip://?max-size=10", gzipSync('"more than ten"')],
  ])("is a miss with the same cause: %s", async (url, entry) => {
    const backend = new MemoryBackend();
    await backend.set("key", Uint8Array.from(entry), {});
    const warned = nextWarning();
    const cache = new Cache({ backend, serializer: serializerFromUrl(url), offload: offload({ minBytes: 0, pool }) });
    const here = new Cache({ backend, serializer: serializerFromUrl(url) });
    const miss = await cache.getOrThrow("key").catch((error: CachetoryError) => error);
    const expected = await here.getOrThrow("key").catch((error: CachetoryError) => error);
    expect(miss).toMatchObject({ code: "MISS", message: (expected as CachetoryError).message });
    const [cause, expectedCause] = [miss, expected].map((error) => (error as Error).cause as CachetoryError);
    expect(cause).toMatchObject({ code: "UNREADABLE", message: expectedCause?.message });
    const [inner, expectedInner] = [cause, expectedCause].map((error) => error?.cause as NodeJS.ErrnoException);
    expect([inner?.name, inner?.message, inner?.code]).toEqual([
      expectedInner?.name,
      expectedInner?.message,
      expectedInner?.code,
    ]);
    expect((await warned).message).toContain("an entry that it cannot read");
    expect(await cache.getOrSet("key", () => "loaded")).toBe("loaded");
    expect(await cache.get("key")).toBe("loaded");
  });
});

describe("the threshold", () => {
  const large = "x".repeat(2_000);

  test.each([
    ["json+zlib", 1_000],
    ["pickle", 1_000],
    ["pickle+zlib", 1_000],
    ["bytes+zlib", 1_000],
  ])("of a smaller value: it is sent within the call, as without offload: %s", async (url, minBytes) => {
    const backend = new ControlledBackend();
    const cache = new Cache<string, unknown>({
      backend,
      serializer: serializerFromUrl(url),
      offload: offload({ minBytes, pool }),
    });
    const wrap = (value: string): unknown => (url.startsWith("bytes") ? Buffer.from(value) : value);
    const small = cache.set("small", wrap("x".repeat(900)));
    expect(backend.calls).toEqual(["set"]);
    await small;
    const later = cache.set("large", wrap(large));
    expect(backend.calls).toEqual(["set"]);
    await later;
    expect(backend.calls).toEqual(["set", "set"]);
  });

  test("is that of each value of a setMany", async () => {
    const backend = new ControlledBackend();
    const cache = new Cache({ backend, serializer: pickle(), offload: offload({ minBytes: 1_000, pool }) });
    const small = cache.setMany({ a: "small", b: "small" });
    expect(backend.calls).toEqual(["setMany"]);
    await small;
    const mixed = cache.setMany({ a: "small too", b: large });
    expect(backend.calls).toEqual(["setMany"]);
    await mixed;
    expect([...(await cache.getMany(["a", "b"])).values()]).toEqual(["small too", large]);
  });

  test.each([
    ["pickle", 63_000, false],
    ["pickle", 64_200, true],
    ["bytes+zlib", 63_000, false],
    ["bytes+zlib", 64_200, true],
    ["pickle+zlib", 7_000, false],
    ["pickle+zlib", 8_200, true],
  ])(
    "is that of the entry when reading, of a compressed pickle an eighth: %s of %d bytes",
    async (url, size, isAway) => {
      const backend = new MemoryBackend();
      const serializer = serializerFromUrl(url);
      // Nothing makes these smaller.
      await backend.set("key", serializer.serialize(randomBytes(size)), {});
      const cache = new Cache({ backend, serializer, offload: offload({ minBytes: 64_000, pool }) });
      const run = vi.spyOn(pool, "run");
      await cache.getOrThrow("key");
      expect(run).toHaveBeenCalledTimes(isAway ? 1 : 0);
      run.mockRestore();
    },
  );

  test("may be written as zero, so that every value goes to a worker", async () => {
    const backend = new ControlledBackend();
    const cache = new Cache({ backend, serializer: chain(json(), zlib()), offload: offload({ minBytes: 0, pool }) });
    const stored = cache.set("key", 1);
    expect(backend.calls).toEqual([]);
    await stored;
    expect(await cache.get("key")).toBe(1);
  });
});

describe("offload is refused", () => {
  const inverted: Serializer<Uint8Array, Uint8Array, "bytes", "bytes"> = {
    name: "inverted",
    in: "bytes",
    out: "bytes",
    serialize: (value) => value.map((byte) => 255 - byte),
    deserialize: (stored) => stored.map((byte) => 255 - byte),
  };

  test.each([
    ["json", json()],
    ["json", json({ strict: true })],
    ["v8", v8()],
    ["text", text()],
    ["bytes", bytes()],
    ["noop", noop()],
  ])("where it has nothing to do: %s", (name, serializer) => {
    expect(() => offloaded(serializer as Serializer)).toThrow(
      expect.objectContaining({
        code: "INVALID_OPTION",
        message: `cache: offload has nothing to do, for ${name} alone stays on the calling thread. Leave offload out, or add a compressor such as zstd.`,
      }),
    );
  });

  test("where a step after the first is nobody's but the program's", () => {
    expect(() => offloaded(chain(json(), zlib(), inverted))).toThrow(
      expect.objectContaining({
        code: "INVALID_OPTION",
        message: expect.stringContaining("the step inverted of json+zlib+inverted"),
      }),
    );
  });

  test("for a copy of a step that does something else", () => {
    const other = { ...zlib(), name: "other", serialize: inverted.serialize };
    expect(() => offloaded(chain(json(), other))).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
  });

  test("for just those schemes that say so, whatever generates code by their table", () => {
    // No URL makes a codec.
    const made = serializerSchemes.filter(({ isGenerated = false }) => !isGenerated);
    const refused = made.filter(({ scheme, options }) => {
      const url = "keys" in options ? `${scheme}://?keys=TEST_KEYS` : scheme;
      const cache = (): unknown => offloaded(serializerFromUrl(url));
      try {
        cache();
        return false;
      } catch {
        return true;
      }
    });
    expect(refused).toEqual(made.filter(({ isOffloadable = false }) => !isOffloadable));
    expect(refused.map(({ scheme }) => scheme)).toEqual(["aes-gcm", "bytes", "hmac", "json", "noop", "text", "v8"]);
  });

  test("at the first use, where the serializer is made then", async () => {
    const cache = new Cache({ backend: new MemoryBackend(), serializer: () => json(), offload: offload({ pool }) });
    await expect(cache.get("key")).rejects.toMatchObject({ code: "INVALID_OPTION" });
    await expect(cache.set("key", 1)).rejects.toMatchObject({ code: "INVALID_OPTION" });
  });

  test("with an option that is none", () => {
    expect(() => offload({ minBytes: -1 })).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
    const options = { minSize: 1 } as object;
    expect(() => offload(options)).toThrow('offload: unknown option "minSize". Allowed: minBytes.');
    expect(() => offload({ pool: {} as WorkerPool })).toThrow("offload: pool must be a WorkerPool.");
    expect(() => new WorkerPool({ maxThreads: 0 })).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
  });

  test("but a first step may be of one's own: it stays on the calling thread", async () => {
    const upper: Serializer<string, string, "value", "text"> = {
      name: "upper",
      in: "value",
      out: "text",
      serialize: (value) => value.toUpperCase(),
      deserialize: (stored) => stored.toLowerCase(),
    };
    const cache = offloaded<string>(chain(upper, zlib()));
    await cache.set("key", "héé");
    expect(await cache.get("key")).toBe("héé");
  });
});

function nextWarning(): Promise<Error> {
  return new Promise((resolve) => process.once("warning", resolve));
}
