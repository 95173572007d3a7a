import { createHash } from "node:crypto";
import { strongComponents } from "./strong-components.ts";
import type { TypeId, TypeNode } from "./type-ir.ts";

/**
 * For each node a fingerprint of the values that it allows, 32 hexadecimal digits: the same on every machine, for every
 * order of declarations and of members, whatever types are called.
 *
 * Types that lead to one another are told apart in rounds, each of which sees one step further; when a round tells no
 * more of them apart than the one before, what is equal is equal for good. Among themselves: of what lies further than the
 * rounds went, types of another such group may differ, so the fingerprints of all of them become part of each.
 */
export function typeFingerprints(nodes: readonly TypeNode[]): readonly string[] {
  const fingerprints = nodes.map(() => "");
  const of = (id: TypeId): string => fingerprints[id] ?? "";
  const graph = nodes.map(childrenOf);
  for (const component of strongComponents(graph)) {
    let before = 0;
    // Each round but the last tells at least one more apart, so there are no more rounds than types.
    for (let rounds = 0; rounds <= component.length; rounds++) {
      const round = component.map((id) => fingerprintOf(nodes[id] as TypeNode, of));
      for (const [index, id] of component.entries()) fingerprints[id] = round[index] ?? "";
      const distinct = new Set(round).size;
      if (distinct === before) break;
      before = distinct;
    }
    const [first = 0] = component;
    if (component.length === 1 && !graph[first]?.includes(first)) continue;
    const group = [...new Set(component.map(of))].sort();
    for (const id of component) fingerprints[id] = hash([of(id), group]);
  }
  return fingerprints;
}

const known = new WeakMap<readonly TypeNode[], readonly string[]>();

/** The same, found once for all types of a resolution, which share their nodes. */
export function knownFingerprints(nodes: readonly TypeNode[]): readonly string[] {
  const found = known.get(nodes) ?? typeFingerprints(nodes);
  known.set(nodes, found);
  return found;
}

function fingerprintOf(node: TypeNode, of: (id: TypeId) => string): string {
  const content = contentOf(node, of);
  if (node.kind !== "union") return hash([node.kind, ...content]);
  const members = [...new Set(content)].sort();
  // Two types of one shape are one.
  return members.length === 1 ? String(members[0]) : hash(["union", ...members]);
}

/** All that a node says of values, with fingerprints for the types inside. */
function contentOf(node: TypeNode, of: (id: TypeId) => string): readonly unknown[] {
  switch (node.kind) {
    case "literal":
      return [node.value];
    case "bigint-literal":
      return [node.digits];
    case "template":
      return [node.texts, node.types.map(of)];
    case "array":
    case "set":
      return [of(node.items)];
    case "tuple":
      return node.elements.map(({ type, presence }) => [presence, of(type)]);
    case "object":
      return [
        node.properties.map(({ name, type, isOptional }) => [name, isOptional, of(type)]),
        node.indexes.map(({ key, type }) => `${of(key)} ${of(type)}`).sort(),
      ];
    case "union":
      return node.members.map(of);
    case "map":
      return [of(node.keys), of(node.values)];
    case "builtin":
      return [node.name];
    case "instance":
      return [node.name, node.methods];
    default:
      return [];
  }
}

function childrenOf(node: TypeNode): readonly TypeId[] {
  const children: TypeId[] = [];
  contentOf(node, (id) => {
    children.push(id);
    return "";
  });
  return children;
}

function hash(content: readonly unknown[]): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 32);
}
