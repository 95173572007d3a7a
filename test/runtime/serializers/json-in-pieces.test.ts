import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonInPieces } from "../../../runtime/src/serializers/json-in-pieces.ts";

/** What it makes of a text, and in how many steps; of what cannot be divided, nothing. */
function parse(text: string, pieceLength?: number): { readonly value: unknown; readonly steps: number } | undefined {
  const pieces = new JsonInPieces(Buffer.from(text), pieceLength);
  try {
    for (let steps = 1; ; steps += 1) if (pieces.advance()) return { value: pieces.value, steps };
  } catch {
    return undefined;
  }
}

/** Of what it makes, for of two equal objects one may have its keys in another order, or another prototype. */
const written = (value: unknown): string => JSON.stringify(value);

const members = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    fc.constantFrom(null, true, -0, 1.5e300, ""),
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.string({ unit: fc.constantFrom("\\", '"', "\n", "é", "日", "🎉", "}", "]", ","), maxLength: 40 }),
    fc.array(tie("value"), { maxLength: 8 }),
    fc.array(fc.record({ id: fc.nat(99), at: tie("value") }), { maxLength: 8 }),
    fc.dictionary(fc.oneof(fc.constantFrom("__proto__", "7", "", "a"), fc.string({ maxLength: 3 })), tie("value"), {
      maxKeys: 6,
      noNullPrototype: true,
    }),
  ),
})).value;
const texts = fc
  .tuple(members, fc.constantFrom(undefined, 1, "\t"))
  .map(([value, space]) => JSON.stringify(value, null, space) ?? "null");
const lengths = fc.constantFrom(16, 32, 64, 256);

test("makes of every JSON what JSON.parse makes of it", () => {
  let divided = 0;
  fc.assert(
    fc.property(texts, lengths, (text, length) => {
      const made = parse(text, length);
      if (made === undefined) return;
      if (made.steps > 1) divided += 1;
      expect(made.value).toEqual(JSON.parse(text));
      expect(written(made.value)).toBe(written(JSON.parse(text)));
    }),
    { numRuns: 3000 },
  );
  expect(divided).toBeGreaterThan(1000);
});

test("makes nothing of what is no JSON", () => {
  const breaks = fc.constantFrom(",", ",,", '"', "\\", "{", "}", "[", "]", ":", " ", "1", "");
  let broken = 0;
  fc.assert(
    fc.property(texts, lengths, fc.nat(), fc.nat(3), breaks, (text, length, place, removed, inserted) => {
      const at = place % text.length;
      const changed = Buffer.from(text.slice(0, at) + inserted + text.slice(at + removed)).toString();
      let value: unknown;
      try {
        value = JSON.parse(changed);
      } catch {
        broken += 1;
        expect(parse(changed, length)).toBeUndefined();
        return;
      }
      const made = parse(changed, length);
      if (made !== undefined) expect(written(made.value)).toBe(written(value));
    }),
    { numRuns: 3000 },
  );
  expect(broken).toBeGreaterThan(1000);
});

test.each([
  ["a comma before the first member", " , [1]"],
  ["a comma after the last one", "[1, 2, ]"],
  ["a comma after all", "[1, 2],"],
  ["two values", "[1] [2]"],
  ["a list that ends as an object", "[[1, 2, 3}]"],
  ["two commas", "[1, 2,, 3]"],
  ["a value between a key and an object", '{"a": {"b": 1{"c": 2}}}'],
  ["no value", "   "],
  ["a list that does not end", "[1, 2, 3"],
  ["a string that does not end", '["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  ["a key that is no string", "{1: [2, 3, 4, 5, 6, 7]}"],
])("makes nothing of %s", (_, text) => {
  expect(() => JSON.parse(text) as unknown).toThrow();
  for (const length of [8, 16, 32, 64]) expect(parse(text, length)).toBeUndefined();
});

describe("in 32 KiB", () => {
  const user = (id: number): object => ({
    id,
    name: `User ${id}, "é"`,
    tags: ["a", "b"],
    at: { list: [{ x: 1 }, { x: 2 }] },
  });
  const users = Array.from({ length: 8000 }, (_, id) => user(id));

  test.each([
    ["a list", users],
    ["an object of a list", { total: 8000, users, next: null }],
    ["an object of many", Object.fromEntries(users.map((one, id) => [`user-${id}`, one]))],
    ["numbers", Array.from({ length: 60_000 }, (_, index) => index / 7)],
    ["a long string", { id: 1, text: 'A line, "quoted".\n'.repeat(50_000), after: [1] }],
    ["a long string of other letters", ["日本語 🎉\\".repeat(50_000)]],
    ["many strings", Array.from({ length: 40 }, () => '{"a": "b"}'.repeat(2500))],
    ["what nests deep", Array.from({ length: 200 }).reduce((inner) => [[], inner, 1], users)],
    ["lists of lists", Array.from({ length: 20 }, () => Array.from({ length: 20 }, () => Array(500).fill([1, "a"])))],
  ])("is divided: %s", (_, value) => {
    for (const text of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
      const made = parse(text);
      expect(made?.value).toEqual(value);
      expect(made?.steps).toBeGreaterThan(text.length / (64 * 1024));
    }
  });
});
