import { typeFingerprints } from "./type-fingerprints.ts";
import type { LiteralNode, ObjectNode, TypeId, TypeNode, UnionNode } from "./type-ir.ts";

/** The nodes with the members of each union in an order that only depends on what they say, and with the tag if any. */
export function orderUnions(nodes: readonly TypeNode[]): readonly TypeNode[] {
  const fingerprints = typeFingerprints(nodes);
  const keys = nodes.map((node, id) => {
    // What is of one shape is told apart by its name, which generated code shows: ids are in the order of what came first.
    const name = "name" in node ? (node.name ?? "") : "";
    return `${node.kind} ${firstSight(node, nodes)} ${fingerprints[id]} ${name}`;
  });
  const byContent = (a: TypeId, b: TypeId): number => ((keys[a] ?? "") < (keys[b] ?? "") ? -1 : 1);
  return nodes.map((node): TypeNode => {
    if (node.kind !== "union") return node;
    const members = [...node.members].sort(byContent);
    const tag = findTag(members, nodes);
    return { kind: "union", members, ...(tag !== undefined && { tag }) };
  });
}

/** What a reader would sort by: literals and names. The fingerprint decides between what looks alike. */
function firstSight(node: TypeNode, nodes: readonly TypeNode[]): string {
  switch (node.kind) {
    case "literal":
      return JSON.stringify(node.value);
    case "template":
      return JSON.stringify(node.texts);
    case "object":
      return JSON.stringify(node.properties.map(({ name, type }) => [name, literalsOf(type, nodes)]));
    default:
      return "";
  }
}

/** Members that are no objects need no tag: they are told apart by what they are. */
function findTag(members: UnionNode["members"], nodes: readonly TypeNode[]): string | undefined {
  const objects = members.map((id) => nodes[id]).filter((node) => node?.kind === "object");
  const [first, ...others] = objects;
  if (first === undefined || others.length === 0) return undefined;
  return first.properties.map(({ name }) => name).find((name) => isTag(name, objects, nodes));
}

function isTag(name: string, objects: readonly ObjectNode[], nodes: readonly TypeNode[]): boolean {
  const seen = new Set<LiteralNode["value"]>();
  return objects.every(({ properties }) => {
    const property = properties.find((candidate) => candidate.name === name);
    if (property === undefined || property.isOptional) return false;
    const literals = literalsOf(property.type, nodes);
    if (literals === undefined || literals.some((value) => seen.has(value))) return false;
    for (const value of literals) seen.add(value);
    return true;
  });
}

/** `undefined` where other values are allowed too. */
function literalsOf(id: TypeId, nodes: readonly TypeNode[]): readonly LiteralNode["value"][] | undefined {
  const node = nodes[id];
  const options = node?.kind === "union" ? node.members.map((member) => nodes[member]) : [node];
  const literals = options.filter((option) => option?.kind === "literal");
  return literals.length === options.length ? literals.map(({ value }) => value).sort() : undefined;
}
