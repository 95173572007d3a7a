import { createHash } from "node:crypto";
import { type Compressor, gzip, type RawLimits, serializerFromUrl, zlib, zstd } from "@cachetory/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const compressors: readonly (readonly [string, (options?: RawLimits) => Compressor, readonly number[]])[] = [
  ["zlib", zlib, [0x78, 0x9c]],
  ["gzip", gzip, [0x1f, 0x8b]],
  ["zstd", zstd, [0x28, 0xb5, 0x2f, 0xfd]],
];

describe.each(compressors)("min-size of %s", (name, make, header) => {
  test("stores smaller values as they are, and compresses the others", () => {
    const compressor = make({ minSize: 100 });
    expect(compressor.serialize(new Uint8Array(99))).toEqual(new Uint8Array(99));
    expect(compressor.serialize(new Uint8Array(100)).byteLength).toBeLessThan(60);
  });

  test("gives back whatever it is given, also what begins like a compressed value", () => {
    const compressor = make({ minSize: 100 });
    const alike = fc.uint8Array({ maxLength: 120 }).map((rest) => Uint8Array.of(...header, ...rest));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), alike), (value) => {
        expect(compressor.deserialize(compressor.serialize(value))).toEqual(value);
      }),
      { seed: 42 },
    );
  });

  test("reads what was compressed without it, and the other way round where it was large enough", () => {
    const value = new Uint8Array(100).fill(7);
    expect(make({ minSize: 1_000 }).deserialize(make().serialize(value))).toEqual(value);
    expect(make().deserialize(make({ minSize: 100 }).serialize(value))).toEqual(value);
  });

  test("stores as it is what would not become an eighth smaller, and only then", () => {
    // Bytes of which none says anything of the next one.
    const noise = createHash("shake256", { outputLength: 1_000 }).update("noise").digest();
    const value = (zeros: number): Uint8Array => Uint8Array.from([...noise, ...new Uint8Array(zeros)]);
    const compressor = make({ minSize: 100 });
    for (const zeros of [0, 50]) {
      expect(compressor.serialize(value(zeros))).toEqual(value(zeros));
      expect(compressor.deserialize(value(zeros))).toEqual(value(zeros));
      expect(make().serialize(value(zeros))).not.toEqual(value(zeros));
    }
    expect(compressor.serialize(value(250)).byteLength).toBeLessThan(1_100);
  });

  test("is off unless it is asked for", () => {
    expect([...make().serialize(new Uint8Array(0))].slice(0, header.length)).toEqual(header);
    expect(() => make().deserialize(new Uint8Array([1, 2, 3]))).toThrow(
      expect.objectContaining({ code: "UNREADABLE" }),
    );
  });

  test("shares no memory with the entry", () => {
    const compressor = make({ minSize: 100 });
    const value = new Uint8Array([1, 2, 3]);
    const stored = compressor.serialize(value);
    value.fill(9);
    compressor.deserialize(stored).fill(8);
    expect(compressor.deserialize(stored)).toEqual(new Uint8Array([1, 2, 3]));
  });

  test("lets no raw entry beyond max-size through", () => {
    expect(() => make({ minSize: 1, maxSize: 10 }).deserialize(new Uint8Array(11))).toThrow(
      expect.objectContaining({ code: "UNREADABLE" }),
    );
  });

  test("is an option of its URL", () => {
    const stored = serializerFromUrl(`json+${name}://?min-size=1kb`).serialize({ a: 1 });
    expect(new TextDecoder().decode(stored as Uint8Array)).toBe('{"a":1}');
  });
});

test("brotli, whose streams begin with anything, has none", () => {
  expect(() => serializerFromUrl("bytes+brotli://?min-size=1kb")).toThrow('unknown option "min-size"');
});
