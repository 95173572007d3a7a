import type { AbortSignalLike } from "../abort.ts";
import type { Backend } from "../backends/backend.ts";
import type { SyncBackend } from "../backends/sync-backend.ts";
import type { KeyPattern } from "../keys/key-pattern.ts";
import type { Offload } from "../offload/offload.ts";
import type { OnBackendError } from "../policies/backend-errors.ts";
import type { WriteBack } from "../policies/guarded-write-back.ts";
import type { GutterOptions } from "../policies/gutter.ts";
import type { Negative } from "../policies/negative.ts";
import type { RefreshAhead } from "../policies/refresh-ahead.ts";
import type { SingleFlightOptions } from "../policies/single-flight.ts";
import type { StaleOptions } from "../policies/stale.ts";
import type { TimeoutOptions } from "../policies/timeouts.ts";
import type { Serializer } from "../serializers/serializer.ts";
import type { TagOptions } from "../tags/tag-versions.ts";
import type { Validate } from "../validation/misfit.ts";
import type { CallerIsolation } from "./copies.ts";
import type { KeyPath } from "./key-index.ts";
import type { LiveValues } from "./live-values.ts";
import type { LoadedMany } from "./loaded-many.ts";
import type { LoaderContext } from "./one-load.ts";
import type { Ttl } from "./ttl.ts";
import type { Versions } from "./versions.ts";

/** How a {@link Cache} is made. */
export interface CacheOptions<K, V> extends BasicCacheOptions<K, V> {
  /** Where entries live; a function is called when the cache is first used. */
  readonly backend: Backend | (() => Backend);
  /**
   * Who shares the load of a key: callers in one process, or in all that share the backend, which must be a Redis then. Default
   * `"process"`.
   */
  readonly singleFlight?: "process" | "cluster" | SingleFlightOptions | undefined;
  /**
   * Whether a loaded value is stored if the key has no entry by then, or, `"guarded"`, only if nobody has changed or deleted it
   * since before the load, in any process with such a cache; the backend must be a Redis then. Default `"if-absent"`.
   */
  readonly writeBack?: WriteBack | undefined;
  /** Which values are serialized and compressed in worker threads: what `offload` gives. Default none. */
  readonly offload?: Offload | undefined;
  /**
   * Who waits for one load together: each has a value of its own (`"clone"`), or all have the very same and are trusted
   * (`"share"`). Default `"clone"`. Where `live` is given, a copy is what a reader has of a value that is kept.
   */
  readonly isolation?: CallerIsolation | undefined;
  /**
   * Who answers reads of a Redis Cluster, or of what sentinels name: its masters, or its replicas as long as they answer, which
   * may know older entries, or entries that are deleted. Entries in this process are read where they are. Default
   * `"master"`.
   */
  readonly reads?: "master" | "replica" | undefined;
  /**
   * Whether an invalidation that the backend does not answer waits until it does, instead of being rejected. Until then its
   * keys are read as misses. A `set` that fails is rejected all the same, and its key invalidated. Default `false`.
   */
  readonly recovery?: boolean | RecoveryOptions | undefined;
  /**
   * How many calls of loaders run at once in this process, from 1; one of `getOrSetMany` is one, for however many keys. A load too many
   * serves what is stale, where `stale` has it, and rejects with an `OverloadError` otherwise. Default without limit.
   */
  readonly maxLoads?: number | undefined;
  /** For how long after its ttl a value may still be served. Default: not at all. */
  readonly stale?: StaleOptions | undefined;
  /** When what loads refreshes an entry that is still fresh, behind its caller. Default: never. */
  readonly refreshAhead?: RefreshAhead | undefined;
  /** How long a caller waits for a load. Default: as long as it takes. */
  readonly timeouts?: TimeoutOptions | undefined;
  /** What entries depend on besides their keys. Default: nothing. */
  readonly versions?: Versions | undefined;
  /** By which names entries of several caches are invalidated together. Default none. */
  readonly tags?: TagOptions<K, V> | undefined;
}

/** How many invalidations a cache keeps that its backend has not got. */
export interface RecoveryOptions {
  /** More count as one of the whole cache. From 1, default 1,000. */
  readonly maxKeys?: number | undefined;
}

/** How a {@link SyncCache} is made. */
export interface SyncCacheOptions<K, V> extends BasicCacheOptions<K, V> {
  /**
   * Where entries live: a backend without promises, or one that has such a face; a function is called when the cache is
   * first used.
   */
  readonly backend: SyncBackend | Backend | (() => SyncBackend | Backend);
}

/** What every cache is made of, besides its backend. */
export interface BasicCacheOptions<K, V> extends KeySource<K> {
  /** How a value becomes what is stored; a function is called when the cache is first used. */
  readonly serializer: Serializer<V> | (() => Serializer<V>);
  /**
   * Finds the first misfit of a value that was read, which then is a miss; it must not change the value. Default: what the
   * serializer reads is taken for a value.
   */
  readonly validate?: Validate | undefined;
  /** How a backend in this process keeps values as they are. Default: it keeps what the serializer makes of them. */
  readonly live?: LiveValues | undefined;
  /**
   * What this process keeps of what it loads while a backend that others share does not answer, in at most 8 MB of its memory,
   * so that reads of the same keys do not load again each time; `false`: nothing. Default `{ ttl: "1s", maxEntries: 1000 }`.
   */
  readonly gutter?: false | GutterOptions | undefined;
  /** For messages. Default `"cache"`. */
  readonly name?: string | undefined;
  /** What events call the backend. Default: what it calls itself, such as `redis`. */
  readonly backendName?: string | undefined;
  /** Whether events hold the text of keys, and so what is in their parameters. Default `false`. */
  readonly eventKeys?: boolean | undefined;
  /** How long an entry lives. Default `"forever"`. */
  readonly ttl?: Ttl | undefined;
  /** The longest ttl that a call may ask for. Default without limit. */
  readonly maxTtl?: Ttl | undefined;
  /**
   * How long an entry with this value lives, where the call that stores it says no ttl; what is longer than `ttl` is cut.
   * Default: `ttl`.
   */
  readonly ttlOf?: ((value: V) => Ttl) | undefined;
  /**
   * What becomes of `null`: `"store"` keeps it as any other value, `"skip"` answers a loaded one without storing it and
   * refuses a given one, `{ ttl: "30s" }` lets it live so long at most. Default `"store"`.
   */
  readonly negative?: Negative | undefined;
  /**
   * The share of each lifetime that chance may take away, from 0 to less than 1, so that what is stored together does not
   * expire together. Default 0.
   */
  readonly jitter?: number | undefined;
  /** The most bytes that the stored form of a value may have. Default without limit. */
  readonly maxValueBytes?: number | undefined;
  /**
   * Whether a read that the backend does not answer finds nothing, or rejects with a `BackendUnavailableError`, those of loads
   * included: then the loader is not called, and there is no gutter. Default `"miss"`.
   */
  readonly onBackendError?: OnBackendError | undefined;
  /** Where chance comes from: numbers from 0 to less than 1. Default `Math.random`. */
  readonly random?: (() => number) | undefined;
  /** Whether `close` closes the backend too. Default `true`; `false` where caches share one. */
  readonly closesBackend?: boolean | undefined;
}

/** What makes the text of keys. */
export interface KeySource<K> {
  /** Put before every key. Default none. */
  readonly prefix?: string | undefined;
  /** The text of a key, prefix not included. Default: the key itself, a string. */
  readonly keyText?: ((key: K) => string) | undefined;
  /**
   * How an entry is found by the parameters of its key, where those that are the same for a `Map` make the same text: so
   * what is in this process is found again without a text. Default none.
   */
  readonly keyPath?: KeyPath<K> | undefined;
  /** The declared key as data, so that `clear` finds exactly what `keyText` makes. */
  readonly pattern?: KeyPattern | undefined;
}

/** Options of whatever can wait. An abort rejects with the signal's reason; what was sent is not taken back. */
export interface WaitOptions {
  readonly signal?: AbortSignalLike | undefined;
}

/** Options of reads. */
export interface ReadOptions extends WaitOptions {
  /** Whether a value counts that is no longer fresh and is kept for loads, as the cache's `stale` says. Default `false`. */
  readonly stale?: boolean | undefined;
}

/** Options of `set`. */
export interface SetOptions extends WaitOptions {
  /** Default: the cache's ttl. Zero and less delete, or change nothing with `ifNotExists`. */
  readonly ttl?: Ttl | undefined;
  /** Store only where no live entry is. Default `false`. */
  readonly ifNotExists?: boolean | undefined;
}

/** Options of `delete`. */
export interface DeleteOptions extends WaitOptions {
  /**
   * How many replicas of a Redis must have got the deletion before the call resolves, which it does not do otherwise.
   * Default 0.
   */
  readonly replicas?: number | undefined;
  /** How long they are waited for, from 1 to 60,000 ms. Default 1,000. */
  readonly replicasTimeoutMs?: number | undefined;
}

/** Options of `setMany`, `touch`. */
export interface TtlOptions extends WaitOptions {
  /** Default: the cache's ttl. */
  readonly ttl?: Ttl | undefined;
}

/** Options of `refresh`. */
export interface RefreshOptions<V> extends WaitOptions {
  /** Of the loaded value. Default: the cache's ttl. */
  readonly ttl?: Ttl | ((value: V) => Ttl) | undefined;
  /** Whether to store the loaded value. Default: always. */
  readonly storeIf?: ((value: V) => boolean) | undefined;
  /** How long this call waits for the load. Default: as the cache says. */
  readonly timeouts?: TimeoutOptions | undefined;
}

/** Options of `getOrSet` and `getOrSetMany`. */
export interface LoadOptions<V> extends RefreshOptions<V> {
  /** Whether what somebody else has stored during the load stays. Default `true`. */
  readonly ifNotExists?: boolean | undefined;
}

/**
 * Finds the values of many keys, or of other items that make keys, where they really live, as that of `getOrSetMany` does.
 * An `Error` in place of a value is the failure of one, whatever the type of the values.
 */
export type BatchLoader<I, V> = (
  items: I[],
  context: LoaderContext,
) => LoadedMany<I, V | Error> | PromiseLike<LoadedMany<I, V | Error>>;

/** Options of `batch`. */
export interface BatchOptions<I, V> {
  /** The most items that one call of the loader is given; for more, it is called more than once. Default: no limit. */
  readonly maxBatch?: number | undefined;
  /** Of the loaded value. Default: the cache's ttl. */
  readonly ttl?: Ttl | ((value: V, item: I) => Ttl) | undefined;
  /** Whether to store the loaded value. Default: always. */
  readonly storeIf?: ((value: V, item: I) => boolean) | undefined;
  /** Whether what somebody else has stored during the load stays. Default `true`. */
  readonly ifNotExists?: boolean | undefined;
  /** How long its callers wait for a load. Default: as the cache says. */
  readonly timeouts?: TimeoutOptions | undefined;
}

/** Options of `batch` over items that are no keys. */
export interface ItemBatchOptions<K, I, V> extends BatchOptions<I, V> {
  readonly keyOf: (item: I) => K;
}

/** Some of the parameters of a declared key; keys that are strings have none. */
export type KeySelection<K> = K extends string ? undefined : Partial<K>;

/** Finds the value of a key where it really lives. `undefined` is answered to the caller and not stored. */
export type Loader<K, R> = (key: K, context: LoaderContext) => R | Promise<R>;

/** Options of `set` of a {@link SyncCache}. */
export type SyncSetOptions = Omit<SetOptions, "signal">;

/** Options of `setMany` and `touch` of a {@link SyncCache}. */
export type SyncTtlOptions = Omit<TtlOptions, "signal">;

/** Options of `refresh` of a {@link SyncCache}. */
export type SyncRefreshOptions<V> = Omit<RefreshOptions<V>, "signal" | "timeouts">;

/** Options of `getOrSet` and `getOrSetMany` of a {@link SyncCache}. */
export type SyncLoadOptions<V> = Omit<LoadOptions<V>, "signal" | "timeouts">;

/** As {@link Loader}, for a {@link SyncCache}: what it gives is the value, and no promise of it. */
export type SyncLoader<K, R> = (key: K) => R;
