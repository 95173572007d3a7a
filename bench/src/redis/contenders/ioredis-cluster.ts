import { Cluster } from "ioredis";
import { type Contender, type Place, type Stored, ttlMs } from "../contender.ts";
import { parsed } from "./ioredis.ts";

/** A Cluster by ioredis' own means: each call goes to its master, by a pipeline for each master where it says so. */
export async function openAutoPipelinedCluster(place: Place): Promise<Contender> {
  const { client, keyOf } = await connected(place, true);
  const get = async (id: number): Promise<Stored | undefined> => parsed(await client.get(keyOf(id)));
  const set = async (id: number, value: Stored): Promise<boolean> =>
    (await client.set(keyOf(id), JSON.stringify(value), "PX", ttlMs)) === "OK";
  return {
    get,
    set,
    getMany: (ids) => Promise.all(ids.map(get)),
    setMany: async (items) => (await Promise.all(items.map(([id, value]) => set(id, value)))).every(Boolean),
    close: () => client.quit(),
  };
}

/** What is best written by hand: a pipeline for each master. */
export async function openCluster(place: Place): Promise<Contender> {
  const { client, keyOf } = await connected(place, false);
  const masterOf = await masters(client, keyOf);
  return {
    get: async (id) => parsed(await client.get(keyOf(id))),
    set: async (id, value) => (await client.set(keyOf(id), JSON.stringify(value), "PX", ttlMs)) === "OK",
    async getMany(ids) {
      const found: (Stored | undefined)[] = [];
      const groups = await grouped(ids, masterOf);
      await Promise.all(
        groups.map(async (indexes) => {
          const pipeline = client.pipeline();
          for (const index of indexes) pipeline.get(keyOf(ids[index] as number));
          const replies = (await pipeline.exec()) ?? [];
          for (const [at, index] of indexes.entries()) found[index] = parsed(replies[at]?.[1] as string | null);
        }),
      );
      return found;
    },
    async setMany(items) {
      const groups = await grouped(
        items.map(([id]) => id),
        masterOf,
      );
      const stored = await Promise.all(
        groups.map(async (indexes) => {
          const pipeline = client.pipeline();
          for (const index of indexes) {
            const [id, value] = items[index] as (typeof items)[number];
            pipeline.set(keyOf(id), JSON.stringify(value), "PX", ttlMs);
          }
          return (await pipeline.exec())?.every(([error]) => error === null) === true;
        }),
      );
      return stored.every(Boolean);
    },
    close: () => client.quit(),
  };
}

async function connected(place: Place, enableAutoPipelining: boolean) {
  const client = new Cluster([...place.nodes], { enableAutoPipelining, lazyConnect: true });
  await client.connect();
  return { client, keyOf: (id: number): string => `${place.subject}:${id}` };
}

/** With which master the key of an id lies: as long as no slot moves, asking once is enough. */
async function masters(client: Cluster, keyOf: (id: number) => string): Promise<(id: number) => Promise<string>> {
  const ranges = await client.cluster("SLOTS");
  const known = new Map<number, string>();
  return async (id) => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const slot = Number(await client.cluster("KEYSLOT", keyOf(id)));
    const master = String(ranges.find(([first, last]) => first <= slot && slot <= last)?.[2]);
    known.set(id, master);
    return master;
  };
}

/** Indexes of the ids, by master. */
async function grouped(
  ids: readonly number[],
  masterOf: (id: number) => Promise<string>,
): Promise<readonly (readonly number[])[]> {
  const groups = new Map<string, number[]>();
  for (const [index, id] of ids.entries()) {
    const master = await masterOf(id);
    const group = groups.get(master);
    if (group === undefined) groups.set(master, [index]);
    else group.push(index);
  }
  return [...groups.values()];
}
