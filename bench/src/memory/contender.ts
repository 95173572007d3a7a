/** What is kept: objects that say which they are. */
export interface Kept {
  readonly id: number;
}

/** How long entries live, in milliseconds: longer than any run. */
export const ttlMs = 3_600_000;

/** As many as a library may keep that has a bound: more than there are. */
export const maxEntries = 10_000;

/** What entries are, by the name of the generated cache with JSON: of 350 B, of 12 KB. */
export type Subject = "product" | "page";

/** One way to keep values in the memory of the process. An operation that a library does not have shows as a dash. */
export interface MemoryContender {
  /** A hit, without a promise. */
  readonly peek?: (id: number) => Kept | undefined;
  /** A hit. */
  readonly get?: (id: number) => Promise<Kept | undefined>;
  /** With a TTL, where the contender has any. */
  readonly set?: (id: number, value: Kept) => Promise<unknown>;
  /** A hit, so `load` is for filling only. */
  readonly getOrSet?: (id: number, load: () => Promise<Kept>) => Promise<Kept | undefined>;
}

/** A contender by the name that its row has. */
export interface MemoryEntrant {
  readonly name: string;
  /** What is no cache: the yardsticks. */
  readonly isYardstick?: boolean;
  /** What is only a part of one: it has nothing to be read by. */
  readonly isPart?: boolean;
  /** From this major version of Node on; from 20 on by default. */
  readonly fromNode?: number;
  readonly open: (subject: Subject) => Promise<MemoryContender>;
}

/** The same by key instead of by id, without promises. */
export interface SyncStore {
  readonly get: (key: string) => Kept | undefined;
  readonly set: (key: string, value: Kept) => unknown;
}

/** An async function around what has none: what an application writes that may have another store one day. */
export function asyncAround({ get, set }: SyncStore, keyOf: (id: number) => string): MemoryContender {
  return {
    peek: (id) => get(keyOf(id)),
    get: async (id) => get(keyOf(id)),
    set: async (id, value) => set(keyOf(id), value),
    async getOrSet(id, load) {
      const key = keyOf(id);
      const found = get(key);
      if (found !== undefined) return found;
      const loaded = await load();
      set(key, loaded);
      return loaded;
    },
  };
}
