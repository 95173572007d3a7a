import { type CacheEntry, type Cache as CachifiedCache, cachified, totalTtl } from "@epic-web/cachified";
import { Redis } from "ioredis";
import { type Contender, type Place, type Stored, serverOf, ttlMs } from "../contender.ts";

/** cachified over the few lines that its interface for stores asks for. It reads through, and nothing else. */
export async function openCachified(place: Place): Promise<Contender> {
  const client = new Redis({ ...serverOf(place), lazyConnect: true });
  await client.connect();
  const cache: CachifiedCache = {
    async get(key) {
      const text = await client.get(key);
      return text === null ? undefined : (JSON.parse(text) as CacheEntry);
    },
    set: (key, entry) => client.set(key, JSON.stringify(entry), "PX", totalTtl(entry.metadata)),
    delete: (key) => client.del(key),
  };
  return {
    getOrSet: (id, load) =>
      cachified<Stored>({ key: `${place.subject}:${id}`, cache, getFreshValue: load, ttl: ttlMs }),
    close: () => client.quit(),
  };
}
