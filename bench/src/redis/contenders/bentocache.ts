import { BentoCache, bentostore } from "bentocache";
import { redisDriver } from "bentocache/drivers/redis";
import { type Contender, type Place, type Stored, serverOf, ttlMs } from "../contender.ts";

/** bentocache with Redis as its only layer, for otherwise its memory would answer. */
export async function openBentocache(place: Place): Promise<Contender> {
  const store = bentostore().useL2Layer(redisDriver({ connection: serverOf(place) }));
  const cache = new BentoCache({ default: "only", stores: { only: store } });
  const keyOf = (id: number): string => `${place.subject}:${id}`;
  return {
    get: (id) => cache.get<Stored>({ key: keyOf(id) }),
    set: (id, value) => cache.set({ key: keyOf(id), value, ttl: ttlMs }),
    getOrSet: (id, load) => cache.getOrSet({ key: keyOf(id), factory: load, ttl: ttlMs }),
    close: () => cache.disconnectAll(),
  };
}
