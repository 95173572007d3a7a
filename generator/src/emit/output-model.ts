import type { Declarations } from "../model/declaration.ts";
import type { MemoizedFunction } from "../model/memoized-function.ts";
import type { MutatedFunction } from "../model/mutated-function.ts";
import type { ImportExtension, ResolvedType } from "../model/resolved-type.ts";
import type { TtlFunction } from "../model/ttl-function.ts";

/** All that the output depends on. */
export interface OutputModel {
  readonly declarations: Declarations;
  /** By cache name; caches of `bytes` have none. */
  readonly types: ReadonlyMap<string, ResolvedType>;
  /** By the names of `declarations.memoized`. */
  readonly memoized: ReadonlyMap<string, MemoizedFunction>;
  /** By the names of `declarations.mutations`. */
  readonly mutated: ReadonlyMap<string, MutatedFunction>;
  /** By cache name. */
  readonly ttlFunctions: ReadonlyMap<string, TtlFunction>;
  readonly importExtension: ImportExtension;
}
