import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type ZstdOptions, zstd } from "@cachetory/runtime";
import { expect, test } from "vitest";
import { compressorContract } from "../../contract/compressor.ts";

compressorContract("zstd", zstd, {
  foreign: [
    [
      "the zstd command, which knew the length,",
      "28b52ffd241c6d0000387b2261223a317d0100fa8a11463cbbbf",
      '{"a":1}{"a":1}{"a":1}{"a":1}',
    ],
    [
      "the zstd command in a pipe, which did not,",
      "28b52ffd04586d0000387b2261223a317d0100fa8a11463cbbbf",
      '{"a":1}{"a":1}{"a":1}{"a":1}',
    ],
    [
      "the zstd command, twice in a row,",
      "28b52ffd04586d0000387b2261223a317d0100fa8a11463cbbbf28b52ffd241c6d0000387b2261223a317d0100fa8a11463cbbbf",
      '{"a":1}{"a":1}{"a":1}{"a":1}'.repeat(2),
    ],
    ["the zstd command of nothing", "28b52ffd240001000099e9d851", ""],
  ],
  bomb: () => bombs.known(),
});

const bombs = {
  // A frame header that claims 2^40 bytes, with one empty block.
  claimed: () => Buffer.from("28b52ffde00000000000010000010000", "hex"),
  /** 65 frames of one megabyte, each of which says so. */
  known: () => Buffer.concat(Array.from({ length: 65 }, () => zstd().serialize(new Uint8Array(1024 * 1024)))),
};

test("a frame that claims a terabyte is UNREADABLE at once", () => {
  expect(() => zstd().deserialize(bombs.claimed())).toThrow(expect.objectContaining({ code: "UNREADABLE" }));
});

test("thousands of frames with a byte in each take no more than what they hold", () => {
  const compressor = zstd();
  const count = 5000;
  const frames = Buffer.concat(Array.from({ length: count }, () => compressor.serialize(Buffer.from("a"))));
  const beforeBytes = process.memoryUsage().arrayBuffers;
  const value = compressor.deserialize(frames);
  expect(process.memoryUsage().arrayBuffers - beforeBytes).toBeLessThan(4 * 1024 * 1024);
  expect(Buffer.from(value).toString()).toBe("a".repeat(count));
});

test("frames whose pieces end where a chunk ends come back whole", () => {
  const compressor = zstd();
  const sizes = [128 * 1024, 1, 128 * 1024 - 1, 256 * 1024, 0, 7];
  const pieces = sizes.map((size, index) => Buffer.alloc(size, index + 1));
  const frames = Buffer.concat(pieces.map((piece) => compressor.serialize(piece)));
  expect(Buffer.compare(compressor.deserialize(frames), Buffer.concat(pieces))).toBe(0);
});

test("a higher level makes less", () => {
  // Words in an order that repeats late, so that looking further pays.
  const words = Array.from({ length: 20_000 }, (_, index) => `w${((index * 48_271) % 2_147) ^ (index % 13)}`);
  const value = Buffer.from(words.join(" "));
  const size = (compressionLevel: number): number => zstd({ compressionLevel }).serialize(value).byteLength;
  expect(size(19)).toBeLessThan(size(1));
  expect(size(1)).toBeLessThan(size(-50));
});

test("threads change nothing in what is read back", () => {
  const value = Uint8Array.from({ length: 3_000_000 }, (_, index) => (index * index) >> 5);
  const compressor = zstd({ compressionThreads: 2 });
  expect(Buffer.compare(compressor.deserialize(compressor.serialize(value)), value)).toBe(0);
});

test.each([
  [{ compressionLevel: 23 }, 'zstd: option "compressionLevel" must be a whole number from -131072 to 22, not "23".'],
  [{ compressionThreads: 257 }, 'zstd: option "compressionThreads" must be a whole number from 0 to 256, not "257".'],
  [{ level: 3 }, 'zstd: unknown option "level".'],
])("%j is refused when it is made", (options, message) => {
  expect(() => zstd(options as ZstdOptions)).toThrow(message);
});

test("without the package, making it says which one to install", () => {
  const preload = fileURLToPath(new URL("../../support/without-package.cjs", import.meta.url));
  const script = `
    import("@cachetory/runtime").then(({ zstd }) => {
      try { zstd(); } catch (error) { console.log(error.code + " " + error.message); }
    });`;
  const printed = execFileSync(process.execPath, ["--require", preload, "-e", script], {
    encoding: "utf8",
    env: { ...process.env, WITHOUT_PACKAGE: "zstd-napi" },
  });
  expect(printed.trim()).toBe(
    "MISSING_PACKAGE zstd needs the package zstd-napi, which is not installed. Install it: npm install zstd-napi",
  );
});
