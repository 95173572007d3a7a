import { strongComponents } from "../model/strong-components.ts";
import type { TypeId, TypeNode } from "../model/type-ir.ts";
import { isTried, nodeOf } from "./checked-type.ts";

/** How types lead back to themselves. */
export interface Cycles {
  /** Types whose values may lead back to themselves. */
  readonly cyclic: ReadonlySet<TypeId>;
  /** Types that are cyclic or lead to one that is. */
  readonly leadToCycle: ReadonlySet<TypeId>;
  /**
   * Types of a cycle with a union of which only trying tells the member: each try of a value tries all that is within it, so
   * tries that fail late double with each level.
   */
  readonly retried: ReadonlySet<TypeId>;
}

/** @param partsOf - what is looked into of a value of the type */
export function findCycles(
  order: readonly TypeId[],
  nodes: readonly TypeNode[],
  partsOf: (id: TypeId) => readonly TypeId[],
): Cycles {
  const position = new Map(order.map((id, index) => [id, index]));
  const graph = order.map((id) => partsOf(id).flatMap((part) => position.get(part) ?? []));
  const cyclic = new Set<TypeId>();
  const leadToCycle = new Set<TypeId>();
  const retried = new Set<TypeId>();
  const idAt = (index: number): TypeId => order[index] ?? 0;
  // What a group leads to comes before it.
  for (const group of strongComponents(graph)) {
    const isCycle = group.length > 1 || group.some((index) => graph[index]?.includes(index));
    const leads = group.some((index) => graph[index]?.some((next) => leadToCycle.has(idAt(next))));
    const isRetried = isCycle && group.some((index) => isTried(nodeOf(idAt(index), nodes), nodes));
    for (const index of group) {
      if (isCycle) cyclic.add(idAt(index));
      if (isCycle || leads) leadToCycle.add(idAt(index));
      if (isRetried) retried.add(idAt(index));
    }
  }
  return { cyclic, leadToCycle, retried };
}
