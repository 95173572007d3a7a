import { PythonDate, PythonDecimal, PythonTimedelta, PythonUuid } from "@cachetory/runtime";
import { isBuiltin } from "@cachetory/runtime/codegen/v1/core";
import { isAnything } from "../emit/checked-type.ts";
import { templatePattern } from "../emit/template-pattern.ts";
import type { BuiltinName, TemplateNode, TypeId, TypeNode } from "../model/type-ir.ts";

/**
 * Values of a type without parts, of which one is refused by other such types if any value is: literals among them leave
 * out only so many. `isAll` says whether that is certain, or whether there are values that were not thought of.
 */
export function simpleValues(
  node: TypeNode,
  nodes: readonly TypeNode[],
  others: number,
): { readonly values: readonly unknown[]; readonly isAll: boolean } {
  switch (node.kind) {
    case "null":
      return { values: [null], isAll: true };
    case "undefined":
      return { values: [undefined], isAll: true };
    case "boolean":
      return { values: [true, false], isAll: true };
    case "literal":
      return { values: [node.value], isAll: true };
    case "bigint-literal":
      return { values: [BigInt(node.digits)], isAll: true };
    case "integer":
      return { values: Array.from({ length: others + 1 }, (_, at) => at), isAll: true };
    case "number":
      return { values: Array.from({ length: 2 * others + 2 }, (_, at) => at / 2), isAll: true };
    case "bigint":
      return { values: Array.from({ length: others + 1 }, (_, at) => BigInt(at)), isAll: true };
    case "builtin":
      return { values: [builtinValues[node.name]()], isAll: true };
    case "string":
      return { values: [...plainTexts, ...Array.from({ length: others }, (_, at) => `text ${at}`)], isAll: false };
    case "template":
      return { values: templateTexts(node, nodes), isAll: false };
    default:
      return { values: [], isAll: false };
  }
}

/** Whether a value without parts is of a type that is no union. */
export function acceptsSimple(node: TypeNode, value: unknown, nodes: readonly TypeNode[]): boolean {
  switch (node.kind) {
    case "null":
      return value === null;
    case "undefined":
      return value === undefined;
    case "boolean":
    case "number":
    case "bigint":
    case "string":
      return typeof value === node.kind;
    case "integer":
      return Number.isInteger(value);
    case "literal":
      return value === node.value;
    case "bigint-literal":
      return value === BigInt(node.digits);
    case "template":
      return typeof value === "string" && new RegExp(templatePattern(node, nodes)).test(value);
    case "builtin":
      return node.name !== "URL" && isBuiltin(value, node.name);
    case "object":
      return isAnything(node) && value !== null && value !== undefined;
    default:
      return false;
  }
}

/** Whether every text is one of the template's. */
export function isAnyText({ texts, types }: TemplateNode, nodes: readonly TypeNode[]): boolean {
  return texts.every((text) => text === "") && types.every((id) => nodes[id]?.kind === "string");
}

const plainTexts = ["text", "", "a", "0", "1.5", "true", "x-1", "two words\n"] as const;

/** Most templates have some of these; more of them would not tell more. */
const maxTexts = 200;

/** Some texts of a template. */
export function templateTexts(node: TemplateNode, nodes: readonly TypeNode[]): readonly string[] {
  let made: readonly string[] = [node.texts[0] ?? ""];
  for (const [index, id] of node.types.entries()) {
    const after = node.texts[index + 1] ?? "";
    made = made.flatMap((before) => textsOf(id, nodes).map((text) => before + text + after)).slice(0, maxTexts);
  }
  return made.filter((text) => acceptsSimple(node, text, nodes));
}

function textsOf(id: TypeId, nodes: readonly TypeNode[]): readonly string[] {
  const node = nodes[id];
  switch (node?.kind) {
    case "string":
    case "any":
    case "unknown":
      return plainTexts;
    case "number":
      return ["0", "7", "-1.5"];
    case "bigint":
      return ["0", "-7"];
    case "boolean":
      return ["true", "false"];
    case "literal":
      return [String(node.value)];
    case "bigint-literal":
      return [node.digits];
    case "template":
      return templateTexts(node, nodes);
    case "union":
      return node.members.flatMap((member) => textsOf(member, nodes));
    default:
      return node === undefined ? [] : [node.kind];
  }
}

/** One of each class that a serializer gives back. */
const builtinValues: Readonly<Record<BuiltinName, () => unknown>> = {
  Date: () => new Date(0),
  RegExp: () => /x/,
  URL: () => new URL("https://example.com/"),
  Error: () => new Error("x"),
  Uint8Array: () => new Uint8Array(1),
  Buffer: () => Buffer.from([0]),
  ArrayBuffer: () => new ArrayBuffer(1),
  DataView: () => new DataView(new ArrayBuffer(1)),
  Int8Array: () => new Int8Array(1),
  Uint8ClampedArray: () => new Uint8ClampedArray(1),
  Int16Array: () => new Int16Array(1),
  Uint16Array: () => new Uint16Array(1),
  Int32Array: () => new Int32Array(1),
  Uint32Array: () => new Uint32Array(1),
  Float32Array: () => new Float32Array(1),
  Float64Array: () => new Float64Array(1),
  BigInt64Array: () => new BigInt64Array(1),
  BigUint64Array: () => new BigUint64Array(1),
  PythonDate: () => new PythonDate(1970, 1, 1),
  PythonDecimal: () => new PythonDecimal("1"),
  PythonTimedelta: () => new PythonTimedelta(1),
  PythonUuid: () => new PythonUuid("00000000-0000-0000-0000-000000000000"),
};
