import type { ObjectNode, TypeId, TypeNode } from "../model/type-ir.ts";
import { othersOf, propertyOf } from "./intersection.ts";
import type { TypeBuilder } from "./type-builder.ts";

/** Whether no value is of both types, as far as that shows within some steps; all types have been made. */
export function areDisjoint(a: TypeId, b: TypeId, builder: TypeBuilder, depth = 8): boolean {
  if (depth === 0) return false;
  return builder
    .members(a)
    .every((each) => builder.members(b).every((other) => each !== other && areApart(each, other, builder, depth)));
}

/** None of them is a union. */
function areApart(a: TypeId, b: TypeId, builder: TypeBuilder, depth: number): boolean {
  const [left, right] = [builder.node(a), builder.node(b)];
  if (left.kind === "never" || right.kind === "never") return true;
  if (left.kind === "unknown" || right.kind === "unknown") return false;
  if (left.kind === "object" && right.kind === "object") {
    return objectsAreApart(left, right, builder, depth) || objectsAreApart(right, left, builder, depth);
  }
  const [one, other] = [jsonTypeOf(left), jsonTypeOf(right)];
  if (one !== other) return true;
  // Both are literals, or one of them is the type of the other.
  if (left.kind === "literal" && right.kind === "literal") return left.value !== right.value;
  const [literal] = [left, right].filter((node) => node.kind === "literal");
  return literal !== undefined && [left.kind, right.kind].includes("integer") && !Number.isInteger(literal.value);
}

/** Whether a property that the first one requires is never what the second one says of it. */
function objectsAreApart(first: ObjectNode, second: ObjectNode, builder: TypeBuilder, depth: number): boolean {
  return first.properties.some(({ name, type, isOptional }) => {
    if (isOptional) return false;
    const other = propertyOf(second, name)?.type ?? othersOf(second);
    return other !== undefined && areDisjoint(type, other, builder, depth - 1);
  });
}

function jsonTypeOf({ kind, ...node }: TypeNode): string {
  if (kind === "integer") return "number";
  if (kind === "tuple") return "array";
  return "value" in node ? typeof node.value : kind;
}
