import type { NamedValue } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ResolvedType } from "../model/resolved-type.ts";
import type { TypeIr } from "../model/type-ir.ts";
import { findUncacheableParts } from "./find-uncacheable-parts.ts";
import { findUncarried } from "./find-uncarried.ts";
import { findUnisolated } from "./find-unisolated.ts";
import type { TypeValue } from "./found-parts.ts";
import { nameless } from "./walk-type.ts";

/** What is wrong inside of the values. */
export function checkValues(
  values: readonly NamedValue[],
  types: ReadonlyMap<string, ResolvedType>,
  check: typeof checkValue = checkValue,
): readonly Diagnostic[] {
  return values.flatMap((named) => {
    if (named.value.kind === "schema") return findInside(named, { expression: nameless }, named.value.type.ir);
    const type = types.get(named.name);
    return type === undefined ? [] : check(named, type);
  });
}

/** What nobody could store of a value, and what its own serializer does not give back. */
export function checkValue(named: NamedValue, { ir }: ResolvedType): readonly Diagnostic[] {
  return named.value.kind === "type" ? findInside(named, named.value, ir) : [];
}

function findInside(named: NamedValue, value: TypeValue, ir: TypeIr): readonly Diagnostic[] {
  return [
    ...findUncacheableParts(named, value, ir),
    ...findUncarried(named, value, ir),
    ...findUnisolated(named, value, ir),
  ];
}
