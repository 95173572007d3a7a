import type { ValueDeclaration } from "./declaration.ts";
import type { ResolvedType } from "./resolved-type.ts";
import type { TypeIr } from "./type-ir.ts";

/** What the type of a cache's values says; `undefined` for `bytes`, and where it could not be resolved. */
export function valueIr(
  { name, value }: { readonly name: string; readonly value: ValueDeclaration },
  types: ReadonlyMap<string, ResolvedType>,
): TypeIr | undefined {
  return value.kind === "schema" ? value.type.ir : types.get(name)?.ir;
}
