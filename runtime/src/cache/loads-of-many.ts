import { nextTurn } from "../backends/next-turn.ts";
import { chunksOf } from "../chunks-of.ts";
import { BackendUnavailableError } from "../errors.ts";
import type { CacheEvents } from "../observe/cache-events.ts";
import type { Operation } from "../observe/event-types.ts";
import { type Lease, loadLeased } from "../policies/lease.ts";
import type { LoaderCalls } from "../policies/loader-calls.ts";
import type { StaleLoads } from "../policies/stale-loads.ts";
import type { Background } from "./background.ts";
import { type CallBudget, readWithin, waitWithin } from "./call-budget.ts";
import type { Entries } from "./entries.ts";
import type { Flights } from "./flights.ts";
import type { Landing } from "./landing.ts";
import type { StoreRule } from "./lifetimes.ts";
import type { LoadSetting } from "./load-on-miss.ts";
import { ManyContext } from "./many-context.ts";
import { Aged, Miss, unanswered } from "./miss.ts";
import type { LoaderContext } from "./one-load.ts";
import { chunkSize } from "./store-in-chunks.ts";
import { type LoadedEntry, storeMany } from "./store-many.ts";
import { loadedNow, type Stamp } from "./versions.ts";
import type { WriteBacks } from "./write-backs.ts";

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

/** What loads of many keys have in common with those of one. */
export interface LoadSharing<V> extends LoadSetting<V> {
  readonly flights: Flights<V | undefined>;
  /** `null` where processes do not share loads. */
  readonly leaseHere: () => Lease<V> | null;
  /** Loads of other caches that began before do not store: what comes now is newer. */
  readonly voidOthers: (text: string) => void;
  /** What a refresh loads; where that fails, what is stored. */
  readonly elseStored: (loaded: Promise<V | undefined>, text: string, key: unknown) => Promise<V | undefined>;
}

/** A key that is to be loaded, and why. */
interface Missing<V> {
  readonly landing: Landing<V | undefined>;
  readonly miss: Miss;
  /** Whether its callers have been served already, with a value that is theirs now. Default `false`. */
  readonly isBehind?: boolean;
}

/** A key that has been loaded, before anybody is told. */
interface LandingValue<V> extends Missing<V> {
  readonly value: V;
  readonly stamp: Stamp | undefined;
}

/** The loads of one cache that are of many keys in one call. What the loader fails for lands on the key it failed for. */
export class LoadsOfMany<V> {
  readonly #entries: Entries<V>;
  readonly #writeBacks: WriteBacks<V>;
  readonly #events: CacheEvents<never>;
  readonly #calls: LoaderCalls;
  readonly #flights: Flights<V | undefined>;
  readonly #stale: StaleLoads<V> | undefined;
  readonly #background: Background;
  readonly #leaseHere: () => Lease<V> | null;
  readonly #voidOthers: (text: string) => void;
  readonly #elseStored: LoadSharing<V>["elseStored"];

  constructor(sharing: LoadSharing<V>) {
    this.#entries = sharing.entries;
    this.#writeBacks = sharing.writeBacks;
    this.#events = sharing.events;
    this.#calls = sharing.calls;
    this.#flights = sharing.flights;
    this.#stale = sharing.stale;
    this.#background = sharing.background;
    this.#leaseHere = sharing.leaseHere;
    this.#voidOthers = sharing.voidOthers;
    this.#elseStored = sharing.elseStored;
  }

  /** As `getOrLoad` for each key, with one read for all, and one load for those that are not stored. */
  async getOrLoadEach(begun: readonly Landing<V | undefined>[], how: LoadMany<V>): Promise<void> {
    const own = this.#latest(begun).filter((landing) => {
      const other = landing.flight.isVoid ? this.#flights.get(landing.text) : undefined;
      if (other?.isRefresh === true) {
        const { text, key, flight } = landing;
        void landing.landWith(this.#elseStored(flight.follow(other), text, key));
      } else if (other !== undefined) landing.follow(other);
      return other === undefined;
    });
    try {
      const far = this.#entries.near === undefined ? own : await this.#landNear(own);
      if (far.length === 0) return;
      const texts = far.map(({ text }) => text);
      const reading = this.#entries.reading(texts, true);
      const keys = far.map(({ key }) => key);
      const found = await this.#entries.readMany(texts, keys, reading);
      const missing: Missing<V>[] = [];
      const behind: Missing<V>[] = [];
      // What is stored lands at once, whatever the rest takes.
      for (const [index, landing] of far.entries()) {
        const one = found[index];
        const isServed = one instanceof Aged && this.#stale?.servesAtOnce(landing.text, one) === true;
        this.#events.found("getOrSetMany", landing.text, one, reading.foundIn?.get(landing.text), isServed);
        const refusal = this.#entries.backendErrors.refusalOf(one);
        if (refusal !== undefined) landing.fail(refusal);
        else if (!(one instanceof Miss)) landing.land(one);
        else if (this.#stale === undefined) missing.push({ landing, miss: one });
        else this.#serveOrLoadEach(this.#stale, landing, one, missing, behind);
      }
      if (behind.length > 0) this.#background.run(this.#loadMissing(behind, how, far.length, false));
      await this.#loadMissing(missing, how, far.length, true);
    } catch (cause) {
      for (const landing of own) landing.fail(cause);
    }
  }

  /** As `refresh` for each key, with one load and one write for all. */
  async refreshEach(begun: readonly Landing<V | undefined>[], how: LoadMany<V>): Promise<void> {
    for (const { text } of begun) {
      this.#stale?.invalidate(text);
      this.#voidOthers(text);
    }
    const latest = this.#latest(begun);
    const misses = this.#entries.isGuarded
      ? await Promise.all(latest.map(({ text, key }) => this.#entries.guardedMiss(text, key)))
      : [];
    const missing = latest.map((landing, index) => ({ landing, miss: misses[index] ?? Miss.absent }));
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

  /** What is near waits for nothing that is far; the rest. */
  async #landNear(landings: readonly Landing<V | undefined>[]): Promise<readonly Landing<V | undefined>[]> {
    const far: Landing<V | undefined>[] = [];
    // Who has begun them waits for them only then.
    await Promise.resolve();
    for (const [index, chunk] of chunksOf(landings, chunkSize).entries()) {
      // To copy many takes long: others have their turn between them.
      if (index > 0) await nextTurn();
      for (const landing of chunk) {
        const value = this.#entries.readNear(landing.text, landing.key);
        if (value === undefined) far.push(landing);
        else {
          this.#events.found("getOrSetMany", landing.text, value, "near");
          landing.land(value);
        }
      }
    }
    return far;
  }

  #serveOrLoadEach(
    stale: StaleLoads<V>,
    landing: Landing<V | undefined>,
    miss: Miss,
    missing: Missing<V>[],
    behind: Missing<V>[],
  ): void {
    const { text, key, flight } = landing;
    if (stale.servesAtOnce(text, miss)) {
      landing.land(miss.value);
      const begun = stale.begin(text, key);
      if (begun !== undefined) behind.push({ landing: begun, miss, isBehind: true });
      return;
    }
    if (miss instanceof Aged) flight.instead = stale.insteadForEach(miss, () => this.#tellServed(text, miss));
    const running = this.#leaseHere() === null ? stale.running(text) : undefined;
    if (running === undefined) missing.push({ landing, miss });
    else {
      flight.follow(running).then(
        (value) => landing.land(value),
        (cause) => this.#fail({ landing, miss }, cause),
      );
    }
  }

  /**
   * @param readCount - how many keys were read before, in the time of the same call
   * @param isPatient - whether what another process loads is waited for
   */
  async #loadMissing(
    missing: readonly Missing<V>[],
    how: LoadMany<V>,
    readCount: number,
    isPatient: boolean,
  ): Promise<void> {
    for (const { landing } of missing) landing.flight.loading();
    const startedAtMs = missing[0]?.landing.flight.startedAtMs ?? performance.now();
    const budget = this.#entries.budget(startedAtMs, readCount);
    const load = async (some: readonly Missing<V>[]): Promise<void> => {
      const ready = this.#entries.isGuarded ? await this.#rereadEach(some, budget) : some;
      await Promise.all(chunksOf(ready, how.maxKeys).map((chunk) => this.#loadThenWriteBack(chunk, how, budget)));
    };
    const lease = this.#leaseHere();
    if (lease === null) await load(missing);
    else await loadLeased(lease, missing, load, this.#background, budget, isPatient);
  }

  /** Those that are still missing, with what their loads need to be stored. */
  async #rereadEach(missing: readonly Missing<V>[], budget: CallBudget | undefined): Promise<readonly Missing<V>[]> {
    const again = missing.map(async (one) => {
      if (!this.#entries.needsGuard(one.miss)) return [one];
      const asked = this.#entries.reread(one.landing.text, one.landing.key, one.miss);
      const found = await readWithin<V | Miss>(budget, asked, unanswered);
      if (found instanceof Miss) return [{ ...one, miss: found }];
      one.landing.land(found);
      return [];
    });
    return (await Promise.all(again)).flat();
  }

  async #loadThenWriteBack(
    missing: readonly Missing<V>[],
    how: LoadMany<V>,
    budget: CallBudget | undefined,
  ): Promise<void> {
    const loaded = await this.#loadEach("getOrSetMany", missing, how, budget);
    const asked: LoadedEntry<V>[] = [];
    const unasked: LoadedEntry<V>[] = [];
    for (const one of loaded) {
      const entries = this.#toStore(one, how.rule, how.rule.ifNotExists && !one.miss.isReplaceable);
      (one.miss.isUnanswered ? unasked : asked).push(...entries);
      // A backend that did not answer the read is not waited for a second time.
      if (one.miss.isUnanswered) for (const entry of entries) this.#writeBacks.keepUnasked(entry, how.rule, one.miss);
    }
    this.#background.run(this.#writeBacks.storeMany(unasked, how.rule, false));
    const written = this.#writeBacks.storeMany(asked, how.rule, true);
    await waitWithin(budget, written, () => {
      // What was changed meanwhile was not written, and is newer.
      this.#writeBacks.invalidateLate(asked.filter(({ isVoid }) => !isVoid()).map(({ text }) => text));
      this.#background.run(written);
    });
    for (const { landing, value } of loaded) landing.land(value);
  }

  async #loadThenStore(missing: readonly Missing<V>[], how: LoadMany<V>): Promise<void> {
    for (const { landing } of missing) landing.flight.loading();
    const loaded = await this.#loadEach("refresh", missing, how);
    const loadedAtMs = performance.now();
    const storable = loaded.flatMap((one) => this.#toStore(one, how.rule, false));
    // Without an answer to what a load needs to be stored, nothing is.
    const unguarded = loaded.filter(({ miss }) => miss.isUnanswered);
    const causes = new Map(unguarded.map(({ landing, miss }) => [landing.text, miss.cause]));
    const toStore = storable.filter(({ text }) => !causes.has(text));
    const texts = toStore.map(({ text }) => text);
    const problems = await this.#events.changeMany("refresh", texts, () => storeMany(this.#entries, toStore, how.rule));
    for (const [text, cause] of problems) causes.set(text, cause);
    for (const one of storable) {
      const isOut = causes.get(one.text) instanceof BackendUnavailableError;
      if (isOut && !one.isVoid()) this.#writeBacks.keepMeanwhile(one, how.rule, { loadedAtMs });
    }
    for (const { landing, value } of loaded) {
      if (causes.has(landing.text)) landing.unstored = { cause: causes.get(landing.text) };
      landing.land(value);
    }
  }

  /** The keys that have a value; the others are told that they have none, or why. */
  async #loadEach(
    operation: Operation,
    missing: readonly Missing<V>[],
    { load }: Pick<LoadMany<V>, "load">,
    budget?: CallBudget,
  ): Promise<readonly LandingValue<V>[]> {
    try {
      const context = new ManyContext(missing.map(({ landing }) => landing.flight));
      const texts = missing.map(({ landing }) => landing.text);
      const stamped = this.#entries.together(() =>
        missing.map(({ landing, miss }) => this.#entries.stamp(landing.key, miss)),
      );
      let unknown: Miss | undefined;
      const unstamped = (cause: unknown): Promise<readonly (Stamp | undefined)[]> => {
        const miss = unanswered(cause);
        unknown = miss;
        return Promise.all(missing.map(({ landing }) => this.#entries.stamp(landing.key, miss)));
      };
      const isStamped = stamped.some((one) => one !== undefined);
      const stamps = isStamped ? await waitWithin(budget, Promise.all(stamped), unstamped) : [];
      const answers = await this.#calls.run(operation, texts, () => load(texts, context));
      return missing.flatMap((one, index) => {
        const answer = answers.get(one.landing.text);
        if (answer instanceof LoadFailure) this.#fail(one, answer.cause);
        else if (answer === undefined) one.landing.land(undefined);
        else return { ...one, miss: unknown ?? one.miss, value: answer, stamp: loadedNow(stamps[index]) };
        return [];
      });
    } catch (cause) {
      for (const one of missing) this.#fail(one, cause);
      return [];
    }
  }

  #fail({ landing, miss, isBehind = false }: Missing<V>, cause: unknown): void {
    this.#stale?.noteFailed(landing.text, miss, cause);
    const instead = isBehind ? undefined : this.#stale?.insteadOf(miss);
    if (instead === undefined) {
      landing.fail(cause);
      return;
    }
    // Once for all who share the load.
    if (!landing.flight.isLate) this.#tellServed(landing.text, instead);
    landing.land(instead.value);
  }

  #tellServed(text: string, aged: Aged<V>): void {
    this.#events.found("getOrSetMany", text, aged, undefined, true);
  }

  #toStore(
    { landing, miss, value, stamp }: LandingValue<V>,
    rule: StoreRule<V>,
    ifNotExists: boolean,
  ): readonly LoadedEntry<V>[] {
    const { text, key, flight } = landing;
    this.#stale?.noteLoaded(text);
    try {
      if (flight.isVoid || rule.storeIf?.(value, text) === false) return [];
      return [{ text, key, value, stamp, ifNotExists, isVoid: () => flight.isVoid, guard: miss.guard }];
    } catch (cause) {
      landing.fail(cause);
      return [];
    }
  }
}
