import QuickLRU from "quick-lru";
import { asyncAround, type Kept, type MemoryContender, maxEntries, type Subject, ttlMs } from "../contender.ts";

export async function openQuickLru(subject: Subject): Promise<MemoryContender> {
  const cache = new QuickLRU<string, Kept>({ maxSize: maxEntries, maxAge: ttlMs });
  return asyncAround(
    { get: (key) => cache.get(key), set: (key, value) => cache.set(key, value) },
    (id) => `${subject}:${id}`,
  );
}
