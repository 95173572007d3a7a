import { createCache } from "cache-manager";
import { type Kept, type MemoryContender, type Subject, ttlMs } from "../contender.ts";

export async function openCacheManager(subject: Subject): Promise<MemoryContender> {
  const cache = createCache();
  const keyOf = (id: number): string => `${subject}:${id}`;
  return {
    get: (id) => cache.get<Kept>(keyOf(id)),
    set: (id, value) => cache.set(keyOf(id), value, ttlMs),
    getOrSet: (id, load) => cache.wrap(keyOf(id), load, ttlMs),
  };
}
