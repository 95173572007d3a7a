/**
 * What entries of a cache depend on besides their keys: records of the same backend, of which each holds a version. Entries
 * remember the versions that there were before they were loaded, and are worth nothing where one has changed.
 */
export interface Versions {
  /** The keys of the records, the same for equal keys of the cache. They are read with the entry, as text. */
  recordsOf(key: unknown): readonly string[];
  /** The keys of further records, which only an entry tells of; they are read after it. Default none. */
  recordsOfEntry?(versions: readonly string[]): readonly string[];
  /** Whether an entry with these versions still holds, by what the records hold now, those of the key first; `undefined` where there is none. */
  hold(versions: readonly string[], records: readonly unknown[]): boolean;
  /**
   * What an entry of this key is to remember, before it is loaded or set.
   *
   * @param records - what the records held when the key was read; `undefined` where it was not
   */
  toStore(key: unknown, records: readonly unknown[] | undefined): readonly string[] | Promise<readonly string[]>;
  /** Lets the records of an entry of this key, with these versions, live as long as a new one: it gets a new lifetime. Default nothing. */
  extend?(key: unknown, versions: readonly string[]): void;
  /** Runs what calls `toStore` for many keys, so that it takes one step for all of them. Default: it runs it. */
  together?<T>(run: () => T): T;
  /**
   * Looks at the value at once, and makes what an entry with it is to remember of what `toStore` gave: nothing, for one that does
   * not hold. Default the same.
   */
  withValue?(
    value: unknown,
    key: unknown,
  ): (versions: readonly string[]) => readonly string[] | Promise<readonly string[]>;
}

/** What the envelope of a new entry says beside its expiry. */
export interface Stamp {
  /** Until when the entry is fresh that it may replace, as its envelope says; `undefined` for any that is not fresh. */
  readonly replaces: number | undefined;
  /** When it was made, by the monotonic clock. */
  readonly sinceMs: number;
  /** How long the load took, in milliseconds; `undefined` for what was not loaded. */
  readonly loadMs: number | undefined;
  readonly versions: readonly string[];
}

/** What it is at the end of its load; `undefined` where nothing is remembered. */
export function loadedNow(stamp: Stamp | undefined): Stamp | undefined {
  return stamp && { ...stamp, loadMs: performance.now() - stamp.sinceMs };
}

/** What it is before the load. */
export function newStamp(replaces: number | undefined, versions: readonly string[]): Stamp {
  return { replaces, sinceMs: performance.now(), loadMs: undefined, versions };
}
