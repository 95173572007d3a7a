import { createCache } from "async-cache-dedupe";
import { Redis } from "ioredis";
import { type Contender, type Place, type Stored, serverOf, ttlMs } from "../contender.ts";

/** async-cache-dedupe: functions whose results are kept, and nothing else. */
export async function openAsyncCacheDedupe(place: Place): Promise<Contender> {
  const client = new Redis({ ...serverOf(place), lazyConnect: true });
  await client.connect();
  let loadNext: () => Promise<Stored> = noLoader;
  const cache = createCache({ ttl: ttlMs / 1000, storage: { type: "redis", options: { client } } }).define(
    place.subject,
    (_id: number) => loadNext(),
  );
  const read = cache[place.subject] as unknown as (id: number) => Promise<Stored>;
  return {
    getOrSet(id, load) {
      loadNext = load;
      return read(id);
    },
    close: () => client.quit(),
  };
}

function noLoader(): never {
  throw new Error("Nothing says how to load.");
}
