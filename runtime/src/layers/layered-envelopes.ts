import type { Envelopes } from "../backends/envelopes.ts";

/** Runs a change of these keys, before and after which nothing of them is near. */
type Change = <T>(keys: readonly string[], change: () => Promise<T>) => Promise<T>;

/** Entries with an envelope behind a near layer: they are far, and what changes them is a change of what is near. */
export function layeredEnvelopes(far: Envelopes, change: Change): Envelopes {
  return {
    clock: far.clock,
    head: (key) => far.head(key),
    setUnlessFresh: (key, ...rest) => change([key], () => far.setUnlessFresh(key, ...rest)),
    setManyUnlessFresh: (entries) =>
      change(
        entries.map(([key]) => key),
        () => far.setManyUnlessFresh(entries),
      ),
    expireIn: (key, ...rest) => change([key], () => far.expireIn(key, ...rest)),
    expireAt: (key, ...rest) => change([key], () => far.expireAt(key, ...rest)),
    deleteMany: (keys) => change(keys, () => far.deleteMany(keys)),
  };
}
