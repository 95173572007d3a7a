import type { FarEntries } from "../layers/far-entries.ts";
import type { NearLayer } from "../layers/near-layer.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { ClearOptions } from "./clear-run.ts";
import type { Envelopes } from "./envelopes.ts";
import type { GuardedBackend } from "./guarded-backend.ts";
import type { Leases } from "./leases.ts";
import type { LocalEntries } from "./local-entries.ts";
import type { Patience } from "./patience.ts";
import type { SyncBackend } from "./sync-backend.ts";

/** The keys that one cache owns in a backend that it may share with others. */
export interface KeyRange {
  /** Literal text that every owned key begins with; empty where there is none. */
  readonly head: string;
  /** Whether a key that begins with `head` is owned. */
  owns(key: string): boolean;
}

/** How long an entry may live, and whether it may replace another. */
export interface StoreOptions {
  /** Milliseconds, more than zero; absent for ever. */
  readonly ttlMs?: number | undefined;
  /** Store only where no live entry is. Default `false`. */
  readonly ifNotExists?: boolean | undefined;
}

/**
 * Where entries live. Keys are complete (prefix included); stored values are what the pipeline made, of the
 * {@link Kind} that the cache names. Durations are milliseconds.
 *
 * Every method rejects with a `BackendUnavailableError` when the backend is down or past its time; turning
 * that into a miss is the cache's task. A call must take effect before every call that is made after it.
 */
export interface Backend extends AsyncDisposable {
  /** For messages: the scheme, never a URL, which could hold a password. */
  readonly name: string;
  /** The kinds of stored value that it can hold. */
  readonly holds: readonly Kind[];
  /** Whether others may keep keys of their own in it, so that nothing without a literal head is cleared. */
  readonly isShared: boolean;
  /**
   * Present where entries are in this process: caches read them there without waiting, and may give it a `LiveValue` to
   * store, of which `get` and all others give what the pipeline makes.
   */
  readonly local?: LocalEntries | undefined;
  /** Present where some of the entries are in this process too: caches look there before they ask. */
  readonly near?: NearLayer | undefined;
  /** The backend that answers in the end, where this one is in front of another: outages are told of that one. */
  readonly behind?: Backend | undefined;
  /** Present where near layers of other processes can be told of what changes here. */
  readonly far?: FarEntries | undefined;
  /**
   * Whether single reads of one turn of the event loop are one request, so that small values need not be shared by those who read
   * the same key. Default `false`.
   */
  readonly gathersReads?: boolean | undefined;
  /** How long callers wait for what they could do without. Absent where every answer is there at once. */
  readonly patience?: Patience | undefined;
  /** Who loads what, among processes that share it. Absent where it has no means for that. */
  readonly leases?: Leases | undefined;
  /** What it does with entries that have an envelope. Absent where it can hold none, so that no policy may need one. */
  readonly envelopes?: Envelopes | undefined;
  /** Resolves when it can serve; rejects when it cannot. */
  ready(): Promise<void>;
  /**
   * The stored value, `undefined` where there is none or where the key holds something that is no entry.
   *
   * @param largeAsBytes - whether large text may come as its UTF-8, for who reads that piece by piece. Default `false`
   */
  get(key: string, as: Kind, largeAsBytes?: boolean): Promise<unknown>;
  /**
   * Aligned with `keys`. Where only some of several servers do not answer, the values of their keys are the
   * `BackendUnavailableError`.
   *
   * @param isForWrite - whether it is part of a write, which waits longer, and needs what is newest. Default `false`
   */
  getMany(keys: readonly string[], as: Kind, isForWrite?: boolean): Promise<unknown[]>;
  /** `false` only where `ifNotExists` met something. */
  set(key: string, stored: unknown, options: StoreOptions): Promise<boolean>;
  /** All or nothing for up to 500 entries, of 1 MiB together; beyond, chunk by chunk. */
  setMany(entries: readonly (readonly [key: string, stored: unknown])[], ttlMs: number | undefined): Promise<void>;
  /**
   * Stores each entry whose key has no live one, in one step for many of them. Absent where `set` for each is as quick. A key
   * comes once.
   */
  setManyIfAbsent?(
    entries: readonly (readonly [key: string, stored: unknown])[],
    ttlMs: number | undefined,
  ): Promise<void>;
  /**
   * Stores entries that have a lifetime each, `undefined` for ever, as `setMany` or `setManyIfAbsent` does. Absent where a call
   * for each lifetime is as quick. A key comes once.
   */
  setManyEach?(
    entries: readonly (readonly [key: string, stored: unknown, ttlMs: number | undefined])[],
    ifNotExists: boolean,
  ): Promise<void>;
  /** Whether there was an entry. `undefined` removes the expiry. */
  expireIn(key: string, ttlMs: number | undefined): Promise<boolean>;
  /** Whether there was an entry; a moment in the past deletes it. Milliseconds since 1970. */
  expireAt(key: string, atMs: number): Promise<boolean>;
  /** What is left, `"forever"` without an expiry, `undefined` without an entry. */
  ttl(key: string): Promise<number | "forever" | undefined>;
  has(key: string): Promise<boolean>;
  /** Whether the key holds something that is no entry, and that nothing but `set` replaces. Absent where nothing can be. */
  hasForeign?(key: string): Promise<boolean>;
  /** Reads and deletes in one step. */
  take(key: string, as: Kind): Promise<unknown>;
  /** Whether there was a live entry. */
  delete(key: string): Promise<boolean>;
  /**
   * How many replicas have everything that was answered before this is asked, as far as the key is concerned. Waits until
   * so many have, but no longer than the milliseconds. Absent where that cannot be told.
   */
  readonly awaitReplicas?: ((key: string, replicas: number, timeoutMs: number) => Promise<number>) | undefined;
  /**
   * The same entries, of which `get` and `getMany` are answered by replicas, and by masters where no replica answers; they
   * may be older than what was written. Absent where there are no replicas.
   *
   * @param closesThis - whether the end of the one is that of the other
   */
  readonly onReplicas?: ((closesThis: boolean) => Backend) | undefined;
  /** How many live entries there were. */
  deleteMany(keys: readonly string[]): Promise<number>;
  /**
   * The keys there are, of those that `range` owns, batch by batch; a batch may be empty. On a server whose table changes
   * meanwhile a key may come twice; an entry that is stored or deleted meanwhile may come or not.
   */
  scan(range: KeyRange): AsyncIterable<readonly string[]>;
  /**
   * Deletes what `range` owns and nothing else, in batches that keep nobody waiting; answers how many. `ClearRun` does
   * what the options ask for.
   */
  clear(range: KeyRange, options: ClearOptions): Promise<number>;
  /**
   * The same entries for callers that cannot wait for a promise; made once, and closed with this backend. Absent, or
   * throwing `INVALID_OPTION`, where it cannot serve them.
   */
  sync?(): SyncBackend;
  /**
   * The same entries, where changes void what a read has left for a load; made once, and closed with this backend. Absent where
   * it has no means for that.
   */
  readonly guarded?: (() => GuardedBackend) | undefined;
  /** Lets go of connections and memory. Safe to call twice. */
  close(): Promise<void>;
}
