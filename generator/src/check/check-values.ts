import type { NamedValue } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ResolvedType } from "../model/resolved-type.ts";
import { valueIr } from "../model/value-ir.ts";
import { findUncacheableParts } from "./find-uncacheable-parts.ts";
import { findUncarried } from "./find-uncarried.ts";
import { nameless } from "./walk-type.ts";

/** What is wrong inside of the values: what nobody could store, and what their own serializer does not give back. */
export function checkValues(
  values: readonly NamedValue[],
  types: ReadonlyMap<string, ResolvedType>,
): readonly Diagnostic[] {
  return values.flatMap((named): readonly Diagnostic[] => {
    const ir = valueIr(named, types);
    if (ir === undefined) return [];
    const value = named.value.kind === "type" ? named.value : { expression: nameless };
    return [...findUncacheableParts(named, value, ir), ...findUncarried(named, value, ir)];
  });
}
