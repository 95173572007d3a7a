import { type CacheEntry, cachified } from "@epic-web/cachified";
import { LRUCache } from "lru-cache";
import { type Kept, type MemoryContender, maxEntries, type Subject, ttlMs } from "../contender.ts";

/** cachified over lru-cache, as its documentation shows. It reads through, and nothing else. */
export async function openCachified(subject: Subject): Promise<MemoryContender> {
  const cache = new LRUCache<string, CacheEntry>({ max: maxEntries });
  return {
    getOrSet: (id, load) => cachified<Kept>({ key: `${subject}:${id}`, cache, getFreshValue: load, ttl: ttlMs }),
  };
}
