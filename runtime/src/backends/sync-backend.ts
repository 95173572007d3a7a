import type { Kind } from "../serializers/serializer.ts";
import type { KeyRange, StoreOptions } from "./backend.ts";
import type { ClearOptions } from "./clear-run.ts";
import type { LocalEntries } from "./local-entries.ts";

/** As `ClearOptions`, without a signal: a thread that is blocked sees nobody abort. What `onProgress` throws ends the call. */
export type SyncClearOptions = Omit<ClearOptions, "signal">;

/**
 * A `Backend` without promises: the same methods with the same meaning, each of which has its answer when it returns.
 * Every method throws a `BackendUnavailableError` when the backend is down or past its time.
 */
export interface SyncBackend extends Disposable {
  /** For messages: the scheme, never a URL, which could hold a password. */
  readonly name: string;
  /** The kinds of stored value that it can hold. */
  readonly holds: readonly Kind[];
  /** Whether others may keep keys of their own in it, so that nothing without a literal head is cleared. */
  readonly isShared: boolean;
  /** As that of `Backend`. */
  readonly local?: LocalEntries | undefined;
  /** Returns when it can serve; throws when it cannot. */
  ready(): void;
  /** The stored value, `undefined` where there is none or where the key holds something that is no entry. */
  get(key: string, as: Kind): unknown;
  /**
   * Aligned with `keys`. Where only some of several servers do not answer, the values of their keys are the
   * `BackendUnavailableError`.
   */
  getMany(keys: readonly string[], as: Kind): unknown[];
  /** `false` only where `ifNotExists` met something. */
  set(key: string, stored: unknown, options: StoreOptions): boolean;
  /**
   * As `set`, for what was loaded: no longer than a read may take, and what is late is deleted behind it. Absent where nothing
   * is ever late.
   */
  storeLoaded?(key: string, stored: unknown, options: StoreOptions): boolean;
  /** As that of `Backend`. */
  hasForeign?(key: string): boolean;
  /** All or nothing for up to 500 entries, of 1 MiB together; beyond, chunk by chunk. */
  setMany(entries: readonly (readonly [key: string, stored: unknown])[], ttlMs: number | undefined): void;
  /** As that of `Backend`. */
  setManyEach?(
    entries: readonly (readonly [key: string, stored: unknown, ttlMs: number | undefined])[],
    ifNotExists: boolean,
  ): void;
  /** Whether there was an entry. `undefined` removes the expiry. */
  expireIn(key: string, ttlMs: number | undefined): boolean;
  /** Whether there was an entry; a moment in the past deletes it. Milliseconds since 1970. */
  expireAt(key: string, atMs: number): boolean;
  /** What is left, `"forever"` without an expiry, `undefined` without an entry. */
  ttl(key: string): number | "forever" | undefined;
  has(key: string): boolean;
  /** Reads and deletes in one step. */
  take(key: string, as: Kind): unknown;
  /** Whether there was a live entry. */
  delete(key: string): boolean;
  /** How many live entries there were. */
  deleteMany(keys: readonly string[]): number;
  /**
   * The keys there are, of those that `range` owns, batch by batch; a batch may be empty. On a server whose table changes
   * meanwhile a key may come twice; an entry that is stored or deleted meanwhile may come or not.
   */
  scan(range: KeyRange): Iterable<readonly string[]>;
  /** Deletes what `range` owns and nothing else; answers how many. `SyncClearRun` does what the options ask for. */
  clear(range: KeyRange, options: SyncClearOptions): number;
  /** Lets go of connections and memory. Safe to call twice. */
  close(): void;
}
