import { gzipSync } from "node:zlib";
import { type GzipOptions, gzip } from "@cachetory/runtime";
import { expect, test } from "vitest";
import { compressorContract } from "../../contract/compressor.ts";

const python = "1f8b0800000000000203ab564a54b232acadc646010052a86e641c000000";

compressorContract("gzip", gzip, {
  foreign: [
    ["Python's gzip.compress", python, '{"a":1}{"a":1}{"a":1}{"a":1}'],
    ["Python's gzip.compress of nothing", "1f8b080000000000020303000000000000000000", ""],
    ["Python's gzip.compress, twice in a row,", python.repeat(2), '{"a":1}{"a":1}{"a":1}{"a":1}'.repeat(2)],
  ],
  bomb: () => gzipSync(new Uint8Array(64 * 1024 * 1024 + 1)),
});

test("a level of 0 stores and 9 packs", () => {
  const value = new TextEncoder().encode("a sentence to be packed. ".repeat(100));
  expect(gzip({ compressionLevel: 0 }).serialize(value).byteLength).toBeGreaterThan(value.byteLength);
  expect(gzip({ compressionLevel: 9 }).serialize(value).byteLength).toBeLessThan(100);
});

test.each([
  [{ compressionLevel: 10 }, 'gzip: option "compressionLevel" must be a whole number from -1 to 9, not "10".'],
  [{ level: 1 }, 'gzip: unknown option "level". Allowed: compressionLevel, maxSize, minSize.'],
])("%j is refused when it is made", (options, message) => {
  expect(() => gzip(options as GzipOptions)).toThrow(message);
});
