import { CachetoryError, type Serializer } from "@cachetory/runtime";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

/** What a serializer is tested with; each case has a name for the report. */
export interface SerializerCases {
  /** Values that come back deeply equal. */
  readonly carried: readonly (readonly [title: string, value: unknown])[];
  /** Values that are refused. */
  readonly refused: readonly (readonly [title: string, value: unknown])[];
  /** Any value that is carried. */
  readonly arbitrary: fc.Arbitrary<unknown>;
}

// The same inputs in every run: a failure can be looked at, and a run that passes passes again.
const fixed = { seed: 42 };

/** What every serializer does that makes text or bytes, alone or at the head of a pipeline. */
export function serializerContract(name: string, make: () => Serializer, cases: SerializerCases): void {
  describe(`the serializer ${name}`, () => {
    test("is called what its URL is called", () => {
      expect(make().name).toBe(name);
    });

    test.each(cases.carried)("carries %s", (_, value) => {
      const serializer = make();
      expect(serializer.deserialize(serializer.serialize(value))).toStrictEqual(value);
    });

    test("carries whatever it can carry, and makes what it says", () => {
      const serializer = make();
      fc.assert(
        fc.property(cases.arbitrary, (value) => {
          const stored = serializer.serialize(value);
          expect(kindOf(stored)).toBe(serializer.out);
          expect(serializer.deserialize(stored)).toStrictEqual(value);
        }),
        fixed,
      );
    });

    test("gives every reader a value of its own", () => {
      const serializer = make();
      for (const [, value] of cases.carried) {
        if (typeof value !== "object" || value === null) continue;
        const stored = serializer.serialize(value);
        expect(serializer.deserialize(stored)).not.toBe(serializer.deserialize(stored));
      }
    });

    test.each(cases.refused)("refuses %s", (_, value) => {
      expect(() => make().serialize(value)).toThrow(expect.objectContaining({ code: "INVALID_VALUE" }));
    });

    test("reads garbage as a value or as UNREADABLE, and as nothing else", () => {
      const serializer = make();
      const garbage = serializer.out === "text" ? fc.string({ unit: "binary" }) : garbageBytes(serializer, cases);
      fc.assert(
        fc.property(garbage, (stored) => {
          const error = errorOf(() => serializer.deserialize(stored));
          expect(error === undefined || isUnreadable(error)).toBe(true);
        }),
        { ...fixed, numRuns: 1_000 },
      );
    });

    test.each([undefined, null, 1, {}, []])("reads %j as UNREADABLE", (stored) => {
      expect(isUnreadable(errorOf(() => make().deserialize(stored)))).toBe(true);
    });
  });
}

/** Random bytes, and good ones with some changed, cut or added. */
function garbageBytes(serializer: Serializer, cases: SerializerCases): fc.Arbitrary<Uint8Array> {
  const damaged = fc.tuple(cases.arbitrary, fc.nat(), fc.uint8Array({ maxLength: 4 })).map(([value, at, change]) => {
    const good = Uint8Array.from(serializer.serialize(value) as Uint8Array);
    const start = at % (good.length + 1);
    return Uint8Array.from([...good.subarray(0, start), ...change, ...good.subarray(start + change.length)]);
  });
  return fc.oneof(fc.uint8Array({ maxLength: 64 }), damaged);
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

function kindOf(stored: unknown): string {
  if (typeof stored === "string") return "text";
  return stored instanceof Uint8Array ? "bytes" : "value";
}
