import type { CacheEvents } from "../observe/cache-events.ts";
import type { HitEvent } from "../observe/event-types.ts";
import { Admission, type Lease, leaseOn } from "../policies/lease.ts";
import type { LoaderCalls } from "../policies/loader-calls.ts";
import type { SingleFlight } from "../policies/single-flight.ts";
import type { StaleLoads } from "../policies/stale-loads.ts";
import type { Background } from "./background.ts";
import { readWithin, waitWithin } from "./call-budget.ts";
import type { Entries } from "./entries.ts";
import type { Flight } from "./flights.ts";
import type { StoreRule } from "./lifetimes.ts";
import { Aged, Miss, unanswered } from "./miss.ts";
import type { OneLoad } from "./one-load.ts";
import type { LoadedEntry } from "./store-many.ts";
import { loadedNow, type Stamp } from "./versions.ts";
import type { WriteBacks } from "./write-backs.ts";

/** What a load of one cache stands on. */
export interface LoadSetting<V> {
  readonly entries: Entries<V>;
  readonly writeBacks: WriteBacks<V>;
  readonly events: CacheEvents<never>;
  readonly calls: LoaderCalls;
  /** Absent where only what is fresh is served. */
  readonly stale: StaleLoads<V> | undefined;
  /** What no caller waits for. */
  readonly background: Background;
}

/** What becomes of a key that a read has not found, or not fresh: it is loaded and stored, here or by another process. */
export class LoadOnMiss<V> {
  readonly #entries: Entries<V>;
  readonly #writeBacks: WriteBacks<V>;
  readonly #events: CacheEvents<never>;
  readonly #calls: LoaderCalls;
  readonly #singleFlight: SingleFlight;
  readonly #stale: StaleLoads<V> | undefined;
  readonly #background: Background;
  /** `undefined` until the first load, `null` where processes do not share loads. */
  #lease: Lease<V> | null | undefined;

  constructor({ entries, writeBacks, events, calls, stale, background }: LoadSetting<V>, singleFlight: SingleFlight) {
    this.#entries = entries;
    this.#writeBacks = writeBacks;
    this.#events = events;
    this.#calls = calls;
    this.#singleFlight = singleFlight;
    this.#stale = stale;
    this.#background = background;
  }

  /** Nothing is tried again that no caller waits for. */
  close(): void {
    this.#lease?.close();
  }

  /** What is served instead of what is missing. */
  async instead(
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

  /** By which one of several processes loads; `null` where they do not share loads. */
  leaseHere(): Lease<V> | null {
    this.#lease ??= leaseOn(this.#entries.backend, this.#entries, this.#singleFlight) ?? null;
    return this.#lease;
  }

  /** Serves what is not fresh, and loads behind the caller. */
  #serveThenLoad(stale: StaleLoads<V>, one: OneLoad<V>, aged: Aged<V>): V {
    const behind = stale.begin(one.text, one.key);
    if (behind !== undefined) this.#background.run(behind.landWith(this.#loadBehind(one, aged, behind.flight)));
    return aged.value;
  }

  /** Loads, and serves what is not fresh where that fails or takes too long. */
  async #loadElseServe(
    stale: StaleLoads<V>,
    one: OneLoad<V>,
    aged: Aged<V>,
    flight: Flight<V | undefined>,
  ): Promise<V | undefined> {
    const tellServed = (): void => this.#events.found("getOrSet", one.text, aged, undefined, true);
    flight.instead = stale.insteadForEach(aged, tellServed);
    try {
      return await this.#loadShared(one, aged, flight);
    } catch (cause) {
      stale.noteFailed(one.text, aged, cause);
      const instead = stale.insteadOf(aged);
      if (instead === undefined) throw cause;
      // Once for all who share the load.
      if (!flight.isLate) tellServed();
      return instead.value;
    }
  }

  /** What another process loads, or a load behind; else what is loaded here. */
  async #loadShared(one: OneLoad<V>, miss: Miss, flight: Flight<V | undefined>): Promise<V | undefined> {
    const { text, key } = one;
    flight.loading();
    flight.budget = this.#entries.budget(flight.startedAtMs);
    const lease = this.leaseHere();
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
    const lease = this.leaseHere();
    if (lease === null) return this.#loadOne(one, miss, flight);
    const admitted = await lease.attempt(one.text, one.key, miss, flight.budget);
    return admitted instanceof Admission ? this.#loadAdmitted(one, admitted, flight) : admitted;
  }

  async #loadAdmitted(one: OneLoad<V>, admitted: Admission, flight: Flight<V | undefined>): Promise<V | undefined> {
    try {
      return await this.#loadOne(one, admitted.miss, flight);
    } finally {
      this.#background.run(admitted.release());
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
      this.#background.run(written);
    } else {
      await waitWithin(flight.budget, written, () => {
        // A change that came behind it is newer.
        if (!flight.isVoid) this.#writeBacks.invalidateLate([loaded.text]);
        this.#background.run(written);
      });
    }
  }
}
