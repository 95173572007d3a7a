import { LRUCache } from "lru-cache";
import { asyncAround, type Kept, type MemoryContender, maxEntries, type Subject, ttlMs } from "../contender.ts";

export async function openLruCache(subject: Subject): Promise<MemoryContender> {
  const cache = new LRUCache<string, Kept>({ max: maxEntries, ttl: ttlMs });
  return asyncAround(
    { get: (key) => cache.get(key), set: (key, value) => cache.set(key, value) },
    (id) => `${subject}:${id}`,
  );
}
