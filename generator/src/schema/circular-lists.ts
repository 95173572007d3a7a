import { strongComponents } from "../model/strong-components.ts";
import type { TypeId, TypeNode } from "../model/type-ir.ts";
import { partsOf } from "../model/type-parts.ts";

/**
 * Lists that hold themselves, in elements of tuples that are optional or a rest. TypeScript looks through these at once, and
 * takes `type T = 1 | [T[]?]` for circular, while `type T = 1 | [Item?]; type Item = T[]` is none: these need names.
 */
export function circularLists(nodes: readonly TypeNode[]): readonly TypeId[] {
  const graph = nodes.map((node) => partsOf(node, nodes).map(({ type }) => type));
  const circles = strongComponents(graph).filter((ids) => ids.length > 1 || ids.some((id) => graph[id]?.includes(id)));
  const circular = new Set(circles.flat());
  return nodes
    .flatMap((node) => (node.kind === "tuple" ? node.elements : []))
    .filter(({ presence }) => presence !== "required")
    .flatMap(({ type }) => {
      const node = nodes[type];
      return node?.kind === "union" ? node.members : [type];
    })
    .filter((id) => circular.has(id) && ["array", "tuple"].includes(nodes[id]?.kind ?? ""));
}
