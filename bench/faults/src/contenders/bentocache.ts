import { BentoCache, bentostore } from "bentocache";
import { redisDriver } from "bentocache/drivers/redis";
import type { Redis } from "ioredis";
import { type Contender, ttlMs } from "../contender.ts";
import { addressOf, type Place } from "../topology.ts";
import { ioredisClient } from "./ioredis-client.ts";

/** bentocache with Redis as its only layer, for otherwise its memory would answer. */
export async function openBentocache(place: Place): Promise<Contender> {
  const driver = redisDriver({
    // A client of ioredis is what it asks for where there is more than one server. Its types name one kind of two.
    connection: place.topology === "alone" ? addressOf(place) : (ioredisClient(place) as Redis),
  });
  const cache = new BentoCache({ default: "only", stores: { only: bentostore().useL2Layer(driver) } });
  const bulk = cache.namespace("bulk");
  return {
    getOrSet: (name, id, load) => cache.getOrSet({ key: `${name}:${id}`, factory: load, ttl: ttlMs[name] }),
    setBulk: (id, text) => bulk.set({ key: `bulk:${id}`, value: text, ttl: ttlMs.bulk }),
    clearBulk: () => bulk.clear(),
    close: () => cache.disconnectAll(),
  };
}
