import KeyvRedis from "@keyv/redis";
import { Keyv } from "keyv";
import { type Contender, ttlMs } from "../contender.ts";
import type { Product } from "../product.ts";

/** keyv, in the memory of the process without a URL. It has no getOrSet. */
export async function openKeyv(url?: string): Promise<Contender> {
  const keyv = url === undefined ? new Keyv<Product>() : new Keyv<Product>(new KeyvRedis<Product>(url));
  return {
    get: (id) => keyv.get(`product:${id}`),
    set: (id, product) => keyv.set(`product:${id}`, product, ttlMs),
    getMany: (ids) => keyv.getMany(ids.map((id) => `product:${id}`)),
    setMany: (items) =>
      keyv.setMany(items.map(([id, product]) => ({ key: `product:${id}`, value: product, ttl: ttlMs }))),
    close: () => keyv.disconnect(),
  };
}
