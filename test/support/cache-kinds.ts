import { Cache, type CacheOptions, SyncCache } from "@cachetory/runtime";
import { type CacheFace, liftCache } from "./lift-cache.ts";

/** Both caches behind one face: what holds for one holds for the other. */
export const cacheKinds = {
  Cache: <K, V>(options: CacheOptions<K, V>): CacheFace<K, V> => new Cache(options),
  SyncCache: <K, V>(options: CacheOptions<K, V>): CacheFace<K, V> => liftCache(new SyncCache(options)),
} as const;

export const cacheKindNames = ["Cache", "SyncCache"] as const;
