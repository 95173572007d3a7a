import { createKeyv } from "@keyv/redis";
import { createCache } from "cache-manager";
import { type Contender, ttlMs } from "../contender.ts";
import type { Product } from "../product.ts";

/** cache-manager, in the memory of the process without a URL. */
export async function openCacheManager(url?: string): Promise<Contender> {
  const cache = createCache(url === undefined ? {} : { stores: [createKeyv(url)] });
  return {
    get: (id) => cache.get<Product>(`product:${id}`),
    set: (id, product) => cache.set(`product:${id}`, product, ttlMs),
    getMany: (ids) => cache.mget<Product>(ids.map((id) => `product:${id}`)),
    setMany: (items) =>
      cache.mset(items.map(([id, product]) => ({ key: `product:${id}`, value: product, ttl: ttlMs }))),
    getOrSet: (id, load) => cache.wrap(`product:${id}`, load, ttlMs),
    close: () => cache.disconnect(),
  };
}
