import { createKeyv } from "@keyv/redis";
import { Cacheable } from "cacheable";
import { type Contender, ttlMs } from "../contender.ts";
import type { Product } from "../product.ts";

/** cacheable with Redis as its only store, for otherwise its memory would answer; in memory without a URL. */
export async function openCacheable(url?: string): Promise<Contender> {
  const cache = new Cacheable(url === undefined ? {} : { primary: createKeyv(url) });
  return {
    get: (id) => cache.get<Product>(`product:${id}`),
    set: (id, product) => cache.set(`product:${id}`, product, ttlMs),
    getMany: (ids) => cache.getMany<Product>(ids.map((id) => `product:${id}`)),
    setMany: (items) =>
      cache.setMany(items.map(([id, product]) => ({ key: `product:${id}`, value: product, ttl: ttlMs }))),
    getOrSet: (id, load) => cache.getOrSet(`product:${id}`, load, { ttl: ttlMs }),
    close: () => cache.disconnect(),
  };
}
