import type { SyncLoader } from "../../cache/options.ts";
import type { SyncCache } from "../../cache/sync-cache.ts";

/** A loader that reads through a cache without promises. */
export interface SyncMemoizedLoader<K, R> {
  /** The cached value, else what the loader gives. */
  (key: K): R;
  /** Deletes the entry; whether there was one. */
  purge(key: K): boolean;
  /** Loads anew, whatever is stored, and stores it. */
  refresh(key: K): R;
}

/** Lets a loader read through a cache, by default the declared one; `undefined` comes out only of a loader that gives it. */
export interface SyncMemoizer<K, V> {
  (loader: SyncLoader<K, V>, cache?: SyncCache<K, V>): SyncMemoizedLoader<K, V>;
  (loader: SyncLoader<K, V | undefined>, cache?: SyncCache<K, V>): SyncMemoizedLoader<K, V | undefined>;
}

/** The memoizer of a declared cache without promises. */
export function syncMemoizer<K, V>(declared: SyncCache<K, V>): SyncMemoizer<K, V> {
  const memoize = (loader: SyncLoader<K, V | undefined>, cache = declared): SyncMemoizedLoader<K, V | undefined> =>
    Object.assign((key: K) => cache.getOrSet(key, loader), {
      purge: (key: K) => cache.delete(key),
      refresh: (key: K) => cache.refresh(key, loader),
    });
  // A hit is a V, and a miss is what the loader gives: never undefined where the loader does not say so.
  return memoize as SyncMemoizer<K, V>;
}
