import { strongComponents } from "../model/strong-components.ts";
import type { TypeId, TypeNode } from "../model/type-ir.ts";
import { partsOf } from "../model/type-parts.ts";

/** Types that need names of their own in TypeScript, though only one thing leads to each, with what they may be called. */
export function typesToName(nodes: readonly TypeNode[]): readonly (readonly [id: TypeId, name: string])[] {
  return [...circularLists(nodes).map((id) => [id, "Item"] as const), ...repeatedTypes(nodes)];
}

/**
 * Lists that hold themselves, in elements of tuples that are optional or a rest. TypeScript looks through these at once, and
 * takes `type T = 1 | [T[]?]` for circular, while `type T = 1 | [Item?]; type Item = T[]` is none.
 */
function circularLists(nodes: readonly TypeNode[]): readonly TypeId[] {
  const graph = nodes.map((node) => partsOf(node, nodes).map(({ type }) => type));
  const circles = strongComponents(graph).filter((ids) => ids.length > 1 || ids.some((id) => graph[id]?.includes(id)));
  const circular = new Set(circles.flat());
  return nodes
    .flatMap((node) => (node.kind === "tuple" ? node.elements : []))
    .filter(({ presence }) => presence !== "required")
    .flatMap(({ type }) => membersOf(type, nodes))
    .filter((id) => circular.has(id) && ["array", "tuple"].includes(nodes[id]?.kind ?? ""));
}

/** An index signature takes the declared properties too, so that their types are written twice: in each other, ever more often. */
function repeatedTypes(nodes: readonly TypeNode[]): readonly (readonly [id: TypeId, name: string])[] {
  return nodes.flatMap((node) => {
    const [index] = node.kind === "object" ? node.indexes : [];
    // Of these two, none takes part in an index signature.
    if (node.kind !== "object" || index === undefined || isPlain(nodes[index.type])) return [];
    return node.properties.flatMap(({ name, type }) =>
      membersOf(type, nodes)
        .filter((id) => nodes[id] !== undefined && partsOf(nodes[id], nodes).length > 0)
        .map((id) => [id, name] as const),
    );
  });
}

function isPlain(node: TypeNode | undefined): boolean {
  return node?.kind === "never" || node?.kind === "unknown";
}

function membersOf(id: TypeId, nodes: readonly TypeNode[]): readonly TypeId[] {
  const node = nodes[id];
  return node?.kind === "union" ? node.members : [id];
}
