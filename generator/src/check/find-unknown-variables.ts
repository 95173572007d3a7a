import { clip, nearest, quote } from "@cachetory/runtime/schemes";
import { breachAt, type Diagnostic } from "../model/diagnostic.ts";
import { listNames } from "../model/list-names.ts";
import type { Usage } from "../model/usage.ts";

/** Variables that are not among those of `environment`, where that is written. */
export function findUnknownVariables({ environment, variables }: Usage): readonly Diagnostic[] {
  if (environment === undefined) return [];
  const declared = environment.map(({ name }) => name);
  return variables
    .filter(({ name }) => !declared.includes(name))
    .map(({ name, span }) => {
      const near = nearest(name, declared);
      const known = declared.length === 0 ? '"environment" names none' : `Declared: ${listNames(declared)}`;
      const hint = near === undefined ? `Add it to "environment". ${known}` : `Did you mean ${clip(near)}? ${known}`;
      return breachAt("C1706", span, `"environment" names no variable ${quote(name)}`, hint);
    });
}
