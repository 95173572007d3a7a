import type { TypeId, TypeIr, TypeNode, UnionNode } from "../../model/type-ir.ts";
import { partsOf } from "../../model/type-parts.ts";
import { isComplex, nodeOf, triedMembers } from "../checked-type.ts";
import { type Cycles, findCycles } from "../cycles.ts";
import { alternativesOf, choiceForm } from "./alternatives.ts";

/** Which types have functions of their own; all others are written and read where they stand. */
export interface TypedPlan extends Cycles {
  /** What the functions are called, after `encode` or `decode`, in the order in which the root leads to them. */
  readonly names: ReadonlyMap<TypeId, string>;
  /** Types of which a value may take no byte at all. */
  readonly empty: ReadonlySet<TypeId>;
}

/**
 * A function each for the root, for what leads back to itself, for objects that are met more than once, for what is tried
 * as one of several, and for large objects that a tag tells apart. A root without a name is called `Value`.
 */
export function planTyped({ root, nodes }: TypeIr): TypedPlan {
  const order = new Set<TypeId>();
  const repeated = new Set<TypeId>();
  const apart = new Set<TypeId>();
  // With a stack of its own, for no thread's is deep enough for every web of types.
  const open = [root];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (order.has(id)) {
      repeated.add(id);
      continue;
    }
    order.add(id);
    const node = nodeOf(id, nodes);
    if (node.kind === "union") for (const each of membersApart(node, nodes)) apart.add(each);
    open.push(...[...partsOf(node, nodes)].reverse().map(({ type }) => type));
  }
  const cycles = findCycles([...order], nodes, (id) => partsOf(nodeOf(id, nodes), nodes).map(({ type }) => type));
  const { cyclic } = cycles;
  const names = new Map<TypeId, string>();
  const taken = new Set<string>();
  for (const id of order) {
    const node = nodeOf(id, nodes);
    const isShared = repeated.has(id) && node.kind === "object";
    const isOwn =
      id === root || apart.has(id) || ((isShared || cyclic.has(id)) && isComplex(id, nodes) && node.kind !== "union");
    const isCyclicUnion = node.kind === "union" && cyclic.has(id);
    if (!isOwn && !isCyclicUnion) continue;
    const called = node.kind === "object" && node.name !== undefined ? node.name : id === root ? "value" : node.kind;
    const stem = `${called.charAt(0).toUpperCase()}${called.slice(1)}`;
    let name = stem;
    for (let count = 2; taken.has(name); count++) name = `${stem}${count}`;
    taken.add(name);
    names.set(id, name);
  }
  return { names, empty: emptyOf([...order], nodes), ...cycles };
}

/** An object of so many properties is written faster by a function of its own, and one of few where it stands. */
const minApart = 8;

/**
 * Members of a union that have functions of their own: those that are tried, and large objects that a tag tells apart. V8
 * puts what a function calls in its place until that is so and so much code, which many members would use up together.
 */
function membersApart(node: UnionNode, nodes: readonly TypeNode[]): readonly TypeId[] {
  const large = node.members.filter((id) => {
    const member = nodeOf(id, nodes);
    return member.kind === "object" && member.properties.length >= minApart;
  });
  return [...triedMembers(node, nodes), ...(node.tag === undefined ? [] : large)];
}

/** Grown from what has no parts: what only recursion could fill is never found empty. */
function emptyOf(order: readonly TypeId[], nodes: readonly TypeNode[]): ReadonlySet<TypeId> {
  const empty = new Set<TypeId>();
  const isEmptyPlace = (id: TypeId, isOptional: boolean): boolean => {
    const alternatives = alternativesOf(id, nodes, isOptional ? "property" : "required");
    const [only] = alternatives;
    return alternatives.length === 1 && (only?.kind === "constant" || (only?.kind === "type" && empty.has(only.id)));
  };
  for (let before = -1; before < empty.size; ) {
    before = empty.size;
    for (const id of order) {
      const node = nodeOf(id, nodes);
      const isEmpty =
        node.kind === "object"
          ? node.indexes.length === 0 && node.properties.every(({ type, isOptional }) => isEmptyPlace(type, isOptional))
          : node.kind === "tuple" &&
            node.elements.every(({ type, presence }) => presence === "required" && isEmptyPlace(type, false));
      if (isEmpty) empty.add(id);
    }
  }
  return empty;
}

/** Whether a place of the type takes a byte at least. */
export function takesBytes(id: TypeId, nodes: readonly TypeNode[], { empty }: TypedPlan): boolean {
  const alternatives = alternativesOf(id, nodes);
  if ("bytes" in choiceForm(alternatives.length, false) && alternatives.length > 1) return true;
  const [only] = alternatives;
  return only?.kind === "type" && !empty.has(only.id);
}
