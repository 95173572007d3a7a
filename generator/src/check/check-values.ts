import type { NamedValue } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ResolvedType } from "../model/resolved-type.ts";
import { findUncacheableParts } from "./find-uncacheable-parts.ts";
import { findUncarried } from "./find-uncarried.ts";

/** What is wrong inside of the values. */
export function checkValues(
  values: readonly NamedValue[],
  types: ReadonlyMap<string, ResolvedType>,
  check: typeof checkValue = checkValue,
): readonly Diagnostic[] {
  return values.flatMap((named) => {
    const type = types.get(named.name);
    return type === undefined ? [] : check(named, type);
  });
}

/** What nobody could store of a value, and what its own serializer does not give back. */
export function checkValue(named: NamedValue, { ir }: ResolvedType): readonly Diagnostic[] {
  if (named.value.kind !== "type") return [];
  return [...findUncacheableParts(named, named.value, ir), ...findUncarried(named, named.value, ir)];
}
