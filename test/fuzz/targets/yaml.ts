import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { validateFile } from "../../../generator/src/generate/validate-file.ts";
import { readOnlyFiles } from "../../generator/read/memory-files.ts";
import { repository } from "../../support/repository.ts";
import { bytesOf, type FuzzTarget, type NamedTarget, textOf, usual } from "../fuzz-target.ts";

const path = "/project/cachetory.yaml";

/** How every golden case begins: what is small runs often. */
function goldenTexts(): readonly string[] {
  const cases = join(repository, "test/cases");
  return readdirSync(cases)
    .sort()
    .map((name) => join(cases, name, "in/cachetory.yaml"))
    .filter((file) => existsSync(file))
    .map((file) => linesWithin(readFileSync(file, "utf8"), 1000));
}

/** So many characters, but no broken line. */
function linesWithin(text: string, length: number): string {
  return text.length <= length ? text : text.slice(0, text.lastIndexOf("\n", length) + 1);
}

const properties = [
  ..."version output include backends defaults caches memoize mutate rules url development prefix schemes distinct".split(
    " ",
  ),
  ..."key value ttl max-ttl backend serializer revision mode stale refresh-ahead timeouts tags jitter negative".split(
    " ",
  ),
  ..."layers isolation offload recovery reads single-flight write-back validate type from schema function".split(" "),
].map((name) => `\n    ${name}: `);

const yamlWords = [
  ...properties,
  ...[
    "{",
    "}",
    "[",
    "]",
    "- ",
    ": ",
    "&a ",
    "*a",
    "<<: *a",
    "| \n",
    "> \n",
    "# ",
    "'",
    '"',
    "!!map ",
    "!x ",
    "? ",
    "---\n",
    "...\n",
  ],
  ...[
    "%YAML 1.2\n",
    "\t",
    "\r\n",
    "\ufeff",
    "null",
    "~",
    "0x1F",
    "1e999",
    "forever",
    "10m",
    "memory://",
    "${X}",
    "{id:int}",
  ],
  ...["__proto__", "constructor", "toString", "./src/a.ts#A", "json+zlib", "{a}{b}", "1d", "50%"],
];

/** All of `cachetory validate` in memory: declarations, or findings at places that are there, and never anything else. */
function validation(
  name: string,
  seeds: readonly string[],
  words: readonly string[],
  wrap: (text: string) => string,
): FuzzTarget {
  return {
    ...usual,
    name,
    seeds: seeds.map(bytesOf),
    words,
    watched: ["/.cache/", "/node_modules/yaml/", "/runtime/dist/"],
    // A file of 4 KB of nothing but anchors, or of patterns that have to be compared.
    maxCpuMs: 2000,
    maxBytes: 64 * 1024 * 1024,
    run(input) {
      const text = wrap(textOf(input));
      const { declarations, diagnostics } = validateFile(path, readOnlyFiles({ [path]: text }));
      // Rules may make errors of what hinders no declaration.
      if (declarations === undefined && !diagnostics.some(({ severity }) => severity === "error")) {
        throw new Error("There are neither declarations nor errors.");
      }
      for (const { span } of diagnostics) {
        if (span === undefined || span.file !== path) continue;
        if (span.start < 0 || span.end < span.start || span.end > text.length + 1) {
          throw new Error(`A finding is at ${span.start} to ${span.end}, outside of the text.`);
        }
      }
      return declarations !== undefined;
    },
  };
}

const smallSeed = `version: 1
output: src/caches
backends: { local: "memory://", shared: { url: "\${REDIS_URL}", development: "memory://" } }
defaults: { backend: local, ttl: 1h }
caches:
  user: { key: "user:{id:uuid}", value: string, tags: ["user:{id}"], stale: { on-error: 1h } }
`;

const schemaSeeds: readonly unknown[] = [
  { type: "object", required: ["a"], properties: { a: { type: "string" }, b: { type: ["integer", "null"] } } },
  { $ref: "#/$defs/tree", $defs: { tree: { type: "object", properties: { left: { $ref: "#/$defs/tree" } } } } },
  { anyOf: [{ const: 1 }, { enum: ["x", null] }] },
  { type: "array", prefixItems: [{ type: "number" }], items: false },
  { allOf: [{ type: "object" }, { properties: { a: true }, additionalProperties: { type: "boolean" } }] },
  {
    oneOf: [
      { type: "string", pattern: "^a" },
      { type: "string", format: "date" },
    ],
  },
];

const schemaWords = [
  ..."type properties required items prefixItems anyOf allOf oneOf not enum const $ref $defs additionalProperties".split(
    " ",
  ),
  ..."patternProperties minimum maxLength pattern format title description default nullable if then unevaluatedItems".split(
    " ",
  ),
].map((name) => `"${name}":`);

const schemaValueWords = [
  '"object"',
  '"array"',
  '"string"',
  '"integer"',
  '"null"',
  '"#/$defs/tree"',
  '"#"',
  "true",
  "false",
  "{}",
  "[]",
  "null",
  '"__proto__":',
];

const withSchema = (schema: string): string => `version: 1
output: src/caches
backends: { local: "memory://" }
defaults: { backend: local, ttl: 1h }
caches:
  c:
    key: c
    value: { schema: ${schema} }
`;

export const yamlTargets: readonly NamedTarget[] = [
  { name: "yaml", make: () => validation("yaml", [smallSeed, ...goldenTexts()], yamlWords, (text) => text) },
  {
    name: "json-schemas",
    make: () => {
      const texts = schemaSeeds.map((schema) => JSON.stringify(schema));
      return validation("json-schemas", texts, [...schemaWords, ...schemaValueWords], withSchema);
    },
  },
];
