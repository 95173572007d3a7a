import { createCache } from "cache-manager";
import { type Contender, ttlMs } from "../contender.ts";
import type { Place } from "../topology.ts";
import { keyvStore } from "./keyv-store.ts";

export async function openCacheManager(place: Place): Promise<Contender> {
  const cache = createCache({ stores: [keyvStore(place)] });
  const bulk = createCache({ stores: [keyvStore(place, { namespace: "bulk" })] });
  return {
    getOrSet: (name, id, load) => cache.wrap(`${name}:${id}`, load, ttlMs[name]),
    setBulk: (id, text) => bulk.set(`bulk:${id}`, text, ttlMs.bulk),
    clearBulk: () => bulk.clear(),
    close: () => Promise.all([cache.disconnect(), bulk.disconnect()]),
  };
}
