/** The clock by which entries of a backend are fresh, the same for all processes that use it. */
export interface BackendClock {
  /**
   * `undefined` where it is known; else a promise that resolves when it is, or rejects when the backend does not answer, which
   * a read does not wait for as long as a write.
   */
  whenKnown(kind: "read" | "write"): Promise<void> | undefined;
  /** Milliseconds since 1970, surely not later than it is there: what is stored now counts from it. */
  earliestMs(): number;
  /** The same, surely not earlier. */
  latestMs(): number;
  /** Whether a moment is surely still to come there. */
  isAhead(atMs: number): boolean;
}

/** An entry for {@link Envelopes.setManyUnlessFresh}. */
export type EntryUnlessFresh = readonly [
  key: string,
  stored: unknown,
  ttlMs: number | undefined,
  replaces: number | undefined,
];

/**
 * What a backend does with entries that begin with an envelope, which says until when they are fresh: they live longer than
 * that, and a policy may still want them. One that is no longer fresh, and one that has no envelope, counts as no entry for all of
 * these but where it says so.
 */
export interface Envelopes {
  readonly clock: BackendClock;
  /** The beginning of what is stored, as text: all of its header, if it has one. `undefined` where nothing is. */
  head(key: string): Promise<string | undefined>;
  /**
   * Stores where no fresh entry is, and nothing that has no envelope; whether it did.
   *
   * @param replaces - stores in place of the entry that is fresh until this moment, and only if that is still there
   */
  setUnlessFresh(key: string, stored: unknown, ttlMs: number | undefined, replaces?: number): Promise<boolean>;
  /** The same for each of many. */
  setManyUnlessFresh(entries: readonly EntryUnlessFresh[]): Promise<void>;
  /**
   * Lets an entry be fresh for so long from now on; whether there was one. `undefined` for ever.
   *
   * @param extraMs - how long it is kept after that
   */
  expireIn(key: string, freshMs: number | undefined, extraMs: number): Promise<boolean>;
  /** The same until a moment, in milliseconds since 1970; the past deletes whatever is there. */
  expireAt(key: string, freshUntilMs: number, extraMs: number): Promise<boolean>;
  /** Deletes whatever is there; how many were fresh. */
  deleteMany(keys: readonly string[]): Promise<number>;
}
