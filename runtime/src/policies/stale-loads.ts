import type { RunningLoads } from "../backends/running-loads.ts";
import { type Flight, Flights } from "../cache/flights.ts";
import { Landing } from "../cache/landing.ts";
import { Aged, type Miss } from "../cache/miss.ts";
import { OverloadError } from "../errors.ts";
import type { EnvelopePolicies } from "./envelope-needs.ts";
import { freshAlone, type StalePolicy, stalePolicy } from "./stale.ts";
import { Throttle } from "./throttle.ts";

/**
 * What the loads of a cache do with entries that are not fresh, or due for a refresh: serve them at once while a load behind
 * refreshes them, or where their load fails. Callers that come while a load runs behind are served at once as well.
 */
export class StaleLoads<V> {
  readonly #policy: StalePolicy;
  readonly #failed: Throttle;
  /** Loads of what has been served already. */
  readonly #behind: Flights<V | undefined>;
  readonly #copiesOf: (value: V | undefined) => () => V | undefined;

  /**
   * @param copiesOf - gives to each who calls it what one of several who are served has of a value
   * @param deadlineMs - how old a load may be that others still wait for
   */
  constructor(policy: StalePolicy, copiesOf: (value: V | undefined) => () => V | undefined, deadlineMs: number) {
    this.#behind = new Flights(copiesOf, deadlineMs);
    this.#copiesOf = copiesOf;
    this.#policy = policy;
    this.#failed = new Throttle(policy.throttleMs);
  }

  /** From now on its loads are among these while they run. */
  join(all: Set<RunningLoads>): void {
    this.#behind.join(all);
  }

  invalidateKeys(owns: (key: unknown) => boolean): void {
    this.#behind.invalidateKeys(owns);
  }

  /** A load of the key that runs behind does not store. */
  invalidate(text: string): void {
    this.#behind.invalidate(text);
  }

  /** A load of the key that runs behind, which others may join. */
  running(text: string): Flight<V | undefined> | undefined {
    return this.#behind.get(text);
  }

  /** Whether what was read is served before it is loaded; where its load has just failed, it is served without. */
  servesAtOnce(text: string, miss: Miss): miss is Aged<V> {
    if (!(miss instanceof Aged)) return false;
    if (miss.isDue || miss.staleMs < this.#policy.whileRevalidateMs) return true;
    return this.#failed.has(text) && this.#servesOnError(miss);
  }

  /** Begins to load behind what is served at once; nothing where that is done already, or has failed a short time ago. */
  begin(text: string, key: unknown): Landing<V | undefined> | undefined {
    if (this.#behind.get(text) !== undefined || this.#failed.has(text)) return undefined;
    const landing = new Landing(text, this.#behind.start(text, key), this.#behind);
    // Whoever joins it is told of a failure; where nobody does, it shows in the reads that follow.
    landing.flight.wait(undefined).catch((cause) => this.#noteFailed(text, cause));
    return landing;
  }

  /** What is served in place of what is loaded. */
  insteadOf(miss: Miss): Aged<V> | undefined {
    return miss instanceof Aged && this.#servesOnError(miss) ? miss : undefined;
  }

  /**
   * The same for each who no longer waits for the load: a value of his own, as long as one may be served.
   *
   * @param onServed - called before the first is
   */
  insteadForEach(aged: Aged<V>, onServed: () => void): () => { readonly value: V } | undefined {
    let copy: (() => V | undefined) | undefined;
    return () => {
      if (this.insteadOf(aged) === undefined) return undefined;
      if (copy === undefined) onServed();
      copy ??= this.#copiesOf(aged.value);
      // A copy of a V is a V.
      return { value: copy() as V };
    };
  }

  noteFailed(text: string, miss: Miss, cause: unknown): void {
    if (miss instanceof Aged) this.#noteFailed(text, cause);
  }

  noteLoaded(text: string): void {
    this.#failed.delete(text);
  }

  /** What was not even begun says nothing of the next one. */
  #noteFailed(text: string, cause: unknown): void {
    if (!(cause instanceof OverloadError)) this.#failed.add(text);
  }

  #servesOnError(aged: Aged<unknown>): boolean {
    return aged.isDue || aged.staleMs < this.#policy.onErrorMs;
  }
}

/** `undefined` where loads serve nothing but what is fresh. */
export function staleLoads<V>(
  cacheName: string,
  { stale, refreshAhead }: Pick<EnvelopePolicies, "stale" | "refreshAhead">,
  copiesOf: (value: V | undefined) => () => V | undefined,
  deadlineMs: number,
): StaleLoads<V> | undefined {
  if (stale === undefined && refreshAhead === undefined) return undefined;
  return new StaleLoads(stale === undefined ? freshAlone : stalePolicy(cacheName, stale), copiesOf, deadlineMs);
}
