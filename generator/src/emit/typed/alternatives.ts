import type { LiteralNode, TypeId, TypeNode } from "../../model/type-ir.ts";
import { nodeOf } from "../checked-type.ts";
import { literalText } from "../misfit-condition.ts";

/**
 * One of what may stand at a place: that there is nothing, a constant, of which only the choice is written, or a type of
 * which values are written after it.
 */
export type Alternative =
  | { readonly kind: "absent" }
  | { readonly kind: "constant"; readonly text: string }
  | { readonly kind: "type"; readonly id: TypeId };

/** Whether a value must stand at a place, or may be left out, which for an element is to be `undefined` or beyond the end. */
export type Presence = "required" | "property" | "element";

/** All that may stand at a place of this type, constants first. The order is the entry's, which numbers them. */
export function alternativesOf(
  id: TypeId,
  nodes: readonly TypeNode[],
  presence: Presence = "required",
): readonly Alternative[] {
  const node = nodeOf(id, nodes);
  const members = node.kind === "union" ? node.members : [id];
  const constants = members.flatMap((member) => constantsOf(nodeOf(member, nodes)));
  // An optional property may be there and be undefined, which is another value than none.
  if (presence !== "required" && !constants.includes("undefined")) constants.unshift("undefined");
  const types = members.filter((member) => hasValues(nodeOf(member, nodes)));
  return [
    ...(presence === "property" ? [{ kind: "absent" } as const] : []),
    ...constants.map((text) => ({ kind: "constant", text }) as const),
    ...types.map((member) => ({ kind: "type", id: member }) as const),
  ];
}

function constantsOf(node: TypeNode): readonly string[] {
  switch (node.kind) {
    case "null":
    case "undefined":
      return [node.kind];
    case "boolean":
      return ["false", "true"];
    case "literal":
      return [literalText(node satisfies LiteralNode)];
    case "bigint-literal":
      return [`${node.digits}n`];
    default:
      return [];
  }
}

function hasValues({ kind }: TypeNode): boolean {
  return !["null", "undefined", "boolean", "literal", "bigint-literal", "never"].includes(kind);
}

/** A choice of so few is some bits of its object; a larger one has bytes of its own. */
const maxInBits = 16;

/** How a choice among so many is written. */
export type ChoiceForm = { readonly bits: number } | { readonly bytes: 0 | 1 | 2 };

export function choiceForm(count: number, hasBits: boolean): ChoiceForm {
  if (count < 2) return { bytes: 0 };
  if (hasBits && count <= maxInBits) return { bits: 32 - Math.clz32(count - 1) };
  return { bytes: count <= 0x100 ? 1 : 2 };
}
