import { deflateSync, inflateSync } from "node:zlib";
import { bytes, type Compressor, chain, json, noop, text, v8, zlib, zstd } from "@cachetory/runtime";
import { expect, test } from "vitest";

test("stores the output of the last step and nothing else", () => {
  const stored = chain(json(), zlib()).serialize({ a: "é" });
  expect(inflateSync(stored).toString("utf8")).toBe('{"a":"é"}');
});

test("reads what other programs wrote in the same form", () => {
  expect(chain(json(), zlib()).deserialize(deflateSync('{ "a": [1, 2] }\n'))).toEqual({ a: [1, 2] });
});

test("undoes the steps from the last to the first", () => {
  const serializer = chain(v8<Map<string, Date>>(), zstd(), zlib());
  const value = new Map([["a", new Date(0)]]);
  expect(serializer.deserialize(serializer.serialize(value))).toEqual(value);
  expect(serializer).toMatchObject({ name: "v8+zstd+zlib", in: "value", out: "bytes" });
});

test("a compressor alone at the head takes blobs", () => {
  const serializer = chain(zlib(), zstd());
  expect(serializer.in).toBe("bytes");
  expect(serializer.deserialize(serializer.serialize(new Uint8Array([1, 2])))).toEqual(new Uint8Array([1, 2]));
});

test("text keeps its byte order mark on the way through UTF-8", () => {
  const serializer = chain(text(), zlib());
  expect(serializer.deserialize(serializer.serialize("\ufeffa\u0000"))).toBe("\ufeffa\u0000");
});

test.each([
  ["a lone continuation byte", [0x80]],
  ["an overlong form", [0xc0, 0x80]],
  ["a surrogate", [0xed, 0xa0, 0x80]],
  ["a cut sequence", [0xe2, 0x82]],
])("bytes that are no UTF-8 are UNREADABLE: %s", (_, octets) => {
  const stored = deflateSync(Uint8Array.from(octets));
  expect(() => chain(text(), zlib()).deserialize(stored)).toThrow(expect.objectContaining({ code: "UNREADABLE" }));
});

test("text that is no UTF-8 is INVALID_VALUE", () => {
  const broken = { ...text(), serialize: () => "\ud800" };
  expect(() => chain(broken, zlib()).serialize("a")).toThrow(expect.objectContaining({ code: "INVALID_VALUE" }));
});

test("steps that do not fit are refused when they are joined, also where the compiler was overruled", () => {
  const overruled = chain as unknown as (...steps: unknown[]) => unknown;
  expect(() => overruled(json(), v8())).toThrow(
    'These steps do not fit: step 2 ("v8") takes a value, but "json" before it gives text. Only the first step takes a value: keep "json" or "v8".',
  );
  expect(() => overruled(noop(), zlib())).toThrow(
    'These steps do not fit: step 2 ("zlib") takes bytes, but "noop" before it gives a value. Put a serializer such as json before "zlib".',
  );
  expect(() => overruled(bytes(), zlib(), text())).toThrow(expect.objectContaining({ code: "INVALID_PIPELINE" }));
});

test("a compressor of one's own is a step like any other", () => {
  const inverted: Compressor = {
    name: "inverted",
    in: "bytes",
    out: "bytes",
    serialize: (value) => value.map((byte) => 255 - byte),
    deserialize: (stored) => stored.map((byte) => 255 - byte),
  };
  const serializer = chain(json(), inverted);
  expect([...serializer.serialize(1)]).toEqual([255 - 0x31]);
  expect(serializer.deserialize(serializer.serialize(1))).toBe(1);
});
