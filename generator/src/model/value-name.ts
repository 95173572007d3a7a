import type { CacheDeclaration } from "./declaration.ts";
import { generatedNames } from "./generated-names.ts";
import type { ResolvedType } from "./resolved-type.ts";

/** What the type of a cache's values is called: in the YAML, else in generated code. */
export function valueName({ name }: CacheDeclaration, types: ReadonlyMap<string, ResolvedType>): string {
  const text = types.get(name)?.text.map((part) => (typeof part === "string" ? part : part.imported));
  return text?.join("") ?? generatedNames(name).value;
}
