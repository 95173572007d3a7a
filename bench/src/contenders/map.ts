import { type Contender, ttlMs } from "../contender.ts";
import type { Product } from "../product.ts";

/** A map with an expiry for each entry: the least that a cache in memory can do. */
export function openMap<Stored>(
  encode: (product: Product) => Stored,
  decode: (stored: Stored) => Product,
): Promise<Contender> {
  const entries = new Map<string, { readonly stored: Stored; readonly expiresAtMs: number }>();
  const read = (id: number): Product | undefined => {
    const entry = entries.get(`product:${id}`);
    return entry !== undefined && entry.expiresAtMs > Date.now() ? decode(entry.stored) : undefined;
  };
  const write = (id: number, product: Product): void => {
    entries.set(`product:${id}`, { stored: encode(product), expiresAtMs: Date.now() + ttlMs });
  };
  return Promise.resolve({
    get: async (id) => read(id),
    set: async (id, product) => write(id, product),
    getMany: async (ids) => ids.map(read),
    async setMany(items) {
      for (const [id, product] of items) write(id, product);
    },
    async getOrSet(id, load) {
      const found = read(id);
      if (found !== undefined) return found;
      const loaded = await load();
      write(id, loaded);
      return loaded;
    },
    close: async () => entries.clear(),
  });
}
