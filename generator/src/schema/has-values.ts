import type { TypeId, TypeIr, TypeNode } from "../model/type-ir.ts";

/** Whether any JSON is of the type: not if it must hold itself, on and on. */
export function hasValues({ root, nodes }: TypeIr): boolean {
  const found = new Set<TypeId>();
  // What a type is made of mostly has a larger id.
  const order = [...nodes.entries()].reverse();
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const [id, node] of order) if (!found.has(id) && isMadeOf(node, found)) found.add(id);
  }
  return found.has(root);
}

function isMadeOf(node: TypeNode, found: ReadonlySet<TypeId>): boolean {
  switch (node.kind) {
    case "never":
      return false;
    case "union":
      return node.members.some((id) => found.has(id));
    case "tuple":
      return node.elements.every(({ type, presence }) => presence !== "required" || found.has(type));
    case "object":
      return node.properties.every(({ type, isOptional }) => isOptional || found.has(type));
    default:
      return true;
  }
}
