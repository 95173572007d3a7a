import { types } from "node:util";
import { type AbortSignalLike, refuseAborted } from "../abort.ts";
import { CachetoryError } from "../errors.ts";
import type { Lifetimes, StoreRule } from "./lifetimes.ts";
import { pairUp } from "./loaded-many.ts";
import { LoadFailure, type LoadMany, type Loads, type Waiting } from "./loads.ts";
import type { BatchLoader, BatchOptions, WaitOptions } from "./options.ts";
import { TurnCollector } from "./turn-collector.ts";

/** One call that waits for the end of the turn. */
interface Call<I, V> {
  readonly item: I;
  readonly text: string;
  readonly isRefresh: boolean;
  readonly signal: AbortSignalLike | undefined;
  readonly resolve: (value: V | undefined | Promise<V | undefined>) => void;
  readonly reject: (cause: unknown) => void;
}

/**
 * Single calls, each with an answer of its own, of which those of one turn of the event loop become one read, one load of
 * what is missing, and one write: what `Cache.batch` gives. They share loads with all other callers of the cache.
 *
 * @typeParam I - what a call is given: a key, or what makes one
 */
export class Batch<I, V> {
  readonly #loads: Loads<V>;
  readonly #lifetimes: Lifetimes;
  readonly #textOf: (item: I) => string;
  readonly #load: BatchLoader<I, V>;
  readonly #options: BatchOptions<I, V>;
  readonly #maxKeys: number;
  readonly #calls = new TurnCollector<Call<I, V>>((calls) => this.#answer(calls));

  /** Made by `Cache.batch`. */
  constructor(
    loads: Loads<V>,
    lifetimes: Lifetimes,
    textOf: (item: I) => string,
    load: BatchLoader<I, V>,
    options: BatchOptions<I, V>,
  ) {
    this.#loads = loads;
    this.#lifetimes = lifetimes;
    this.#textOf = textOf;
    this.#load = load;
    this.#options = options;
    this.#maxKeys = maxKeysOf(options);
    // What is wrong with it is told now.
    lifetimes.rule({ ttl: typeof options.ttl === "function" ? undefined : options.ttl });
  }

  /**
   * The value, else what is loaded; `undefined` where the loader leaves it out.
   *
   * @throws CachetoryError `INVALID_KEY`; the loader's own errors
   */
  get(item: I, options: WaitOptions = {}): Promise<V | undefined> {
    return this.#call(item, options, false);
  }

  /**
   * What is loaded, whatever is stored, and stores it; `undefined` leaves that alone. Those of one turn are loaded together.
   *
   * @throws CachetoryError as `set` does; the loader's own errors
   */
  refresh(item: I, options: WaitOptions = {}): Promise<V | undefined> {
    return this.#call(item, options, true);
  }

  async #call(item: I, { signal }: WaitOptions, isRefresh: boolean): Promise<V | undefined> {
    refuseAborted(signal);
    // Now: who changes the item later has not asked for another key.
    const text = this.#textOf(item);
    return new Promise((resolve, reject) => {
      this.#calls.add({ item, text, isRefresh, signal, resolve, reject });
    });
  }

  #answer(calls: readonly Call<I, V>[]): void {
    const waiting = calls.filter(({ signal, reject }) => {
      if (signal?.aborted === true) reject(signal.reason);
      return signal?.aborted !== true;
    });
    // First, so that whoever reads the same key in this turn gets what is loaded now.
    const refreshing = waiting.filter(({ isRefresh }) => isRefresh);
    if (refreshing.length > 0) this.#fly(refreshing, (texts, how) => this.#loads.refreshEach(texts, how));
    const reading = waiting.filter(({ isRefresh }) => !isRefresh);
    if (reading.length > 0) this.#fly(reading, (texts, how) => this.#loads.getOrLoadEach(texts, how));
  }

  #fly(
    calls: readonly Call<I, V>[],
    start: (texts: readonly string[], how: LoadMany<V>) => readonly Waiting<V>[],
  ): void {
    const items = new Map<string, I>();
    for (const { text, item } of calls) if (!items.has(text)) items.set(text, item);
    // Each of the texts is of a call.
    const itemOf = (text: string): I => items.get(text) as I;
    const waiting = start(
      calls.map(({ text }) => text),
      {
        load: async (texts, context) => {
          const loaded = await this.#load(texts.map(itemOf), context);
          return failuresApart(pairUp<I, V | Error>(texts, loaded, this.#textOf));
        },
        maxKeys: this.#maxKeys,
        rule: this.#rule(itemOf),
      },
    );
    for (const [index, { resolve, signal }] of calls.entries()) resolve(waiting[index]?.(signal));
  }

  #rule(itemOf: (text: string) => I): StoreRule<V> {
    const { ttl, storeIf, ifNotExists } = this.#options;
    const rule = this.#lifetimes.rule<V>({ ttl: typeof ttl === "function" ? undefined : ttl, ifNotExists });
    return {
      ...rule,
      ...(typeof ttl === "function" && {
        lifeMs: (value: V, text: string) => this.#lifetimes.of(ttl(value, itemOf(text))),
      }),
      storeIf: storeIf && ((value, text) => storeIf(value, itemOf(text))),
    };
  }
}

function maxKeysOf({ maxBatch = Number.POSITIVE_INFINITY }: { readonly maxBatch?: number | undefined }): number {
  if (maxBatch >= 1 && (Number.isInteger(maxBatch) || maxBatch === Number.POSITIVE_INFINITY)) return maxBatch;
  throw new CachetoryError("INVALID_OPTION", `maxBatch is a whole number from 1, not ${maxBatch}.`);
}

function failuresApart<V>(answers: ReadonlyMap<string, V | Error>): Map<string, V | LoadFailure> {
  const apart = new Map<string, V | LoadFailure>();
  for (const [text, answer] of answers)
    apart.set(text, types.isNativeError(answer) || answer instanceof Error ? new LoadFailure(answer) : answer);
  return apart;
}
