import type { KeyPattern } from "./declaration.ts";
import type { ModuleReference } from "./resolved-type.ts";

/** A function that is memoized, as far as generated code needs to know it. */
export interface MemoizedFunction {
  readonly module: ModuleReference;
  /** The text of its documentation comment; `undefined` where it has none. */
  readonly documentation: string | undefined;
  /** Its parameters, up to the last one that makes a part of the key. */
  readonly parameters: readonly FunctionParameter[];
  /** The key of a cache that is made for it; `undefined` where it has a declared one. */
  readonly madeKey: KeyPattern | undefined;
  /** Where each parameter of the key comes from, in the order of the pattern. */
  readonly key: readonly KeyArgument[];
  /** What loads in its place; `undefined` where it loads itself. */
  readonly batch: BatchFunction | undefined;
}

/** What loads for many calls of a memoized function at once. */
export interface BatchFunction {
  readonly module: ModuleReference;
  /** What it takes for a call: the only argument, an object of arguments by their names, or a tuple of all. */
  readonly item: "argument" | "named" | "tuple";
  /** Parameters of the memoized function, up to the last one that is given to it or makes a part of the key. */
  readonly parameters: readonly FunctionParameter[];
  /** Those that an object has. */
  readonly given: readonly number[];
  /** What an array is that it answers with, where its elements might be taken for the other. */
  readonly answers?: "values" | "pairs" | undefined;
  /** Whether the function never gives `undefined`. */
  readonly isRequired: boolean;
}

export interface FunctionParameter {
  readonly name: string;
  readonly isRest: boolean;
}

export interface KeyArgument {
  /** Of the key. */
  readonly parameter: string;
  /** Which parameter of the function, from 0; {@link ofInstance} for the instance of a method. */
  readonly index: number;
  /** The way to it inside of that parameter. */
  readonly properties: readonly string[];
}

/** In place of the index of a parameter. */
export const ofInstance = -1;
