import type { AbortSignalLike } from "../abort.ts";
import { loadsOn, type RunningLoads } from "../backends/running-loads.ts";
import { chunksOf } from "../chunks-of.ts";
import type { CacheEvents, Change } from "../observe/cache-events.ts";
import type { Operation } from "../observe/event-types.ts";
import { Background } from "./background.ts";
import { Admission, type Lease, leaseOn, loadLeased } from "../policies/lease.ts";
import type { SingleFlight } from "../policies/single-flight.ts";
import type { Entries } from "./entries.ts";
import { type Flight, Flights } from "./flights.ts";
import { Landing } from "./landing.ts";
import type { StoreRule } from "./lifetimes.ts";
import { ManyContext } from "./many-context.ts";
import { Miss } from "./miss.ts";
import { type LoadedEntry, storeMany } from "./store-many.ts";

/** What a loader gets besides the key. */
export interface LoaderContext {
  /** Aborted when every caller that waits for the load has aborted. */
  readonly signal: AbortSignalLike;
}

/** Why one key of many could not be loaded. */
export class LoadFailure {
  readonly cause: unknown;

  constructor(cause: unknown) {
    this.cause = cause;
  }
}

/** How many keys are loaded in one call: what it answers is found by the text of the keys. */
export interface LoadMany<V> {
  readonly load: (
    texts: readonly string[],
    context: LoaderContext,
  ) => Promise<ReadonlyMap<string, V | LoadFailure | undefined>>;
  /** The most keys that one call takes. */
  readonly maxKeys: number;
  readonly rule: StoreRule<V>;
}

/** A key that is to be loaded, and why. */
interface Missing<V> {
  readonly landing: Landing<V | undefined>;
  readonly miss: Miss;
}

/** A key that has been loaded, before anybody is told. */
interface LandingValue<V> extends Missing<V> {
  readonly value: V;
}

/**
 * The loads of one cache: concurrent callers of a key share one, and every change of the key meanwhile makes it one
 * that answers but does not store.
 */
export class Loads<V> {
  /** What no caller waits for. */
  readonly background: Background = new Background();
  readonly #entries: Entries<V>;
  readonly #events: CacheEvents<never>;
  readonly #flights: Flights<V | undefined>;
  readonly #singleFlight: SingleFlight;
  /** All loads that run on the backend; absent where it has not been opened. */
  #all: Set<RunningLoads> | undefined;
  /** `undefined` until the first load, `null` where processes do not share loads. */
  #lease: Lease<V> | null | undefined;

  constructor(entries: Entries<V>, events: CacheEvents<never>, singleFlight: SingleFlight) {
    this.#entries = entries;
    this.#flights = new Flights((value) => entries.copiesOf(value), singleFlight.deadlineMs);
    this.#singleFlight = singleFlight;
    this.#events = events;
  }

  /** Whether no load is under way. */
  get isIdle(): boolean {
    return this.#flights.size === 0;
  }

  /** Runs a change of the keys; loads that run before or during it do not store. */
  async change<T>(operation: Change, texts: readonly string[], write: () => Promise<T>): Promise<T> {
    const all = this.#onBackend();
    for (const loads of all) for (const text of texts) loads.invalidate(text);
    try {
      return await this.#events.change(operation, texts, write);
    } finally {
      for (const loads of all) for (const text of texts) loads.invalidate(text);
    }
  }

  async changeWhere<T>(owns: (text: string) => boolean, write: () => Promise<T>): Promise<T> {
    const all = this.#onBackend();
    for (const loads of all) loads.invalidateWhere(owns);
    try {
      return await this.#events.change("clear", undefined, write);
    } finally {
      for (const loads of all) loads.invalidateWhere(owns);
    }
  }

  /** The stored value, else the loaded one, which is stored if the key is still absent. */
  getOrLoad(
    text: string,
    load: (context: LoaderContext) => Promise<V | undefined>,
    rule: StoreRule<V>,
    signal: AbortSignalLike | undefined,
  ): Promise<V | undefined> {
    const running = this.#flights.get(text);
    if (running !== undefined) return running.wait(signal);
    return this.#fly(text, signal, async (flight) => {
      const [layer] = this.#entries.layersOf([text]);
      const found = await this.#entries.read(text);
      this.#events.found("getOrSet", text, found, layer);
      if (!(found instanceof Miss)) return found;
      const lease = this.#leaseHere();
      if (lease === null) return this.#loadOne(text, load, rule, found, flight);
      const admitted = (await lease.attempt(text, found)) ?? (await lease.wait(text, found, flight));
      if (!(admitted instanceof Admission)) return admitted;
      try {
        return await this.#loadOne(text, load, rule, admitted.miss, flight);
      } finally {
        this.background.run(admitted.release());
      }
    });
  }

  /** What is loaded now, stored whatever is there. That it cannot be stored is for this caller, not for who shares the load. */
  async refresh(
    text: string,
    load: (context: LoaderContext) => Promise<V | undefined>,
    rule: StoreRule<V>,
    signal: AbortSignalLike | undefined,
  ): Promise<V | undefined> {
    const unstored: LoadFailure[] = [];
    const loaded = await this.#fly(text, signal, async (flight) => {
      const value = await this.#events.load("refresh", [text], () => load(flight));
      if (value === undefined || flight.isVoid || rule.storeIf?.(value, text) === false) return value;
      try {
        await this.#events.change("refresh", [text], () =>
          this.#entries.storeUnless(() => flight.isVoid, text, value, rule, false),
        );
      } catch (cause) {
        unstored.push(new LoadFailure(cause));
      }
      return value;
    });
    for (const { cause } of unstored) throw cause;
    return loaded;
  }

  /** The flight of the key that is under way. */
  running(text: string): Flight<V | undefined> | undefined {
    return this.#flights.get(text);
  }

  /** A flight for the key that `getOrLoadEach` or `refreshEach` is to end; what is under way does not store. */
  begin(text: string): Landing<V | undefined> {
    this.#onBackend();
    return new Landing(text, this.#flights);
  }

  /** As `getOrLoad` for each key, with one read for all, and one load for those that are not stored. */
  async getOrLoadEach(begun: readonly Landing<V | undefined>[], how: LoadMany<V>): Promise<void> {
    const own = this.#latest(begun).filter((landing) => {
      const other = landing.flight.isVoid ? this.#flights.get(landing.text) : undefined;
      if (other !== undefined) landing.follow(other);
      return other === undefined;
    });
    if (own.length === 0) return;
    try {
      const texts = own.map(({ text }) => text);
      const layers = this.#entries.layersOf(texts);
      const found = await this.#entries.readMany(texts);
      const missing: Missing<V>[] = [];
      // What is stored lands at once, whatever the rest takes.
      for (const [index, landing] of own.entries()) {
        const one = found[index];
        this.#events.found("getOrSetMany", landing.text, one, layers[index]);
        if (one instanceof Miss) missing.push({ landing, miss: one });
        else landing.land(one);
      }
      await this.#loadMissing(missing, how);
    } catch (cause) {
      for (const landing of own) landing.fail(cause);
    }
  }

  /** As `refresh` for each key, with one load and one write for all. */
  async refreshEach(begun: readonly Landing<V | undefined>[], how: LoadMany<V>): Promise<void> {
    const missing = this.#latest(begun).map((landing) => ({ landing, miss: Miss.absent }));
    await Promise.all(chunksOf(missing, how.maxKeys).map((chunk) => this.#loadThenStore(chunk, how)));
  }

  /** Those that somebody waits for; where a change has parted the callers of a key since they came, one for all of them. */
  #latest(begun: readonly Landing<V | undefined>[]): readonly Landing<V | undefined>[] {
    const latest = new Map<string, Landing<V | undefined>>();
    for (const landing of begun) {
      if (landing.flight.isAbandoned) continue;
      latest.get(landing.text)?.follow(landing.flight);
      latest.set(landing.text, landing);
    }
    return [...latest.values()];
  }

  #fly(
    text: string,
    signal: AbortSignalLike | undefined,
    run: (flight: Flight<V | undefined>) => Promise<V | undefined>,
  ): Promise<V | undefined> {
    this.#onBackend();
    const flight = this.#flights.start(text);
    flight.carry(this.#landed(text, flight, run(flight)));
    return flight.wait(signal);
  }

  async #landed(text: string, flight: Flight<V | undefined>, result: Promise<V | undefined>): Promise<V | undefined> {
    try {
      const value = await result;
      this.#flights.landWith(text, flight, value);
      return value;
    } catch (cause) {
      this.#flights.land(text, flight);
      throw cause;
    }
  }

  /** @throws CachetoryError whatever making the backend throws */
  #onBackend(): Set<RunningLoads> {
    if (this.#all === undefined) {
      this.#all = loadsOn(this.#entries.backend);
      this.#flights.join(this.#all);
    }
    return this.#all;
  }

  #leaseHere(): Lease<V> | null {
    this.#lease ??= leaseOn(this.#entries.backend, this.#entries, this.#singleFlight) ?? null;
    return this.#lease;
  }

  async #loadOne(
    text: string,
    load: (context: LoaderContext) => Promise<V | undefined>,
    rule: StoreRule<V>,
    miss: Miss,
    flight: Flight<V | undefined>,
  ): Promise<V | undefined> {
    const loaded = await this.#events.load("getOrSet", [text], () => load(flight));
    if (loaded !== undefined) await this.#writeBack(text, loaded, miss, flight, rule);
    return loaded;
  }

  async #loadMissing(missing: readonly Missing<V>[], how: LoadMany<V>): Promise<void> {
    const load = (some: readonly Missing<V>[]): Promise<unknown> =>
      Promise.all(chunksOf(some, how.maxKeys).map((chunk) => this.#loadThenWriteBack(chunk, how)));
    const lease = this.#leaseHere();
    if (lease === null) await load(missing);
    else await loadLeased(lease, missing, load, this.background);
  }

  async #loadThenWriteBack(missing: readonly Missing<V>[], how: LoadMany<V>): Promise<void> {
    const loaded = await this.#loadEach("getOrSetMany", missing, how);
    const entriesOf = (isAnswering: boolean): readonly LoadedEntry<V>[] =>
      loaded
        .filter(({ miss }) => miss.isUnanswered !== isAnswering)
        .flatMap((one) => this.#toStore(one, how.rule, how.rule.ifNotExists && !one.miss.isUnfit));
    // A backend that did not answer the read is not waited for a second time.
    this.background.run(this.#entries.writeBackMany(entriesOf(false), how.rule));
    await this.#entries.writeBackMany(entriesOf(true), how.rule);
    for (const { landing, value } of loaded) landing.land(value);
  }

  async #loadThenStore(missing: readonly Missing<V>[], how: LoadMany<V>): Promise<void> {
    const loaded = await this.#loadEach("refresh", missing, how);
    const toStore = loaded.flatMap((one) => this.#toStore(one, how.rule, false));
    const texts = toStore.map(({ text }) => text);
    const problems = await this.#events.changeMany("refresh", texts, () => storeMany(this.#entries, toStore, how.rule));
    for (const { landing, value } of loaded) {
      if (problems.has(landing.text)) landing.unstored = { cause: problems.get(landing.text) };
      landing.land(value);
    }
  }

  /** The keys that have a value; the others are told that they have none, or why. */
  async #loadEach(
    operation: Operation,
    missing: readonly Missing<V>[],
    { load }: Pick<LoadMany<V>, "load">,
  ): Promise<readonly LandingValue<V>[]> {
    try {
      const context = new ManyContext(missing.map(({ landing }) => landing.flight));
      const texts = missing.map(({ landing }) => landing.text);
      const answers = await this.#events.load(operation, texts, () => load(texts, context));
      return missing.flatMap((one) => {
        const answer = answers.get(one.landing.text);
        if (answer instanceof LoadFailure) one.landing.fail(answer.cause);
        else if (answer === undefined) one.landing.land(undefined);
        else return { ...one, value: answer };
        return [];
      });
    } catch (cause) {
      for (const { landing } of missing) landing.fail(cause);
      return [];
    }
  }

  #toStore({ landing, value }: LandingValue<V>, rule: StoreRule<V>, ifNotExists: boolean): readonly LoadedEntry<V>[] {
    const { text, flight } = landing;
    try {
      if (flight.isVoid || rule.storeIf?.(value, text) === false) return [];
      return [{ text, value, ifNotExists, isVoid: () => flight.isVoid }];
    } catch (cause) {
      landing.fail(cause);
      return [];
    }
  }

  async #writeBack(
    text: string,
    value: V,
    miss: Miss,
    flight: Flight<V | undefined>,
    rule: StoreRule<V>,
  ): Promise<void> {
    if (flight.isVoid || rule.storeIf?.(value, text) === false) return;
    const written = this.#entries.writeBack(text, value, miss, rule, () => flight.isVoid);
    // A backend that did not answer the read is not waited for a second time.
    if (miss.isUnanswered) this.background.run(written);
    else await written;
  }
}
