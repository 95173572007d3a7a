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

/** Puts a cache before a loader. */
export function memoizeLoader<K, V, Missing extends undefined = never>(
  cache: Cache<K, V>,
  loader: Loader<K, V | Missing>,
): MemoizedLoader<K, V | Missing> {
  return Object.assign((key: K, options?: WaitOptions) => cache.getOrSet<Missing>(key, loader, options), {
    purge: (key: K, options?: WaitOptions) => cache.delete(key, options),
    refresh: (key: K, options?: WaitOptions) => cache.refresh<Missing>(key, loader, options),
  });
}
