// Compiles schemas/caches.schema.json into generator/src/read/schema-validator.gen.ts, so that no run of the command
// pays for loading ajv and compiling the schema (80 ms). Run it after a change of the schema; a test compares it
// with what `--print` shows.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";
import standaloneCode from "ajv/dist/standalone/index.js";

const schemaPath = fileURLToPath(new URL("../schemas/caches.schema.json", import.meta.url));
const validatorPath = fileURLToPath(new URL("../generator/src/read/schema-validator.gen.ts", import.meta.url));

const header = `// @ts-nocheck
// @generated from schemas/caches.schema.json by scripts/build-schema-validator.mjs. Do not edit.
import type { SchemaValidator } from "./schema-error.ts";

export const validate: SchemaValidator = validate10;
`;

/** The text that the module must have. */
function schemaValidatorSource() {
  const ajv = new Ajv.default({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    code: { source: true, esm: true, lines: true },
  });
  const schema = JSON.parse(readFileSync(schemaPath, "utf8"));
  // For editors alone: a JSON Schema in the YAML has a reader of its own, which says more, and comes to an end where
  // anchors double it again and again.
  schema.definitions.valueSchema = {};
  const validate = ajv.compile(withoutAnnotations(schema));
  const code = standaloneCode.default(ajv, validate);
  const imports = code.match(/require\(.*?\)/g);
  if (imports !== null) throw new Error(`the schema uses keywords that need ajv at run time: ${imports.join(", ")}`);
  const body = code.replace(/^"use strict";\n?/, "").replace(/^export (const validate|default) .*\n/gm, "");
  return `${header}${body.trim()}\n`;
}

const annotations = ["title", "description", "default", "examples", "defaultSnippets", "patternErrorMessage"];

/** What is for people and editors only would be copied into the code. */
function withoutAnnotations(schema) {
  if (typeof schema !== "object" || schema === null || Array.isArray(schema)) return schema;
  const kept = Object.entries(schema).filter(([keyword]) => !annotations.includes(keyword));
  return Object.fromEntries(
    kept.map(([keyword, value]) => {
      const isTable = ["properties", "patternProperties", "definitions"].includes(keyword);
      return [keyword, isTable ? mapValues(value, withoutAnnotations) : withoutAnnotations(value)];
    }),
  );
}

function mapValues(table, change) {
  return Object.fromEntries(Object.entries(table).map(([name, value]) => [name, change(value)]));
}

if (process.argv.includes("--print")) process.stdout.write(schemaValidatorSource());
else writeFileSync(validatorPath, schemaValidatorSource());
