import type { NamedFunction, NamedValue } from "./declaration.ts";
import type { ModuleReference } from "./resolved-type.ts";

/** A function of the user's that says how long values of a cache live, to be held against their type. */
export interface TtlFunctionDeclaration extends NamedFunction {
  readonly cache: NamedValue;
}

/** The same, as far as generated code needs to know it. */
export interface TtlFunction {
  readonly module: ModuleReference;
}
