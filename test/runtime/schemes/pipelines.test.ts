import {
  checkPipeline,
  findSerializerScheme,
  planPipeline,
  type SerializerScheme,
  splitSerializerUrl,
} from "@cachetory/runtime/schemes";
import { expect, test } from "vitest";

test.each([
  ["json", ["json"], []],
  ["json://", ["json"], []],
  ["JSON+ZLIB://", ["json", "zlib"], []],
  [
    "json+zstd://?compression-level=3&compression-threads=2",
    ["json", "zstd"],
    [
      ["compression-level", "3"],
      ["compression-threads", "2"],
    ],
  ],
  ["mine://?title=a%20b", ["mine"], [["title", "a b"]]],
])("%s is taken apart", (text, schemes, options) => {
  expect(splitSerializerUrl(text)).toEqual({ schemes, options });
});

test.each(["", "+", "json+", "json++zlib", "json:", "json:/", "json?a=1", "json://host", "json:///", "js on", "://"])(
  "%j is no serializer URL",
  (text) => {
    expect(splitSerializerUrl(text)).toMatchObject({ message: `"${text}" is no serializer URL` });
  },
);

test("an option goes to every step that knows it", () => {
  const { steps, problems } = planPipeline("json+zlib+zstd://?compression-level=5&compression-threads=1");
  expect(problems).toEqual([]);
  expect(steps.map(({ scheme, options }) => [scheme.scheme, Object.fromEntries(options)])).toEqual([
    ["json", {}],
    ["zlib", { "compression-level": 5 }],
    ["zstd", { "compression-level": 5, "compression-threads": 1 }],
  ]);
});

test("an option that no step knows is refused", () => {
  expect(planPipeline("json+zlib://?compresion-level=5").problems).toEqual([
    {
      kind: "option",
      message: 'unknown option "compresion-level"',
      hint: 'Did you mean "compression-level"? Allowed: compression-level, max-size, min-size, strict',
    },
  ]);
});

test("a level that suits one step and not another is refused by name", () => {
  expect(planPipeline("json+zlib+zstd://?compression-level=20").problems).toEqual([
    {
      kind: "option",
      message: 'zlib: option "compression-level" must be a whole number from -1 to 9, not "20"',
      hint: "The default is -1",
    },
  ]);
});

test("every unknown step is reported, with its nearest", () => {
  const { steps, problems } = planPipeline("jsn+zstf+marshal");
  expect(steps).toEqual([]);
  expect(problems.map(({ kind, message }) => [kind, message])).toEqual([
    ["scheme", 'unknown serializer "jsn"'],
    ["scheme", 'unknown serializer "zstf"'],
    ["scheme", 'unknown serializer "marshal"'],
  ]);
  expect(problems[1]?.hint).toBe(
    'Did you mean "zstd"? Known: aes-gcm, brotli, bytes, gzip, hmac, json, msgpack, noop, null, pickle, text, typed, v8, zlib, zstandard, zstd',
  );
});

test.each([
  ["null", "noop"],
  ["zstandard", "zstd"],
])("%s is another name of %s", (alias, scheme) => {
  expect(findSerializerScheme(alias)?.scheme).toBe(scheme);
});

test.each(["json", "json+zlib", "v8+zstd", "bytes+zlib", "text+zlib", "zlib", "zlib+zstd", "noop"])(
  "the steps of %s fit",
  (text) => {
    expect(checkPipeline(stepsOf(text))).toBeUndefined();
  },
);

test.each([
  ["json+v8", 1, 'step 2 ("v8") takes a value, but "json" before it gives text'],
  ["json+zlib+json", 2, 'step 3 ("json") takes a value, but "zlib" before it gives bytes'],
  ["noop+json", 1, 'step 2 ("json") takes a value, which only the first step can, but follows "noop"'],
  ["noop+zlib", 1, 'step 2 ("zlib") takes bytes, but "noop" before it gives a value'],
])("the steps of %s do not fit", (text, step, message) => {
  expect(checkPipeline(stepsOf(text))).toMatchObject({ step, message });
});

test("a pipeline without steps is none", () => {
  expect(checkPipeline([])).toMatchObject({ message: "a pipeline needs at least one step" });
});

function stepsOf(text: string): SerializerScheme[] {
  return planPipeline(text).steps.map(({ scheme }) => scheme);
}
