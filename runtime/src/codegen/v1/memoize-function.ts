import type { Cache } from "../../cache/cache.ts";
import type { SyncCache } from "../../cache/sync-cache.ts";
import type { AnyFunction, CachedFunction, SyncCachedFunction } from "../../memoize/cached-function.ts";

/**
 * A function of the user's that reads through a declared cache.
 *
 * @param original - gives the function when it is called: modules that import each other may not have it any sooner
 * @param keyFor - the key of a call
 * @param owner - the `this` of a method; without it, `this` is passed on
 */
export function memoizeFunction<F extends AnyFunction<V | undefined | PromiseLike<V | undefined>>, K, V>(
  cache: Cache<K, V>,
  original: () => F,
  keyFor: (...args: Parameters<F>) => K,
  owner?: () => unknown,
): CachedFunction<F, K> {
  // Async, so that what is thrown at once rejects as well.
  const call = async (self: unknown, args: Parameters<F>): Promise<V | undefined> =>
    Reflect.apply(original(), owner === undefined ? self : owner(), args);

  async function memoized(this: unknown, ...args: Parameters<F>): Promise<V | undefined> {
    return cache.getOrSet(keyFor(...args), () => call(this, args));
  }

  const methods = {
    purge: async (...args: Parameters<F>): Promise<boolean> => cache.delete(keyFor(...args)),
    refresh: async (...args: Parameters<F>): Promise<V | undefined> =>
      cache.refresh(keyFor(...args), () => call(undefined, args)),
    key: keyFor,
  };
  return withOriginal(Object.assign(memoized, methods), original) as never;
}

/** As `memoizeFunction`, without promises. */
export function memoizeSyncFunction<F extends AnyFunction<V | undefined>, K, V>(
  cache: SyncCache<K, V>,
  original: () => F,
  keyFor: (...args: Parameters<F>) => K,
  owner?: () => unknown,
): SyncCachedFunction<F, K> {
  const call = (self: unknown, args: Parameters<F>): V | undefined =>
    Reflect.apply(original(), owner === undefined ? self : owner(), args);

  function memoized(this: unknown, ...args: Parameters<F>): V | undefined {
    return cache.getOrSet(keyFor(...args), () => call(this, args));
  }

  const methods = {
    purge: (...args: Parameters<F>): boolean => cache.delete(keyFor(...args)),
    refresh: (...args: Parameters<F>): V | undefined => cache.refresh(keyFor(...args), () => call(undefined, args)),
    key: keyFor,
  };
  return withOriginal(Object.assign(memoized, methods), original) as never;
}

function withOriginal(memoized: AnyFunction, original: () => unknown): unknown {
  return Object.defineProperty(memoized, "original", { get: original, enumerable: true });
}
