import type { Backend, KeyRange, StoreOptions } from "../backends/backend.ts";
import type { ClearOptions } from "../backends/clear-run.ts";
import type { Envelopes } from "../backends/envelopes.ts";
import type { GuardedBackend } from "../backends/guarded-backend.ts";
import type { LocalEntries } from "../backends/local-entries.ts";
import { storeEach } from "../cache/store-each.ts";
import { type LifeMs, type Ttl, ttlMs } from "../cache/ttl.ts";
import { BackendUnavailableError, CachetoryError } from "../errors.ts";
import type { Kind } from "../serializers/serializer.ts";
import { type AgedEntry, agedEntriesOf } from "./far-entries.ts";
import type { Feed, FeedKind } from "./feed.ts";
import { HeardLeases } from "./heard-leases.ts";
import { layeredEnvelopes } from "./layered-envelopes.ts";
import { FetchingLayer, type NearLayer } from "./near-layer.ts";
import { type NearStore, spaceOf } from "./near-space.ts";

/** How two backends become one, of which the near one holds what has been read of the far one. */
export interface LayeredBackendOptions {
  /** Keeps entries in this process, within its own bounds: a `MemoryBackend`. */
  readonly near: Backend;
  /** Where entries live: a backend that processes share. One in this process has no use for a near one, and serves alone. */
  readonly far: Backend;
  /**
   * The longest that an entry is kept near; never longer than it lives in the far backend. Default without limit, with
   * `"bus"` 5 seconds; `"none"` needs one.
   */
  readonly ttl?: Ttl | undefined;
  /**
   * How the near entries of this process end when another one changes them: `"tracking"`, the server tells; `"bus"`, the
   * processes tell each other; `"none"`, by their ttl alone. Default `"tracking"`, which becomes a bus where the server
   * refuses it.
   */
  readonly invalidation?: FeedKind | "none" | undefined;
  /** What the keys of the caches begin with: the server tells of these alone. Default: of all keys. */
  readonly heads?: readonly string[] | undefined;
}

/** As long as it may take until a message that got lost does no harm any more. */
const busTtlMs = 5000;

/**
 * A backend of two layers: reads look near, then far; writes go far, and end what is near. Entries are near from their
 * second read on, for as long as the far backend would have kept them. While changes by others cannot be heard of, every
 * read goes far.
 *
 * @example
 * ```ts
 * const backend = new LayeredBackend({
 *   near: new MemoryBackend({ maxEntries: 1_000 }),
 *   far: new RedisBackend({ host: "localhost" }),
 *   heads: ["shop:"],
 * });
 * const cache = new Cache({ backend, serializer: json(), prefix: "shop:" });
 * ```
 */
export class LayeredBackend implements Backend {
  readonly name: string;
  readonly holds: readonly Kind[];
  readonly isShared: boolean;
  /** `undefined` where the far backend is in this process. */
  readonly near: NearLayer | undefined;
  readonly behind: Backend;
  readonly leases: Backend["leases"];
  readonly awaitReplicas: Backend["awaitReplicas"];
  readonly envelopes: Envelopes | undefined;
  /** Present where the far backend has it. */
  readonly guarded: (() => GuardedBackend) | undefined;
  readonly #near: Backend;
  /** What changes are sent to: the far backend, or its guarded face. */
  readonly #changed: Backend;
  readonly #layer: FetchingLayer | undefined;
  readonly #feed: Feed | undefined;
  readonly #guards: GuardedBackend | undefined;
  #guarded: GuardedBackend | undefined;

  /**
   * @throws CachetoryError `INVALID_OPTION` where the near backend keeps nothing in this process, where nothing can tell of
   * changes, and where nothing else ends near entries; `INVALID_DURATION`
   *
   * @param guards - for `guarded`: a face of the far backend, which changes are sent to
   */
  constructor(options: LayeredBackendOptions, guards?: GuardedBackend) {
    const { near, far, invalidation = "tracking", heads = [""] } = options;
    const changed = guards ?? far;
    this.#near = near;
    this.#changed = changed;
    this.#guards = guards;
    this.guarded = far.guarded && (() => this.#guardedFace(options));
    this.behind = far;
    this.name = far.name;
    this.holds = far.holds;
    this.isShared = far.isShared;
    this.awaitReplicas = far.awaitReplicas?.bind(far);
    this.leases = far.leases;
    this.envelopes =
      changed.envelopes && layeredEnvelopes(changed.envelopes, (keys, change) => this.#change(keys, change));
    if (!far.isShared) return;
    const store = storeOf(near);
    const longestMs = longestNearMs(options);
    this.#feed = invalidation === "none" ? undefined : feedOf(far, invalidation);
    if (far.leases !== undefined && this.#feed !== undefined) {
      this.leases = new HeardLeases(far.leases, this.#feed, heads);
    }
    const space = spaceOf(far, store, invalidation);
    this.#layer = new FetchingLayer(space, far.far ?? agedEntriesOf(far), this.#feed, heads, longestMs);
    this.near = this.#layer;
  }

  /** Of a far backend in this process. */
  get local(): LocalEntries | undefined {
    return this.behind.local;
  }

  async ready(): Promise<void> {
    this.#layer?.listen();
    await Promise.all([this.#near.ready(), this.behind.ready()]);
  }

  async get(key: string, as: Kind): Promise<unknown> {
    const { near } = this;
    if (near === undefined) return this.behind.get(key, as);
    const found = near.entries.find(key);
    if (found !== undefined) return near.entries.read(found, as);
    const [stored] = await this.#fetchMany(near, [key], async () => [await near.getAged(key, as)]);
    return stored;
  }

  async getMany(keys: readonly string[], as: Kind): Promise<unknown[]> {
    const { near } = this;
    if (near === undefined) return this.behind.getMany(keys, as);
    const found = keys.map((key) => near.entries.find(key));
    const missing = keys.filter((_, index) => found[index] === undefined);
    const fetched =
      missing.length === 0 ? [] : await this.#fetchMany(near, missing, () => near.getManyAged(missing, as));
    let next = 0;
    return found.map((entry) => (entry === undefined ? fetched[next++] : near.entries.read(entry, as)));
  }

  set(key: string, stored: unknown, options: StoreOptions): Promise<boolean> {
    return this.#change([key], () => this.#changed.set(key, stored, options));
  }

  setMany(entries: readonly (readonly [key: string, stored: unknown])[], ttlMs: number | undefined): Promise<void> {
    return this.#change(keysOf(entries), () => this.#changed.setMany(entries, ttlMs));
  }

  setManyIfAbsent(
    entries: readonly (readonly [key: string, stored: unknown])[],
    ttlMs: number | undefined,
  ): Promise<void> {
    const living = entries.map(([key, stored]) => [key, stored, ttlMs ?? "forever"] as const);
    return this.#change(keysOf(entries), () => storeEach(this.#changed, living, true));
  }

  setManyEach(
    entries: readonly (readonly [key: string, stored: unknown, ttlMs: number | undefined])[],
    ifNotExists: boolean,
  ): Promise<void> {
    const living = entries.map(([key, stored, ttlMs]) => [key, stored, ttlMs ?? "forever"] as const);
    return this.#change(keysOf(entries), () => storeEach(this.#changed, living, ifNotExists));
  }

  expireIn(key: string, ttlMs: number | undefined): Promise<boolean> {
    return this.#change([key], () => this.#changed.expireIn(key, ttlMs));
  }

  expireAt(key: string, atMs: number): Promise<boolean> {
    return this.#change([key], () => this.#changed.expireAt(key, atMs));
  }

  ttl(key: string): Promise<number | "forever" | undefined> {
    return this.behind.ttl(key);
  }

  has(key: string): Promise<boolean> {
    return this.behind.has(key);
  }

  take(key: string, as: Kind): Promise<unknown> {
    return this.#change([key], () => this.#changed.take(key, as));
  }

  delete(key: string): Promise<boolean> {
    return this.#change([key], () => this.#changed.delete(key));
  }

  deleteMany(keys: readonly string[]): Promise<number> {
    return this.#change(keys, () => this.#changed.deleteMany(keys));
  }

  scan(range: KeyRange): AsyncIterable<readonly string[]> {
    return this.behind.scan(range);
  }

  async clear(range: KeyRange, options: ClearOptions): Promise<number> {
    const space = this.#layer?.entries;
    if (space === undefined || options.dryRun === true) return this.#changed.clear(range, options);
    space.overtake(range);
    try {
      return await this.#changed.clear(range, options);
    } finally {
      this.#feed?.announce({ kind: "head", head: range.head });
      await space.forgetWhere(range);
    }
  }

  /** Closes both. */
  async close(): Promise<void> {
    await Promise.all([this.#near.close(), this.behind.close()]);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Reads for a load: they are far, for what is near has been looked at. */
  get getGuarded(): GuardedBackend["getGuarded"] | undefined {
    return this.#guards?.getGuarded.bind(this.#guards);
  }

  get setGuarded(): GuardedBackend["setGuarded"] | undefined {
    const guards = this.#guards;
    if (guards === undefined) return undefined;
    return (entries) =>
      this.#change(
        entries.map(({ key }) => key),
        () => guards.setGuarded(entries),
      );
  }

  #guardedFace(options: LayeredBackendOptions): GuardedBackend {
    // With guards, it has what guarded backends have.
    this.#guarded ??= new LayeredBackend(options, options.far.guarded?.()) as unknown as GuardedBackend;
    return this.#guarded;
  }

  async #fetchMany(
    near: NearLayer,
    keys: readonly string[],
    ask: () => Promise<readonly (AgedEntry | BackendUnavailableError)[]>,
  ): Promise<readonly unknown[]> {
    const reads = keys.map((key) => near.begin(key));
    try {
      return (await ask()).map((answer, index) => {
        if (answer instanceof BackendUnavailableError) return answer;
        reads[index]?.keep(answer.stored, answer.lifeMs);
        return answer.stored;
      });
    } finally {
      // Those that were not answered, and all where nothing was.
      for (const read of reads) read.drop();
    }
  }

  /**
   * What is near goes before the change is sent, for whoever reads after the call; and when it is over, for what was read
   * meanwhile may be from before. A change that failed may have happened.
   */
  async #change<T>(keys: readonly string[], change: () => Promise<T>): Promise<T> {
    const space = this.#layer?.entries;
    if (space === undefined) return change();
    space.forget(keys);
    try {
      return await change();
    } finally {
      space.forget(keys);
      this.#feed?.announce({ kind: "keys", keys });
    }
  }
}

function keysOf(entries: readonly (readonly [key: string, ...rest: unknown[]])[]): readonly string[] {
  return entries.map(([key]) => key);
}

/** What `near` keeps, without promises. */
function storeOf(near: Backend): NearStore {
  const store = near.local === undefined ? undefined : near.sync?.();
  const { local } = store ?? {};
  if (store === undefined || local === undefined) {
    throw new CachetoryError(
      "INVALID_OPTION",
      `The near layer keeps entries in this process, which ${near.name} does not. Give a MemoryBackend.`,
    );
  }
  // It has `local`.
  return store as NearStore;
}

function longestNearMs({ ttl, invalidation }: LayeredBackendOptions): number {
  const longest: LifeMs = ttl === undefined ? "forever" : ttlMs(ttl);
  if (longest !== "forever" && longest <= 0) {
    throw new CachetoryError("INVALID_OPTION", "The ttl of a near layer is more than zero, or it keeps nothing.");
  }
  if (longest !== "forever") return longest;
  if (invalidation === "bus" && ttl === undefined) return busTtlMs;
  if (invalidation === "none") {
    throw new CachetoryError(
      "INVALID_OPTION",
      'A near layer with invalidation "none" needs a ttl: nothing else ends its entries when others change them.',
    );
  }
  return Number.POSITIVE_INFINITY;
}

function feedOf({ far, name }: Backend, kind: FeedKind): Feed {
  if (far !== undefined) return far.feed(kind);
  throw new CachetoryError(
    "INVALID_OPTION",
    `Nothing tells a near layer of changes in ${name}. Give a RedisBackend, or invalidation "none" and a ttl.`,
  );
}
