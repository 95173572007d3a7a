import type { ObjectNode, TupleNode, TypeId, TypeIr, TypeNode } from "../../generator/src/model/type-ir.ts";

export type JsonSchema = boolean | { readonly [keyword: string]: unknown };

/**
 * The JSON that a type allows, as a JSON Schema of draft 7. What JSON cannot say, such as a Date, allows nothing here.
 *
 * @throws Error for a tuple with elements after its rest, which draft 7 cannot say
 */
export function jsonSchemaOf({ root, nodes }: TypeIr): JsonSchema {
  const definitions = nodes.map((node, id) => [`t${id}`, schemaOf(node, nodes)] as const);
  return { $ref: refTo(root).$ref, definitions: Object.fromEntries(definitions) };
}

function refTo(id: TypeId): { readonly $ref: string } {
  return { $ref: `#/definitions/t${id}` };
}

function schemaOf(node: TypeNode, nodes: readonly TypeNode[]): JsonSchema {
  switch (node.kind) {
    case "null":
    case "boolean":
    case "number":
    case "string":
      return { type: node.kind };
    case "unknown":
    case "any":
      return true;
    case "literal":
      return { const: node.value };
    case "template":
      return { type: "string", pattern: `^${formOf(node.texts, node.types, nodes)}$` };
    case "array":
      return { type: "array", items: refTo(node.items) };
    case "tuple":
      return tupleSchema(node);
    case "object":
      return objectSchema(node, nodes);
    case "union":
      return { anyOf: node.members.map(refTo) };
    default:
      return false;
  }
}

function formOf(texts: readonly string[], types: readonly TypeId[], nodes: readonly TypeNode[]): string {
  return texts
    .flatMap((text, index) => [text.replace(/[^a-z0-9]/gi, "\\$&"), placeholder(types[index], nodes)])
    .join("");
}

function placeholder(id: TypeId | undefined, nodes: readonly TypeNode[]): string {
  const node = id === undefined ? undefined : nodes[id];
  if (node === undefined) return "";
  if (node.kind === "string") return "[\\s\\S]*";
  if (node.kind === "boolean") return "(true|false)";
  if (node.kind === "literal") return String(node.value).replace(/[^a-z0-9]/gi, "\\$&");
  if (node.kind === "number") {
    return "([-+]?([0-9]+([.][0-9]*)?|[.][0-9]+)(e[-+]?[0-9]+|E[-+]?[0-9]+)?|[-+]?Infinity|NaN|0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)";
  }
  throw new Error(`A template of ${node.kind} is not exported.`);
}

function tupleSchema({ elements }: TupleNode): JsonSchema {
  const rest = elements.findIndex(({ presence }) => presence === "rest");
  if (rest >= 0 && rest < elements.length - 1) throw new Error("Draft 7 has no words for what follows a rest.");
  const fixed = elements.filter(({ presence }) => presence !== "rest");
  const others = elements[rest];
  return {
    type: "array",
    ...(fixed.length > 0 && { items: fixed.map(({ type }) => refTo(type)) }),
    ...(fixed.length > 0
      ? { additionalItems: others === undefined ? false : refTo(others.type) }
      : { items: others === undefined ? false : refTo(others.type) }),
    minItems: fixed.filter(({ presence }) => presence === "required").length,
  };
}

function objectSchema({ properties, indexes }: ObjectNode, nodes: readonly TypeNode[]): JsonSchema {
  if (properties.length === 0 && indexes.length === 0) return { not: { type: "null" } };
  const [index, ...others] = indexes;
  if (others.length > 0) throw new Error("Several indexes are not exported.");
  const required = properties.filter(({ type, isOptional }) => !isOptional && !mayBeUndefined(type, nodes));
  return {
    type: "object",
    properties: Object.fromEntries(properties.map(({ name, type }) => [name, refTo(type)])),
    required: required.map(({ name }) => name),
    ...(index !== undefined && nodes[index.key]?.kind === "string" && { additionalProperties: refTo(index.type) }),
  };
}

/** JSON leaves such a property out. */
function mayBeUndefined(id: TypeId, nodes: readonly TypeNode[]): boolean {
  const node = nodes[id];
  if (node?.kind === "union") return node.members.some((member) => mayBeUndefined(member, nodes));
  return node?.kind === "undefined" || node?.kind === "unknown" || node?.kind === "any";
}
