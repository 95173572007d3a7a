import { deserialize, serialize } from "node:v8";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TypeIr } from "../../../generator/src/model/type-ir.ts";
import { jsonSchemaOf } from "../../../generator/src/schema/json-schema.ts";
import { emittedValidator, validatorText } from "../../support/emitted-validator.ts";
import { fits } from "./fits.ts";
import { RandomSource } from "./random-source.ts";
import { everyRange, jsonRange, randomType } from "./random-types.ts";
import { fittingValue, mutated } from "./random-values.ts";

const valuesOfEach = 30;

describe("an emitted validator", () => {
  it("accepts of JSON exactly what ajv accepts for the JSON Schema of the same type", { timeout: 60_000 }, () => {
    const seen = { fitting: 0, misfits: 0 };
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = new RandomSource(seed);
        const type = randomType(random, jsonRange);
        const validate = emittedValidator(type, "json");
        const ajv = new Ajv2020({ strict: false, unicodeRegExp: false, ownProperties: true, validateFormats: false });
        const accepts = ajv.compile(jsonSchemaOf(type));
        for (const value of valuesOf(type, random)) {
          const text = JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? String(item) : item));
          const json: unknown = JSON.parse(text ?? "null");
          const isFit = accepts(json);
          const found = validate(json);
          if ((found === undefined) !== isFit) fail(type, json, isFit);
          if (found !== undefined && atPath(json, found.path) !== found.found) fail(type, json, found.path);
          seen[isFit ? "fitting" : "misfits"] += 1;
        }
      }),
      { numRuns: 120 },
    );
    expect(seen.fitting).toBeGreaterThan(300);
    expect(seen.misfits).toBeGreaterThan(300);
  });

  for (const step of ["v8", "pickle", "msgpack"] as const) {
    it(`accepts of values of ${step} exactly what a walk over the type accepts`, { timeout: 60_000 }, () => {
      const seen = { fitting: 0, misfits: 0 };
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          const random = new RandomSource(seed);
          const type = randomType(random, everyRange);
          const validate = emittedValidator(type, step);
          for (const value of valuesOf(type, random)) {
            const isFit = fits(type, value);
            if ((validate(value) === undefined) !== isFit) fail(type, value, isFit);
            seen[isFit ? "fitting" : "misfits"] += 1;
          }
        }),
        { numRuns: 100 },
      );
      expect(seen.fitting).toBeGreaterThan(250);
      expect(seen.misfits).toBeGreaterThan(250);
    });
  }

  it("leaves out nothing where the members of a union do not: {}, null and undefined", () => {
    const type: TypeIr = {
      root: 0,
      nodes: [
        { kind: "object", name: "Holder", properties: [{ name: "a", type: 1, isOptional: false }], indexes: [] },
        { kind: "union", members: [2, 3, 4] },
        { kind: "null" },
        { kind: "object", name: "", properties: [], indexes: [] },
        { kind: "undefined" },
      ],
      files: [],
    };
    const validate = emittedValidator(type, "v8");
    for (const a of [undefined, null, {}, 1, "text"]) expect(validate({ a })).toBeUndefined();
  });

  it("finds nothing where a property is not the value's own, also where it looks at it before others", () => {
    const type: TypeIr = {
      root: 0,
      nodes: [
        {
          kind: "object",
          name: "Line",
          properties: [
            { name: "next", type: 1, isOptional: true },
            { name: "a", type: 2, isOptional: false },
            { name: "toString", type: 2, isOptional: false },
          ],
          indexes: [],
        },
        { kind: "union", members: [0, 2, 3] },
        { kind: "object", name: "Mark", properties: [{ name: "at", type: 3, isOptional: true }], indexes: [] },
        { kind: "null" },
      ],
      files: [],
    };
    const validate = emittedValidator(type, "v8");
    expect(validate({ a: {}, toString: {} })).toBeUndefined();
    expect(validate({ a: {} })).toEqual({ path: ".toString", expected: "an object", found: undefined });
  });

  it("sees through values that hold themselves, and accepts the same of them", { timeout: 60_000 }, () => {
    let cycles = 0;
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = new RandomSource(seed);
        const type = randomType(random, everyRange);
        const validate = emittedValidator(type, "v8");
        for (let count = 0; count < 10; count++) {
          const value = fittingValue(type, random);
          if (!tied(value, random)) continue;
          cycles += 1;
          const read: unknown = deserialize(serialize(value));
          const isFit = fits(type, read);
          if ((validate(read) === undefined) !== isFit) fail(type, undefined, isFit);
        }
      }),
      { numRuns: 300 },
    );
    expect(cycles).toBeGreaterThan(80);
  });
});

/** Some that fit, and some that mostly do not. */
function valuesOf(type: TypeIr, random: RandomSource): readonly unknown[] {
  return Array.from({ length: valuesOfEach }, (_, index) => {
    let value = fittingValue(type, random);
    for (let count = index % 3; count > 0; count--) value = mutated(value, random);
    return value;
  });
}

/** Lets something in the value hold something around it; whether there was a place. */
function tied(value: unknown, random: RandomSource): boolean {
  const around: object[] = [];
  for (let at = value; typeof at === "object" && at !== null; ) {
    around.push(at);
    const names: string[] = Object.keys(at).filter((name) => typeof Reflect.get(at as object, name) === "object");
    if (names.length === 0) break;
    const name = random.pick(names);
    if (random.chance(40)) {
      const target = random.pick(around);
      if (ArrayBuffer.isView(at)) return false;
      Object.defineProperty(at, name, { value: target, enumerable: true, configurable: true, writable: true });
      return true;
    }
    at = Reflect.get(at, name);
  }
  return false;
}

/** What the path of a misfit leads to: properties that are the value's own. */
function atPath(value: unknown, path: string): unknown {
  const steps = [...path.matchAll(/\.([\w$]+)|\[(.*?)\]/g)];
  return steps.reduce((at: unknown, [, name, quoted]) => {
    const step = name ?? JSON.parse(quoted ?? "");
    return Object.hasOwn(Object(at), step) ? Reflect.get(Object(at), step) : undefined;
  }, value);
}

function fail(type: TypeIr, value: unknown, expected: unknown): never {
  const text = JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? `${item}n` : item));
  throw new Error(`Expected ${expected} for ${text} by\n${validatorText(type, "v8")}`);
}
