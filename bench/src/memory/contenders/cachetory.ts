import { backendOf, generatedCache } from "../../generated-caches.ts";
import type { Kept, MemoryContender } from "../contender.ts";

/** A cache that `cachetory generate` makes. */
export async function openCachetory(name: string): Promise<MemoryContender> {
  const cache = await generatedCache<Kept>(name, backendOf("memory://"));
  return {
    peek: (id) => cache.peek({ id }),
    get: (id) => cache.get({ id }),
    set: (id, value) => cache.set({ id }, value),
    getOrSet: (id, load) => cache.getOrSet({ id }, load),
  };
}
