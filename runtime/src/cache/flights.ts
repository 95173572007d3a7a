import { type AbortSignalLike, abortable } from "../abort.ts";
import type { RunningLoads } from "../backends/running-loads.ts";
import type { CallBudget } from "./call-budget.ts";
import { RecentKeys } from "./recent-keys.ts";

/** So many keys have a place at least before those without a flight lose theirs. */
const keptPlaces = 2048;

/** When all that began in a turn is said to have begun: when it was over, which is known only then. */
export interface Turn {
  endedAtMs: number | undefined;
}

const resolved = Promise.resolve();

/** Where the flight of a key is found while it is under way. */
interface Place<T> {
  flight: Flight<T> | undefined;
}

/** One load under way, shared by every caller of its key. */
export class Flight<T> {
  /** Set by whatever changes the key meanwhile: waiters are answered, but nothing is stored. */
  isVoid = false;
  /** Set when every waiter has gone. */
  isAbandoned = false;
  /** Set where something is loaded whatever is stored. */
  isRefresh = false;
  /** Set when somebody was served without waiting for its end. */
  isLate = false;
  /** As the cache is given it. */
  readonly key: unknown;
  /** For what is left of the time for its backend; made when something is loaded. */
  budget: CallBudget | undefined;
  /** What may be served instead of what it carries. */
  instead: () => { readonly value: T } | undefined = nothing;
  // Made when it is asked for, which a hit never does: it would cost more than the rest of a flight.
  #controller: AbortController | undefined;
  /** Where those who come later find it, until it has landed. */
  readonly place: Place<T>;
  readonly #flights: Flights<T>;
  readonly #turn: Turn;
  /** When the load began that it follows. */
  #followedSinceMs: number | undefined;
  #waiters = 0;
  /** Whether it goes on without them. */
  #isHandedOver = false;
  #isLoading = false;
  /** Made when it is asked for. */
  #awaitingLoad: (() => void)[] | undefined;
  #result: Promise<T> | undefined;
  /** Whether somebody waits for the result itself; all who come later are given copies. */
  #isTaken = false;
  #hasOthers = false;
  #copy: (() => T) | undefined;

  constructor(key: unknown, place: Place<T>, flights: Flights<T>, turn: Turn) {
    this.key = key;
    this.place = place;
    this.#flights = flights;
    this.#turn = turn;
  }

  /** When it began, by a clock that is never set. */
  get startedAtMs(): number {
    return this.#turn.endedAtMs ?? performance.now();
  }

  /** When the load began that it waits for: its own, or the one that it follows. */
  get loadingSinceMs(): number {
    return this.#followedSinceMs ?? this.startedAtMs;
  }

  /** Aborted when every waiter has gone. */
  get signal(): AbortSignalLike {
    return this.#abortController().signal;
  }

  /** It waits for another load of the key, so who joins it waits for that one, too. */
  follow(other: Flight<T>): Promise<T> {
    this.#followedSinceMs = Math.min(this.loadingSinceMs, other.loadingSinceMs);
    return other.wait(undefined);
  }

  /** Whether it leads to something. */
  get isCarrying(): boolean {
    return this.#result !== undefined;
  }

  /** Whoever lets a flight carry something also waits for it, so that somebody sees a rejection. */
  carry(result: Promise<T>): void {
    this.#result = result;
  }

  /** Nobody asks for it any more, and whoever keeps the flight is not to keep the result. */
  letGo(): void {
    this.#result = undefined;
  }

  /** The result, a copy of it for all but the first who waits, or the signal's reason for this caller alone. */
  wait(signal: AbortSignalLike | undefined): Promise<T> {
    if (this.#result === undefined) throw new Error("A flight is waited for that carries nothing.");
    const result = this.#isTaken ? this.#copyOf(this.#result) : this.#result;
    this.#isTaken = true;
    if (signal !== undefined) return this.#waitUnlessAborted(result, signal);
    this.handOver();
    return result;
  }

  /** Where several wait, makes what they are given: before the first of them is, who may change the result. */
  shareOut(result: T, copiesOf: (result: T) => () => T): void {
    if (this.#hasOthers) this.#copy = copiesOf(result);
  }

  #copyOf(result: Promise<T>): Promise<T> {
    this.#hasOthers = true;
    return result.then((own) => (this.#copy === undefined ? own : this.#copy()));
  }

  /** Calls back when something is loaded, at once where that is so already; never where what is stored is enough. */
  whenLoading(begin: () => void): void {
    if (this.#isLoading) {
      begin();
      return;
    }
    this.#awaitingLoad ??= [];
    this.#awaitingLoad.push(begin);
  }

  /** From now on it takes as long as a loader takes. */
  loading(): void {
    if (this.#isLoading) return;
    this.#isLoading = true;
    for (const begin of this.#awaitingLoad ?? []) begin();
  }

  /** Lets it go on whoever goes: a caller who no longer waits for it wants it stored. */
  handOver(): void {
    this.#isHandedOver = true;
  }

  async #waitUnlessAborted(result: Promise<T>, signal: AbortSignalLike): Promise<T> {
    this.#waiters += 1;
    try {
      return await abortable(result, signal);
    } finally {
      this.#waiters -= 1;
      if (this.#waiters === 0 && !this.#isHandedOver && signal.aborted) {
        this.isAbandoned = true;
        this.isVoid = true;
        this.#flights.land(this);
        this.#abortController().abort(signal.reason);
      }
    }
  }

  #abortController(): AbortController {
    this.#controller ??= new AbortController();
    return this.#controller;
  }
}

/** The loads under way in one cache of one process. */
export class Flights<T> implements RunningLoads {
  /** A key keeps its place when its flight has ended: to give it up and take one again takes a twentieth of a hit. */
  #places = new Map<string, Place<T>>();
  #flightCount = 0;
  /** Those who read without a flight. */
  #readerCount = 0;
  /** Of keys that were changed or loaded while others read without a flight. */
  readonly #recent = new RecentKeys();
  #turn: Turn | undefined;
  readonly #copiesOf: (result: T) => () => T;
  readonly #deadlineMs: number;
  /** All that run on the same backend. */
  #all: Set<RunningLoads> | undefined;

  /**
   * @param copiesOf - gives to each who calls it what one of several who wait for a result has of it
   * @param deadlineMs - how old a flight may be that somebody else still joins
   */
  constructor(copiesOf: (result: T) => () => T, deadlineMs: number) {
    this.#copiesOf = copiesOf;
    this.#deadlineMs = deadlineMs;
  }

  /** From now on it is among these while any of its loads run. */
  join(all: Set<RunningLoads>): void {
    this.#all = all;
  }

  get size(): number {
    return this.#flightCount + this.#readerCount;
  }

  /** Whether a flight of the key is under way; without any, its text is not looked at. */
  has(text: string): boolean {
    return this.#flightCount > 0 && this.get(text) !== undefined;
  }

  /** Begins a read without a flight; where among all changes that is. */
  beginRead(): number {
    if (this.size === 0) this.#all?.add(this);
    this.#readerCount += 1;
    return this.#recent.count;
  }

  /** Ends what began there. */
  endRead(): void {
    this.#readerCount -= 1;
    if (this.#readerCount === 0) this.#recent.forget();
    if (this.size === 0) this.#all?.delete(this);
  }

  /**
   * A flight after a read that found nothing, which began then; `undefined` where the key has been changed or loaded since, for
   * the read may be older than that.
   */
  startAfterRead(text: string, key: unknown, since: number, turn: Turn): Flight<T> | undefined {
    return this.#recent.hasSince(text, since) ? undefined : this.start(text, key, turn);
  }

  /** The flight of the key, unless it has been under way for too long: who comes then begins another one. */
  get(text: string): Flight<T> | undefined {
    const flight = this.#places.get(text)?.flight;
    return flight === undefined || this.#isJoined(flight) ? flight : undefined;
  }

  /** The same, else a new one that carries nothing yet. */
  getOrStart(text: string, key: unknown): Flight<T> {
    const place = this.#placeOf(text);
    const { flight } = place;
    if (flight === undefined) return this.#begin(text, key, place);
    return this.#isJoined(flight) ? flight : this.start(text, key);
  }

  /** A new flight for the key; one that is there already answers its waiters and stores nothing. */
  start(text: string, key: unknown, turn?: Turn): Flight<T> {
    const place = this.#placeOf(text);
    if (place.flight !== undefined) this.#void(place.flight);
    return this.#begin(text, key, place, turn);
  }

  /** Ends a flight with a result, before anybody is told. */
  landWith(flight: Flight<T>, result: T): void {
    this.land(flight);
    flight.shareOut(result, this.#copiesOf);
  }

  land(flight: Flight<T>): void {
    this.#unlist(flight);
    flight.letGo();
  }

  invalidate(text: string): void {
    this.#noteRecent(text);
    const flight = this.#places.get(text)?.flight;
    if (flight !== undefined) this.#void(flight);
  }

  invalidateKeys(owns: (key: unknown) => boolean): void {
    this.#recent.noteAll();
    for (const { flight } of this.#places.values()) if (flight !== undefined && owns(flight.key)) this.#void(flight);
  }

  invalidateWhere(owns: (text: string) => boolean): void {
    this.#recent.noteAll();
    for (const [text, { flight }] of this.#places) if (flight !== undefined && owns(text)) this.#void(flight);
  }

  #isJoined({ loadingSinceMs }: Flight<T>): boolean {
    return performance.now() - loadingSinceMs < this.#deadlineMs;
  }

  #placeOf(text: string): Place<T> {
    return this.#places.get(text) ?? this.#newPlace(text);
  }

  #newPlace(text: string): Place<T> {
    if (this.#places.size >= keptPlaces && this.#places.size > 4 * this.#flightCount) this.#giveUpPlaces();
    const place: Place<T> = { flight: undefined };
    this.#places.set(text, place);
    return place;
  }

  #begin(text: string, key: unknown, place: Place<T>, turn = this.turn()): Flight<T> {
    this.#noteRecent(text);
    const flight = new Flight<T>(key, place, this, turn);
    if (this.size === 0) this.#all?.add(this);
    this.#flightCount += 1;
    place.flight = flight;
    return flight;
  }

  #noteRecent(text: string): void {
    if (this.#readerCount > 0) this.#recent.note(text);
  }

  /** The one in which we are: to look at the clock for each call takes a hundredth of a hit. */
  turn(): Turn {
    if (this.#turn !== undefined) return this.#turn;
    const turn: Turn = { endedAtMs: undefined };
    this.#turn = turn;
    void resolved.then(() => {
      turn.endedAtMs = performance.now();
      this.#turn = undefined;
    });
    return turn;
  }

  /** In another Map: one that grows and shrinks leaves tables behind that keep what was in them until all of the heap is collected. */
  #giveUpPlaces(): void {
    const former = this.#places;
    this.#places = new Map();
    for (const [text, place] of former) if (place.flight !== undefined) this.#places.set(text, place);
  }

  #void(flight: Flight<T>): void {
    flight.isVoid = true;
    this.#unlist(flight);
  }

  #unlist(flight: Flight<T>): void {
    // It may have been before, and another one may be there.
    if (flight.place.flight !== flight) return;
    flight.place.flight = undefined;
    this.#flightCount -= 1;
    if (this.size === 0) this.#all?.delete(this);
  }
}

function nothing(): undefined {
  return undefined;
}
