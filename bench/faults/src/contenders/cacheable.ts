import { Cacheable } from "cacheable";
import { type Contender, ttlMs } from "../contender.ts";
import type { Place } from "../topology.ts";
import { keyvStore } from "./keyv-store.ts";

/** cacheable with Redis as its only store, for otherwise its memory would answer. */
export async function openCacheable(place: Place): Promise<Contender> {
  const cache = new Cacheable({ primary: keyvStore(place) });
  const bulk = new Cacheable({ primary: keyvStore(place, { namespace: "bulk" }) });
  for (const each of [cache, bulk]) each.on("error", () => {});
  return {
    getOrSet: (name, id, load) => cache.getOrSet(`${name}:${id}`, load, { ttl: ttlMs[name] }),
    setBulk: (id, text) => bulk.set(`bulk:${id}`, text, ttlMs.bulk),
    clearBulk: () => bulk.clear(),
    close: () => Promise.all([cache.disconnect(), bulk.disconnect()]),
  };
}
