import { ts } from "ts-morph";
import type { SimpleNode, TypeNode } from "../model/type-ir.ts";
import type { Surroundings } from "./surroundings.ts";

/** The node of a type that is no object and no union; `undefined` for those that are. */
export function describeSimple(type: ts.Type, { idOf }: Surroundings): TypeNode | undefined {
  if (type.isStringLiteral()) return { kind: "literal", value: type.value };
  if (type.isNumberLiteral()) {
    // No JSON says an infinity, and nobody means one.
    return Number.isFinite(type.value) ? { kind: "literal", value: type.value } : { kind: "number" };
  }
  if (type.flags & ts.TypeFlags.BooleanLiteral) {
    return { kind: "literal", value: (type as ts.Type & { readonly intrinsicName?: string }).intrinsicName === "true" };
  }
  if (type.flags & ts.TypeFlags.BigIntLiteral) {
    const { negative, base10Value } = (type as ts.BigIntLiteralType).value;
    return { kind: "bigint-literal", digits: `${negative ? "-" : ""}${base10Value}` };
  }
  if (type.flags & ts.TypeFlags.TemplateLiteral) {
    const { texts, types } = type as ts.TemplateLiteralType;
    return { kind: "template", texts, types: types.map((part) => idOf(part, "")) };
  }
  const found = kindsByFlag.find(([flag]) => type.flags & flag);
  return found && { kind: found[1] };
}

const kindsByFlag: readonly (readonly [ts.TypeFlags, SimpleNode["kind"]])[] = [
  [ts.TypeFlags.Any, "any"],
  [ts.TypeFlags.Unknown, "unknown"],
  [ts.TypeFlags.Never, "never"],
  [ts.TypeFlags.Null, "null"],
  [ts.TypeFlags.Undefined | ts.TypeFlags.Void, "undefined"],
  [ts.TypeFlags.String, "string"],
  // Uppercase<string> and its like; which strings they are is not kept.
  [ts.TypeFlags.StringMapping, "string"],
  // An enum whose members are computed is known by its numbers alone.
  [ts.TypeFlags.Number | ts.TypeFlags.Enum, "number"],
  [ts.TypeFlags.BigInt, "bigint"],
  [ts.TypeFlags.Boolean, "boolean"],
  [ts.TypeFlags.ESSymbolLike, "symbol"],
  // `object` says no more of what is inside.
  [ts.TypeFlags.NonPrimitive, "unknown"],
];
