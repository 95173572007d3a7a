import { strongComponents } from "../model/strong-components.ts";
import type { TypeId, TypeIr, TypeNode, UnionNode } from "../model/type-ir.ts";
import { partsOf } from "../model/type-parts.ts";
import { isComplex, kindGroups, nodeOf } from "./checked-type.ts";

/** Which types are checked by functions of their own; all others are checked where they stand. */
export interface CheckPlan {
  /** What the functions are called, in the order in which the root leads to them. */
  readonly names: ReadonlyMap<TypeId, string>;
  /** Types whose values may lead back to themselves. */
  readonly cyclic: ReadonlySet<TypeId>;
  /** Types that are cyclic or lead to one that is. */
  readonly leadToCycle: ReadonlySet<TypeId>;
}

/**
 * A function each for the root, for objects with a name, for what is met more than once, and for what is tried as one of
 * several.
 *
 * @param rootName - what the root is called where it has no name
 */
export function planChecks({ root, nodes }: TypeIr, rootName: string): CheckPlan {
  const order = new Set<TypeId>();
  const repeated = new Set<TypeId>();
  const own = new Set<TypeId>([root]);
  // With a stack of its own, for no thread's is deep enough for every web of types.
  const open = [root];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (order.has(id)) repeated.add(id);
    else {
      order.add(id);
      const node = nodeOf(id, nodes);
      if (node.kind === "union") for (const tried of triedMembers(node, nodes)) own.add(tried);
      open.push(...[...checkedParts(id, nodes)].reverse());
    }
  }

  const names = new Map<TypeId, string>();
  const taken = new Set<string>();
  for (const id of order) {
    const node = nodeOf(id, nodes);
    const isWorthIt = isComplex(id, nodes) && (isNamed(node) || (repeated.has(id) && !isShort(node, nodes)));
    if (!own.has(id) && !isWorthIt) continue;
    const called = node.kind === "object" && node.name !== undefined ? node.name : id === root ? rootName : node.kind;
    const stem = `check${called.charAt(0).toUpperCase()}${called.slice(1)}`;
    let name = stem;
    for (let count = 2; taken.has(name); count++) name = `${stem}${count}`;
    taken.add(name);
    names.set(id, name);
  }
  return { names, ...findCycles([...order], nodes) };
}

/** What is looked into of a value of the type. */
function checkedParts(id: TypeId, nodes: readonly TypeNode[]): readonly TypeId[] {
  return isComplex(id, nodes) ? partsOf(nodeOf(id, nodes), nodes).map(({ type }) => type) : [];
}

/** Members of which only trying tells which one a value is. */
function triedMembers({ members, tag }: UnionNode, nodes: readonly TypeNode[]): readonly TypeId[] {
  const groups = kindGroups(members, nodes).filter(([kind]) => kind !== "object" || tag === undefined);
  return groups.flatMap(([, ids]) => (ids.length > 1 ? ids : []));
}

/** Said as quickly as a function is called: a list or an alternative of what a condition or a function checks. */
function isShort(node: TypeNode, nodes: readonly TypeNode[]): boolean {
  const isQuick = (id: TypeId): boolean => !isComplex(id, nodes) || isNamed(nodeOf(id, nodes));
  if (node.kind === "union") {
    return node.members.every(isQuick) && node.members.filter((id) => isComplex(id, nodes)).length === 1;
  }
  return (node.kind === "array" || node.kind === "set") && isQuick(node.items);
}

function isNamed(node: TypeNode): boolean {
  return node.kind === "object" && node.name !== undefined;
}

function findCycles(order: readonly TypeId[], nodes: readonly TypeNode[]): Omit<CheckPlan, "names"> {
  const position = new Map(order.map((id, index) => [id, index]));
  const graph = order.map((id) => checkedParts(id, nodes).flatMap((part) => position.get(part) ?? []));
  const cyclic = new Set<TypeId>();
  const leadToCycle = new Set<TypeId>();
  const idAt = (index: number): TypeId => order[index] ?? 0;
  // What a group leads to comes before it.
  for (const group of strongComponents(graph)) {
    const isCycle = group.length > 1 || group.some((index) => graph[index]?.includes(index));
    const leads = group.some((index) => graph[index]?.some((next) => leadToCycle.has(idAt(next))));
    for (const index of group) {
      if (isCycle) cyclic.add(idAt(index));
      if (isCycle || leads) leadToCycle.add(idAt(index));
    }
  }
  return { cyclic, leadToCycle };
}
