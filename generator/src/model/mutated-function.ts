import type { ValuePath } from "./declaration.ts";
import type { FunctionParameter } from "./memoized-function.ts";
import type { ModuleReference } from "./resolved-type.ts";

/** A function that changes what entries were made of, as far as generated code needs to know it. */
export interface MutatedFunction {
  readonly module: ModuleReference;
  /** The text of its documentation comment; `undefined` where it has none. */
  readonly documentation: string | undefined;
  /** Its parameters, up to the last one that entries are found by. */
  readonly parameters: readonly FunctionParameter[];
  /** Whether it gives a promise. */
  readonly isPromising: boolean;
  /** In the order of the declaration. */
  readonly invalidations: readonly FoundEntries[];
}

/** The entries of one cache that are deleted. */
export interface FoundEntries {
  /** One by one, by their `keys`; or whatever has these parameters, by `clear`. */
  readonly by: "keys" | "clear";
  readonly parts: readonly FoundPart[];
}

export interface FoundPart {
  /** Of the key. */
  readonly parameter: string;
  readonly source: FoundSource;
}

export type FoundSource =
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  /** Each of all the values that it can have. */
  | { readonly kind: "listed"; readonly values: readonly (string | boolean)[] }
  /** `from` is the parameter of the function, from 0, `ofInstance` or {@link ofResult}. */
  | { readonly kind: "value"; readonly from: number; readonly steps: ValuePath };

/** In place of the index of a parameter: what the function gave, awaited. */
export const ofResult = -2;
