import { isPromise } from "node:util/types";
import { loadsOn, type RunningLoads } from "../backends/running-loads.ts";
import { BackendUnavailableError, CachetoryError } from "../errors.ts";
import type { CacheEvents, Change } from "../observe/cache-events.ts";
import type { Operation } from "../observe/event-types.ts";
import type { StoreRule } from "./lifetimes.ts";
import { Miss } from "./miss.ts";
import type { SyncEntries } from "./sync-entries.ts";

/** A load under way; only its own loader can do anything meanwhile. */
interface SyncFlight {
  /** Set by whatever changes the key meanwhile: the load is answered, but nothing is stored. */
  isVoid: boolean;
}

/**
 * The loads of one synchronous cache. What can happen during one, its loader does itself: a change of the key makes it a
 * load that answers but does not store, as in `Loads`; asking for the key that it loads is an error, for it would never
 * end.
 */
export class SyncLoads<V> implements RunningLoads {
  readonly #cacheName: string;
  readonly #entries: SyncEntries<V>;
  readonly #events: CacheEvents<never>;
  readonly #flights = new Map<string, SyncFlight>();
  /** All loads that run on the backend; absent where it has not been opened. */
  #all: Set<RunningLoads> | undefined;

  constructor(cacheName: string, entries: SyncEntries<V>, events: CacheEvents<never>) {
    this.#cacheName = cacheName;
    this.#entries = entries;
    this.#events = events;
  }

  /** Whether no load is known to run on the backend, of any cache. */
  get isBackendIdle(): boolean {
    return this.#all?.size === 0;
  }

  /** The loads of these keys that run on the backend, of any cache, do not store. */
  change(texts: readonly string[]): void {
    for (const loads of this.#onBackend()) for (const text of texts) loads.invalidate(text);
  }

  changeWhere(owns: (text: string) => boolean): void {
    for (const loads of this.#onBackend()) loads.invalidateWhere(owns);
  }

  invalidate(text: string): void {
    const flight = this.#flights.get(text);
    if (flight !== undefined) flight.isVoid = true;
  }

  invalidateWhere(owns: (text: string) => boolean): void {
    for (const [text, flight] of this.#flights) if (owns(text)) flight.isVoid = true;
  }

  /** The stored value, else the loaded one, which is stored if the key is still absent. */
  getOrLoad(text: string, load: () => V | undefined, rule: StoreRule<V>): V | undefined {
    const foundIn = this.#entries.newFoundIn();
    const found = this.#entries.read(text, foundIn);
    this.#events.found("getOrSet", text, found, foundIn?.get(text));
    if (!(found instanceof Miss)) return found;
    this.#entries.backendErrors.refuse(found);
    return this.#fly([text], (flights) => {
      const loaded = this.#load("getOrSet", text, load);
      if (loaded !== undefined) this.#writeBack("getOrSet", text, loaded, found, flights.get(text), rule);
      return loaded;
    });
  }

  /** What is loaded now, stored whatever is there. */
  refresh(text: string, load: () => V | undefined, rule: StoreRule<V>): V | undefined {
    return this.#fly([text], (flights) => {
      const loaded = this.#load("refresh", text, load);
      if (loaded !== undefined && flights.get(text)?.isVoid === false && rule.storeIf?.(loaded, text) !== false) {
        this.#storeRefreshed(text, loaded, rule);
      }
      return loaded;
    });
  }

  #storeRefreshed(text: string, value: V, rule: StoreRule<V>): void {
    const loadedAtMs = performance.now();
    for (const loads of this.#onBackend()) if (loads !== this) loads.invalidate(text);
    try {
      this.#events.change("refresh", [text], () =>
        this.#entries.store(text, this.#entries.encode(value, text), rule.lifeMs(value, text), false),
      );
    } catch (cause) {
      if (cause instanceof BackendUnavailableError) this.#entries.keepMeanwhile(text, value, rule, { loadedAtMs });
      throw cause;
    }
  }

  /** As `getOrLoad`, with one call for all keys that are not stored. */
  getOrLoadMany(
    texts: readonly string[],
    load: (texts: readonly string[]) => ReadonlyMap<string, V>,
    rule: StoreRule<V>,
  ): Map<string, V> {
    const values = new Map<string, V>();
    const misses = new Map<string, Miss>();
    const foundIn = this.#entries.newFoundIn();
    for (const [index, found] of this.#entries.readMany(texts, foundIn).entries()) {
      const text = texts[index] ?? "";
      this.#events.found("getOrSetMany", text, found, foundIn?.get(text));
      if (found instanceof Miss) misses.set(text, found);
      else values.set(text, found);
    }
    if (misses.size === 0) return values;
    this.#entries.backendErrors.refuseAny([...misses.values()]);
    return this.#fly([...misses.keys()], (flights) => {
      const missing = [...misses.keys()];
      const loaded = this.#events.load("getOrSetMany", missing, () => load(missing));
      let isAnswering = true;
      for (const [text, miss] of misses) {
        const value = loaded.get(text);
        if (value === undefined) continue;
        values.set(text, value);
        // A backend that did not take one is not waited for once for each of the others.
        if (isAnswering) isAnswering = this.#writeBack("getOrSetMany", text, value, miss, flights.get(text), rule);
      }
      return values;
    });
  }

  #fly<T>(texts: readonly string[], run: (flights: ReadonlyMap<string, SyncFlight>) => T): T {
    if (texts.some((text) => this.#flights.has(text))) {
      throw new CachetoryError(
        "RECURSIVE_LOAD",
        `A loader of ${this.#cacheName} asks it to load the key that it loads itself, which would never end. Let it find ` +
          "the value elsewhere; get, which loads nothing, may be called.",
      );
    }
    const flights = new Map(texts.map((text) => [text, { isVoid: false }]));
    const all = this.#onBackend();
    all.add(this);
    for (const [text, flight] of flights) this.#flights.set(text, flight);
    try {
      return run(flights);
    } finally {
      for (const text of texts) this.#flights.delete(text);
      if (this.#flights.size === 0) all.delete(this);
    }
  }

  #onBackend(): Set<RunningLoads> {
    if (this.#all === undefined) {
      this.#all = loadsOn(this.#entries.backend);
      this.#entries.gutter?.join(this.#all);
    }
    return this.#all;
  }

  #load(operation: Operation, text: string, load: () => V | undefined): V | undefined {
    return this.#events.load(operation, [text], () => refusePromise(this.#cacheName, load()));
  }

  /** Whether the backend took it, or was not asked to. */
  #writeBack(
    operation: Change,
    text: string,
    value: V,
    miss: Miss,
    flight: SyncFlight | undefined,
    rule: StoreRule<V>,
  ): boolean {
    if (flight?.isVoid !== false || rule.storeIf?.(value, text) === false) return true;
    if (!miss.isUnanswered) return this.#entries.writeBack(operation, text, value, miss, rule);
    // What did not answer the read is not waited for a second time.
    this.#entries.keepMeanwhile(text, value, rule);
    return true;
  }
}

/** @throws CachetoryError `INVALID_VALUE` for a promise, which only code without types can give */
export function refusePromise<T>(cacheName: string, loaded: T): T {
  if (!isPromise(loaded)) return loaded;
  // Nobody will wait for it.
  loaded.catch(() => {});
  throw new CachetoryError(
    "INVALID_VALUE",
    `A loader of ${cacheName} gave a promise, but the cache is synchronous. Use Cache for what has to be waited for.`,
  );
}
