import type { ArrayNode, TupleElement, TupleNode } from "../model/type-ir.ts";

/** The element of an array type that stands at an index of an array of this length; `undefined` where none does. */
export function elementAt(node: ArrayNode | TupleNode, index: number, length: number): TupleElement | undefined {
  if (node.kind === "array") return { type: node.items, presence: "rest" };
  const { head, rest, tail } = partsOf(node);
  if (index < head.length) return head[index];
  const tailStart = length - tail.length;
  return index < tailStart ? rest : tail[index - tailStart];
}

/** Whether arrays of this type may have this length. */
export function mayHaveLength(node: ArrayNode | TupleNode, length: number): boolean {
  return length >= leastLength(node) && length <= mostLength(node);
}

export function leastLength(node: ArrayNode | TupleNode): number {
  return node.kind === "array" ? 0 : node.elements.filter(({ presence }) => presence === "required").length;
}

export function mostLength(node: ArrayNode | TupleNode): number {
  const isOpen = node.kind === "array" || node.elements.some(({ presence }) => presence === "rest");
  return isOpen ? Number.POSITIVE_INFINITY : node.elements.length;
}

/** How many elements a type names one by one. */
export function namedLength(node: ArrayNode | TupleNode): number {
  return node.kind === "array" ? 0 : node.elements.length;
}

function partsOf({ elements }: TupleNode): {
  readonly head: readonly TupleElement[];
  readonly rest: TupleElement | undefined;
  readonly tail: readonly TupleElement[];
} {
  const at = elements.findIndex(({ presence }) => presence === "rest");
  if (at < 0) return { head: elements, rest: undefined, tail: [] };
  return { head: elements.slice(0, at), rest: elements[at], tail: elements.slice(at + 1) };
}
