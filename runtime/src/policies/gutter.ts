import type { LocalEntries, LocalEntry } from "../backends/local-entries.ts";
import { MemoryStore } from "../backends/memory-store.ts";
import type { RunningLoads } from "../backends/running-loads.ts";
import { Miss } from "../cache/miss.ts";
import { type LifeMs, type Ttl, ttlMs } from "../cache/ttl.ts";
import { CachetoryError } from "../errors.ts";
import { nameBackend } from "../observe/backend-names.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { OnBackendError } from "./backend-errors.ts";

/** What a process keeps of what it loads while the backend does not answer. */
export interface GutterOptions {
  /** How long a value is kept, and so how old one may be that another process has changed. Default `"1s"`. */
  readonly ttl?: Ttl | undefined;
  /** How many are kept, of a cache. From 1, default 1,000. */
  readonly maxEntries?: number | undefined;
}

/** The same, checked. */
export interface GutterPolicy {
  readonly ttlMs: number;
  readonly maxEntries: number;
}

/** The most that is kept of one cache. */
const maxBytes = 8 * 1024 * 1024;

/**
 * `undefined` where nothing is kept.
 *
 * @throws CachetoryError `INVALID_DURATION`, `INVALID_OPTION`
 */
export function gutterPolicy(
  cacheName: string,
  {
    gutter,
    onBackendError,
  }: { readonly gutter?: false | GutterOptions | undefined; readonly onBackendError?: OnBackendError | undefined },
): GutterPolicy | undefined {
  if (onBackendError === "throw" && gutter !== undefined && gutter !== false) {
    const message = `${cacheName}: a gutter has nothing to do where reads without an answer are rejected (onBackendError: "throw"). Leave out one of them.`;
    throw new CachetoryError("INVALID_OPTION", message);
  }
  if (gutter === false || onBackendError === "throw") return undefined;
  const { ttl = "1s", maxEntries = 1000 } = gutter ?? {};
  const lifeMs = ttlMs(ttl);
  if (lifeMs === "forever" || lifeMs <= 0) {
    const message = `${cacheName}: the ttl of gutter has an end, and is more than zero. To keep nothing, write gutter: false.`;
    throw new CachetoryError("INVALID_OPTION", message);
  }
  if (Number.isSafeInteger(maxEntries) && maxEntries >= 1) return { ttlMs: lifeMs, maxEntries };
  const message = `${cacheName}: maxEntries of gutter must be a whole number from 1, but is ${maxEntries}.`;
  throw new CachetoryError("INVALID_OPTION", message);
}

/** What is said of a loaded value that is to be kept. */
export interface Kept {
  /** When it was loaded, by `performance.now()`. Default: now. */
  readonly loadedAtMs?: number;
  /** Whether the backend answers, but has refused to store it. Default `false`. */
  readonly isRefused?: boolean;
}

/** What is used of the codec of a cache, without envelopes. */
export interface ValueCodec<V> {
  readonly isOffloaded: boolean;
  readonly serializer: { readonly out: Kind };
  encode(value: V, key: unknown): unknown;
  encodeLocal(value: V, key: unknown): unknown;
  decode(stored: unknown, key: unknown): V | Miss | Promise<V | Miss>;
  decodeLocal(local: LocalEntries, entry: LocalEntry, key: unknown): V | Miss;
}

/**
 * What one cache has loaded while its backend did not answer, for a short time and in the memory of this process: so that a key
 * that many ask for is not loaded for each of them. It is kept as a cache on `memory://` would keep it, so nobody can
 * change what another one gets. What this process changes is gone from it at once, whether the backend was told or not.
 */
export class Gutter<V> implements RunningLoads {
  readonly #policy: GutterPolicy;
  readonly #codec: ValueCodec<V>;
  /** What is invalidated by changes on the backend. */
  #all: Set<RunningLoads> | undefined;
  /** Absent while nothing is kept. */
  #store: MemoryStore | undefined;
  /** The keys of what is kept, as they were then; those of what has gone since are swept now and then. */
  readonly #keys = new Map<string, unknown>();
  /** Those that the backend has refused to store: that it has no entry says nothing of them. */
  readonly #refused = new Set<string>();
  /** What worker threads still make. */
  readonly #making = new Map<string, Promise<unknown>>();
  /** By then all has ended. */
  #untilMs = 0;
  #isClosed = false;

  constructor(policy: GutterPolicy, codec: ValueCodec<V>) {
    this.#policy = policy;
    this.#codec = codec;
  }

  /** From now on it is among these while it keeps anything. */
  join(all: Set<RunningLoads>): void {
    this.#all = all;
  }

  /** Keeps a loaded value, but no longer than it would live in the backend. What cannot be made into an entry is not kept. */
  keep(text: string, key: unknown, value: V, lifeMs: LifeMs, { loadedAtMs, isRefused = false }: Kept = {}): void {
    const { ttlMs } = this.#policy;
    const nowMs = performance.now();
    const untilMs = (loadedAtMs ?? nowMs) + (lifeMs === "forever" ? ttlMs : Math.min(lifeMs, ttlMs));
    if (untilMs <= nowMs || this.#isClosed) return;
    if (isRefused) this.#refused.add(text);
    const made = this.#made(value, key);
    if (!(made instanceof Promise)) {
      if (made !== undefined) this.#add(text, key, made, untilMs);
      return;
    }
    this.#all?.add(this);
    this.#making.set(text, made);
    const done = (stored: unknown): void => {
      // A change of the key has come first.
      if (this.#making.get(text) !== made) return;
      this.#making.delete(text);
      if (stored === undefined) this.#releaseIfEmpty();
      else this.#add(text, key, stored, untilMs);
    };
    made.then(done, () => done(undefined));
  }

  /** The value; `undefined` where there is none. */
  read(text: string, key: unknown): V | Promise<V | Miss> | undefined {
    const store = this.#store;
    const found = store?.find(text);
    if (store === undefined || found === undefined) return undefined;
    const value = this.#codec.isOffloaded
      ? this.#codec.decode(store.read(found, this.#codec.serializer.out), key)
      : this.#codec.decodeLocal(store, found, key);
    return value instanceof Miss ? undefined : value;
  }

  /** The value where the backend has no entry, because it has refused to store it. */
  readRefused(text: string, key: unknown): V | Promise<V | Miss> | undefined {
    return this.#refused.has(text) ? this.read(text, key) : undefined;
  }

  /** The backend has an entry that others have stored: from now on it is what holds, and that there is none. */
  found(text: string): void {
    if (this.#refused.size > 0 && this.#refused.has(text)) this.invalidate(text);
  }

  /** The backend has answered a read of the key: what it says is what holds from now on, unless it has refused to store. */
  answered(text: string): void {
    if ((this.#store === undefined && this.#making.size === 0) || this.#refused.has(text)) return;
    if (performance.now() >= this.#untilMs && this.#making.size === 0) this.clear();
    else this.invalidate(text);
  }

  invalidate(text: string): void {
    this.#making.delete(text);
    this.#refused.delete(text);
    this.#keys.delete(text);
    this.#store?.delete(text);
    this.#releaseIfEmpty();
  }

  invalidateWhere(owns: (text: string) => boolean): void {
    for (const text of [...this.#keys.keys(), ...this.#making.keys()]) if (owns(text)) this.invalidate(text);
  }

  /** What worker threads still make goes too, whatever its key is. */
  invalidateKeys(owns: (key: unknown) => boolean): void {
    this.#making.clear();
    for (const [text, key] of this.#keys) if (key === unknownKey || owns(key)) this.invalidate(text);
    this.#releaseIfEmpty();
  }

  /** Nothing is kept any more, now and later. */
  close(): void {
    this.#isClosed = true;
    this.clear();
  }

  clear(): void {
    this.#making.clear();
    this.#store?.close();
    this.#store = undefined;
    this.#keys.clear();
    this.#refused.clear();
    this.#all?.delete(this);
  }

  #made(value: V, key: unknown): unknown {
    try {
      return this.#codec.isOffloaded ? this.#codec.encode(value, key) : this.#codec.encodeLocal(value, key);
    } catch {
      // Whoever tries to store it tells why.
      return undefined;
    }
  }

  #add(text: string, key: unknown, stored: unknown, untilMs: number): void {
    const leftMs = untilMs - performance.now();
    if (leftMs <= 0) return;
    this.#store ??= newStore(this.#policy.maxEntries);
    this.#store.set(text, stored, { ttlMs: leftMs });
    this.#keys.set(text, snapshotOf(key));
    this.#untilMs = Math.max(this.#untilMs, untilMs);
    this.#all?.add(this);
    if (this.#keys.size > 2 * this.#policy.maxEntries) this.#sweepKeys(this.#store);
  }

  #sweepKeys(store: MemoryStore): void {
    for (const text of this.#keys.keys()) {
      if (store.has(text)) continue;
      this.#keys.delete(text);
      this.#refused.delete(text);
    }
  }

  #releaseIfEmpty(): void {
    if (this.#making.size === 0 && (this.#store === undefined || this.#store.size === 0)) this.clear();
  }
}

const unknownKey = Symbol("a key that cannot be copied");

/** Whoever has given a key may use the same object for the next one. */
function snapshotOf(key: unknown): unknown {
  if (typeof key !== "object" || key === null) return key;
  if (isFlat(key)) return { ...key };
  try {
    return structuredClone(key);
  } catch {
    return unknownKey;
  }
}

/** Most keys are. To clone one takes longer than all else, and a caller is waiting. */
function isFlat(key: object): boolean {
  if (Object.getPrototypeOf(key) !== Object.prototype) return false;
  return Object.values(key).every(
    (value) => value === null || (typeof value !== "object" && typeof value !== "function"),
  );
}

function newStore(maxEntries: number): MemoryStore {
  // With a clock that is given, it has no timer.
  const store = new MemoryStore({ maxEntries, maxBytes, now: () => performance.now() });
  nameBackend(store, "gutter");
  return store;
}
