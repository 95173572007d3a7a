import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DescribingStep, RefusalSearch } from "../../../generator/src/diff/refused-value.ts";
import { typeChanges } from "../../../generator/src/diff/type-changes.ts";
import type { TypeIr } from "../../../generator/src/model/type-ir.ts";
import { emittedValidator, validatorText } from "../../support/emitted-validator.ts";
import { RandomSource } from "../validator/random-source.ts";
import { everyRange, jsonRange, randomType } from "../validator/random-types.ts";
import { fittingValue } from "../validator/random-values.ts";
import { changedType } from "./random-change.ts";

const valuesOfEach = 40;

describe("of two random types", () => {
  for (const step of ["json", "v8"] as const) {
    it(`with ${step}, what is said to fit does, and what is said not to has a value that shows it`, {
      timeout: 120_000,
    }, () => {
      const seen = { fitting: 0, refused: 0, doubtful: 0 };
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          const random = new RandomSource(seed);
          const from = randomType(random, step === "json" ? jsonRange : everyRange);
          const to = random.chance(85)
            ? changedType(from, random)
            : randomType(random, step === "json" ? jsonRange : everyRange);
          const [isOld, isNew] = [emittedValidator(from, step), emittedValidator(to, step)];
          const found = new RefusalSearch(from.nodes, to.nodes, step).find(from.root, [to.root]);
          if (found === undefined) {
            seen.fitting += 1;
            for (let count = 0; count < valuesOfEach; count++) {
              const value = asStored(fittingValue(from, random), step);
              // Of a type without values there is none to show.
              if (isOld(value) === undefined && isNew(value) !== undefined) fail("refused", value, from, to);
            }
          } else if (!found.isCertain) seen.doubtful += 1;
          else {
            seen.refused += 1;
            const value = asStored(found.value, step);
            if (isOld(value) !== undefined) fail("no value of the old type", value, from, to);
            if (isNew(value) === undefined) fail("not refused", value, from, to);
          }
        }),
        { numRuns: 200 },
      );
      expect(seen.fitting).toBeGreaterThan(50);
      expect(seen.refused).toBeGreaterThan(50);
      expect(seen.doubtful).toBeLessThan(seen.refused / 4);
    });
  }
});

function asStored(value: unknown, step: DescribingStep): unknown {
  if (step !== "json") return value;
  return JSON.parse(
    JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? String(item) : item)) ?? "null",
  );
}

function fail(what: string, value: unknown, from: TypeIr, to: TypeIr): never {
  const text = JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? `${item}n` : item));
  throw new Error(
    `${what}: ${text}\nof\n${JSON.stringify(from)}\nby\n${JSON.stringify(to)}\n${validatorText(to, "v8")}`,
  );
}

it("places are told of exactly those types of which values are refused", { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = new RandomSource(seed);
      const from = randomType(random, everyRange);
      const to = changedType(from, random);
      const isRefused = new RefusalSearch(from.nodes, to.nodes, "v8").find(from.root, [to.root]) !== undefined;
      expect(typeChanges(from, to, "v8").length > 0).toBe(isRefused);
    }),
    { numRuns: 500 },
  );
});
