import { lru } from "tiny-lru";
import { asyncAround, type Kept, type MemoryContender, maxEntries, type Subject, ttlMs } from "../contender.ts";

export async function openTinyLru(subject: Subject): Promise<MemoryContender> {
  // By default the TTL of a key goes on from its first value, however often it is written.
  const cache = lru<Kept>(maxEntries, ttlMs, true);
  return asyncAround(
    { get: (key) => cache.get(key), set: (key, value) => cache.set(key, value) },
    (id) => `${subject}:${id}`,
  );
}
