import { strongComponents } from "./strong-components.ts";
import type { TypeId, TypeIr, TypeNode } from "./type-ir.ts";
import { partsOf } from "./type-parts.ts";

/** A type that is better written once, under a name. */
export interface SharedType {
  readonly id: TypeId;
  /** The property, as a step of a path, that first leads to it; empty where none does. */
  readonly step: string;
}

/**
 * Types with parts that something leads to more than once, in the order in which the root leads to them; where a type holds
 * itself, at least one on the way. The root may be among them.
 */
export function sharedTypes({ root, nodes }: TypeIr): readonly SharedType[] {
  const steps = new Map([[root, ""]]);
  const repeated = new Set<TypeId>();
  for (const id of steps.keys()) {
    for (const { type, step } of partsOf(nodeOf(id, nodes), nodes)) {
      if (steps.has(type)) repeated.add(type);
      else steps.set(type, isProperty(step) ? step : (steps.get(id) ?? step));
    }
  }
  const isNamed = (id: TypeId): boolean => id === root || (repeated.has(id) && isLarge(nodeOf(id, nodes), nodes));
  const loops = loopsBetween([...steps.keys()], nodes, isNamed);
  return [...steps]
    .filter(([id]) => repeated.has(id) && (isNamed(id) || loops.has(id)))
    .map(([id, step]) => ({ id, step }));
}

/** Not an item, a key or a value of a record. */
function isProperty(step: string): boolean {
  return /^(?:\.(?!.*\(\)$)|\[")/.test(step);
}

/** Whether to write it twice could come to more than twice as much. */
function isLarge(node: TypeNode, nodes: readonly TypeNode[]): boolean {
  if (node.kind === "map" || node.kind === "object" || node.kind === "tuple") return partsOf(node, nodes).length > 0;
  return node.kind === "union" && node.members.filter((id) => partsOf(nodeOf(id, nodes), nodes).length > 0).length > 1;
}

/** Types that hold themselves with nothing on the way that has a name, such as an array of itself. */
function loopsBetween(
  ids: readonly TypeId[],
  nodes: readonly TypeNode[],
  isNamed: (id: TypeId) => boolean,
): ReadonlySet<TypeId> {
  const position = new Map(ids.map((id, index) => [id, index]));
  const graph = ids.map((id) =>
    isNamed(id) ? [] : partsOf(nodeOf(id, nodes), nodes).flatMap(({ type }) => position.get(type) ?? []),
  );
  const loops = strongComponents(graph).filter(
    (group) => group.length > 1 || group.some((index) => graph[index]?.includes(index)),
  );
  return new Set(loops.flat().flatMap((index) => ids[index] ?? []));
}

function nodeOf(id: TypeId, nodes: readonly TypeNode[]): TypeNode {
  const node = nodes[id];
  if (node === undefined) throw new Error(`There is no type ${id}.`);
  return node;
}
