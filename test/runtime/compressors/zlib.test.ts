import { deflateSync } from "node:zlib";
import { type ZlibOptions, zlib } from "@cachetory/runtime";
import { expect, test } from "vitest";
import { compressorContract } from "../../contract/compressor.ts";

compressorContract("zlib", zlib, {
  foreign: [
    ["Python's zlib.compress", "789cab564a54b232acadc646010075f80821", '{"a":1}{"a":1}{"a":1}{"a":1}'],
    ["Python's zlib.compress of nothing", "789c030000000001", ""],
  ],
  bomb: () => deflateSync(new Uint8Array(64 * 1024 * 1024 + 1)),
});

test("a level of 0 stores and 9 packs", () => {
  const value = new TextEncoder().encode("a sentence to be packed. ".repeat(100));
  expect(zlib({ compressionLevel: 0 }).serialize(value).byteLength).toBeGreaterThan(value.byteLength);
  expect(zlib({ compressionLevel: 9 }).serialize(value).byteLength).toBeLessThan(100);
});

test("the level is written into the header, as other implementations do", () => {
  const header = (compressionLevel: number): string =>
    Buffer.from(zlib({ compressionLevel }).serialize(new Uint8Array(1))).toString("hex", 0, 2);
  expect([1, 6, 9].map(header)).toEqual(["7801", "789c", "78da"]);
});

test.each([
  [{ compressionLevel: 10 }, 'zlib: option "compressionLevel" must be a whole number from -1 to 9, not "10".'],
  [{ compressionLevel: 1.5 }, 'zlib: option "compressionLevel" must be a whole number from -1 to 9, not "1.5".'],
  [{ compresionLevel: 1 }, 'zlib: unknown option "compresionLevel". Did you mean "compressionLevel"?'],
])("%j is refused when it is made", (options, message) => {
  expect(() => zlib(options as ZlibOptions)).toThrow(message);
});
