import { BentoCache, bentostore } from "bentocache";
import { memoryDriver } from "bentocache/drivers/memory";
import { type Kept, type MemoryContender, maxEntries, type Subject, ttlMs } from "../contender.ts";

export async function openBentocache(subject: Subject): Promise<MemoryContender> {
  const store = bentostore().useL1Layer(memoryDriver({ maxItems: maxEntries }));
  const cache = new BentoCache({ default: "only", stores: { only: store } });
  const keyOf = (id: number): string => `${subject}:${id}`;
  return {
    get: (id) => cache.get<Kept>({ key: keyOf(id) }),
    set: (id, value) => cache.set({ key: keyOf(id), value, ttl: ttlMs }),
    getOrSet: (id, load) => cache.getOrSet({ key: keyOf(id), factory: load, ttl: ttlMs }),
  };
}
