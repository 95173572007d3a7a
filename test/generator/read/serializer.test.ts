import { describe, expect, it } from "vitest";
import type { Pipeline } from "../../../generator/src/model/declaration.ts";
import { backendsWith, cacheWith, declarationsOf, findingsIn } from "./read-text.ts";

function serializerOf(...lines: readonly string[]): Pipeline | undefined {
  return declarationsOf(cacheWith("key: c", ...lines)).caches[0]?.serializer;
}

const step = (scheme: string, ...options: Pipeline[number]["options"]): Pipeline[number] => ({ scheme, options });

describe("a serializer", () => {
  it("is json by default, text for string, bytes for bytes", () => {
    expect(serializerOf("value: number")).toEqual([step("json")]);
    expect(serializerOf("value: string[]")).toEqual([step("json")]);
    expect(serializerOf("value: string")).toEqual([step("text")]);
    expect(serializerOf("value: bytes")).toEqual([step("bytes")]);
  });

  it("may be a name, names, or a URL", () => {
    expect(serializerOf("value: number", "serializer: v8")).toEqual([step("v8")]);
    expect(serializerOf("value: number", "serializer: json+zlib")).toEqual([step("json"), step("zlib")]);
    expect(serializerOf("value: number", "serializer: json+zstd://?compression-threads=2&compression-level=3")).toEqual(
      [step("json"), step("zstd", ["compression-level", 3], ["compression-threads", 2])],
    );
  });

  it("may be a list", () => {
    expect(serializerOf("value: number", 'serializer: [json, "zlib://?compression-level=9"]')).toEqual([
      step("json"),
      step("zlib", ["compression-level", 9]),
    ]);
  });

  it("goes by its main name", () => {
    expect(serializerOf("value: number", "serializer: json+zstandard")).toEqual([step("json"), step("zstd")]);
    expect(serializerOf("value: number", 'serializer: "null"')).toEqual([step("noop")]);
  });

  it("is noop where null is written", () => {
    expect(serializerOf("value: number", "serializer: null")).toEqual([step("noop")]);
    expect(serializerOf("value: number", "serializer: [null]")).toEqual([step("noop")]);
  });

  it("may be a compressor alone for bytes", () => {
    expect(serializerOf("value: bytes", "serializer: zlib")).toEqual([step("zlib")]);
  });

  it("leaves small entries of typed as they are, where nothing else is written", () => {
    const zlib = (text: string): Pipeline[number] | undefined =>
      serializerOf("value: number", `serializer: ${text}`)?.[1];
    expect(zlib("typed+zlib")).toEqual(step("zlib", ["min-size", 1024]));
    expect(zlib('[typed, "zstd://?compression-level=1"]')).toEqual(
      step("zstd", ["compression-level", 1], ["min-size", 1024]),
    );
    expect(zlib("typed+gzip://?min-size=0")).toEqual(step("gzip", ["min-size", 0]));
    expect(zlib("typed+gzip://?max-size=500")).toEqual(step("gzip", ["max-size", 500], ["min-size", 500]));
    expect(zlib("typed+brotli")).toEqual(step("brotli"));
    expect(zlib("json+zlib")).toEqual(step("zlib"));
  });

  it("comes from defaults where the cache has none", () => {
    const yaml = cacheWith("key: c", "value: number").replace("ttl: 1h", "ttl: 1h, serializer: v8");
    expect(declarationsOf(yaml).caches[0]?.serializer).toEqual([step("v8")]);
  });
});

/** Rows of what is wrong: value, serializer, column, the text there, code, message, hint. */
const refused: readonly (readonly [string, string, number, string, string, string, string])[] = [
  [
    "number",
    "jsn",
    17,
    "jsn",
    "C1103",
    'unknown serializer "jsn"',
    'Did you mean "json"? Known: aes-gcm, brotli, bytes, gzip, hmac, json, msgpack, noop, null, pickle, text, typed, v8, zlib, zstandard, zstd',
  ],
  [
    "number",
    "json+zlob",
    22,
    "zlob",
    "C1103",
    'unknown serializer "zlob"',
    'Did you mean "zlib"? Known: aes-gcm, brotli, bytes, gzip, hmac, json, msgpack, noop, null, pickle, text, typed, v8, zlib, zstandard, zstd',
  ],
  [
    "number",
    "json+zlib://?level=9",
    30,
    "level=9",
    "C1104",
    'unknown option "level"',
    "Allowed: compression-level, max-size, min-size, strict",
  ],
  [
    "number",
    "json+zlib://?compression-level=10",
    30,
    "compression-level=10",
    "C1104",
    'zlib: option "compression-level" must be a whole number from -1 to 9, not "10"',
    "The default is -1",
  ],
  [
    "number",
    "typed+zlib://?layout=small",
    31,
    "layout=small",
    "C1104",
    'typed: option "layout" must be one of fast, compact, not "small"',
    "The default is fast",
  ],
  [
    "number",
    "json+aes-gcm+zstd://?keys=CACHE_KEYS",
    30,
    "zstd",
    "C1105",
    'step 3 ("zstd") compresses what "aes-gcm" has encrypted, which gets no smaller',
    "Write json+zstd+aes-gcm",
  ],
  [
    "number",
    "json+hmac+zlib://?keys=CACHE_KEYS",
    27,
    "zlib",
    "C1105",
    'step 3 ("zlib") compresses what "hmac" has signed, which is to come last',
    "Write json+zlib+hmac",
  ],
  [
    "number",
    "json+aes-gcm+hmac+aes-gcm://?keys=CACHE_KEYS",
    35,
    "aes-gcm",
    "C1105",
    'step 4 ("aes-gcm") encrypts what is encrypted already',
    "Keep one of them",
  ],
  [
    "number",
    "json+hmac+hmac://?keys=CACHE_KEYS",
    27,
    "hmac",
    "C1105",
    'step 3 ("hmac") signs what is signed already',
    "Keep one of them",
  ],
  [
    "number",
    "aes-gcm://?keys=CACHE_KEYS",
    17,
    "aes-gcm",
    "C1105",
    '"aes-gcm" encrypts bytes, which the value is not',
    "Write json+aes-gcm, or value: bytes",
  ],
  [
    "number",
    "json+aes-gcm",
    17,
    "json+aes-gcm",
    "C1104",
    'aes-gcm: option "keys" is missing',
    "The environment variable that holds the secret keys: id:base64,id2:base64. The first writes, all read",
  ],
  [
    "number",
    "json+hmac://?keys=k1:AAAA",
    30,
    "keys=k1:AAAA",
    "C1104",
    'hmac: option "keys" must be the name of an environment variable, such as CACHE_KEYS',
    "Write the name alone",
  ],
  [
    "number",
    "[json, zlib, json]",
    30,
    "json",
    "C1105",
    'step 3 ("json") takes a value, but "zlib" before it gives bytes',
    'Only the first step takes a value: keep "zlib" or "json"',
  ],
  [
    "number",
    "noop+zlib",
    22,
    "zlib",
    "C1105",
    'step 2 ("zlib") takes bytes, but "noop" before it gives a value',
    'Put a serializer such as json before "zlib"',
  ],
  [
    "number",
    "zlib",
    17,
    "zlib",
    "C1105",
    '"zlib" compresses bytes, which the value is not',
    "Write json+zlib, or value: bytes",
  ],
  [
    "bytes",
    "json",
    17,
    "json",
    "C1105",
    '"json" cannot carry bytes',
    "Leave the serializer out, or write bytes, bytes+zlib or v8",
  ],
  ["number", "text", 17, "text", "C1105", '"text" carries strings alone, not number', "Write json"],
  ["bytes", "text", 17, "text", "C1105", '"text" carries strings alone, not bytes', "Write bytes"],
  [
    "string",
    "bytes",
    17,
    "bytes",
    "C1105",
    '"bytes" carries a Uint8Array alone, not string',
    "Write json, or value: bytes",
  ],
  ["number", "[]", 17, "[]", "C1105", "a pipeline needs at least one step", "Write json, for one"],
];

describe("a serializer that cannot serve", () => {
  for (const [value, serializer, column, text, code, message, hint] of refused) {
    it(`is found: ${serializer} for ${value}`, () => {
      expect(findingsIn(cacheWith("key: c", `value: ${value}`, `serializer: ${serializer}`))).toEqual([
        { at: `10:${column}`, text, code, message, hint },
      ]);
    });
  }

  it("is found where it is no URL", () => {
    expect(findingsIn(cacheWith("key: c", "value: number", "serializer: json zlib"))).toMatchObject([
      { at: "10:17", text: "json zlib", code: "C1105" },
    ]);
  });

  it("is found where it is empty", () => {
    expect(findingsIn(cacheWith("key: c", "value: number", "serializer:"))).toEqual([
      {
        at: "10:5",
        text: "serializer",
        code: "C1008",
        message: "a serializer is empty",
        hint: "Write json, for one; null in full keeps the value itself",
      },
    ]);
  });

  it("is found where it is a number", () => {
    expect(findingsIn(cacheWith("key: c", "value: number", "serializer: [json, 5]"))).toMatchObject([
      { at: "10:24", text: "5", code: "C1008", message: "a step of the pipeline must be text, not the number 5" },
    ]);
  });

  it("is found at the cache where it comes from defaults", () => {
    const yaml = cacheWith("key: c", "value: bytes").replace("ttl: 1h", "ttl: 1h, serializer: json");
    expect(findingsIn(yaml)).toEqual([
      {
        at: "7:3",
        text: "c",
        code: "C1105",
        message: 'cache "c": "json" cannot carry bytes',
        hint: "Leave the serializer out, or write bytes, bytes+zlib or v8; or give this cache a serializer of its own",
      },
    ]);
  });
});

describe("a backend that cannot hold values", () => {
  it("refuses noop", () => {
    expect(findingsIn(cacheWith("key: c", "value: number", "serializer: noop", "backend: redis"))).toEqual([
      {
        at: "10:17",
        text: "noop",
        code: "C1105",
        message: '"noop" gives a value as it is, which backend "redis" (redis://) cannot hold',
        hint: "It holds text and bytes: write json, or use a memory:// backend",
      },
    ]);
  });

  const noopOn = (url: string): readonly string[] =>
    findingsIn(backendsWith(url).replace("backend: local }", "backend: a, serializer: noop }")).map(({ code }) => code);

  it("is assumed where the URL comes from the environment", () => {
    expect(noopOn("a: ${URL}")).toEqual(["C1105"]);
    expect(noopOn("a: { url: '${URL}', development: memory:// }")).toEqual(["C1105"]);
  });

  it("is seen in what serves in development", () => {
    expect(noopOn("a: { url: memory://, development: redis://localhost }")).toContain("C1105");
  });

  it("is not memory, nor dummy", () => {
    expect(noopOn("a: memory://")).toEqual([]);
    expect(noopOn("a: dummy://")).toEqual([]);
  });
});
