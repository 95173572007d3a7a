import { knownFingerprints } from "./type-fingerprints.ts";
import type { TypeId, TypeIr, TypeNode } from "./type-ir.ts";

/**
 * The same type alone, in which what allows the same values is one node: whether a shape is written once and named, or again
 * wherever it is needed, makes no difference then.
 */
export function mergeEqualTypes({ root, nodes, files }: TypeIr): TypeIr {
  const fingerprints = knownFingerprints(nodes);
  const merged: TypeNode[] = [];
  /** The first of each shape, in the order in which the root leads to them, and so by their new ids. */
  const firsts: TypeId[] = [];
  const idOf = new Map<string, TypeId>();
  const of = (id: TypeId): TypeId => {
    const fingerprint = fingerprints[id] ?? "";
    const known = idOf.get(fingerprint);
    if (known !== undefined) return known;
    const node = nodes[id];
    const [member] = node?.kind === "union" ? node.members : [];
    // A union of one shape is that shape.
    if (member !== undefined && fingerprints[member] === fingerprint) return of(member);
    idOf.set(fingerprint, firsts.length);
    return firsts.push(id) - 1;
  };
  const start = of(root);
  // Grows while it is gone through.
  for (const id of firsts) {
    const node = nodes[id];
    if (node !== undefined) merged.push(withParts(node, of));
  }
  return { root: start, nodes: merged, files };
}

function withParts(node: TypeNode, part: (id: TypeId) => TypeId): TypeNode {
  switch (node.kind) {
    case "template":
      return { ...node, types: node.types.map(part) };
    case "array":
    case "set":
      return { ...node, items: part(node.items) };
    case "map":
      return { ...node, keys: part(node.keys), values: part(node.values) };
    case "tuple":
      return { ...node, elements: node.elements.map((element) => ({ ...element, type: part(element.type) })) };
    case "object":
      return {
        ...node,
        properties: node.properties.map((property) => ({ ...property, type: part(property.type) })),
        indexes: node.indexes.map(({ key, type }) => ({ key: part(key), type: part(type) })),
      };
    case "union":
      return { ...node, members: [...new Set(node.members.map(part))] };
    default:
      return node;
  }
}
