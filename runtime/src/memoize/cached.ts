import { CachetoryError } from "../errors.ts";
import type { CacheChoice, CachedFunction, CachedOptions, GenericFunction, Serves, Takes } from "./cached-function.ts";
import { readThrough } from "./read-through.ts";

/**
 * Lets a function read through a cache. Concurrent calls with the same key share one, whose result or error reaches all
 * of them. `null` is stored; `undefined` is answered and not stored; an error is not stored. `this` is passed on, but is
 * no part of the key unless `makeKey` makes it one.
 *
 * A function that gives a promise keeps its exact type; see {@link CachedFunction} for what others lose.
 *
 * @param cache - a cache with keys of text, or a function of the arguments that chooses one; with `null` the function
 * is called every time
 *
 * @throws CachetoryError `INVALID_OPTION`, from the wrapping, for a function without a name where neither `name` nor
 * `makeKey` is given
 *
 * @example
 * ```ts
 * const priceOf = cached(cache, { timeToLive: "10m" })(async function priceOf(id: number) {
 *   return (await db.product(id)).price;
 * });
 * await priceOf(42); // key "priceOf:42"
 * await priceOf.refresh(42);
 * await priceOf.purge(42);
 * ```
 */
export function cached<V, Args extends readonly unknown[] = readonly unknown[], This = unknown>(
  cache: CacheChoice<V, Args, This>,
  options: CachedOptions<V, Args, This> = {},
): <F extends GenericFunction<V | undefined | Promise<V | undefined>>>(
  fn: F & Takes<Args, F> & Serves<This, ThisParameterType<F>>,
) => CachedFunction<F> {
  return (fn) => {
    const name = nameOf(fn, options);
    return readThrough(fn, cache, options, () => name) as never;
  };
}

/** @throws CachetoryError `INVALID_OPTION` where there is no name, and keys need one */
export function nameOf(
  fn: { readonly name: string },
  options: { readonly name?: string | undefined; readonly makeKey?: unknown },
): string {
  const name = options.name ?? fn.name;
  if (name !== "" || options.makeKey !== undefined) return name;
  throw new CachetoryError("INVALID_OPTION", "cached needs a name for its keys: give the function one, or name.");
}
