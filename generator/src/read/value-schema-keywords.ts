import { nearest, quote } from "@cachetory/runtime/schemes";
import type { Notes } from "../model/type-ir.ts";
import { dialect } from "../schema/dialect.ts";
import { kindOf } from "./kind-words.ts";
import type { Report } from "./report.ts";
import { isMap, isText, toPlain, type YamlEntry, type YamlMap, type YamlNode } from "./yaml-tree.ts";

/** What is said of objects alone, and of lists alone: of other values it says nothing. */
export const objectKeywords = ["properties", "required", "additionalProperties"] as const;
export const listKeywords = ["items", "prefixItems", "minItems", "maxItems"] as const;

/** Keywords that combine schemas, or name the values themselves. */
export const combiningKeywords = ["$ref", "const", "enum", "allOf", "anyOf", "oneOf"] as const;

const noteKeywords = ["title", "description", "deprecated", "default", "examples"] as const;

/** At the top of a schema alone. */
const topKeywords: readonly string[] = ["$schema", "$id", "$defs"];

/** What a JSON Schema may have, here. */
export const schemaKeywords: readonly string[] = [
  "type",
  ...objectKeywords,
  ...listKeywords,
  ...combiningKeywords,
  ...noteKeywords,
  "$comment",
  ...topKeywords,
];

/** Keywords that are refused, with what to do. */
const refused: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "Leave it out, and check it where the value is made; a description may say it":
      "multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern format uniqueItems " +
      "contains maxContains minContains maxProperties minProperties contentEncoding contentMediaType contentSchema",
    "Write additionalProperties, which is for every name that properties does not have":
      "patternProperties propertyNames unevaluatedProperties",
    "Write items, which is for all that prefixItems does not have": "unevaluatedItems",
    "Write anyOf, with the properties that go together required in one of its schemas":
      "dependentRequired dependentSchemas dependencies",
    "Write anyOf, with a property that tells its schemas apart": "if then else discriminator",
    "Say what the value is instead": "not",
    "Leave it out: a cached value is read and written as a whole": "readOnly writeOnly",
    "Put the schema into $defs, and refer to it as #/$defs/name": "$anchor $dynamicAnchor $dynamicRef",
    "Leave it out": "$vocabulary",
    "It is called $defs since 2019-09": "definitions",
    "It is called items since 2020-12, where prefixItems says how a list begins": "additionalItems",
    "It is called $id": "id",
    'Write "null" among the types: type: [string, "null"]': "nullable",
  }).flatMap(([hint, names]) => names.split(" ").map((name) => [name, hint] as const)),
);

/** Finds keywords that mean nothing here, and notes of the wrong kind. */
export function checkKeywords(map: YamlMap, isTop: boolean, report: Report): void {
  for (const entry of map.entries.values()) checkKeyword(entry, isTop, report);
}

function checkKeyword({ key, keySpan, value }: YamlEntry, isTop: boolean, report: Report): void {
  if (topKeywords.includes(key) && !isTop) {
    const hint = key === "$defs" ? "Move it there; a $ref finds it from everywhere" : "Leave it out here";
    report("C1801", keySpan, `"${key}" may stand at the top of a JSON Schema alone`, hint);
    return;
  }
  if (key === "$schema") checkDialect(value, report);
  if (schemaKeywords.includes(key)) {
    checkNote(key, value, report);
    return;
  }
  if (key.startsWith("x-")) return;
  const hint = refused.get(key);
  if (hint !== undefined) {
    report("C1801", keySpan, `"${key}" of JSON Schema is not supported`, hint);
    return;
  }
  const near = nearest(key, schemaKeywords);
  const list = `Known are ${schemaKeywords.join(", ")}`;
  report("C1801", keySpan, `${quote(key)} is no keyword of JSON Schema`, near ? `Did you mean ${near}?` : list);
}

function checkDialect(node: YamlNode, report: Report): void {
  if (isText(node) && node.value.replace(/#$/, "") === dialect) return;
  const written = isText(node) ? quote(node.value) : kindOf(node);
  report("C1801", node.span, `the dialect of JSON Schema must be 2020-12, not ${written}`, `Write ${dialect}`);
}

const textKeywords: readonly string[] = ["title", "description", "$comment", "$id"];

function checkNote(key: string, node: YamlNode, report: Report): void {
  const wanted = textKeywords.includes(key)
    ? isText(node) || "text"
    : key === "deprecated"
      ? (node.kind === "scalar" && typeof node.value === "boolean") || "true or false"
      : key === "examples"
        ? node.kind === "list" || "a list"
        : true;
  if (wanted !== true) report("C1802", node.span, `"${key}" must be ${wanted}, not ${kindOf(node)}`);
  else if (["default", "examples"].includes(key) && partsWithin(node, maxNoteParts) < 0) {
    report("C1802", node.span, `"${key}" has more than ${maxNoteParts} parts`, "Show something smaller");
  }
}

/** More than these nobody reads in a docstring, while anchors double a value with each line. */
const maxNoteParts = 200;

/** How many parts are left of so many; below zero where there are more. */
function partsWithin(node: YamlNode, left: number): number {
  const parts =
    node.kind === "list" ? node.items : node.kind === "map" ? [...node.entries.values()].map(({ value }) => value) : [];
  return parts.reduce((rest, part) => (rest < 0 ? rest : partsWithin(part, rest)), left - 1);
}

/** What a schema says for people; `undefined` where it says nothing. */
export function notesOf(map: YamlMap): Notes | undefined {
  const written = noteKeywords.flatMap((key) => {
    const node = map.entries.get(key)?.value;
    return node === undefined ? [] : [[key, toPlain(node)] as const];
  });
  return written.length === 0 ? undefined : (Object.fromEntries(written) as Notes);
}

/** The names that a `$ref` in a document may refer to, with their schemas. */
export function definitionsOf(document: YamlNode): ReadonlyMap<string, YamlEntry> {
  const node = isMap(document) ? document.entries.get("$defs")?.value : undefined;
  return isMap(node) ? node.entries : new Map();
}

/** What `#/$defs/name` refers to; the name as it is written in a document. */
export function definitionName(reference: string): string | undefined {
  const name = /^#\/\$defs\/([^/]+)$/.exec(reference)?.[1];
  if (name === undefined) return undefined;
  try {
    // A JSON pointer within a URL.
    return decodeURIComponent(name).replaceAll("~1", "/").replaceAll("~0", "~");
  } catch {
    return name;
  }
}

/** What a reference into a document leads to: one of its `$defs`. */
export function findDefinition(reference: string, document: YamlNode): YamlNode | undefined {
  const name = definitionName(reference);
  return name === undefined ? undefined : definitionsOf(document).get(name)?.value;
}
