import { templatePattern } from "../emit/template-pattern.ts";
import type { IndexSignature, ObjectNode, TypeId, TypeNode } from "../model/type-ir.ts";
import { templateTexts } from "./simple-values.ts";

/** What an object type says of a property of some name. */
export interface NamedPart {
  readonly type: TypeId;
  readonly presence: "required" | "optional" | "index";
}

/** What it says of a property of this name: of one that it declares, else by every index that means it; mostly nothing. */
export function partsNamed(node: ObjectNode, name: string, nodes: readonly TypeNode[]): readonly NamedPart[] {
  const property = node.properties.find((candidate) => candidate.name === name);
  if (property !== undefined) {
    return [{ type: property.type, presence: property.isOptional ? "optional" : "required" }];
  }
  return node.indexes
    .filter(({ key }) => isKey(key, name, nodes))
    .sort((a, b) => breadth(a, nodes) - breadth(b, nodes))
    .map(({ type }) => ({ type, presence: "index" }));
}

/** Names that tell object types apart: all that they declare, and some of those that their indexes mean. */
export function tellingNames(
  types: readonly (readonly [node: ObjectNode, nodes: readonly TypeNode[]])[],
): readonly string[] {
  const declared = types.flatMap(([{ properties }]) => properties.map(({ name }) => name));
  const more = types.flatMap(([{ indexes }, nodes]) => indexes.flatMap(({ key }) => namesOf(key, nodes)));
  const taken = new Set(declared);
  // Each type may be refused by another one.
  const fresh = [...new Set(more)].filter((name) => !taken.has(name)).slice(0, 4 + types.length);
  return [...taken, ...fresh];
}

function isKey(key: TypeId, name: string, nodes: readonly TypeNode[]): boolean {
  const node = nodes[key];
  if (node?.kind === "number") return String(Number(name)) === name;
  return node?.kind === "template" ? new RegExp(templatePattern(node, nodes)).test(name) : true;
}

/** Of several indexes that mean a name, TypeScript lets the one for text be no narrower than the others. */
function breadth({ key }: IndexSignature, nodes: readonly TypeNode[]): number {
  return nodes[key]?.kind === "string" ? 1 : 0;
}

/** Some of each kind, so that there is one that no other index means. */
function namesOf(key: TypeId, nodes: readonly TypeNode[]): readonly string[] {
  const node = nodes[key];
  if (node?.kind === "number") return ["7", "42"];
  if (node?.kind === "template") return templateTexts(node, nodes).slice(0, 3);
  return ["key", "other", "more"];
}
