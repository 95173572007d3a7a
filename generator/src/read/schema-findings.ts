import { clip, nearest, quote } from "@cachetory/runtime/schemes";
import type { Span } from "../model/declaration.ts";
import { type Diagnostic, errorAt } from "../model/diagnostic.ts";
import { kindOf } from "./kind-words.ts";
import { knownProperties, laterProperties, placeOf, propertyExamples } from "./known-properties.ts";
import type { SchemaError } from "./schema-error.ts";
import { validate } from "./schema-validator.gen.ts";
import { schemaKeywords } from "./value-schema-keywords.ts";
import { toPlain, type YamlNode } from "./yaml-tree.ts";

/**
 * What the schema finds: unknown and missing properties, wrong kinds of values. Forms of text (`pattern`) are left to
 * the readers of each property, which know better what to say.
 */
export function findSchemaProblems(root: YamlNode): readonly Diagnostic[] {
  if (validate(toPlain(root))) return [];
  return (validate.errors ?? []).flatMap((error) => explain(error, root) ?? []);
}

interface Found {
  readonly path: readonly string[];
  readonly node: YamlNode;
  /** The key that the node stands under; the first key of the file for the file itself. */
  readonly keySpan: Span;
}

function explain(error: SchemaError, root: YamlNode): Diagnostic | undefined {
  const found = follow(error.instancePath, root);
  switch (error.keyword) {
    case "additionalProperties":
      return unknownProperty(String(error.params["additionalProperty"]), found);
    case "required":
      return missingProperty(String(error.params["missingProperty"]), found);
    case "type":
      return wrongKind(error.params["type"], found);
    case "const":
      return wrongVersion(found);
    case "enum":
      return wrongChoice(error.params["allowedValues"], found);
    case "minProperties":
      return errorAt("C1007", found.keySpan, `"${lastOf(found.path)}" declares nothing`, exampleOf(found.path));
    case "minItems":
    case "maxItems":
      if (lastOf(found.path) === "layers") {
        return errorAt("C1530", found.node.span, "layers are two backends", exampleOf(found.path));
      }
      if (["schemes", "include", "ignore", "invalidates", "tags"].includes(lastOf(found.path))) {
        return errorAt("C1007", found.node.span, `"${lastOf(found.path)}" names nothing`, exampleOf(found.path));
      }
      return errorAt("C1105", found.node.span, "a pipeline needs at least one step", "Write json, for one");
    case "minimum":
    case "maximum":
      return wrongKind("integer", found);
    default:
      return undefined;
  }
}

function unknownProperty(name: string, found: Found): Diagnostic | undefined {
  // Unknown rules are told by the reader, which knows their codes as well.
  if (lastOf(found.path) === "rules" && found.path.length === 1) return undefined;
  const place = placeOf(found.path) ?? "file";
  const entry = found.node.kind === "map" ? found.node.entries.get(name) : undefined;
  const span = entry?.keySpan ?? found.node.span;
  if (place === "invalidation" && name.includes("(")) {
    const hint = 'YAML takes its colon for that of a mapping: "userProfile({ userId: user.id })"';
    return errorAt("C1603", found.node.span, "what is invalidated must stand in quotes", hint);
  }
  if (laterProperties[place].includes(name)) {
    const message = `"${name}" comes in a later version of cachetory`;
    const hint =
      name === "breaker"
        ? "It is of each server: write breaker-failures or breaker-pause into the URL of the backend, redis://…?breaker-failures=5"
        : "Leave it out; the reference lists what this version knows";
    return errorAt("C1010", span, name === "breaker" ? '"breaker" is not for a cache to say' : message, hint);
  }
  const known = knownProperties[place];
  const near = nearest(name, known);
  const list = `Known here: ${known.join(", ")}`;
  if (place === "value" && schemaKeywords.includes(name)) {
    const message = `a JSON Schema stands below "schema"`;
    return errorAt("C1006", span, message, "Write value: { schema: { type: object, … } }");
  }
  const hint = near === undefined ? list : `Did you mean ${quote(near)}? ${list}`;
  return errorAt("C1006", span, `unknown property ${quote(name)}${whereabouts(found.path)}`, hint);
}

function missingProperty(name: string, found: Found): Diagnostic | undefined {
  const lacksQuotes = found.node.kind === "map" && [...found.node.entries.keys()].some((key) => key.includes("("));
  // That is said of the key.
  if (name === "target" && lacksQuotes) return undefined;
  const subject = found.path.length === 0 ? "the file" : whereabouts(found.path).replace(" in ", "");
  return errorAt("C1007", found.keySpan, `${subject} has no "${name}"`, exampleOf([name]));
}

function wrongKind(expected: unknown, { path, node, keySpan }: Found): Diagnostic | undefined {
  const name = lastOf(path);
  const isTtl = [
    ...["ttl", "max-ttl", "max", "long-lived", "lease", "deadline"],
    ...["while-revalidate", "on-error", "throttle", "soft", "hard"],
  ].includes(name);
  // What these can get wrong has a code of its own.
  if (isTtl && node.kind === "scalar" && typeof node.value === "number") return undefined;
  const isShare = ["offload", "jitter", "max-value-size", "refresh-ahead"].includes(name);
  if (isShare && node.kind === "scalar" && node.value !== null) return undefined;
  const isEmpty = node.kind === "scalar" && node.value === null && node.written === "";
  const span = isEmpty ? keySpan : node.span;
  const wanted = kindsWanted(expected);
  const subject = path.length === 0 ? "the file" : /^\d+$/.test(name) ? itemOf(path) : quote(name);
  if (isEmpty) return errorAt("C1008", span, `${subject} is empty; it must be ${wanted}`, exampleOf(path));
  return errorAt("C1008", span, `${subject} must be ${wanted}, not ${kindOf(node)}`, remedy(wanted, name, node, path));
}

function remedy(wanted: string, name: string, node: YamlNode, path: readonly string[]): string | undefined {
  if (name === "mode" || path[0] === "rules") return exampleOf(path);
  const takesText = wanted.startsWith("text");
  if (takesText && node.kind === "scalar") return `Put it in quotes if that is meant: "${clip(node.written)}"`;
  if (name === "key" && node.kind === "map") return 'Put a pattern that begins with { in quotes: key: "{id}:name"';
  if (takesText && node.kind === "list" && name === "value")
    return "For an array write value: string[], or module#Type[]";
  return exampleOf(path);
}

function wrongChoice(allowed: unknown, { path, node }: Found): Diagnostic | undefined {
  // Of another kind, it has a finding already.
  if (node.kind !== "scalar" || typeof node.value !== "string" || !Array.isArray(allowed)) return undefined;
  const choices = allowed.map(String);
  const near = nearest(node.value, choices);
  const hint = near === undefined ? exampleOf(path) : `Did you mean ${near}?`;
  const message = `${quote(lastOf(path))} must be ${choices.join(" or ")}, not ${kindOf(node)}`;
  return errorAt("C1008", node.span, message, hint);
}

function wrongVersion({ node }: Found): Diagnostic {
  const written = node.kind === "scalar" ? clip(node.written) : "this";
  const isQuoted = node.kind === "scalar" && String(node.value) === "1";
  const hint = isQuoted ? "Write it without quotes: version: 1" : "Write version: 1, or install a newer cachetory";
  return errorAt("C1009", node.span, `version ${written} is not known; this cachetory knows version 1`, hint);
}

function follow(pointer: string, root: YamlNode): Found {
  const path = pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  let node = root;
  const [firstEntry] = root.kind === "map" ? root.entries.values() : [];
  let keySpan = firstEntry?.keySpan ?? { ...root.span, end: root.span.start };
  for (const part of path) {
    if (node.kind === "map") {
      const entry = node.entries.get(part);
      if (entry === undefined) break;
      node = entry.value;
      keySpan = entry.keySpan;
    } else if (node.kind === "list") {
      const item = node.items[Number(part)];
      if (item === undefined) break;
      node = item;
    }
  }
  return { path, node, keySpan };
}

function whereabouts(path: readonly string[]): string {
  const [section, name = ""] = path;
  if (section === "defaults") return ' in "defaults"';
  if (path.length === 3 && section === "caches") return ` in "${path[2]}" of cache ${quote(name)}`;
  if (path.length === 3 && section === "memoize") return ` in "${path[2]}" of memoized function ${quote(name)}`;
  if (path.length < 2) return "";
  if (section === "memoize") return ` in memoized function ${quote(name)}`;
  if (section === "mutate") return ` in mutation ${quote(name)}`;
  return section === "backends" ? ` in backend ${quote(name)}` : ` in cache ${quote(name)}`;
}

/** What an item of a list is called. */
function itemOf(path: readonly string[]): string {
  if (path.at(-2) === "ignore") return "a parameter";
  if (path.at(-2) === "environment") return "a name";
  if (path.at(-2) === "include") return "a file to include";
  if (path.at(-2) === "invalidates") return "what is invalidated";
  if (path.at(-2) === "tags") return "a tag";
  if (path.at(-2) === "layers") return "a layer";
  return path.at(-2) === "schemes" ? "a scheme" : "a step of the pipeline";
}

const kindNames: Readonly<Record<string, string>> = {
  string: "text",
  object: "a mapping",
  array: "a list",
  integer: "a whole number from 1",
  boolean: "true or false",
};

function kindsWanted(types: unknown): string {
  const list = Array.isArray(types) ? types : [types];
  return list.flatMap((type) => kindNames[String(type)] ?? []).join(" or ");
}

function exampleOf(path: readonly string[]): string | undefined {
  const example = propertyExamples[path[0] === "rules" ? "rules" : lastOf(path)];
  return example === undefined ? undefined : `For example: ${example}`;
}

function lastOf(path: readonly string[]): string {
  return path[path.length - 1] ?? "";
}
