import type { NamedValue } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ResolvedType } from "../model/resolved-type.ts";
import { findUncacheableParts } from "./find-uncacheable-parts.ts";
import { findUncarried } from "./find-uncarried.ts";

/** What is wrong inside of the values: what nobody could store, and what their own serializer does not give back. */
export function checkValues(
  values: readonly NamedValue[],
  types: ReadonlyMap<string, ResolvedType>,
): readonly Diagnostic[] {
  return values.flatMap((named): readonly Diagnostic[] => {
    const type = types.get(named.name);
    if (type === undefined || named.value.kind !== "type") return [];
    return [...findUncacheableParts(named, named.value, type.ir), ...findUncarried(named, named.value, type.ir)];
  });
}
