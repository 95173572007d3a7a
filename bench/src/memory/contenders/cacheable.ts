import { Cacheable } from "cacheable";
import { type Kept, type MemoryContender, type Subject, ttlMs } from "../contender.ts";

export async function openCacheable(subject: Subject): Promise<MemoryContender> {
  const cache = new Cacheable();
  const keyOf = (id: number): string => `${subject}:${id}`;
  return {
    get: (id) => cache.get<Kept>(keyOf(id)),
    set: (id, value) => cache.set(keyOf(id), value, ttlMs),
    getOrSet: (id, load) => cache.getOrSet(keyOf(id), load, { ttl: ttlMs }),
  };
}
