import { deserialize, serialize } from "node:v8";
import { v8 } from "@cachetory/runtime";
import fc from "fast-check";
import { expect, test } from "vitest";
import { serializerContract } from "../../contract/serializer.ts";

serializerContract("v8", v8, {
  carried: [
    ["undefined inside", { a: undefined }],
    ["numbers that JSON cannot say", [Number.NaN, Number.POSITIVE_INFINITY, -0, 10n ** 30n]],
    ["dates and regular expressions", { at: new Date(1_800_000_000_000), like: /a+/gi }],
    ["maps and sets", new Map<unknown, unknown>([[{ a: 1 }, new Set(["x"])]])],
    ["typed arrays", [new Uint8Array([1, 2, 3]), new Float64Array([0.5]), new Uint8Array(0)]],
    ["a lone surrogate", "\ud800"],
  ],
  refused: [
    ["a function", () => 1],
    ["a symbol", { a: Symbol("s") }],
  ],
  arbitrary: fc.anything({ withDate: true, withMap: true, withSet: true, withBigInt: true, withTypedArray: true }).map(
    // What structured clone makes of it: prototypes and symbols are not carried.
    (value) => deserialize(serialize(value)) as unknown,
  ),
});

test("writes what Node reads", () => {
  expect(deserialize(v8().serialize({ a: new Map([[1, 2]]) }))).toEqual({ a: new Map([[1, 2]]) });
});

test("a typed array in a value does not look into the entry", () => {
  const serializer = v8<{ bytes: Uint8Array }>();
  const stored = serializer.serialize({ bytes: new Uint8Array([1, 2, 3]) });
  serializer.deserialize(stored).bytes.fill(9);
  expect(serializer.deserialize(stored)).toEqual({ bytes: new Uint8Array([1, 2, 3]) });
});
