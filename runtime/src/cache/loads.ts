import { type AbortSignalLike, abortable } from "../abort.ts";
import { loadsOn, type RunningLoads } from "../backends/running-loads.ts";
import { BackendUnavailableError } from "../errors.ts";
import type { CacheEvents, Change } from "../observe/cache-events.ts";
import type { HitEvent } from "../observe/event-types.ts";
import type { LoaderCalls } from "../policies/loader-calls.ts";
import type { SingleFlight } from "../policies/single-flight.ts";
import type { StaleLoads } from "../policies/stale-loads.ts";
import { type Waiting, waitFor } from "../policies/timeouts.ts";
import { Background } from "./background.ts";
import type { Entries } from "./entries.ts";
import { type Flight, Flights, type Turn } from "./flights.ts";
import { Landing } from "./landing.ts";
import { LoadOnMiss, type LoadSetting } from "./load-on-miss.ts";
import { LoadFailure, LoadsOfMany } from "./loads-of-many.ts";
import { Miss } from "./miss.ts";
import type { OneLoad } from "./one-load.ts";
import { ReadSharing } from "./read-sharing.ts";
import { plainReadingForLoad } from "./reading.ts";
import { loadedNow } from "./versions.ts";
import { WriteBacks } from "./write-backs.ts";

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
  readonly #onMiss: LoadOnMiss<V>;
  readonly #sharing = new ReadSharing();
  /** Absent where only what is fresh is served. */
  readonly #stale: StaleLoads<V> | undefined;
  /** All loads that run on the backend; absent where it has not been opened. */
  #all: Set<RunningLoads> | undefined;

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
    this.#stale = stale;
    this.#events = events;
    this.#calls = calls;
    const { background } = this;
    const setting: LoadSetting<V> = { entries, writeBacks: this.#writeBacks, events, calls, stale, background };
    this.#onMiss = new LoadOnMiss(setting, singleFlight);
    this.ofMany = new LoadsOfMany({
      ...setting,
      flights: this.#flights,
      leaseHere: () => this.#onMiss.leaseHere(),
      voidOthers: (text) => this.#voidOthers(text),
      elseStored: (...loaded) => this.elseStored("getOrSetMany", ...loaded, undefined),
    });
  }

  /** Nothing is tried again that no caller waits for. */
  close(): void {
    this.#onMiss.close();
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
    } catch (cause) {
      throw this.#events.failure(cause);
    } finally {
      for (const loads of all) for (const text of texts) loads.invalidate(text);
    }
  }

  async changeWhere<T>(owns: (text: string) => boolean, write: () => Promise<T>): Promise<T> {
    const all = this.#onBackend();
    for (const loads of all) loads.invalidateWhere(owns);
    try {
      return await this.#events.change("clear", undefined, write);
    } catch (cause) {
      throw this.#events.failure(cause);
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
    const isPlain = waiting.signal === undefined && waiting.timeouts === undefined;
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
    for (const { cause } of unstored) throw this.#events.failure(cause);
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
    return new Landing(text, this.#flights.start(text, key), this.#flights);
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
    void new Landing(text, flight, this.#flights).landWith(run(flight));
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
      const reading = this.#events.areHitsHeard ? this.#entries.reading([one.text], true) : plainReadingForLoad;
      const { foundIn } = reading;
      const found = await this.#entries.read(one.text, one.key, reading);
      if (found instanceof Miss) return this.#flyAfterRead(one, found, foundIn?.get(one.text), since, turn);
      if (foundIn !== undefined) this.#events.hit("getOrSet", one.text, { layer: foundIn.get(one.text) });
      return found;
    } finally {
      this.#flights.endRead();
    }
  }

  #flyAfterRead(
    one: OneLoad<V>,
    miss: Miss,
    layer: HitEvent["layer"],
    since: number,
    turn: Turn,
  ): Promise<V | undefined> {
    const { text, key } = one;
    // Without an answer nothing has been read that may be old, and nobody waits for the backend twice.
    const running = miss.isUnanswered ? this.#flights.get(text) : undefined;
    if (running !== undefined) return this.join("getOrSet", running, text, asLongAsItTakes);
    const flight = miss.isUnanswered
      ? this.#flights.start(text, key, turn)
      : this.#flights.startAfterRead(text, key, since, turn);
    if (flight === undefined) return this.#readInFlight(one, asLongAsItTakes);
    void new Landing(text, flight, this.#flights).landWith(this.#onMiss.instead(one, miss, flight, layer));
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
      if (found instanceof Miss) value = await this.#onMiss.instead(one, found, flight, foundIn?.get(text));
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
}
