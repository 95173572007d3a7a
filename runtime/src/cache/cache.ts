import { abortable, refuseAborted } from "../abort.ts";
import { asIs } from "../as-is.ts";
import type { Backend } from "../backends/backend.ts";
import type { ClearOptions } from "../backends/clear-run.ts";
import { CacheMissError, CachetoryError } from "../errors.ts";
import { CacheEvents } from "../observe/cache-events.ts";
import type { HitEvent } from "../observe/event-types.ts";
import { askHealth, type BackendHealth } from "../observe/health.ts";
import { backendWithPolicies } from "../policies/backend-with-policies.ts";
import { gutterPolicy } from "../policies/gutter.ts";
import { LoaderCalls } from "../policies/loader-calls.ts";
import { deleteReplicated } from "../policies/replicated-delete.ts";
import { checkedSingleFlight } from "../policies/single-flight.ts";
import { staleLoads } from "../policies/stale-loads.ts";
import { LoadTimeouts, type Waiting, waitFor } from "../policies/timeouts.ts";
import type { Serializer } from "../serializers/serializer.ts";
import { type CacheTags, cacheTags, withTags } from "../tags/cache-tags.ts";
import type { Tag } from "../tags/tag.ts";
import { Batch } from "./batch.ts";
import { CacheKeys } from "./cache-keys.ts";
import { CallerLoad } from "./caller-load.ts";
import { Changes } from "./changes.ts";
import { Entries } from "./entries.ts";
import type { EntryCodec } from "./entry-codec.ts";
import { entryCodec } from "./enveloping-codec.ts";
import type { Hits } from "./hits.ts";
import type { Items } from "./items.ts";
import type { Landing } from "./landing.ts";
import { Lifetimes } from "./lifetimes.ts";
import { type LoadedMany, pairUp } from "./loaded-many.ts";
import { Loads } from "./loads.ts";
import { Aged, Miss } from "./miss.ts";
import { NearReads } from "./near-reads.ts";
import type { LoaderContext } from "./one-load.ts";
import type {
  BatchLoader,
  BatchOptions,
  CacheOptions,
  DeleteOptions,
  ItemBatchOptions,
  KeySelection,
  Loader,
  LoadOptions,
  ReadOptions,
  RefreshOptions,
  SetOptions,
  TtlOptions,
  WaitOptions,
} from "./options.ts";
import { ownKey } from "./own-key.ts";
import { plainReading } from "./reading.ts";
import { refuseNoLoader, refuseNoOptions } from "./refuse-given.ts";
import type { Ttl } from "./ttl.ts";
import { WritesOfMany } from "./writes-of-many.ts";

const noOptions = {};

/** So long `close` waits for what no caller waits for. */
const drainLimitMs = 5000;

/**
 * A typed cache over a backend and a serializer. Reads do not reject because of the backend, unless `onBackendError` says so: what it
 * cannot answer is a miss. Writes do reject (`UNAVAILABLE`), for the caller asked for an effect. Every operation rejects with
 * `INVALID_KEY` where the key is not of its type.
 *
 * @typeParam K - the key: a string, or the parameters of a declared key
 * @typeParam V - the value; `null` is a value, `undefined` is not
 *
 * @example
 * ```ts
 * const cache = new Cache<string, number>({
 *   serializer: serializerFromUrl("json"),
 *   backend: backendFromUrl("memory://"),
 *   ttl: "10m",
 * });
 * await cache.set("answer", 42);
 * await cache.get("answer"); // 42
 * ```
 */
export class Cache<K = string, V = unknown> implements AsyncDisposable {
  /** As declared, for messages. */
  readonly name: string;
  readonly #tags: CacheTags<K, V> | undefined;
  readonly #hasTags: boolean;
  readonly #entries: Entries<V>;
  readonly #codec: EntryCodec<V>;
  readonly #loads: Loads<V>;
  readonly #changes: Changes<V>;
  readonly #writesOfMany: WritesOfMany<K, V>;
  readonly #events: CacheEvents<K>;
  readonly #keys: CacheKeys<K>;
  readonly #near: NearReads<K, V>;
  readonly #lifetimes: Lifetimes<V>;
  readonly #timeouts: LoadTimeouts;
  /** Of callers that ask for nothing else. */
  readonly #waiting: Waiting;
  readonly #closes: () => boolean;

  /**
   * @throws CachetoryError `INVALID_DURATION`; `INVALID_PIPELINE` where the backend cannot hold what the serializer makes;
   * `INVALID_OPTION` and `MISSING_PACKAGE` where nothing can be offloaded
   */
  constructor(options: CacheOptions<K, V>) {
    this.name = options.name ?? "cache";
    this.#tags = cacheTags(this.name, options, (owns) => this.#loads.invalidateKeys(owns));
    this.#hasTags = options.tags !== undefined;
    const own = this.#tags?.versions;
    const versions = this.#hasTags ? { versions: own } : { versions: options.versions, sharedVersions: own };
    this.#codec = entryCodec(this.name, { ...options, ...versions }, (key: K) => this.keyOf(key));
    this.#keys = new CacheKeys(this.name, options);
    this.#events = new CacheEvents(
      this.name,
      options,
      (key) => this.keyOf(key),
      () => this.#entries.backend,
    );
    const { backend, closes } = backendWithPolicies(this.name, options, this.#keys, this.#events);
    const singleFlight = checkedSingleFlight(this.name, options.singleFlight, options.random);
    const guardMs = options.writeBack === "guarded" ? singleFlight.deadlineMs : undefined;
    const gutter = gutterPolicy(this.name, options);
    this.#entries = new Entries(withTags(backend, this.#tags), this.#codec, this.#events, {
      guardMs,
      gutter,
      onBackendError: options.onBackendError,
    });
    const stale = staleLoads<V>(this.name, options, (value) => this.#codec.copiesOf(value), singleFlight.deadlineMs);
    const calls = new LoaderCalls(this.name, this.#events, options.maxLoads, singleFlight.deadlineMs);
    this.#loads = new Loads(this.#entries, this.#events, calls, singleFlight, stale);
    const recovers = options.recovery !== undefined && options.recovery !== false;
    this.#changes = new Changes(this.#entries, this.#loads, recovers);
    this.#near = new NearReads(this.#entries, this.#codec, this.#keys, options.keyPath);
    this.#lifetimes = new Lifetimes(this.name, options);
    this.#writesOfMany = new WritesOfMany(this.#entries, this.#lifetimes, this.#changes, (key) => this.keyOf(key));
    this.#timeouts = new LoadTimeouts(
      this.name,
      options.timeouts,
      options.stale?.onError !== undefined,
      singleFlight.deadlineMs,
    );
    this.#waiting = this.#waitingOf(noOptions);
    this.#closes = closes;
    if (typeof options.backend !== "function" && typeof options.serializer !== "function") {
      this.#codec.refuseUnfit(options.backend);
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
  get(key: K): Promise<V | undefined>;
  get<D>(key: K, fallback: D, options?: ReadOptions): Promise<V | D>;
  async get<D>(key: K, fallback?: D, options?: ReadOptions): Promise<V | D | undefined> {
    refuseAborted(options?.signal);
    const near = this.#entries.order.isBusy ? undefined : this.#near.read(key);
    const text = near === undefined ? this.keyOf(key) : "";
    const reading = near === undefined ? this.#entries.reading([text], false) : plainReading;
    const found = near === undefined ? await abortable(this.#entries.read(text, key, reading), options?.signal) : near;
    const layer = near === undefined ? reading.foundIn?.get(text) : this.#near.nearLayer;
    if (found instanceof Miss) return this.#insteadOf("get", key, found, fallback, options, layer);
    this.#events.hitBy("get", key, layer);
    return found;
  }

  /**
   * The value at once, where entries are in this process, as on `memory://`; `undefined` where there is none. It waits for
   * nothing, so not for a `set` either that is not awaited, of a cache with tags. On every other backend, and where values are
   * offloaded to worker threads, there is none at hand: use `get`.
   *
   * @throws CachetoryError `INVALID_KEY`
   */
  peek(key: K, options?: Pick<ReadOptions, "stale">): V | undefined {
    const found = this.#near.read(key);
    if (found === undefined) return undefined;
    const layer = this.#near.nearLayer;
    if (found instanceof Miss) return this.#insteadOf("peek", key, found, undefined, options, layer);
    this.#events.hitBy("peek", key, layer);
    return found;
  }

  /**
   * The value.
   *
   * @throws CacheMissError where there is none; its `cause` tells if the backend could not be asked
   */
  async getOrThrow(key: K, options: ReadOptions = {}): Promise<V> {
    const text = this.keyOf(key);
    const reading = this.#entries.reading([text], false);
    const found = await abortable(this.#entries.read(text, key, reading), options.signal);
    this.#events.found("getOrThrow", text, found, reading.foundIn?.get(text), options.stale);
    if (!(found instanceof Miss)) return found;
    if (options.stale === true && found instanceof Aged) return found.value;
    this.#entries.backendErrors.refuse(found);
    const { reason, cause } = found;
    throw new CacheMissError(`${this.#keys.label} has no value for this key (${reason}).`, { cause, key: text });
  }

  /**
   * The values there are, in the order of the request, in one round trip; of more than 4,000 keys in several.
   *
   * @throws CachetoryError `INVALID_KEY`, also for a string in place of a list of keys
   */
  async getMany(keys: Iterable<K>, options: ReadOptions = {}): Promise<Hits<K, V>> {
    const requested = this.#keys.requested(keys);
    const reading = this.#entries.reading(requested.texts, false);
    const read = this.#entries.readMany(requested.texts, requested.keys, reading);
    const found = await abortable(read, options.signal);
    this.#events.foundMany("getMany", requested.texts, found, reading.foundIn, options.stale);
    this.#entries.backendErrors.refuseAny(found);
    return this.#keys.hits(requested, options.stale === true ? found.map(valueOfAged) : found);
  }

  /**
   * Stores a value; `false` only where `ifNotExists` met a live entry.
   *
   * @throws CachetoryError `INVALID_VALUE` for `undefined` and for what the serializer cannot carry, `TTL_TOO_LONG`,
   * `VALUE_TOO_LARGE`
   */
  async set(key: K, value: V, options: SetOptions = noOptions): Promise<boolean> {
    // With nothing to wait for, nothing to keep from storing, and nobody to be told.
    const isAlone = this.#loads.isBackendIdle && !this.#entries.order.isNeeded && !this.#events.isHeard("set");
    if (isAlone && options === noOptions && this.#near.store(key, value, this.#lifetimes)) return true;
    const text = this.keyOf(key);
    this.#lifetimes.refuseSkipped(value);
    const encoded = this.#entries.encode(value, key);
    const lifeMs = this.#lifetimes.of(value, this.#lifetimes.ttlIn(options));
    const { ifNotExists = false } = options;
    const store = (_: Backend, stored: unknown): Promise<boolean> =>
      ifNotExists
        ? this.#entries.storeIfAbsent(text, key, stored, lifeMs)
        : this.#entries.store(text, stored, lifeMs, false);
    // An await costs less than a promise that resolves to a promise.
    return await this.#changes.run(
      "set",
      [text],
      options,
      store,
      ifNotExists ? encoded : this.#changes.orInvalid([text], encoded),
    );
  }

  /**
   * Stores many values with one ttl: all or nothing for up to 500, of 1 MiB together, and in memory. Beyond that so many at a
   * time, more than 500 with a turn of the event loop between them for others; calls on these keys that come meanwhile wait
   * until it is over. What is stored is what the values are now. They come as pairs, as a `Map`, or, where keys are strings,
   * as a plain object.
   *
   * @throws CachetoryError as `set` does, before anything is sent; where it is about one of the values, with its `key`
   */
  setMany(items: Items<K, V>, options: TtlOptions = {}): Promise<void> {
    return this.#writesOfMany.set(items, options);
  }

  /** Gives a live entry a new lifetime; whether there was one. `"forever"` removes the expiry, zero and less delete. */
  async expireIn(key: K, ttl: Ttl, options: WaitOptions = {}): Promise<boolean> {
    const text = this.keyOf(key);
    return this.#changes.expireIn("expireIn", text, key, this.#lifetimes.exactly(ttl), options);
  }

  /** Lets a live entry end at a moment; whether there was one. The past deletes. */
  async expireAt(key: K, at: Date, options: WaitOptions = {}): Promise<boolean> {
    const text = this.keyOf(key);
    const atMs = this.#lifetimes.until(at);
    return this.#changes.run("expireAt", [text], options, (backend) =>
      this.#entries.renew(text, key, () => backend.expireAt(text, atMs)),
    );
  }

  /**
   * Renews the lifetime of a live entry, by default to the cache's ttl; whether there was one. Where that depends on the
   * value, the entry is read before.
   */
  async touch(key: K, options: TtlOptions = {}): Promise<boolean> {
    const text = this.keyOf(key);
    const ttl = this.#lifetimes.ttlIn(options);
    if (ttl !== undefined || !this.#lifetimes.isOfValue) {
      return this.#changes.expireIn("touch", text, key, this.#lifetimes.renewed(ttl), options);
    }
    const found = await abortable(this.#entries.read(text, key), options.signal);
    // What cannot be read has no lifetime of its own; where the backend does not answer, the caller is told.
    if (found instanceof Miss && !found.isUnanswered) return false;
    const lifeMs = found instanceof Miss ? this.#lifetimes.renewed(undefined) : this.#lifetimes.of(found, undefined);
    return this.#changes.expireIn("touch", text, key, lifeMs, options);
  }

  /** Milliseconds left, `"forever"` without an expiry, `undefined` without an entry or an answer. */
  async ttl(key: K, options: WaitOptions = {}): Promise<number | "forever" | undefined> {
    const text = this.keyOf(key);
    return abortable(this.#entries.ttl(text, key), options.signal);
  }

  /** Whether there is a live entry; `false` without an answer. */
  async has(key: K, options: WaitOptions = {}): Promise<boolean> {
    const text = this.keyOf(key);
    return abortable(this.#entries.has(text, key), options.signal);
  }

  /** Reads and deletes in one step; `undefined` where there is no value. */
  async take(key: K, options: WaitOptions = {}): Promise<V | undefined> {
    const text = this.keyOf(key);
    const found = await this.#changes.run("take", [text], options, () => this.#entries.take(text, key));
    this.#events.found("take", text, found);
    return found instanceof Miss ? undefined : found;
  }

  /**
   * Whether there was a live entry. With `replicas`, resolves only when so many replicas of the server have no such entry
   * either.
   *
   * @throws NotReplicatedError where the entry is deleted, but not on so many replicas in time
   * @throws CachetoryError `INVALID_OPTION` for `replicas` of a backend that cannot tell
   */
  async delete(key: K, options: DeleteOptions = {}): Promise<boolean> {
    const text = this.keyOf(key);
    const { replicas } = options;
    if (replicas === undefined || replicas === 0) {
      return this.#changes.run("delete", [text], options, (backend) => backend.delete(text));
    }
    return this.#changes.run("delete", [text], options, (backend) => deleteReplicated(backend, text, options));
  }

  /** How many live entries there were. */
  async deleteMany(keys: Iterable<K>, options: WaitOptions = {}): Promise<number> {
    const { texts } = this.#keys.requested(keys);
    if (texts.length === 0) return 0;
    return this.#changes.run("deleteMany", texts, options, (backend) => backend.deleteMany(texts));
  }

  /**
   * Deletes the entries of this cache and nothing else; answers how many. With parameters, only the entries that have
   * these (and entries whose key was too long to be kept as text, for those do not tell). Works in batches between which
   * others are served, so an entry that is stored meanwhile may stay or go.
   *
   * @throws CachetoryError `NOT_CLEARABLE` on a shared backend with neither prefix nor literal beginning of the key;
   * `INVALID_KEY` for a parameter that the key has not, that is of another type, or `undefined`; `INVALID_OPTION`
   *
   * @example
   * ```ts
   * const left = await cache.clear(undefined, { dryRun: true });
   * await cache.clear(undefined, {
   *   maxPerSecond: 10_000,
   *   signal: AbortSignal.timeout(60_000),
   *   onProgress: ({ deleted }) => console.log(deleted, "of", left),
   * });
   * ```
   */
  async clear(parameters?: KeySelection<K>, options: ClearOptions = {}): Promise<number> {
    refuseAborted(options.signal);
    const { backend } = this.#entries;
    const range = this.#keys.range(parameters, backend);
    // What is in this process is let go of at once.
    const isWhole = parameters === undefined && options.dryRun !== true && backend.isShared;
    const tags = isWhole && backend.near === undefined ? this.#tags : undefined;
    const clear = (): Promise<number> =>
      this.#entries.order.afterAll(() => {
        if (tags === undefined) return backend.clear(range, options);
        return tags.clear(() => backend.clear(range, options));
      });
    // A dry run changes nothing, so loads that run may store.
    const cleared = options.dryRun === true ? clear() : this.#loads.changeWhere(range.owns, clear);
    return abortable(cleared, options.signal);
  }

  /**
   * Makes entries untrue that have one of these tags: of this cache, and of all others of its backend and prefix, whatever
   * process has stored them. Loads under way of such entries are answered, but not stored. As quick for many entries as for one.
   *
   * @throws CachetoryError `INVALID_OPTION` where the cache has no tags; `UNAVAILABLE`
   *
   * @example
   * ```ts
   * await cache.invalidateTags(tag("product", 7), tag("brand", "acme"));
   * ```
   */
  async invalidateTags(...tags: readonly Tag[]): Promise<void> {
    if (this.#tags === undefined || !this.#hasTags) {
      throw new CachetoryError("INVALID_OPTION", `${this.name} has no tags. Give it some, by its option tags.`);
    }
    // Whoever has no types may give their text.
    const wrong: unknown = tags.find(({ family }: Partial<Tag>) => family === undefined);
    if (wrong !== undefined) {
      const message = `${this.name}: a tag is what tag("product", 7) gives, not a ${typeof wrong}.`;
      throw new CachetoryError("INVALID_OPTION", message);
    }
    // Opens it, so that it has records.
    void this.#entries.backend;
    const own = this.#tags;
    try {
      await this.#events.change("invalidateTags", undefined, () => own.invalidateTags(tags));
    } catch (cause) {
      throw this.#events.failure(cause);
    }
  }

  /**
   * The value, else what `loader` gives, which is stored if the key is still absent. Concurrent callers of one process
   * share one load. A `set`, `delete` or `clear` meanwhile wins: the load is answered, but not stored. The loader's
   * errors reach every waiter and are not cached; a backend that does not answer costs no more than its timeout.
   *
   * @param loader - is given the key, and a `signal` that aborts when nobody waits any more; `undefined` is not stored
   * @param options - a `ttl` of its own, also by the value; `storeIf`, `ifNotExists` (default `true`), `timeouts`, `signal`
   * @throws CachetoryError `INVALID_KEY`, `INVALID_DURATION`, `TTL_TOO_LONG`, `LOAD_TIMEOUT`, `OVERLOADED`; whatever the loader throws
   *
   * @example
   * ```ts
   * const user = await cache.getOrSet("user:7", (key, { signal }) => db.find(key, { signal }));
   * const page = await cache.getOrSet("page", () => render(), { ttl: "30s" });
   * ```
   */
  getOrSet(key: K, loader: Loader<K, V>, options?: LoadOptions<V>): Promise<V>;
  getOrSet(key: K, loader: Loader<K, V | undefined>, options?: LoadOptions<V>): Promise<V | undefined>;
  getOrSet(key: K, loader: Loader<K, V | undefined>, options: LoadOptions<V> = noOptions): Promise<V | undefined> {
    // No function that waits: a hit is as quick as what it waits for.
    try {
      refuseNoLoader(this.name, loader);
      refuseAborted(options.signal);
      // A wrong ttl is told of a hit as well.
      const rule = options === noOptions ? undefined : this.#lifetimes.rule(options);
      const waiting = options === noOptions ? this.#waiting : this.#waitingOf(options);
      // A load of the key that is under way may be newer than what is stored.
      const isAtHand = !this.#near.isElsewhere && !this.#entries.order.isBusy;
      if (isAtHand && (this.#loads.isIdle || this.#loads.running(this.keyOf(key)) === undefined)) {
        const near = this.#near.read(key, true);
        if (near !== undefined && !(near instanceof Miss)) {
          this.#events.hitBy("getOrSet", key, this.#near.nearLayer);
          return Promise.resolve(near);
        }
      }
      const one = new CallerLoad(this.keyOf(key), key, rule ?? this.#lifetimes.ownRule, loader);
      return this.#loads.getOrLoad(one, waiting);
    } catch (cause) {
      return Promise.reject(cause);
    }
  }

  /**
   * What `loader` gives now, whatever is stored, and stores it; callers of `getOrSet` meanwhile wait for it.
   *
   * @throws CachetoryError as `set` does; the loader's own errors
   */
  refresh(key: K, loader: Loader<K, V>, options?: RefreshOptions<V>): Promise<V>;
  refresh(key: K, loader: Loader<K, V | undefined>, options?: RefreshOptions<V>): Promise<V | undefined>;
  async refresh(key: K, loader: Loader<K, V | undefined>, options: RefreshOptions<V> = {}): Promise<V | undefined> {
    refuseNoLoader(this.name, loader);
    refuseAborted(options.signal);
    const one = new CallerLoad(this.keyOf(key), key, this.#lifetimes.rule(options), loader);
    return this.#loads.refresh(one, this.#waitingOf(options));
  }

  /**
   * The values of many keys; what is neither stored nor being loaded elsewhere is asked of `loadMissing` in one call.
   * It answers with a map, with pairs, or with an array aligned with its keys; what it leaves out, or answers with
   * `undefined`, is not in the result.
   *
   * @throws CachetoryError as `getOrSet` does, and `INVALID_VALUE` for an answer that is none of these
   *
   * @example
   * ```ts
   * const hits = await cache.getOrSetMany(["7", "9"], (missing) => db.pricesOf(missing));
   * hits.get("7");
   * ```
   */
  async getOrSetMany(
    keys: Iterable<K>,
    loadMissing: (keys: readonly K[], context: LoaderContext) => LoadedMany<K, V> | Promise<LoadedMany<K, V>>,
    options: LoadOptions<V> = {},
  ): Promise<Hits<K, V>> {
    refuseNoLoader(this.name, loadMissing);
    refuseAborted(options.signal);
    const requested = this.#keys.requested(keys);
    const rule = this.#lifetimes.rule(options);
    const waiting = this.#waitingOf(options);
    const keysNow = requested.keys.map(ownKey);
    const begun: Landing<V | undefined>[] = [];
    const loads = requested.texts.map((text, index) => {
      const running = this.#loads.running(text);
      if (running !== undefined) return this.#loads.join("getOrSetMany", running, text, waiting);
      const landing = this.#loads.begin(text, keysNow[index]);
      begun.push(landing);
      return waitFor(landing.flight, waiting);
    });
    void this.#loads.ofMany.getOrLoadEach(begun, {
      load: async (texts, context) =>
        pairUp(texts, await loadMissing(requested.of(texts, keysNow), context), (key) => this.keyOf(key)),
      maxKeys: Number.POSITIVE_INFINITY,
      rule,
    });
    const values = await Promise.all(loads);
    return this.#keys.loaded(requested, values);
  }

  /**
   * Collects what is asked of it in one turn of the event loop: all of that becomes one read, and what is missing is asked
   * of `loadMissing` in one call. It answers as that of `getOrSetMany`; an `Error` in place of a value is the failure of one
   * key, and rejects its callers alone.
   *
   * @throws CachetoryError `INVALID_OPTION`, and as `set` does for a ttl
   *
   * @example
   * ```ts
   * const prices = cache.batch((ids) => db.pricesOf(ids));
   * const [one, other] = await Promise.all([prices.get("7"), prices.get("9")]); // one getMany, one pricesOf
   * ```
   */
  batch(loadMissing: BatchLoader<K, V>, options?: BatchOptions<K, V>): Batch<K, V>;
  batch<I>(loadMissing: BatchLoader<I, V>, options: ItemBatchOptions<K, I, V>): Batch<I, V>;
  batch(
    loadMissing: BatchLoader<K, V>,
    options: BatchOptions<K, V> & { readonly keyOf?: (item: K) => K } = {},
  ): Batch<K, V> {
    refuseNoLoader(this.name, loadMissing);
    refuseNoOptions(this.name, options);
    const { keyOf } = options;
    const keyOfItem = keyOf ?? asIs;
    const textOf = (item: K): string => this.keyOf(keyOfItem(item));
    return new Batch(this.#loads, this.#lifetimes, this.#timeouts, textOf, keyOfItem, loadMissing, options);
  }

  /** Resolves when the backend can serve, rejects when it cannot: for who wants to fail at start. */
  async ready(): Promise<void> {
    await this.#entries.backend.ready();
  }

  /** Resolves when nothing is under way that no caller waits for, such as storing what was loaded during an outage. */
  async drain(options: WaitOptions = {}): Promise<void> {
    refuseAborted(options.signal);
    await abortable(this.#loads.background.idle(), options.signal);
  }

  /** How the backend is, which is asked if it has been used. Does not reject. */
  health(): Promise<BackendHealth> {
    return askHealth(this.#entries.openBackend ?? this.#entries.unmade);
  }

  /**
   * Closes the backend, unless caches share it, when what is offloaded has been sent. What is under way that no caller
   * waits for has 5 s to end. Safe to call twice.
   */
  async close(): Promise<void> {
    await this.#loads.background.idleWithin(drainLimitMs);
    this.#loads.close();
    // What was asked before is answered.
    await this.#entries.largeReadsWithin(drainLimitMs);
    await this.#entries.order.afterAll(async () => {
      this.#entries.gutter?.close();
      this.#tags?.close();
      const opened = this.#entries.openBackend;
      if (opened !== undefined && this.#closes()) await opened.close();
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #insteadOf<D>(
    operation: "get" | "peek",
    key: K,
    miss: Miss,
    fallback: D,
    options: Pick<ReadOptions, "stale"> | undefined,
    layer: HitEvent["layer"],
  ): V | D {
    if (options?.stale !== true || !(miss instanceof Aged)) {
      this.#events.missBy(operation, key, miss);
      this.#entries.backendErrors.refuse(miss);
      return fallback;
    }
    this.#events.found(operation, this.keyOf(key), miss, layer, true);
    return miss.value;
  }

  #waitingOf({ signal, timeouts }: Pick<RefreshOptions<V>, "signal" | "timeouts">): Waiting {
    return { signal, timeouts: this.#timeouts.of(timeouts) };
  }
}

function valueOfAged<V>(found: V | Miss): V | Miss {
  // What is aged was found in this cache, so its value is one of its values.
  return found instanceof Aged ? (found.value as V) : found;
}
