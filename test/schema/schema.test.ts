import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import Ajv from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ruleCodes, rules } from "../../generator/src/model/rules.ts";
import { nodeFiles } from "../../generator/src/node-host.ts";
import { knownProperties, propertyExamples } from "../../generator/src/read/known-properties.ts";
import { readDeclarations } from "../../generator/src/read/read-declarations.ts";
import { validate as precompiled } from "../../generator/src/read/schema-validator.gen.ts";
import { schemaKeywords } from "../../generator/src/read/value-schema-keywords.ts";

const root = resolve(import.meta.dirname, "../..");
const schema = JSON.parse(readFileSync(join(root, "schemas/caches.schema.json"), "utf8")) as Schema;

interface Schema {
  readonly $ref?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

const ajv = new Ajv.default({ strict: true, allowUnionTypes: true });
for (const keyword of ["defaultSnippets", "patternErrorMessage"]) ajv.addKeyword(keyword);
const validate = ajv.compile(schema);

/** Every YAML file that examples and cases declare caches in. */
const yamlFiles = ["examples", "test/cases"]
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  )
  .filter((name) => /[\\/]cachetory\.ya?ml$/.test(name) && !name.includes("node_modules"))
  .sort();

describe("the schema", () => {
  it("is draft-07", () => {
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(schema).toMatchObject({ $schema: "http://json-schema.org/draft-07/schema#" });
  });

  it("is what the precompiled validator was made from: run node scripts/build-schema-validator.mjs", () => {
    const committed = readFileSync(join(root, "generator/src/read/schema-validator.gen.ts"), "utf8");
    const script = join(root, "scripts/build-schema-validator.mjs");
    expect(committed).toBe(execFileSync(process.execPath, [script, "--print"], { encoding: "utf8" }));
  });

  it("has the properties that findings speak of", () => {
    const { backend, cache, memoized } = schema.definitions ?? {};
    const names = (part: Schema | undefined): readonly string[] => Object.keys(part?.properties ?? {}).sort();
    expect(names(schema)).toEqual([...knownProperties.file].sort());
    expect(names(schema.properties?.["rules"])).toEqual(ruleCodes.map((code) => rules[code].name).sort());
    expect(names(backend)).toEqual([...knownProperties.backend].sort());
    expect(names(schema.properties?.["defaults"])).toEqual([...knownProperties.defaults].sort());
    expect(names(cache)).toEqual([...knownProperties.cache].sort());
    expect(names(memoized)).toEqual([...knownProperties.memoized].sort());
    expect(names(cache?.properties?.["value"])).toEqual([...knownProperties.value].sort());
    expect(names(schema.definitions?.["valueSchema"])).toEqual([...schemaKeywords].sort());
  });
});

/** Every property and definition with its name. */
function describedParts(part: Schema, name: string): readonly (readonly [string, Schema])[] {
  const below = [
    ...Object.entries({ ...part.properties, ...part.patternProperties, ...part.definitions }),
    ...(part.items === undefined ? [] : [["items", part.items] as const]),
    ...(typeof part.additionalProperties === "object" ? [["*", part.additionalProperties] as const] : []),
  ];
  return [
    ...(part.$ref === undefined && name !== "" ? [[name, part] as const] : []),
    ...below.flatMap(([key, child]) => describedParts(child, `${name}/${key}`)),
  ];
}

describe("each part of the schema", () => {
  for (const [name, part] of describedParts(schema, "")) {
    it(`is described, with examples that fit it: ${name}`, () => {
      expect(part.description).toMatch(/^[A-Za-z].*\.$/s);
      expect(part.examples?.length).toBeGreaterThan(0);
      const validatePart = ajv.compile({ definitions: schema.definitions, ...part });
      for (const example of part.examples ?? []) expect([example, validatePart(example)]).toEqual([example, true]);
    });
  }

  it("is shown by an example that fits in hints too", () => {
    const { cache, backend } = schema.definitions ?? {};
    const properties = {
      ...schema.properties,
      ...backend?.properties,
      ...cache?.properties,
      ...cache?.properties?.["value"]?.properties,
    };
    for (const [name, written] of Object.entries(propertyExamples)) {
      const value = (parse(written) as Record<string, unknown>)[name];
      expect([name, ajv.validate({ definitions: schema.definitions, ...properties[name] }, value)]).toEqual([
        name,
        true,
      ]);
    }
  });
});

describe("every example and case", () => {
  it("is found", () => expect(yamlFiles.length).toBeGreaterThan(2));

  for (const name of yamlFiles) {
    it(`is judged alike by schema and reader: ${name}`, () => {
      const file = join(root, name);
      const content: unknown = parse(readFileSync(file, "utf8"), { merge: true, uniqueKeys: false });
      const isAccepted = validate(content);
      expect(precompiled(content)).toBe(isAccepted);
      const { declarations } = readDeclarations(file, nodeFiles);
      // The reader sees more than the schema, never less.
      if (declarations !== undefined) expect([validate.errors, isAccepted]).toEqual([null, true]);
    });
  }
});
