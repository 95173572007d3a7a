import type { CacheDeclaration, Declarations } from "./declaration.ts";
import type { MemoizedFunction } from "./memoized-function.ts";

/** The caches that are made for memoized functions, as far as these are known. */
export function madeCaches(
  { memoized }: Pick<Declarations, "memoized">,
  functions: ReadonlyMap<string, MemoizedFunction>,
): readonly CacheDeclaration[] {
  return memoized.flatMap(({ name, cache }) => {
    const key = functions.get(name)?.madeKey;
    return cache.key === undefined && key !== undefined ? [{ ...cache, key }] : [];
  });
}

/** The same with these caches among the others. */
export function withMadeCaches(declarations: Declarations, made: readonly CacheDeclaration[]): Declarations {
  const caches = [...declarations.caches, ...made].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { ...declarations, caches };
}
