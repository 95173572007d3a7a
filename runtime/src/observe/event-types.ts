import type { MissReason } from "../cache/miss.ts";

/**
 * The operation that an event is of. Calls of `batch` and of memoized functions are the `getOrSet`, `getOrSetMany` and
 * `refresh` that they make.
 */
export type Operation =
  | "clear"
  | "delete"
  | "deleteMany"
  | "expireAt"
  | "expireIn"
  | "get"
  | "getMany"
  | "getOrSet"
  | "getOrSetMany"
  | "getOrThrow"
  | "invalidateTags"
  | "peek"
  | "refresh"
  | "set"
  | "setMany"
  | "take"
  | "touch";

/** Which cache an event is of. Nothing in it grows with the number of keys. */
export interface EventSource {
  /** The cache, as declared. */
  readonly cache: string;
  /** The pattern of its keys, such as `user:{userId}`; `undefined` where keys are strings. */
  readonly pattern: string | undefined;
  /** Its backend: as declared, else what the backend calls itself, such as `redis`. */
  readonly backend: string;
}

/** `cachetory:hit`: a read of one key that had a value. Callers that share a load are one read. */
export interface HitEvent extends EventSource {
  readonly operation: Operation;
  /** Whether the value has outlived its time, and was given because the cache declares that it may be. */
  readonly isStale: boolean;
  /**
   * The layer that had it, where a cache has two; `"gutter"` where the backend has not answered, and the value is one that this
   * process had loaded a moment before.
   */
  readonly layer: "near" | "far" | "gutter" | undefined;
  /** The text of the key; `undefined` unless the cache has `eventKeys`. */
  readonly key: string | undefined;
}

/** `cachetory:miss`: a read of one key that had none. */
export interface MissEvent extends EventSource {
  readonly operation: Operation;
  readonly reason: MissReason;
  /** What went wrong, where something did: a {@link CachetoryError} mostly. Its message shows neither key nor value. */
  readonly error: unknown;
  /** The text of the key; `undefined` unless the cache has `eventKeys`. */
  readonly key: string | undefined;
}

/** What took its time, and may have failed. */
export interface TimedEvent extends EventSource {
  readonly operation: Operation;
  readonly outcome: "done" | "failed";
  readonly durationMs: number;
  /** Why it failed. */
  readonly error: unknown;
  /** The text of the keys; `undefined` unless the cache has `eventKeys`, and of `clear`, which has none. */
  readonly keys: readonly string[] | undefined;
}

/** `cachetory:load`: one call of a loader. */
export interface LoadEvent extends TimedEvent {
  /** How many keys it was asked for. */
  readonly keyCount: number;
}

/** `cachetory:store`: one write of entries; of `getOrSet`, `getOrSetMany` and `refresh`, what was loaded. */
export interface StoreEvent extends TimedEvent {
  /**
   * How many the backend took; 0 where somebody had stored one before, or a change has overtaken it. Of `getOrSetMany`, how many it was
   * given.
   */
  readonly entryCount: number;
}

/** `cachetory:invalidation`: `delete`, `deleteMany`, `take`, `clear`, `invalidateTags`. */
export interface InvalidationEvent extends TimedEvent {
  /** How many entries there were; 0 of `invalidateTags`, which looks for none. */
  readonly entryCount: number;
}

/** `cachetory:lifetime`: `expireIn`, `expireAt` and `touch`, of which zero and the past delete. */
export interface LifetimeEvent extends TimedEvent {
  /** How many entries there were: 0 or 1. */
  readonly entryCount: number;
}

/** `cachetory:eviction`: an entry that a backend in this process has let go of before its time. */
export interface EvictionEvent {
  readonly backend: string;
  /** `full`: for others to have room. `too-large`: it was larger than all that the backend may hold. */
  readonly reason: "full" | "too-large";
  /** What it was counted for. */
  readonly bytes: number;
}

/** `cachetory:outage`: a backend has stopped to answer, or to store what was loaded (`refusing`), or does again (`up`). */
export interface OutageEvent {
  readonly backend: string;
  readonly state: "down" | "refusing" | "up";
  /** Why; `undefined` for `up`. */
  readonly error: unknown;
}

/**
 * `cachetory:breaker`: a server that does not answer is left alone (`open`), has answered again and is asked by a growing share of
 * calls (`half-open`), or by all (`closed`).
 */
export interface BreakerEvent {
  readonly backend: string;
  /** The server: host and port, the path of its socket, or the name by which sentinels know it. */
  readonly node: string;
  readonly state: "open" | "half-open" | "closed";
  /** What opened it; `undefined` for the others. */
  readonly error: unknown;
}

/** `cachetory:recovery`: an invalidation that failed was queued, done later, or given up. */
export interface RecoveryEvent extends EventSource {
  readonly state: "queued" | "done" | "given-up";
  /** How many keys it is for; 0 for a `clear`. */
  readonly keyCount: number;
  readonly error: unknown;
}

/** `cachetory:overload`: a load was not done, because as many ran as may. */
export interface OverloadEvent extends EventSource {
  readonly operation: Operation;
  /** How many may run at once. */
  readonly maxLoads: number;
  /** How many keys it was for. */
  readonly keyCount: number;
}

/** The events of caches by their kind: on `node:diagnostics_channel`, that of `hit` is the channel `cachetory:hit`. */
export interface CacheEventMap {
  readonly hit: HitEvent;
  readonly miss: MissEvent;
  readonly load: LoadEvent;
  readonly store: StoreEvent;
  readonly invalidation: InvalidationEvent;
  readonly lifetime: LifetimeEvent;
  readonly eviction: EvictionEvent;
  readonly outage: OutageEvent;
  readonly breaker: BreakerEvent;
  readonly recovery: RecoveryEvent;
  readonly overload: OverloadEvent;
}
