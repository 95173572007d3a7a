import { typeFingerprints } from "./type-fingerprints.ts";
import type { TypeId, TypeIr, TypeNode } from "./type-ir.ts";

/**
 * The same type, in which what allows the same values is one node: whether a shape is written once and named, or again
 * wherever it is needed, makes no difference then.
 */
export function mergeEqualTypes({ root, nodes, files }: TypeIr): TypeIr {
  const fingerprints = typeFingerprints(nodes);
  const first = new Map<string, TypeId>();
  const of = (id: TypeId): TypeId => {
    const fingerprint = fingerprints[id] ?? "";
    const known = first.get(fingerprint);
    if (known !== undefined) return known;
    const node = nodes[id];
    const [member] = node?.kind === "union" ? node.members : [];
    // A union of one shape is that shape.
    if (member !== undefined && fingerprints[member] === fingerprint) return of(member);
    first.set(fingerprint, id);
    return id;
  };
  // What the root leads to, in the order in which it does, so that names do not depend on what else there is.
  const start = of(root);
  const merged = new Map<TypeId, TypeNode>();
  const open = [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = nodes[id];
    if (node === undefined || merged.has(id)) continue;
    const parts: TypeId[] = [];
    const part = (each: TypeId): TypeId => {
      const representative = of(each);
      parts.push(representative);
      return representative;
    };
    merged.set(id, withParts(node, part));
    open.push(...parts.reverse());
  }
  return { root: start, nodes: nodes.map((node, id) => merged.get(id) ?? node), files };
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
