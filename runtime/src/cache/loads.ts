import type { AbortSignalLike } from "../abort.ts";
import { chunksOf } from "../chunks-of.ts";
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

/** Waits for one key; with a signal, until that aborts. */
export type Waiting<V> = (signal: AbortSignalLike | undefined) => Promise<V | undefined>;

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
  readonly #entries: Entries<V>;
  readonly #flights = new Flights<V | undefined>();

  constructor(entries: Entries<V>) {
    this.#entries = entries;
  }

  /** Runs a change of the keys; loads that run before or during it do not store. */
  async change<T>(texts: readonly string[], write: () => Promise<T>): Promise<T> {
    for (const text of texts) this.#flights.invalidate(text);
    try {
      return await write();
    } finally {
      for (const text of texts) this.#flights.invalidate(text);
    }
  }

  async changeWhere<T>(owns: (text: string) => boolean, write: () => Promise<T>): Promise<T> {
    this.#flights.invalidateWhere(owns);
    try {
      return await write();
    } finally {
      this.#flights.invalidateWhere(owns);
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
      const found = await this.#entries.read(text);
      if (!(found instanceof Miss)) return found;
      const loaded = await load(flight);
      if (loaded !== undefined) await this.#writeBack(text, loaded, found, flight, rule);
      return loaded;
    });
  }

  /** What is loaded now, stored whatever is there. That it cannot be stored is for this caller, not for who shares the load. */
  async refresh(
    text: string,
    load: (context: LoaderContext) => Promise<V | undefined>,
    rule: StoreRule<V>,
    signal: AbortSignalLike | undefined,
  ): Promise<V | undefined> {
    let problem: LoadFailure | undefined;
    const loaded = await this.#fly(text, signal, async (flight) => {
      const value = await load(flight);
      if (value === undefined || flight.isVoid || rule.storeIf?.(value, text) === false) return value;
      try {
        await this.#entries.storeUnless(() => flight.isVoid, text, value, rule, false);
      } catch (cause) {
        problem = new LoadFailure(cause);
      }
      return value;
    });
    // What is assigned in a function, the compiler does not see.
    const found = problem as LoadFailure | undefined;
    if (found !== undefined) throw found.cause;
    return loaded;
  }

  /**
   * As `getOrLoad` for each of the keys, with one read for all, and one load for those that are neither stored nor being
   * loaded elsewhere. The answer is aligned with the keys, and somebody has to wait for each.
   */
  getOrLoadEach(texts: readonly string[], how: LoadMany<V>): readonly Waiting<V>[] {
    const own: Landing<V | undefined>[] = [];
    const flights = texts.map((text) => {
      const running = this.#flights.get(text);
      if (running !== undefined) return running;
      const landing = new Landing(text, this.#flights);
      own.push(landing);
      return landing.flight;
    });
    if (own.length > 0) void this.#readThenLoad(own, how);
    return flights.map((flight) => (signal) => flight.wait(signal));
  }

  /** As `refresh` for each of the keys, with one load and one write for all. Answers as `getOrLoadEach`. */
  refreshEach(texts: readonly string[], how: LoadMany<V>): readonly Waiting<V>[] {
    const own = new Map<string, Landing<V | undefined>>();
    for (const text of texts) if (!own.has(text)) own.set(text, new Landing(text, this.#flights));
    const missing = [...own.values()].map((landing) => ({ landing, miss: Miss.absent }));
    const problems = new Map<string, unknown>();
    for (const chunk of chunksOf(missing, how.maxKeys)) void this.#loadThenStore(chunk, how, problems);
    return texts.map((text) => async (signal) => {
      const loaded = await own.get(text)?.flight.wait(signal);
      if (problems.has(text)) throw problems.get(text);
      return loaded;
    });
  }

  #fly(
    text: string,
    signal: AbortSignalLike | undefined,
    run: (flight: Flight<V | undefined>) => Promise<V | undefined>,
  ): Promise<V | undefined> {
    const flight = this.#flights.start(text);
    flight.carry(this.#landed(text, flight, run(flight)));
    return flight.wait(signal);
  }

  async #landed(text: string, flight: Flight<V | undefined>, result: Promise<V | undefined>): Promise<V | undefined> {
    try {
      return await result;
    } finally {
      this.#flights.land(text, flight);
    }
  }

  /** Lands what is stored as soon as it is read, and the rest as it is loaded. */
  async #readThenLoad(own: readonly Landing<V | undefined>[], how: LoadMany<V>): Promise<void> {
    try {
      const found = await this.#entries.readMany(own.map(({ text }) => text));
      const missing: Missing<V>[] = [];
      for (const [index, landing] of own.entries()) {
        const one = found[index];
        if (one instanceof Miss) missing.push({ landing, miss: one });
        else landing.land(one);
      }
      for (const chunk of chunksOf(missing, how.maxKeys)) void this.#loadThenWriteBack(chunk, how);
    } catch (cause) {
      for (const landing of own) landing.fail(cause);
    }
  }

  async #loadThenWriteBack(missing: readonly Missing<V>[], how: LoadMany<V>): Promise<void> {
    const loaded = await this.#loadEach(missing, how);
    const entriesOf = (isAnswering: boolean): readonly LoadedEntry<V>[] =>
      loaded
        .filter(({ miss }) => (miss.reason !== "unavailable") === isAnswering)
        .flatMap((one) => this.#toStore(one, how.rule, how.rule.ifNotExists && one.miss.reason !== "unfit"));
    // A backend that did not answer the read is not waited for a second time.
    void this.#entries.writeBackMany(entriesOf(false), how.rule);
    await this.#entries.writeBackMany(entriesOf(true), how.rule);
    for (const { landing, value } of loaded) landing.land(value);
  }

  async #loadThenStore(
    missing: readonly Missing<V>[],
    how: LoadMany<V>,
    problems: Map<string, unknown>,
  ): Promise<void> {
    const loaded = await this.#loadEach(missing, how);
    const toStore = loaded.flatMap((one) => this.#toStore(one, how.rule, false));
    for (const [text, cause] of await storeMany(this.#entries, toStore, how.rule)) problems.set(text, cause);
    for (const { landing, value } of loaded) landing.land(value);
  }

  /** The keys that have a value; the others are told that they have none, or why. */
  async #loadEach(
    missing: readonly Missing<V>[],
    { load }: Pick<LoadMany<V>, "load">,
  ): Promise<readonly LandingValue<V>[]> {
    try {
      const context = new ManyContext(missing.map(({ landing }) => landing.flight));
      const answers = await load(
        missing.map(({ landing }) => landing.text),
        context,
      );
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
    if (miss.reason !== "unavailable") await written;
  }
}
