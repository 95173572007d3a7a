import type { Envelopes } from "./envelopes.ts";

/** Of a backend that stores nothing. */
export const noEnvelopes: Envelopes = {
  // There is no entry that it could be asked about.
  clock: { whenKnown: () => undefined, earliestMs: () => 0, latestMs: () => 0, isAhead: () => false },
  head: async () => undefined,
  setUnlessFresh: async () => true,
  async setManyUnlessFresh() {},
  expireIn: async () => false,
  expireAt: async () => false,
  deleteMany: async () => 0,
};
