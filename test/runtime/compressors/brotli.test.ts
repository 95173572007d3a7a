import { brotliCompressSync, constants } from "node:zlib";
import { type BrotliOptions, brotli } from "@cachetory/runtime";
import { expect, test } from "vitest";
import { compressorContract } from "../../contract/compressor.ts";

compressorContract("brotli", brotli, {
  foreign: [
    ["the brotli command", "1f1b00f88dd462adb037d6223a617b2aa62fe689043ea1", '{"a":1}{"a":1}{"a":1}{"a":1}'],
    ["the brotli command of nothing", "3f", ""],
  ],
  bomb: () =>
    brotliCompressSync(new Uint8Array(64 * 1024 * 1024 + 1), { params: { [constants.BROTLI_PARAM_QUALITY]: 0 } }),
});

test("a higher level makes less", () => {
  // Words in an order that repeats late, so that looking further pays.
  const words = Array.from({ length: 5_000 }, (_, index) => `w${((index * 48_271) % 2_147) ^ (index % 13)}`);
  const value = Buffer.from(words.join(" "));
  const size = (compressionLevel: number): number => brotli({ compressionLevel }).serialize(value).byteLength;
  expect(size(11)).toBeLessThan(size(4));
  expect(size(4)).toBeLessThan(size(0));
});

test.each([
  [{ compressionLevel: 12 }, 'brotli: option "compressionLevel" must be a whole number from 0 to 11, not "12".'],
  [{ level: 1 }, 'brotli: unknown option "level". Allowed: compressionLevel, maxSize.'],
])("%j is refused when it is made", (options, message) => {
  expect(() => brotli(options as BrotliOptions)).toThrow(message);
});
