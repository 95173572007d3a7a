import KeyvRedis from "@keyv/redis";
import { Keyv } from "keyv";
import { type Contender, type Place, type Stored, ttlMs, urlOf } from "../contender.ts";

/** keyv 5: version 6 has no released store for Redis. It has no getOrSet. */
export async function openKeyv(place: Place): Promise<Contender> {
  const keyv = new Keyv<Stored>(new KeyvRedis<Stored>(urlOf(place)));
  const keyOf = (id: number): string => `${place.subject}:${id}`;
  return {
    get: (id) => keyv.get(keyOf(id)),
    set: (id, value) => keyv.set(keyOf(id), value, ttlMs),
    getMany: (ids) => keyv.getMany(ids.map(keyOf)),
    setMany: (items) => keyv.setMany(items.map(([id, value]) => ({ key: keyOf(id), value, ttl: ttlMs }))),
    close: () => keyv.disconnect(),
  };
}
