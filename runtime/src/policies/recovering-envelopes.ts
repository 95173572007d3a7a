import type { EntryUnlessFresh, Envelopes } from "../backends/envelopes.ts";

/** What a recovering backend does about keys that may be invalid. */
export interface Guard {
  /** Asks where the key is valid, and rejects where it is not. */
  ask<T>(key: string, question: () => Promise<T>): Promise<T>;
  /** Stores where nothing is, after what is there and invalid has been deleted. */
  fill<T>(keys: readonly string[], store: () => Promise<T>): Promise<T>;
  /** Deletes now, or when the backend answers. */
  delete(keys: readonly string[], remove: () => Promise<number>): Promise<number>;
}

/** The envelopes of a backend that keeps invalidations which could not be done. */
export function recoveringEnvelopes(envelopes: Envelopes, guard: Guard): Envelopes {
  const keysOf = (entries: readonly EntryUnlessFresh[]): readonly string[] => entries.map(([key]) => key);
  return {
    clock: envelopes.clock,
    head: (key) => guard.ask(key, () => envelopes.head(key)),
    setUnlessFresh: (key, ...rest) => guard.fill([key], () => envelopes.setUnlessFresh(key, ...rest)),
    setManyUnlessFresh: (entries) => guard.fill(keysOf(entries), () => envelopes.setManyUnlessFresh(entries)),
    expireIn: (key, ...rest) => guard.ask(key, () => envelopes.expireIn(key, ...rest)),
    expireAt: (key, ...rest) => guard.ask(key, () => envelopes.expireAt(key, ...rest)),
    deleteMany: (keys) => guard.delete(keys, () => envelopes.deleteMany(keys)),
  };
}
