import type { TypeId, TypeIr, TypeNode } from "../model/type-ir.ts";
import { partsOf } from "../model/type-parts.ts";
import { isComplex, nodeOf, triedMembers } from "./checked-type.ts";
import { type Cycles, findCycles } from "./cycles.ts";

/** Which types are checked by functions of their own; all others are checked where they stand. */
export interface CheckPlan extends Cycles {
  /** What the functions are called, in the order in which the root leads to them. */
  readonly names: ReadonlyMap<TypeId, string>;
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
  return { names, ...findCycles([...order], nodes, (id) => checkedParts(id, nodes)) };
}

/** What is looked into of a value of the type. */
function checkedParts(id: TypeId, nodes: readonly TypeNode[]): readonly TypeId[] {
  return isComplex(id, nodes) ? partsOf(nodeOf(id, nodes), nodes).map(({ type }) => type) : [];
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
