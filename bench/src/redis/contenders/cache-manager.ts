import { createKeyv } from "@keyv/redis";
import { createCache } from "cache-manager";
import { type Contender, type Place, type Stored, ttlMs, urlOf } from "../contender.ts";

export async function openCacheManager(place: Place): Promise<Contender> {
  const cache = createCache({ stores: [createKeyv(urlOf(place))] });
  const keyOf = (id: number): string => `${place.subject}:${id}`;
  return {
    get: (id) => cache.get<Stored>(keyOf(id)),
    set: (id, value) => cache.set(keyOf(id), value, ttlMs),
    getMany: (ids) => cache.mget<Stored>(ids.map(keyOf)),
    setMany: (items) => cache.mset(items.map(([id, value]) => ({ key: keyOf(id), value, ttl: ttlMs }))),
    getOrSet: (id, load) => cache.wrap(keyOf(id), load, ttlMs),
    close: () => cache.disconnect(),
  };
}
