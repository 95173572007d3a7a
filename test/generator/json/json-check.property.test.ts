import { CachetoryError, json } from "@cachetory/runtime";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { TypeIr } from "../../../generator/src/model/type-ir.ts";
import { emittedJsonCheck, jsonCheckText } from "../../support/emitted-json-check.ts";
import { emittedValidator } from "../../support/emitted-validator.ts";
import { schemaTypeOf } from "../../support/inline-schema.ts";
import { recursiveUnions } from "../../support/recursive-unions.ts";
import { oddities, unnamed } from "../validator/odd-values.ts";
import { RandomSource } from "../validator/random-source.ts";
import { everyRange, jsonRange, randomType } from "../validator/random-types.ts";
import { fittingValue, mutated } from "../validator/random-values.ts";

const strict = json<unknown>({ strict: true });

function isAccepted(value: unknown): boolean {
  try {
    strict.serialize(value);
    return true;
  } catch (error) {
    if (!(error instanceof CachetoryError)) throw error;
    return false;
  }
}

describe.each([
  ["what JSON carries", { ...jsonRange, kinds: [...jsonRange.kinds, "undefined" as const], hasTails: true }],
  ["whatever a type may say", everyRange],
])("of types of %s", (_, range) => {
  it("a value of which the emitted check is sure is one that strict JSON accepts", { timeout: 60_000 }, () => {
    const seen = { sure: 0, unsure: 0, refused: 0 };
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = new RandomSource(seed);
        const type = randomType(random, range);
        const keeps = emittedJsonCheck(type);
        fc.pre(keeps !== undefined);
        if (keeps === undefined) return;
        for (let count = 0; count < 30; count++) {
          let value = fittingValue(type, random);
          if (count % 3 === 1) value = mutated(value, random);
          if (count % 3 === 2) value = random.pick(oddities)(value);
          if (count % 5 === 4 && typeof value === "object" && value !== null) random.pick(unnamed)(value);
          const [isSure, accepted] = [keeps(value), isAccepted(value)];
          if (isSure && !accepted) throw new Error(`seed ${seed}\n${String(value)}\n${jsonCheckText(type)}`);
          if (isSure) seen.sure += 1;
          else if (accepted) seen.unsure += 1;
          else seen.refused += 1;
        }
      }),
      { numRuns: 300 },
    );
    expect(seen.sure).toBeGreaterThan(1000);
    expect(seen.refused).toBeGreaterThan(1000);
  });
});

it("is sure of nearly every value of its type", { timeout: 60_000 }, () => {
  const range = { ...jsonRange, names: ["a", "b", "kind", "x-1", "1", "two words"] };
  const seen = { sure: 0, accepted: 0 };
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = new RandomSource(seed);
      const type = randomType(random, range);
      const [keeps, validate] = [emittedJsonCheck(type), emittedValidator(type)];
      fc.pre(keeps !== undefined);
      for (let count = 0; count < 10; count++) {
        const value = fittingValue(type, random);
        // Some types have no values, and of others a few are only nearly of them.
        if (validate(value) !== undefined || !isAccepted(value)) continue;
        seen.accepted += 1;
        seen.sure += Number(keeps?.(value));
      }
    }),
    { numRuns: 300 },
  );
  expect(seen.accepted).toBeGreaterThan(1000);
  expect(seen.sure / seen.accepted).toBeGreaterThan(0.99);
});

const number = { type: "number" };
const string = { type: "string" };

function typeOf(schema: object): TypeIr {
  return schemaTypeOf(schema).ir;
}

const order = typeOf({
  type: "object",
  properties: { id: number, note: string, lines: { type: "array", items: string } },
  required: ["id", "lines"],
});

/** As who defines accessors by hand has it: JSON would write other names. */
function hiddenOrder(): object {
  const fields = { _id: Number.NaN, _lines: [] };
  return Object.defineProperties(fields, { id: { value: 1 }, lines: { value: [] } });
}

/** The same with a `toJSON` that is no name of its properties. */
function withToJson(value: object): object {
  return Object.defineProperty(value, "toJSON", { value: () => 1 });
}

test.each<[string, unknown, boolean]>([
  ["all there is", { id: 1, note: "x", lines: ["a"] }, true],
  ["what is absent", { id: 1, lines: [] }, true],
  ["what is undefined", { id: 1, note: undefined, lines: [] }, true],
  ["-0, which becomes 0", { id: -0, lines: [] }, true],
  ["NaN", { id: Number.NaN, lines: [] }, false],
  ["another property", { id: 1, lines: [], more: 1 }, false],
  ["another property in place of one that is undefined", { id: 1, lines: [], more: undefined }, false],
  ["properties that are not listed, behind others", hiddenOrder(), false],
  ["a property under a symbol", { id: 1, lines: [], [Symbol("s")]: 1 }, false],
  ["a class", Object.assign(Object.create({}), { id: 1, lines: [] }), false],
  ["undefined among items", { id: 1, lines: [undefined] }, false],
  ["a hole", { id: 1, lines: new Array(1) }, false],
  ["a name in an array", { id: 1, lines: "x".match(/x/) }, false],
  ["toJSON of an array", { id: 1, lines: withToJson(["a"]) }, false],
  ["toJSON of an object", withToJson({ id: 1, lines: [] }), false],
])("%s", (_, value, isSure) => {
  expect(emittedJsonCheck(order)?.(value)).toBe(isSure);
});

it("is not sure of a record that has a toJSON", () => {
  const record = typeOf({ type: "object", additionalProperties: number });
  expect(emittedJsonCheck(record)?.({ a: 1 })).toBe(true);
  expect(emittedJsonCheck(record)?.(withToJson({ a: 1 }))).toBe(false);
});

describe("a value of a union within itself is not looked at in every way there is", () => {
  test.each(recursiveUnions(200).filter(({ isOfJson }) => isOfJson))("$text", ({ type, value }) => {
    expect(emittedJsonCheck(type)?.(value)).toBe(true);
  });
});

test("where there are no parts, nothing is emitted", () => {
  expect(jsonCheckText(typeOf(string))).toBe("");
});
