import { inflateSync } from "node:zlib";
import { type Compressor, type Kind, registerSerializer, serializerFromUrl } from "@cachetory/runtime";
import { expect, test, vi } from "vitest";

test.each<[string, string, Kind, Kind]>([
  ["json", "json", "value", "text"],
  ["json://", "json", "value", "text"],
  ["null://", "noop", "value", "value"],
  ["noop", "noop", "value", "value"],
  ["text", "text", "value", "text"],
  ["bytes", "bytes", "value", "bytes"],
  ["v8://", "v8", "value", "bytes"],
  ["zlib", "zlib", "bytes", "bytes"],
  ["json+zlib://?compression-level=9", "json+zlib", "value", "bytes"],
  ["json+zstandard://?compression-level=3&compression-threads=1", "json+zstd", "value", "bytes"],
  ["v8+zlib+zstd", "v8+zlib+zstd", "value", "bytes"],
])("%s is %s, from %s to %s", (url, name, from, to) => {
  expect(serializerFromUrl(url)).toMatchObject({ name, in: from, out: to });
});

test("options reach the steps", () => {
  const stored = serializerFromUrl("json+zlib://?compression-level=0").serialize("a".repeat(1_000)) as Uint8Array;
  expect(stored.byteLength).toBeGreaterThan(1_000);
  expect(inflateSync(stored).toString()).toBe(`"${"a".repeat(1_000)}"`);
});

test.each([
  ["", "INVALID_URL", 'Serializer "": "" is no serializer URL.'],
  ["json+", "INVALID_URL", 'Serializer "json+": "json+" is no serializer URL.'],
  [
    "jsom",
    "UNKNOWN_SCHEME",
    'Serializer "jsom": unknown serializer "jsom". Did you mean "json"? Known: aes-gcm, brotli, bytes, gzip, hmac, json, msgpack, noop, null,',
  ],
  [
    "json+zlib://?level=3",
    "INVALID_OPTION",
    'Serializer "json+zlib://?level=3": unknown option "level". Allowed: compression-level, max-size, min-size, strict.',
  ],
  [
    "json+zstd://?compression-level=23&compression-threads=-1",
    "INVALID_OPTION",
    'zstd: option "compression-threads" must be a whole number from 0 to 256, not "-1".',
  ],
  ["json+v8", "INVALID_PIPELINE", 'step 2 ("v8") takes a value, but "json" before it gives text.'],
])("%j is %s", (url, code, message) => {
  expect(() => serializerFromUrl(url)).toThrow(
    expect.objectContaining({ code, message: expect.stringContaining(message) }),
  );
});

const same: Compressor = { name: "same", in: "bytes", out: "bytes", serialize: (v) => v, deserialize: (v) => v };

test("a registered scheme is a step, and gets the options that it declares", () => {
  const create = vi.fn(() => same);
  registerSerializer("same", {
    options: { rounds: { kind: "integer", min: 1, max: 9, description: "How often." } },
    create,
  });
  const serializer = serializerFromUrl("json+same+zlib://?rounds=4&compression-level=1");
  expect(serializer.name).toBe("json+same+zlib");
  expect(create).toHaveBeenCalledWith(new Map([["rounds", 4]]));
  expect(serializer.deserialize(serializer.serialize([1]))).toEqual([1]);
  expect(() => serializerFromUrl("json+same://?rounds=10")).toThrow(
    'same: option "rounds" must be a whole number from 1 to 9, not "10".',
  );
});

test("a registered scheme that takes no options refuses them", () => {
  registerSerializer("plain", { create: () => same });
  expect(() => serializerFromUrl("text+plain://?a=1")).toThrow('unknown option "a". No options are allowed here.');
});

test("a scheme that is taken cannot be registered", () => {
  registerSerializer("taken", { create: () => same });
  for (const scheme of ["json", "zstandard", "null", "taken"]) {
    expect(() => registerSerializer(scheme, { create: () => same })).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION", message: expect.stringContaining(`"${scheme}" already`) }),
    );
  }
});

test.each(["", "a+b", "A", "1a", "a b", "a:"])("%j cannot be the name of a serializer", (scheme) => {
  expect(() => registerSerializer(scheme, { create: () => same })).toThrow(
    expect.objectContaining({ code: "INVALID_OPTION" }),
  );
});
