import { CachetoryError, type Compressor } from "@cachetory/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

/** What another implementation of the format made. */
export interface CompressorCases {
  readonly foreign: readonly (readonly [title: string, hex: string, plain: string])[];
  /** What unpacks to more than 64 MB. */
  readonly bomb: () => Uint8Array;
}

// The same inputs in every run: a failure can be looked at, and a run that passes passes again.
const fixed = { seed: 42 };

/** What every compressor does. */
export function compressorContract(name: string, make: () => Compressor, cases: CompressorCases): void {
  describe(`the compressor ${name}`, () => {
    test("is called what its URL is called, and takes bytes to bytes", () => {
      expect(make()).toMatchObject({ name, in: "bytes", out: "bytes" });
    });

    test("gives back any bytes, as a plain Uint8Array", () => {
      const compressor = make();
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 2_000 }), (value) => {
          const plain = compressor.deserialize(compressor.serialize(value));
          expect(plain.constructor).toBe(Uint8Array);
          expect(plain).toEqual(value);
        }),
        fixed,
      );
    });

    test.each([0, 1, 1_000, 65_536, 131_072, 3_000_000])("gives back %d bytes", (length) => {
      const compressor = make();
      const value = Uint8Array.from({ length }, (_, index) => (index * index) >> 3);
      expect(Buffer.compare(compressor.deserialize(compressor.serialize(value)), value)).toBe(0);
    });

    test("takes a Buffer, and bytes that look into a larger buffer", () => {
      const compressor = make();
      const value = Buffer.from("..middle..").subarray(2, 8);
      expect(compressor.deserialize(compressor.serialize(value))).toEqual(new TextEncoder().encode("middle"));
    });

    test("makes repetition smaller", () => {
      expect(make().serialize(new Uint8Array(10_000).fill(7)).byteLength).toBeLessThan(100);
    });

    test("does not change what it is given, nor what it gave", () => {
      const compressor = make();
      const value = new TextEncoder().encode("a".repeat(1_000));
      const first = compressor.serialize(value);
      const copy = Uint8Array.from(first);
      compressor.serialize(new TextEncoder().encode("b".repeat(1_000)));
      expect(Uint8Array.from(first)).toEqual(copy);
      expect(value).toEqual(new TextEncoder().encode("a".repeat(1_000)));
    });

    test.each(cases.foreign)("reads what %s wrote", (_, hex, plain) => {
      expect(new TextDecoder().decode(make().deserialize(Buffer.from(hex, "hex")))).toBe(plain);
    });

    test("reads garbage as bytes or as UNREADABLE, and goes on working", () => {
      const compressor = make();
      const good = compressor.serialize(new TextEncoder().encode("a good entry ".repeat(20)));
      const damaged = fc.tuple(fc.nat(good.length - 1), fc.uint8Array({ maxLength: 3 })).map(([at, change]) => {
        return Uint8Array.from([...good.subarray(0, at), ...change, ...good.subarray(at + change.length)]);
      });
      fc.assert(
        fc.property(fc.oneof(fc.uint8Array({ maxLength: 64 }), damaged), (stored) => {
          const error = errorOf(() => compressor.deserialize(stored));
          expect(error === undefined || isUnreadable(error)).toBe(true);
        }),
        { ...fixed, numRuns: 1_000 },
      );
      expect(new TextDecoder().decode(compressor.deserialize(good))).toBe("a good entry ".repeat(20));
    });

    test("reads an entry that ends too early as UNREADABLE, wherever it ends", () => {
      const compressor = make();
      const good = compressor.serialize(new TextEncoder().encode("one, two, three, four"));
      for (let length = 0; length < good.length; length++) {
        expect(isUnreadable(errorOf(() => compressor.deserialize(good.subarray(0, length))))).toBe(true);
      }
    });

    test("reads what unpacks to more than 64 MB as UNREADABLE", () => {
      expect(isUnreadable(errorOf(() => make().deserialize(cases.bomb())))).toBe(true);
    });

    test("refuses what it could not read back", () => {
      const value = new Uint8Array(64 * 1024 * 1024 + 1);
      expect(() => make().serialize(value)).toThrow(expect.objectContaining({ code: "INVALID_VALUE" }));
    });

    test.each(["text", 1, null, [1]])("refuses %j, which is no bytes", (value) => {
      expect(() => make().serialize(value as never)).toThrow(expect.objectContaining({ code: "INVALID_VALUE" }));
      expect(isUnreadable(errorOf(() => make().deserialize(value as never)))).toBe(true);
    });
  });
}

function errorOf(read: () => unknown): unknown {
  try {
    read();
    return undefined;
  } catch (error) {
    return error;
  }
}

function isUnreadable(error: unknown): boolean {
  return error instanceof CachetoryError && error.code === "UNREADABLE";
}
