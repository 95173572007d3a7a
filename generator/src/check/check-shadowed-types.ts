import type { Declarations } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { generatedNames } from "../model/generated-names.ts";
import type { ResolvedType } from "../model/resolved-type.ts";
import { typeWords } from "../model/type-words.ts";

/** A global type that is called as the module's own types would mean those there, and say nothing. */
export function checkShadowedTypes(
  { caches }: Declarations,
  types: ReadonlyMap<string, ResolvedType>,
): readonly Diagnostic[] {
  return caches.flatMap(({ name, valueSpan }): Diagnostic[] => {
    const { key, value } = generatedNames(name);
    const shadowed = typeWords(types.get(name)).find((word) => word === key || word === value);
    if (shadowed === undefined) return [];
    return [
      {
        code: "C1302",
        severity: "error",
        span: valueSpan,
        message: `the global type "${shadowed}" is called as a type that the module of cache "${name}" makes`,
        hint: "Rename the cache, or export the type under another name from a module of yours",
      },
    ];
  });
}
