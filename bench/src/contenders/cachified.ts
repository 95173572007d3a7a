import { type CacheEntry, type Cache as CachifiedCache, cachified, totalTtl } from "@epic-web/cachified";
import { Redis } from "ioredis";
import { LRUCache } from "lru-cache";
import { type Contender, ttlMs } from "../contender.ts";
import type { Product } from "../product.ts";

/** cachified over lru-cache, as its documentation shows. It reads through, and nothing else. */
export async function openCachifiedMemory(): Promise<Contender> {
  const entries = new LRUCache<string, CacheEntry>({ max: 10_000 });
  return contender(entries, async () => entries.clear());
}

/** cachified over the few lines that its interface for stores asks for. */
export async function openCachifiedRedis(url: string): Promise<Contender> {
  const client = new Redis(url, { lazyConnect: true });
  await client.connect();
  const cache: CachifiedCache = {
    async get(key) {
      const text = await client.get(key);
      return text === null ? undefined : (JSON.parse(text) as CacheEntry);
    },
    set: (key, entry) => client.set(key, JSON.stringify(entry), "PX", totalTtl(entry.metadata)),
    delete: (key) => client.del(key),
  };
  return contender(cache, () => client.quit());
}

function contender(cache: CachifiedCache, close: () => Promise<unknown>): Contender {
  return {
    getOrSet: (id, load) => cachified<Product>({ key: `product:${id}`, cache, getFreshValue: load, ttl: ttlMs }),
    close,
  };
}
