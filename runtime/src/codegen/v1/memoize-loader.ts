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

/** Puts a cache before a loader; `undefined` comes out only where it may come out of the loader. */
export function memoizeLoader<K, V, Missing extends undefined = never>(
  cache: Cache<K, V>,
  loader: Loader<K, V | Missing>,
): MemoizedLoader<K, V | Missing> {
  const read = (key: K, options?: WaitOptions): Promise<V | undefined> => cache.getOrSet(key, loader, options);
  // A hit is a V, and a miss is what the loader gives.
  return Object.assign(read as MemoizedLoader<K, V | Missing>, {
    purge: (key: K, options?: WaitOptions) => cache.delete(key, options),
    refresh: (key: K, options?: WaitOptions) => cache.refresh(key, loader, options) as Promise<V | Missing>,
  });
}
