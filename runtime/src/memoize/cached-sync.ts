import { nameOf } from "./cached.ts";
import type {
  CachedOptions,
  GenericFunction,
  Serves,
  SyncCacheChoice,
  SyncCachedFunction,
  Takes,
} from "./cached-function.ts";
import { readThroughSync } from "./read-through.ts";

/**
 * Lets a function read through a cache without promises, as `cached` does with one: the same keys, options and methods.
 * The function keeps its exact type, overloads and type parameters included; one that gives a promise is for `cached`.
 * `null` is stored; `undefined` is answered and not stored; an error is not stored.
 *
 * @param cache - a cache with keys of text, or a function of the arguments that chooses one; with `null` the function
 * is called every time
 *
 * @throws CachetoryError `INVALID_OPTION`, from the wrapping, for a function without a name where neither `name` nor
 * `makeKey` is given
 *
 * @example
 * ```ts
 * const compile = cachedSync(cache, { timeToLive: "1d" })(function compile(source: string) {
 *   return compileSlowly(source);
 * });
 * compile("a + b"); // key "compile:a%20+%20b"
 * compile.purge("a + b");
 * ```
 */
export function cachedSync<V, Args extends readonly unknown[] = readonly unknown[], This = unknown>(
  cache: SyncCacheChoice<V, Args, This>,
  options: CachedOptions<V, Args, This> = {},
): <F extends GenericFunction<V | undefined>>(
  fn: F & Takes<Args, F> & Serves<This, ThisParameterType<F>>,
) => SyncCachedFunction<F> {
  return (fn) => {
    const name = nameOf(fn, options);
    return readThroughSync(fn, cache, options, () => name) as never;
  };
}
