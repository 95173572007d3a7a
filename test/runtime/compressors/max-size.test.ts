import { brotli, type Compressor, gzip, type SizeLimits, serializerFromUrl, zlib, zstd } from "@cachetory/runtime";
import { describe, expect, test } from "vitest";

const compressors: readonly (readonly [string, (options?: SizeLimits) => Compressor])[] = [
  ["zlib", zlib],
  ["gzip", gzip],
  ["brotli", brotli],
  ["zstd", zstd],
];

describe.each(compressors)("max-size of %s", (name, make) => {
  test("lets through just what it names, both ways", () => {
    const compressor = make({ maxSize: 1_000 });
    const value = new Uint8Array(1_000).fill(7);
    expect(compressor.deserialize(compressor.serialize(value))).toEqual(value);
  });

  test("refuses a larger value", () => {
    expect(() => make({ maxSize: 1_000 }).serialize(new Uint8Array(1_001))).toThrow(
      expect.objectContaining({
        code: "INVALID_VALUE",
        message: `${name} takes up to 1000 bytes (max-size), but this value has 1001.`,
      }),
    );
  });

  test("reads an entry that would grow beyond it as UNREADABLE", () => {
    const stored = make().serialize(new Uint8Array(1_001));
    expect(() => make({ maxSize: 1_000 }).deserialize(stored)).toThrow(
      expect.objectContaining({
        code: "UNREADABLE",
        message: `The entry is nothing that ${name} made, or over 1000 bytes (max-size).`,
      }),
    );
  });

  test("lets more through where more is wanted", () => {
    const compressor = make({ maxSize: 65 * 1024 * 1024 });
    const stored = compressor.serialize(new Uint8Array(64 * 1024 * 1024 + 1));
    expect(compressor.deserialize(stored).byteLength).toBe(64 * 1024 * 1024 + 1);
  });

  test("is an option of its URL", () => {
    const stored = make().serialize(new Uint8Array(1_025));
    expect(() => serializerFromUrl(`bytes+${name}://?max-size=1kb`).deserialize(stored)).toThrow("over 1024 bytes");
  });

  test.each([0, 3 * 1024 ** 3, Number.NaN])("cannot be %d", (maxSize) => {
    expect(() => make({ maxSize })).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
  });
});
