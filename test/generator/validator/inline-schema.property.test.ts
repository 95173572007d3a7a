import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonSchemaOf } from "../../../generator/src/schema/json-schema.ts";
import { emittedValidator } from "../../support/emitted-validator.ts";
import { schemaFindings, schemaTypeOf } from "../../support/inline-schema.ts";
import { randomSchema } from "./random-schemas.ts";
import { RandomSource } from "./random-source.ts";
import { fittingValue, mutated } from "./random-values.ts";

const valuesOfEach = 30;

it("what is emitted for a JSON Schema accepts exactly what ajv accepts for it", { timeout: 60_000 }, () => {
  const seen = { fitting: 0, misfits: 0, refused: 0 };
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const random = new RandomSource(seed);
      const schema = randomSchema(random);
      const findings = schemaFindings(schema);
      if (findings.length > 0) {
        // What no type says, and what admits nothing.
        expect(findings.map(({ code }) => code).filter((code) => !["C1803", "C1804"].includes(code))).toEqual([]);
        seen.refused += 1;
        return;
      }
      const { ir } = schemaTypeOf(schema);
      const validate = emittedValidator(ir, "json");
      const ajv = new Ajv2020({ strict: false, unicodeRegExp: false, ownProperties: true });
      const accepts = ajv.compile(schema);
      const acceptsExported = ajv.compile(jsonSchemaOf(ir));
      for (let index = 0; index < valuesOfEach; index++) {
        let value = fittingValue(ir, random);
        for (let count = index % 3; count > 0; count--) value = mutated(value, random);
        const text = JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? String(item) : item));
        // What ajv compares objects with calls their toString.
        if (text?.includes("toString") && JSON.stringify(schema).includes('"const":{')) continue;
        const json: unknown = JSON.parse(text ?? "null");
        const isFit = accepts(json);
        const answers = { ajv: isFit, emitted: validate(json) === undefined, exported: acceptsExported(json) };
        if (answers.emitted !== isFit || answers.exported !== isFit) {
          throw new Error(`${JSON.stringify({ schema, json, answers, ir }, null, 1)}`);
        }
        seen[isFit ? "fitting" : "misfits"] += 1;
      }
    }),
    { numRuns: 150 },
  );
  expect(seen.refused).toBeLessThan(110);
  expect(seen.fitting).toBeGreaterThan(300);
  expect(seen.misfits).toBeGreaterThan(300);
});
