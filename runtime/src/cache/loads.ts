import { type AbortSignalLike, abortable } from "../abort.ts";
import { loadsOn, type RunningLoads } from "../backends/running-loads.ts";
import { BackendUnavailableError } from "../errors.ts";
import type { CacheEvents, Change } from "../observe/cache-events.ts";
import type { HitEvent } from "../observe/event-types.ts";
import { Admission, type Lease, leaseOn } from "../policies/lease.ts";
import type { LoaderCalls } from "../policies/loader-calls.ts";
import type { SingleFlight } from "../policies/single-flight.ts";
import type { StaleLoads } from "../policies/stale-loads.ts";
import { type Waiting, waitFor } from "../policies/timeouts.ts";
import { Background } from "./background.ts";
import { readWithin, waitWithin } from "./call-budget.ts";
import type { Entries } from "./entries.ts";
import { type Flight, Flights, type Turn } from "./flights.ts";
import { Landing } from "./landing.ts";
import type { StoreRule } from "./lifetimes.ts";
import { LoadFailure, LoadsOfMany } from "./loads-of-many.ts";
import { Aged, Miss, unanswered } from "./miss.ts";
import { ReadSharing } from "./read-sharing.ts";
import { plainReadingForLoad } from "./reading.ts";
import type { LoadedEntry } from "./store-many.ts";
import { loadedNow, type Stamp } from "./versions.ts";
import { WriteBacks } from "./write-backs.ts";

/** What a loader gets besides the key. */
export interface LoaderContext {
  /** Aborted when every caller that waits for the load has aborted. */
  readonly signal: AbortSignalLike;
}

/** A load of one key, as its caller asks for it. */
export interface OneLoad<V> {
  readonly text: string;
  readonly key: unknown;
  readonly rule: StoreRule<V>;
  load(context: LoaderContext): Promise<V | undefined>;
}

/** How a caller waits who says nothing else. */
const asLongAsItTakes: Waiting = { signal: undefined, timeouts: undefined };

/**
 * The loads of one cache: concurrent callers of a key share one, and every change of the key meanwhile makes it one
 * that answers but does not store.
 */
export class Loads<V> {
  /** What no caller waits for. */
  readonly background: Background = new Background();
  /** Those of many keys in one call. */
  readonly ofMany: LoadsOfMany<V>;
  readonly #entries: Entries<V>;
  readonly #writeBacks: WriteBacks<V>;
  readonly #events: CacheEvents<never>;
  readonly #calls: LoaderCalls;
  readonly #flights: Flights<V | undefined>;
  readonly #singleFlight: SingleFlight;
  readonly #sharing = new ReadSharing();
  /** Absent where only what is fresh is served. */
  readonly #stale: StaleLoads<V> | undefined;
  /** All loads that run on the backend; absent where it has not been opened. */
  #all: Set<RunningLoads> | undefined;
  /** `undefined` until the first load, `null` where processes do not share loads. */
  #lease: Lease<V> | null | undefined;

  constructor(
    entries: Entries<V>,
    events: CacheEvents<never>,
    calls: LoaderCalls,
    singleFlight: SingleFlight,
    stale: StaleLoads<V> | undefined,
  ) {
    this.#entries = entries;
    this.#writeBacks = new WriteBacks(entries, events);
    this.#flights = new Flights((value) => entries.copiesOf(value), singleFlight.deadlineMs);
    this.#singleFlight = singleFlight;
    this.#stale = stale;
    this.#events = events;
    this.#calls = calls;
    this.ofMany = new LoadsOfMany({
      entries,
      writeBacks: this.#writeBacks,
      events,
      calls,
      flights: this.#flights,
      stale,
      background: this.background,
      leaseHere: () => this.#leaseHere(),
      voidOthers: (text) => this.#voidOthers(text),
      elseStored: (...loaded) => this.elseStored("getOrSetMany", ...loaded, undefined),
    });
  }

  /** Nothing is tried again that no caller waits for. */
  close(): void {
    this.#lease?.close();
  }

  /** Whether no load is under way. */
  get isIdle(): boolean {
    return this.#flights.size === 0;
  }

  /** Whether no load is known to run on the backend, of any cache. */
  get isBackendIdle(): boolean {
    return this.#all?.size === 0;
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

  /** Loads of such keys answer, and do not store; callers who come later begin another one. */
  invalidateKeys(owns: (key: unknown) => boolean): void {
    this.#flights.invalidateKeys(owns);
    this.#stale?.invalidateKeys(owns);
    this.#entries.gutter?.invalidateKeys(owns);
  }

  /** The stored value, else the loaded one, which is stored if the key is still absent. */
  getOrLoad(one: OneLoad<V>, waiting: Waiting): Promise<V | undefined> {
    this.#onBackend();
    const isPlain = waiting.signal === undefined && waiting.timeouts === undefined && !this.#events.areHitsHeard;
    if (isPlain && this.#entries.areQuickToRead && !this.#sharing.looksForOthers() && !this.#flights.has(one.text)) {
      return this.#readElseFly(one);
    }
    return this.#readInFlight(one, waiting);
  }

  /** What is loaded now, stored whatever is there. That it cannot be stored is for this caller, not for who shares the load. */
  async refresh(one: OneLoad<V>, waiting: Waiting): Promise<V | undefined> {
    const { text, key, rule } = one;
    const unstored: LoadFailure[] = [];
    this.#stale?.invalidate(text);
    this.#voidOthers(text);
    const loaded = await this.#flyAnew(text, key, waiting, async (flight) => {
      flight.loading();
      const miss = this.#entries.isGuarded ? await this.#entries.guardedMiss(text, key) : Miss.absent;
      const stamped = this.#entries.stamp(key);
      const stamp = stamped instanceof Promise ? await stamped : stamped;
      const value = await this.#calls.run("refresh", [text], () => one.load(flight));
      if (value === undefined || flight.isVoid || rule.storeIf?.(value, text) === false) return value;
      const loadedAtMs = performance.now();
      try {
        if (miss.isUnanswered) throw miss.cause;
        const isVoid = (): boolean => flight.isVoid;
        const { guard } = miss;
        const entry = { text, key, value, stamp: loadedNow(stamp), ifNotExists: false, isVoid, guard };
        await this.#events.change("refresh", [text], () => this.#writeBacks.storeUnless(entry, rule));
      } catch (cause) {
        unstored.push(new LoadFailure(cause));
        if (cause instanceof BackendUnavailableError && !flight.isVoid) {
          this.#writeBacks.keepMeanwhile({ text, key, value }, rule, { loadedAtMs });
        }
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

  /** What a flight under way gives, to a caller who has not begun it. Where it is a refresh that fails, what is stored. */
  join(
    operation: "getOrSet" | "getOrSetMany",
    flight: Flight<V | undefined>,
    text: string,
    waiting: Waiting,
  ): Promise<V | undefined> {
    const loaded = waitFor(flight, waiting);
    return flight.isRefresh ? this.elseStored(operation, loaded, text, flight.key, waiting.signal) : loaded;
  }

  /** What is loaded whatever is stored; where that fails, what is stored. */
  async elseStored(
    operation: "getOrSet" | "getOrSetMany",
    loaded: Promise<V | undefined>,
    text: string,
    key: unknown,
    signal: AbortSignalLike | undefined,
  ): Promise<V | undefined> {
    try {
      return await loaded;
    } catch (cause) {
      if (signal?.aborted === true) throw cause;
      const reading = this.#entries.reading([text], false);
      const found = await abortable(this.#entries.read(text, key, reading), signal);
      const layer = reading.foundIn?.get(text);
      if (!(found instanceof Miss)) {
        this.#events.found(operation, text, found, layer);
        return found;
      }
      const instead = this.#stale?.insteadOf(found);
      if (instead === undefined) throw cause;
      this.#events.found(operation, text, instead, layer, true);
      return instead.value;
    }
  }

  /** A flight for the key that `ofMany` is to end; what is under way does not store. */
  begin(text: string, key: unknown): Landing<V | undefined> {
    this.#onBackend();
    return new Landing(text, key, this.#flights);
  }

  /** Whatever is under way, and whatever is stored. */
  #flyAnew(
    text: string,
    key: unknown,
    waiting: Waiting,
    run: (flight: Flight<V | undefined>) => Promise<V | undefined>,
  ): Promise<V | undefined> {
    this.#onBackend();
    const flight = this.#flights.start(text, key);
    flight.isRefresh = true;
    flight.carry(this.#landed(flight, run(flight)));
    return waitFor(flight, waiting);
  }

  /**
   * Reads without a flight: to find the one of a key takes a tenth of a small hit. Who asks for the key at the same time reads it as
   * well; what is missing is loaded once.
   */
  async #readElseFly(one: OneLoad<V>): Promise<V | undefined> {
    const turn = this.#flights.turn();
    const since = this.#flights.beginRead();
    try {
      const found = await this.#entries.read(one.text, one.key, plainReadingForLoad);
      return found instanceof Miss ? this.#flyAfterRead(one, found, since, turn) : found;
    } finally {
      this.#flights.endRead();
    }
  }

  #flyAfterRead(one: OneLoad<V>, miss: Miss, since: number, turn: Turn): Promise<V | undefined> {
    const flight = this.#flights.startAfterRead(one.text, one.key, since, turn);
    if (flight === undefined) return this.#readInFlight(one, asLongAsItTakes);
    flight.carry(this.#landed(flight, this.#loadInstead(one, miss, flight, undefined)));
    return flight.wait(undefined);
  }

  /** Reads in a flight, so that who asks for the key meanwhile waits for it. */
  #readInFlight(one: OneLoad<V>, waiting: Waiting): Promise<V | undefined> {
    const flight = this.#flights.getOrStart(one.text, one.key);
    if (flight.isCarrying) {
      this.#sharing.noteJoined();
      return this.join("getOrSet", flight, one.text, waiting);
    }
    flight.carry(this.#readOrLoad(one, flight));
    return waitFor(flight, waiting);
  }

  /** One function, for a hit is as quick as what it waits for: each more of them takes a tenth of it. */
  async #readOrLoad(one: OneLoad<V>, flight: Flight<V | undefined>): Promise<V | undefined> {
    const { text, key } = one;
    try {
      const reading = this.#entries.reading([text], true);
      const { foundIn } = reading;
      const found = await this.#entries.read(text, key, reading);
      let value: V | undefined;
      if (found instanceof Miss) value = await this.#loadInstead(one, found, flight, foundIn?.get(text));
      else {
        if (foundIn !== undefined) this.#events.hit("getOrSet", text, { layer: foundIn.get(text) });
        value = found;
      }
      this.#flights.landWith(flight, value);
      return value;
    } catch (cause) {
      this.#flights.land(flight);
      throw cause;
    }
  }

  /** What is served instead of what is missing. */
  async #loadInstead(
    one: OneLoad<V>,
    miss: Miss,
    flight: Flight<V | undefined>,
    layer: HitEvent["layer"],
  ): Promise<V | undefined> {
    const { text } = one;
    if (miss instanceof Aged && this.#stale !== undefined) {
      const isServed = this.#stale.servesAtOnce(text, miss);
      this.#events.found("getOrSet", text, miss, layer, isServed);
      return isServed
        ? this.#serveThenLoad(this.#stale, one, miss)
        : this.#loadElseServe(this.#stale, one, miss, flight);
    }
    this.#events.found("getOrSet", text, miss, layer);
    this.#entries.backendErrors.refuse(miss);
    return this.#loadShared(one, miss, flight);
  }

  async #landed(flight: Flight<V | undefined>, result: Promise<V | undefined>): Promise<V | undefined> {
    try {
      const value = await result;
      this.#flights.landWith(flight, value);
      return value;
    } catch (cause) {
      this.#flights.land(flight);
      throw cause;
    }
  }

  /** @throws CachetoryError whatever making the backend throws */
  #onBackend(): Set<RunningLoads> {
    if (this.#all === undefined) {
      this.#all = loadsOn(this.#entries.backend);
      this.#flights.join(this.#all);
      this.#stale?.join(this.#all);
      this.#entries.gutter?.join(this.#all);
    }
    return this.#all;
  }

  /** Loads of other caches that began before do not store: what comes now is newer. */
  #voidOthers(text: string): void {
    for (const loads of this.#onBackend()) if (loads !== this.#flights) loads.invalidate(text);
  }

  #leaseHere(): Lease<V> | null {
    this.#lease ??= leaseOn(this.#entries.backend, this.#entries, this.#singleFlight) ?? null;
    return this.#lease;
  }

  /** Serves what is not fresh, and loads behind the caller. */
  #serveThenLoad(stale: StaleLoads<V>, one: OneLoad<V>, aged: Aged<V>): V {
    const behind = stale.begin(one.text, one.key);
    if (behind !== undefined) this.background.run(behind.landWith(this.#loadBehind(one, aged, behind.flight)));
    return aged.value;
  }

  /** Loads, and serves what is not fresh where that fails or takes too long. */
  async #loadElseServe(
    stale: StaleLoads<V>,
    one: OneLoad<V>,
    aged: Aged<V>,
    flight: Flight<V | undefined>,
  ): Promise<V | undefined> {
    flight.instead = stale.insteadForEach(aged);
    try {
      return await this.#loadShared(one, aged, flight);
    } catch (cause) {
      stale.noteFailed(one.text, aged, cause);
      const instead = stale.insteadOf(aged);
      if (instead === undefined) throw cause;
      this.#events.found("getOrSet", one.text, instead, undefined, true);
      return instead.value;
    }
  }

  /** What another process loads, or a load behind; else what is loaded here. */
  async #loadShared(one: OneLoad<V>, miss: Miss, flight: Flight<V | undefined>): Promise<V | undefined> {
    const { text, key } = one;
    flight.loading();
    flight.budget = this.#entries.budget(flight.startedAtMs);
    const lease = this.#leaseHere();
    if (lease === null) {
      const behind = this.#stale?.running(text);
      return behind === undefined ? this.#loadOne(one, miss, flight) : flight.follow(behind);
    }
    let admitted = await lease.attempt(text, key, miss, flight.budget);
    if (admitted === undefined) {
      admitted = await lease.wait(text, key, miss, flight);
      // That was the time of another's load.
      flight.budget = this.#entries.budget(performance.now());
    }
    return admitted instanceof Admission ? this.#loadAdmitted(one, admitted, flight) : admitted;
  }

  /** Nothing where another process does it. */
  async #loadBehind(one: OneLoad<V>, miss: Miss, flight: Flight<V | undefined>): Promise<V | undefined> {
    flight.budget = this.#entries.budget(flight.startedAtMs);
    const lease = this.#leaseHere();
    if (lease === null) return this.#loadOne(one, miss, flight);
    const admitted = await lease.attempt(one.text, one.key, miss, flight.budget);
    return admitted instanceof Admission ? this.#loadAdmitted(one, admitted, flight) : admitted;
  }

  async #loadAdmitted(one: OneLoad<V>, admitted: Admission, flight: Flight<V | undefined>): Promise<V | undefined> {
    try {
      return await this.#loadOne(one, admitted.miss, flight);
    } finally {
      this.background.run(admitted.release());
    }
  }

  async #loadOne(one: OneLoad<V>, miss: Miss, flight: Flight<V | undefined>): Promise<V | undefined> {
    if (!this.#entries.needsGuard(miss)) return this.#loadNow(one, miss, flight);
    const again = await readWithin<V | Miss>(flight.budget, this.#entries.reread(one.text, one.key, miss), unanswered);
    return again instanceof Miss ? this.#loadNow(one, again, flight) : again;
  }

  async #loadNow(one: OneLoad<V>, miss: Miss, flight: Flight<V | undefined>): Promise<V | undefined> {
    const { text, key, rule } = one;
    let known = miss;
    const stamped = this.#entries.stamp(key, miss);
    const unstamped = (cause: unknown): Stamp | Promise<Stamp> | undefined => {
      known = unanswered(cause);
      return this.#entries.stamp(key, known);
    };
    // To wait for nothing would call the loader later.
    const stamp = stamped instanceof Promise ? await waitWithin(flight.budget, stamped, unstamped) : stamped;
    const value = await this.#calls.run("getOrSet", [text], () => one.load(flight));
    this.#stale?.noteLoaded(text);
    if (value !== undefined) await this.#writeBack({ text, key, value, stamp: loadedNow(stamp) }, known, flight, rule);
    return value;
  }

  async #writeBack(
    loaded: Pick<LoadedEntry<V>, "text" | "key" | "value" | "stamp">,
    miss: Miss,
    flight: Flight<V | undefined>,
    rule: StoreRule<V>,
  ): Promise<void> {
    if (flight.isVoid || rule.storeIf?.(loaded.value, loaded.text) === false) return;
    // Only what was read and is worth nothing is replaced: an absent entry may be there by now, and is newer.
    const ifNotExists = rule.ifNotExists && !miss.isReplaceable;
    const isVoid = (): boolean => flight.isVoid;
    const written = this.#writeBacks.store(
      { ...loaded, ifNotExists, isVoid, guard: miss.guard },
      rule,
      !miss.isUnanswered,
    );
    // A backend that did not answer the read is not waited for a second time.
    if (miss.isUnanswered) {
      this.#writeBacks.keepUnasked(loaded, rule, miss);
      this.background.run(written);
    } else {
      await waitWithin(flight.budget, written, () => {
        // A change that came behind it is newer.
        if (!flight.isVoid) this.#writeBacks.invalidateLate([loaded.text]);
        this.background.run(written);
      });
    }
  }
}
