import { Redis } from "ioredis";
import { type Contender, type Place, readThrough, type Stored, serverOf, ttlMs } from "../contender.ts";

/** What an application does that has a client and no library: the floor, and what the ratios are to. */
export async function openIoredis(place: Place, enableAutoPipelining: boolean): Promise<Contender> {
  const client = new Redis({ ...serverOf(place), enableAutoPipelining, lazyConnect: true });
  await client.connect();
  const keyOf = (id: number): string => `${place.subject}:${id}`;
  const get = async (id: number): Promise<Stored | undefined> => parsed(await client.get(keyOf(id)));
  const set = async (id: number, value: Stored): Promise<boolean> =>
    (await client.set(keyOf(id), JSON.stringify(value), "PX", ttlMs)) === "OK";
  return {
    get,
    set,
    getMany: async (ids) => (await client.mget(ids.map(keyOf))).map(parsed),
    async setMany(items) {
      const pipeline = client.pipeline();
      for (const [id, value] of items) pipeline.set(keyOf(id), JSON.stringify(value), "PX", ttlMs);
      const replies = await pipeline.exec();
      return replies?.every(([error]) => error === null) === true;
    },
    getOrSet: readThrough(get, set),
    close: () => client.quit(),
  };
}

export function parsed(text: string | null): Stored | undefined {
  return text === null ? undefined : (JSON.parse(text) as Stored);
}
