import { BentoCache, bentostore } from "bentocache";
import { memoryDriver } from "bentocache/drivers/memory";
import { redisDriver } from "bentocache/drivers/redis";
import { type Contender, ttlMs } from "../contender.ts";
import type { Product } from "../product.ts";

/** bentocache with Redis as its only layer, for otherwise its memory would answer; in memory without a URL. */
export async function openBentocache(url?: string): Promise<Contender> {
  const store =
    url === undefined
      ? bentostore().useL1Layer(memoryDriver({ maxItems: 10_000 }))
      : bentostore().useL2Layer(redisDriver({ connection: connection(url) }));
  const cache = new BentoCache({ default: "products", stores: { products: store } });
  return {
    get: (id) => cache.get<Product>({ key: `product:${id}` }),
    set: (id, product) => cache.set({ key: `product:${id}`, value: product, ttl: ttlMs }),
    getOrSet: (id, load) => cache.getOrSet({ key: `product:${id}`, factory: load, ttl: ttlMs }),
    close: () => cache.disconnectAll(),
  };
}

function connection(url: string): { readonly host: string; readonly port: number; readonly db: number } {
  const { hostname, port, pathname } = new URL(url);
  return { host: hostname, port: Number(port), db: Number(pathname.slice(1)) };
}
