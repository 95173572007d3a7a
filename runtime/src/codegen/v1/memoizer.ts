import type { Cache } from "../../cache/cache.ts";
import type { Loader, WaitOptions } from "../../cache/options.ts";

/** A loader that reads through a cache. */
export interface MemoizedLoader<K, R> {
  /** The cached value, else what the loader gives. */
  (key: K, options?: WaitOptions): Promise<R>;
  /** Deletes the entry; whether there was one. */
  purge(key: K, options?: WaitOptions): Promise<boolean>;
  /** Loads anew, whatever is stored, and stores it. */
  refresh(key: K, options?: WaitOptions): Promise<R>;
}

/** Lets a loader read through a cache, by default the declared one; `undefined` comes out only of a loader that gives it. */
export interface Memoizer<K, V> {
  (loader: Loader<K, V>, cache?: Cache<K, V>): MemoizedLoader<K, V>;
  (loader: Loader<K, V | undefined>, cache?: Cache<K, V>): MemoizedLoader<K, V | undefined>;
}

/** The memoizer of a declared cache. */
export function memoizer<K, V>(declared: Cache<K, V>): Memoizer<K, V> {
  const memoize = (loader: Loader<K, V | undefined>, cache = declared): MemoizedLoader<K, V | undefined> =>
    Object.assign((key: K, options?: WaitOptions) => cache.getOrSet(key, loader, options), {
      purge: (key: K, options?: WaitOptions) => cache.delete(key, options),
      refresh: (key: K, options?: WaitOptions) => cache.refresh(key, loader, options),
    });
  // A hit is a V, and a miss is what the loader gives: never undefined where the loader does not say so.
  return memoize as Memoizer<K, V>;
}
