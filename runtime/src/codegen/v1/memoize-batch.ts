import type { Cache } from "../../cache/cache.ts";
import { alignedValues, type LoadedMany } from "../../cache/loaded-many.ts";
import { CachetoryError } from "../../errors.ts";
import type { AnyFunction, CachedFunction } from "../../memoize/cached-function.ts";

/** How calls of a function are loaded many at once; `I` is what stands for a call. */
export interface BatchedCalls<F extends AnyFunction, I, K, V> {
  itemOf(...args: Parameters<F>): I;
  keyOf(item: I): K;
  /** Calls the batch function. Keys of a map or of pairs that it answers with are items, or of a type that all items have. */
  load(items: I[]): LoadedMany<unknown, V | Error> | PromiseLike<LoadedMany<unknown, V | Error>>;
  /** What an array is that it answers with, where its elements leave that open. Default: what they look like. */
  readonly answers?: "values" | "pairs";
  /** The most items that it is given at once. Default: no limit. */
  readonly maxBatch?: number;
  /** Whether the function never gives `undefined`, so that a call without a value is an error. */
  readonly isRequired?: true;
}

/**
 * A function of the user's whose calls read through a declared cache, those of one turn of the event loop together; what is
 * missing, a function that loads many loads.
 *
 * @param original - gives the function when it is called: modules that import each other may not have it any sooner
 */
export function memoizeBatch<F extends AnyFunction<V | undefined | PromiseLike<V | undefined>>, I, K, V>(
  cache: Cache<K, V>,
  original: () => F,
  { itemOf, keyOf, load, answers, maxBatch, isRequired }: BatchedCalls<F, I, K, V>,
): CachedFunction<F, K> {
  const loadMany = async (items: I[]): Promise<LoadedMany<I, V | Error>> => {
    // Whatever else the type of its keys allows, an answer is for what was asked.
    const loaded = (await load(items)) as LoadedMany<I, V | Error>;
    if (answers === undefined || !Array.isArray(loaded)) return loaded;
    return answers === "pairs" ? new Map(loaded) : alignedValues(items, loaded);
  };
  const batch = cache.batch<I>(loadMany, { keyOf, maxBatch });

  const required = async (item: I, loading: Promise<V | undefined>): Promise<V> => {
    const value = await loading;
    if (value !== undefined) return value;
    throw new CachetoryError(
      "NOT_LOADED",
      `${cache.name}: the batch function has no value for a key that it was asked for, and the function that it loads for ` +
        "never gives undefined. Give an Error in its place, or let the function say that there may be none.",
      { key: cache.keyOf(keyOf(item)) },
    );
  };
  const answer = (args: Parameters<F>, operation: "get" | "refresh"): Promise<V | undefined> => {
    // Not async: a promise more for each call is what a hundred of them notice.
    try {
      const item = itemOf(...args);
      const loading = batch[operation](item);
      return isRequired === true ? required(item, loading) : loading;
    } catch (cause) {
      return Promise.reject(cause);
    }
  };

  const memoized = (...args: Parameters<F>): Promise<V | undefined> => answer(args, "get");
  const methods = {
    purge: async (...args: Parameters<F>): Promise<boolean> => cache.delete(keyOf(itemOf(...args))),
    refresh: (...args: Parameters<F>): Promise<V | undefined> => answer(args, "refresh"),
    key: (...args: Parameters<F>): K => keyOf(itemOf(...args)),
  };
  const wrapper = Object.assign(memoized, methods);
  return Object.defineProperty(wrapper, "original", { get: original, enumerable: true }) as never;
}

/** One wrapper for each instance, so that its calls meet, however often the wrapper is asked for. */
export function perInstance<T extends object, W>(wrap: (instance: T) => W): (instance: T) => W {
  const wrappers = new WeakMap<T, { readonly wrapper: W }>();
  return (instance) => {
    const known = wrappers.get(instance) ?? { wrapper: wrap(instance) };
    wrappers.set(instance, known);
    return known.wrapper;
  };
}
