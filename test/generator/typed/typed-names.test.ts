import { typed } from "@cachetory/runtime/codegen/v1/typed";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { TypeIr } from "../../../generator/src/model/type-ir.ts";
import { emittedCodec } from "../../support/emitted-codec.ts";

const record: TypeIr = {
  root: 0,
  nodes: [{ kind: "object", properties: [], indexes: [{ key: 1, type: 2 }] }, { kind: "string" }, { kind: "number" }],
  files: [],
};

const codec = emittedCodec(record);
const serializer = typed<unknown>(codec);

/** As often as names need to be read until records of them have a shape of their own, and some more. */
const enough = 40;

/** Writes and reads them that often. */
function expectCarried(...records: readonly object[]): void {
  for (let round = 0; round < enough; round++) {
    const stored = records.map((each) => Buffer.from(serializer.serialize(each)));
    expect(stored.map((bytes) => serializer.deserialize(bytes))).toStrictEqual(records);
  }
}

const named = (names: readonly string[]): object => Object.fromEntries(names.map((name, index) => [name, index]));

test.each<[string, readonly string[]]>([
  ["none", []],
  ["one that is empty", [""]],
  ["numbers, which come first", ["b", "2", "a", "1"]],
  ["those of Object", ["constructor", "toString", "hasOwnProperty"]],
  ["long ones", ["x".repeat(127), "x".repeat(128), "y".repeat(20_000)]],
  ["beyond ASCII", ["é", "日本", "🎉", "\ud800"]],
  ["128", Array.from({ length: 128 }, (_, index) => `n${index}`)],
  ["129", Array.from({ length: 129 }, (_, index) => `n${index}`)],
  ["thousands", Array.from({ length: 5_000 }, (_, index) => `n${index}`)],
])("a record has the same names again: %s", (_, names) => {
  expectCarried(named(names));
});

test("a name of two underscores and proto stays a name", () => {
  expectCarried(JSON.parse('{ "__proto__": 1, "a": 2 }') as object);
  expect({}).not.toHaveProperty("a");
});

test("names are told apart that are the same in a row", () => {
  expectCarried(named(["ab", "c"]), named(["a", "bc"]), named(["abc"]), named(["ab", "c", ""]), named(["", "abc"]));
});

test("names are told apart of which the lengths are alike as well", () => {
  const text = Array.from({ length: 42 }, (_, at) => String.fromCharCode(65 + at)).join("");
  const parted = (...lengths: readonly number[]): object => {
    const starts = lengths.map((_, index) => lengths.slice(0, index).reduce((sum, length) => sum + length, 0));
    return named(starts.map((start, index) => text.slice(start, start + (lengths[index] ?? 0))));
  };
  // What is made of their lengths to find them is the same: 31 * (31 * 1 + 40) + 1 and 31 * (31 * 2 + 8) + 32.
  for (const first of [parted(1, 40, 1), parted(2, 8, 32)]) {
    expectCarried(first);
    expectCarried(parted(1, 40, 1), parted(2, 8, 32));
  }
});

test("names are told apart that are as long and begin alike", () => {
  expectCarried(named(["ab", "c"]));
  expectCarried(named(["ab", "c"]), named(["ab", "d"]), named(["ac", "d"]));
});

test("a record that was read is nobody else's", () => {
  const stored = Buffer.from(serializer.serialize({ first: 1, second: 2 }));
  for (let round = 0; round < enough; round++) {
    const read = serializer.deserialize(stored) as Record<string, number>;
    expect(read).toStrictEqual({ first: 1, second: 2 });
    read["third"] = 3;
    delete read["first"];
  }
});

test("a property may hold another kind of value each time", () => {
  const kinds: TypeIr = {
    root: 0,
    nodes: [
      { kind: "object", properties: [], indexes: [{ key: 1, type: 2 }] },
      { kind: "string" },
      { kind: "union", members: [1, 3, 4, 0] },
      { kind: "number" },
      { kind: "boolean" },
    ],
    files: [],
  };
  const { serialize, deserialize } = typed<unknown>(emittedCodec(kinds));
  const values = [1, -0, 2 ** 31, 0.5, Number.NaN, "", "text", true, { first: 1, second: { first: "" } }, {}];
  const records = values.map((value, index) => ({ first: value, second: values[values.length - 1 - index] }));
  for (let round = 0; round < enough; round++)
    for (const each of records) expect(deserialize(Buffer.from(serialize(each)))).toStrictEqual(each);
});

test("any records, read in any order", () => {
  const names = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("a", "b", "ab", "", "1", "10", "-", "00"));
  const records = fc.array(fc.dictionary(names, fc.double(), { noNullPrototype: true }), { maxLength: 6 });
  fc.assert(
    fc.property(records, (all) => {
      expectCarried(...all);
    }),
  );
});

test("names that are more than there are bytes are refused", () => {
  // 1,000,000 names.
  const stored = Buffer.from(`c1${codec.fingerprint}c0843d010100`, "hex");
  expect(() => serializer.deserialize(Buffer.concat([stored, Buffer.from([0x1c])]))).toThrow(/damaged/);
});

test("a name that comes twice is one property", () => {
  // Two names of one character, "a" both; the numbers 1 and 2. No encoder writes this.
  const stored = Buffer.from(`c1${codec.fingerprint}${"020101"}${"08"}${"10"}${"6161"}${"14"}`, "hex");
  for (let round = 0; round < enough; round++) expect(serializer.deserialize(stored)).toStrictEqual({ a: 2 });
});

test.each([10, 5000])(
  "a getter that has another value written does not disturb the one that it is of (%i names)",
  (count) => {
    const inner = named(Array.from({ length: count }, (_, index) => `inner ${index}`));
    const other = typed<unknown>(codec);
    const written: Uint8Array[] = [];
    const outer = {
      before: 1,
      get meanwhile() {
        written.push(other.serialize(inner), serializer.serialize(inner));
        return 2;
      },
      after: 3,
    };
    const stored = serializer.serialize(outer);
    expect(serializer.deserialize(stored)).toStrictEqual({ before: 1, meanwhile: 2, after: 3 });
    expect(written.length).toBeGreaterThan(0);
    for (const one of written) expect(serializer.deserialize(one)).toStrictEqual(inner);
  },
);

test("after a value that is refused, small entries share their memory as before", () => {
  const memoryOf = (value: unknown): ArrayBufferLike => serializer.serialize(value).buffer;
  expect(memoryOf({ a: 1 })).toBe(memoryOf({ a: 2 }));
  expect(() => serializer.serialize({ a: "no number" })).toThrow("a number");
  expect(memoryOf({ a: 3 })).toBe(memoryOf({ a: 4 }));
});
