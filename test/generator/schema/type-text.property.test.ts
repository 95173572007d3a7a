import { expect, it } from "vitest";
import type { Code } from "../../../generator/src/emit/code.ts";
import { schemaTypes } from "../../../generator/src/emit/schema-types.ts";
import { typeFingerprints } from "../../../generator/src/model/type-fingerprints.ts";
import type { TypeIr } from "../../../generator/src/model/type-ir.ts";
import { schemaFindings, schemaTypeOf } from "../../support/inline-schema.ts";
import { TemporaryProject } from "../resolve/temporary-project.ts";
import { randomSchema } from "../validator/random-schemas.ts";
import { RandomSource } from "../validator/random-source.ts";

const schemas = 400;

/** Whether TypeScript says all that the type does. */
function isWhole({ nodes }: TypeIr): boolean {
  return nodes.every((node) => {
    if (node.kind === "integer") return false;
    if (node.kind !== "object" || node.properties.length === 0) return true;
    return node.indexes.every(({ type }) => nodes[type]?.kind === "unknown");
  });
}

it("the text of any JSON Schema is, to TypeScript, the type that the schema was read as", { timeout: 60_000 }, () => {
  const types = Array.from({ length: schemas }, (_, seed) => randomSchema(new RandomSource(seed)))
    .filter((schema) => schemaFindings(schema).length === 0)
    .map(schemaTypeOf);
  const text = (code: Code): string => [code].flat(9).join("");
  const files = Object.fromEntries(
    types.map((type, index) => [`t${index}.ts`, schemaTypes("t", type).map(text).join("\n")]),
  );
  using project = new TemporaryProject({ "package.json": { type: "module" }, ...files });
  const names = types.map((_, index) => `./t${index}.ts#TValue`);
  const resolved = project.resolve(names);
  expect(resolved.diagnostics).toEqual([]);
  const compared = types.filter(({ ir }, index) => {
    if (!isWhole(ir)) return false;
    const again = resolved.types.get(names[index] ?? "")?.ir;
    expect([files[`t${index}.ts`], again && fingerprint(again)]).toEqual([files[`t${index}.ts`], fingerprint(ir)]);
    return true;
  });
  expect(compared.length).toBeGreaterThan(50);
});

it("the order of the maps in a JSON Schema changes nothing", () => {
  for (let seed = 0; seed < 150; seed++) {
    const schema = randomSchema(new RandomSource(seed));
    if (schemaFindings(schema).length > 0) continue;
    const text = (written: unknown): string => JSON.stringify(schemaTypes("t", schemaTypeOf(written)));
    expect(text(reversed(schema))).toBe(text(schema));
  }
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, item]) => [name, reversed(item)])
      .reverse(),
  );
}

function fingerprint({ root, nodes }: TypeIr): string | undefined {
  return typeFingerprints(nodes)[root];
}
