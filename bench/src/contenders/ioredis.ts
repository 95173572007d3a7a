import { Redis } from "ioredis";
import { type Contender, ttlMs } from "../contender.ts";
import type { Product } from "../product.ts";

/** What an application does that has a client and no library: the floor, and what the ratios are to. */
export async function openIoredis(url: string, enableAutoPipelining: boolean): Promise<Contender> {
  const client = new Redis(url, { enableAutoPipelining, lazyConnect: true });
  await client.connect();
  const get = async (id: number): Promise<Product | undefined> => parsed(await client.get(`product:${id}`));
  const set = async (id: number, product: Product): Promise<boolean> =>
    (await client.set(`product:${id}`, JSON.stringify(product), "PX", ttlMs)) === "OK";
  return {
    get,
    set,
    async getMany(ids) {
      const found = await client.mget(ids.map((id) => `product:${id}`));
      return found.map(parsed);
    },
    async setMany(items) {
      const pipeline = client.pipeline();
      for (const [id, product] of items) pipeline.set(`product:${id}`, JSON.stringify(product), "PX", ttlMs);
      const replies = await pipeline.exec();
      return replies?.every(([error]) => error === null) === true;
    },
    async getOrSet(id, load) {
      const found = await get(id);
      if (found !== undefined) return found;
      const loaded = await load();
      await set(id, loaded);
      return loaded;
    },
    close: () => client.quit(),
  };
}

function parsed(text: string | null): Product | undefined {
  return text === null ? undefined : (JSON.parse(text) as Product);
}
