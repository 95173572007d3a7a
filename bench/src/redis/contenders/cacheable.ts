import { createKeyv } from "@keyv/redis";
import { Cacheable } from "cacheable";
import { type Contender, type Place, type Stored, ttlMs, urlOf } from "../contender.ts";

/** cacheable with Redis as its only store, for otherwise its memory would answer. */
export async function openCacheable(place: Place): Promise<Contender> {
  const cache = new Cacheable({ primary: createKeyv(urlOf(place)) });
  const keyOf = (id: number): string => `${place.subject}:${id}`;
  return {
    get: (id) => cache.get<Stored>(keyOf(id)),
    set: (id, value) => cache.set(keyOf(id), value, ttlMs),
    getMany: (ids) => cache.getMany<Stored>(ids.map(keyOf)),
    setMany: (items) => cache.setMany(items.map(([id, value]) => ({ key: keyOf(id), value, ttl: ttlMs }))),
    getOrSet: (id, load) => cache.getOrSet(keyOf(id), load, { ttl: ttlMs }),
    close: () => cache.disconnect(),
  };
}
