import type { SyncBackend, SyncClearOptions } from "../backends/sync-backend.ts";
import { syncFaceOf } from "../backends/sync-face.ts";
import { CacheMissError, ofEntry } from "../errors.ts";
import { CacheEvents, type Change } from "../observe/cache-events.ts";
import { gutterPolicy } from "../policies/gutter.ts";
import type { Serializer } from "../serializers/serializer.ts";
import { CacheKeys } from "./cache-keys.ts";
import { Codec } from "./codec.ts";
import type { Hits } from "./hits.ts";
import { type Items, pairsOf } from "./items.ts";
import { Lifetimes } from "./lifetimes.ts";
import { type LoadedMany, pairUp } from "./loaded-many.ts";
import { Miss } from "./miss.ts";
import { type LocalCodec, NearReads } from "./near-reads.ts";
import type {
  KeySelection,
  SyncCacheOptions,
  SyncLoader,
  SyncLoadOptions,
  SyncRefreshOptions,
  SyncSetOptions,
  SyncTtlOptions,
} from "./options.ts";
import { refuseNoLoader } from "./refuse-given.ts";
import { storeEachSync } from "./store-each.ts";
import { SyncEntries } from "./sync-entries.ts";
import { refusePromise, SyncLoads } from "./sync-loads.ts";
import type { LifeMs, Ttl } from "./ttl.ts";

const noOptions = {};

/**
 * A {@link Cache} without promises: the same operations with the same meaning, each of which has its answer when it
 * returns. On a network it holds up the whole thread meanwhile, so it is for scripts, build tools and start-up code.
 *
 * Reads never throw because of the backend: what it cannot answer is a miss. Writes do throw (`UNAVAILABLE`). Every
 * operation throws `INVALID_KEY` where the key is not of its type.
 *
 * @typeParam K - the key: a string, or the parameters of a declared key
 * @typeParam V - the value; `null` is a value, `undefined` is not
 *
 * @example
 * ```ts
 * using cache = new SyncCache<string, number>({
 *   serializer: serializerFromUrl("json"),
 *   backend: syncBackendFromUrl("memory://"),
 *   ttl: "10m",
 * });
 * cache.set("answer", 42);
 * cache.get("answer"); // 42
 * ```
 */
export class SyncCache<K = string, V = unknown> implements Disposable {
  /** As declared, for messages. */
  readonly name: string;
  readonly #entries: SyncEntries<V>;
  readonly #codec: Codec<V>;
  readonly #loads: SyncLoads<V>;
  readonly #events: CacheEvents<K>;
  readonly #keys: CacheKeys<K>;
  readonly #near: NearReads<K, V>;
  readonly #lifetimes: Lifetimes<V>;
  readonly #closesBackend: boolean;

  /**
   * @throws CachetoryError `INVALID_DURATION`; `INVALID_OPTION` where the backend answers with promises alone;
   * `INVALID_PIPELINE` where it cannot hold what the serializer makes
   */
  constructor(options: SyncCacheOptions<K, V>) {
    const { backend: source } = options;
    this.name = options.name ?? "cache";
    // What its entries are given as keys are texts already.
    this.#codec = new Codec(
      this.name,
      {
        serializer: options.serializer,
        validate: options.validate,
        live: options.live,
        maxValueBytes: options.maxValueBytes,
        pattern: options.pattern,
      },
      (text: string) => text,
    );
    this.#keys = new CacheKeys(this.name, options);
    this.#events = new CacheEvents(
      this.name,
      options,
      (key) => this.keyOf(key),
      () => this.#entries.backend,
    );
    const open = (): SyncBackend => syncFaceOf(typeof source === "function" ? source() : source);
    const gutter = gutterPolicy(this.name, options);
    this.#entries = new SyncEntries(open, this.#codec, this.#events, options.onBackendError, gutter);
    this.#loads = new SyncLoads(this.name, this.#entries, this.#events);
    // Near reads are given what callers name an entry by, and this codec the text of it.
    const textFor = (key: unknown): string => (this.#codec.bindsKey ? this.keyOf(key as K) : "");
    const near: LocalCodec<V> = {
      hasEnvelope: false,
      decodeLocal: (local, entry, key) => this.#codec.decodeLocal(local, entry, textFor(key)),
      encodeLocal: (value, key) => this.#codec.encodeLocal(value, textFor(key)),
    };
    this.#near = new NearReads(this.#entries, near, this.#keys, options.keyPath);
    this.#lifetimes = new Lifetimes(this.name, options);
    this.#closesBackend = options.closesBackend ?? true;
    if (typeof source !== "function" && typeof options.serializer !== "function") {
      this.#codec.refuseUnfit(syncFaceOf(source));
    }
  }

  /** The steps from a value to what is stored. */
  get serializer(): Serializer<V> {
    return this.#codec.serializer;
  }

  /**
   * The key as the backend knows it, prefix included.
   *
   * @throws CachetoryError `INVALID_KEY` where a parameter has the wrong type, is `NaN`, an infinity or an invalid date
   */
  keyOf(key: K): string {
    return this.#keys.textOf(key);
  }

  /** The value, else `fallback`. `null` is a value, never a miss. */
  get(key: K): V | undefined;
  get<D>(key: K, fallback: D): V | D;
  get<D>(key: K, fallback?: D): V | D | undefined {
    const near = this.#near.read(key);
    if (near === undefined) return this.#getFar(key, fallback);
    if (near instanceof Miss) {
      this.#events.missBy("get", key, near);
      this.#entries.backendErrors.refuse(near);
      return fallback;
    }
    this.#events.hitBy("get", key);
    return near;
  }

  /**
   * The value.
   *
   * @throws CacheMissError where there is none; its `cause` tells if the backend could not be asked
   */
  getOrThrow(key: K): V {
    const text = this.keyOf(key);
    const foundIn = this.#entries.newFoundIn();
    const found = this.#entries.read(text, foundIn);
    this.#events.found("getOrThrow", text, found, foundIn?.get(text));
    if (!(found instanceof Miss)) return found;
    this.#entries.backendErrors.refuse(found);
    const { reason, cause } = found;
    throw new CacheMissError(`${this.#keys.label} has no value for this key (${reason}).`, { cause, key: text });
  }

  /** The values there are, in the order of the request, in one round trip. */
  getMany(keys: Iterable<K>): Hits<K, V> {
    const requested = this.#keys.requested(keys);
    const foundIn = this.#entries.newFoundIn();
    const found = this.#entries.readMany(requested.texts, foundIn);
    this.#events.foundMany("getMany", requested.texts, found, foundIn);
    this.#entries.backendErrors.refuseAny(found);
    return this.#keys.hits(requested, found);
  }

  /**
   * Stores a value; `false` only where `ifNotExists` met a live entry.
   *
   * @throws CachetoryError `INVALID_VALUE` for `undefined` and for what the serializer cannot carry, `TTL_TOO_LONG`,
   * `VALUE_TOO_LARGE`
   */
  set(key: K, value: V, options: SyncSetOptions = noOptions): boolean {
    const isAlone = this.#loads.isBackendIdle && !this.#events.isHeard("set");
    if (isAlone && options === noOptions && this.#near.store(key, value, this.#lifetimes)) return true;
    const text = this.keyOf(key);
    this.#lifetimes.refuseSkipped(value);
    const stored = this.#entries.encode(value, text);
    const lifeMs = this.#lifetimes.of(value, this.#lifetimes.ttlIn(options));
    return this.#change("set", [text], () => this.#entries.store(text, stored, lifeMs, options.ifNotExists ?? false));
  }

  /**
   * Stores many values with one ttl: all or nothing for up to 500, of 1 MiB together, beyond that so many at a time. They
   * come as pairs, as a `Map`, or, where keys are strings, as a plain object.
   *
   * @throws CachetoryError as `set` does, before anything is sent
   */
  setMany(items: Items<K, V>, options: SyncTtlOptions = {}): void {
    const { isUniform } = this.#lifetimes;
    const ttl = this.#lifetimes.ttlIn(options);
    const sharedMs = this.#lifetimes.exactly(ttl);
    const entries = new Map<string, readonly [stored: unknown, lifeMs: LifeMs]>();
    for (const [key, value] of pairsOf<K, V>(items)) {
      const text = this.keyOf(key);
      const make = (): readonly [stored: unknown, lifeMs: LifeMs] => {
        this.#lifetimes.refuseSkipped(value);
        const lifeMs = isUniform ? sharedMs : this.#lifetimes.of(value, ttl);
        return [this.#entries.encode(value, text), lifeMs];
      };
      entries.set(text, ofEntry(text, make));
    }
    if (entries.size === 0) return;
    this.#change("setMany", [...entries.keys()], (backend) =>
      storeEachSync(
        backend,
        [...entries].map(([text, [stored, lifeMs]]) => [text, stored, lifeMs]),
      ),
    );
  }

  /** Gives a live entry a new lifetime; whether there was one. `"forever"` removes the expiry, zero and less delete. */
  expireIn(key: K, ttl: Ttl): boolean {
    const text = this.keyOf(key);
    return this.#expireIn("expireIn", text, this.#lifetimes.exactly(ttl));
  }

  /** Lets a live entry end at a moment; whether there was one. The past deletes. */
  expireAt(key: K, at: Date): boolean {
    const text = this.keyOf(key);
    const atMs = this.#lifetimes.until(at);
    return this.#change("expireAt", [text], (backend) => backend.expireAt(text, atMs));
  }

  /** As that of {@link Cache}. */
  touch(key: K, options: SyncTtlOptions = {}): boolean {
    const text = this.keyOf(key);
    const ttl = this.#lifetimes.ttlIn(options);
    if (ttl !== undefined || !this.#lifetimes.isOfValue) {
      return this.#expireIn("touch", text, this.#lifetimes.renewed(ttl));
    }
    const found = this.#entries.read(text);
    // What cannot be read has no lifetime of its own; where the backend does not answer, the caller is told.
    if (found instanceof Miss && !found.isUnanswered) return false;
    const lifeMs = found instanceof Miss ? this.#lifetimes.renewed(undefined) : this.#lifetimes.of(found, undefined);
    return this.#expireIn("touch", text, lifeMs);
  }

  /** Milliseconds left, `"forever"` without an expiry, `undefined` without an entry or an answer. */
  ttl(key: K): number | "forever" | undefined {
    const text = this.keyOf(key);
    return this.#entries.ask((backend) => backend.ttl(text), undefined);
  }

  /** Whether there is a live entry; `false` without an answer. */
  has(key: K): boolean {
    const text = this.keyOf(key);
    return this.#entries.ask((backend) => backend.has(text), false);
  }

  /** Reads and deletes in one step; `undefined` where there is no value. */
  take(key: K): V | undefined {
    const text = this.keyOf(key);
    const found = this.#change("take", [text], () => this.#entries.take(text));
    this.#events.found("take", text, found);
    return found instanceof Miss ? undefined : found;
  }

  /** Whether there was a live entry. */
  delete(key: K): boolean {
    const text = this.keyOf(key);
    return this.#change("delete", [text], (backend) => backend.delete(text));
  }

  /** How many live entries there were. */
  deleteMany(keys: Iterable<K>): number {
    const { texts } = this.#keys.requested(keys);
    if (texts.length === 0) return 0;
    return this.#change("deleteMany", texts, (backend) => backend.deleteMany(texts));
  }

  /**
   * Deletes the entries of this cache and nothing else; answers how many. With parameters, only the entries that have
   * these (and entries whose key was too long to be kept as text, for those do not tell). An entry that another process
   * stores meanwhile may stay or go.
   *
   * @throws CachetoryError `NOT_CLEARABLE` on a shared backend with neither prefix nor literal beginning of the key;
   * `INVALID_KEY` for a parameter that the key has not, that is of another type, or `undefined`; `INVALID_OPTION`
   */
  clear(parameters?: KeySelection<K>, options: SyncClearOptions = {}): number {
    const { backend } = this.#entries;
    const range = this.#keys.range(parameters, backend);
    // A dry run changes nothing, so loads that run may store.
    if (options.dryRun === true) return backend.clear(range, options);
    this.#loads.changeWhere(range.owns);
    return this.#events.change("clear", undefined, () => backend.clear(range, options));
  }

  /**
   * The value, else what `loader` gives, which is stored if the key is still absent. A `set`, `delete` or `clear` by the
   * loader wins: the load is answered, but not stored. The loader's errors are thrown and not cached; a backend that does
   * not answer costs no more than its timeout.
   *
   * @throws CachetoryError `RECURSIVE_LOAD` where a loader asks to load the key that it loads; `INVALID_VALUE` where it
   * gives a promise
   */
  getOrSet(key: K, loader: SyncLoader<K, V>, options?: SyncLoadOptions<V>): V;
  getOrSet(key: K, loader: SyncLoader<K, V | undefined>, options?: SyncLoadOptions<V>): V | undefined;
  getOrSet(key: K, loader: SyncLoader<K, V | undefined>, options: SyncLoadOptions<V> = {}): V | undefined {
    refuseNoLoader(this.name, loader);
    return this.#loads.getOrLoad(this.keyOf(key), () => loader(key), this.#lifetimes.rule(options));
  }

  /**
   * What `loader` gives now, whatever is stored, and stores it.
   *
   * @throws CachetoryError as `set` and `getOrSet` do; the loader's own errors
   */
  refresh(key: K, loader: SyncLoader<K, V>, options?: SyncRefreshOptions<V>): V;
  refresh(key: K, loader: SyncLoader<K, V | undefined>, options?: SyncRefreshOptions<V>): V | undefined;
  refresh(key: K, loader: SyncLoader<K, V | undefined>, options: SyncRefreshOptions<V> = {}): V | undefined {
    refuseNoLoader(this.name, loader);
    return this.#loads.refresh(this.keyOf(key), () => loader(key), this.#lifetimes.rule(options));
  }

  /**
   * The values of many keys; what is not stored is asked of `loadMissing` in one call. It answers with a map, with pairs,
   * or with an array aligned with its keys; what it leaves out, or answers with `undefined`, is not in the result.
   *
   * @throws CachetoryError as `getOrSet` does
   */
  getOrSetMany(
    keys: Iterable<K>,
    loadMissing: (keys: readonly K[]) => LoadedMany<K, V>,
    options: SyncLoadOptions<V> = {},
  ): Hits<K, V> {
    refuseNoLoader(this.name, loadMissing);
    const requested = this.#keys.requested(keys);
    const load = (texts: readonly string[]): ReadonlyMap<string, V> =>
      pairUp(texts, refusePromise(this.name, loadMissing(requested.of(texts, requested.keys))), (key) =>
        this.keyOf(key),
      );
    const rule = this.#lifetimes.rule(options);
    const values = this.#loads.getOrLoadMany(requested.texts, load, rule);
    return this.#keys.loaded(
      requested,
      requested.texts.map((text) => values.get(text)),
    );
  }

  /** Returns when the backend can serve, throws when it cannot: for who wants to fail at start. */
  ready(): void {
    this.#entries.backend.ready();
  }

  /** Closes the backend's synchronous face, unless caches share it. Safe to call twice. */
  close(): void {
    this.#entries.gutter?.close();
    if (this.#closesBackend) this.#entries.openBackend?.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #getFar<D>(key: K, fallback: D): V | D {
    const text = this.keyOf(key);
    const foundIn = this.#entries.newFoundIn();
    const found = this.#entries.read(text, foundIn);
    this.#events.found("get", text, found, foundIn?.get(text));
    if (!(found instanceof Miss)) return found;
    this.#entries.backendErrors.refuse(found);
    return fallback;
  }

  #expireIn(operation: Change, text: string, lifeMs: LifeMs): boolean {
    return this.#change(operation, [text], (backend) => {
      if (lifeMs === "forever") return backend.expireIn(text, undefined);
      return lifeMs > 0 ? backend.expireIn(text, lifeMs) : backend.delete(text);
    });
  }

  #change<T>(operation: Change, texts: readonly string[], write: (backend: SyncBackend) => T): T {
    this.#loads.change(texts);
    const { backend } = this.#entries;
    try {
      return this.#events.change(operation, texts, () => write(backend));
    } catch (cause) {
      throw this.#events.failure(cause);
    }
  }
}
