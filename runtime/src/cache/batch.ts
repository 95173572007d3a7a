import { isNativeError } from "node:util/types";
import { refuseAborted } from "../abort.ts";
import { CachetoryError } from "../errors.ts";
import { type LoadTimeouts, type Timeouts, waitFor } from "../policies/timeouts.ts";
import type { Landing } from "./landing.ts";
import type { Lifetimes, StoreRule } from "./lifetimes.ts";
import { pairUp } from "./loaded-many.ts";
import type { Loads } from "./loads.ts";
import { LoadFailure, type LoadMany } from "./loads-of-many.ts";
import type { BatchLoader, BatchOptions, WaitOptions } from "./options.ts";
import { ownKey } from "./own-key.ts";
import { TurnCollector } from "./turn-collector.ts";

/** A key that is to be answered at the end of the turn. */
interface Added<I, V> {
  readonly item: I;
  readonly landing: Landing<V | undefined>;
  readonly isRefresh: boolean;
}

/**
 * Single calls, each with an answer of its own, of which those of one turn of the event loop become one read, one load of
 * what is missing, and one write: what `Cache.batch` gives. They share loads with all other callers of the cache.
 *
 * @typeParam I - what a call is given: a key, or what makes one
 */
export class Batch<I, V> {
  readonly #loads: Loads<V>;
  readonly #lifetimes: Lifetimes<V>;
  readonly #timeouts: Timeouts | undefined;
  readonly #textOf: (item: I) => string;
  readonly #keyOf: (item: I) => unknown;
  readonly #load: BatchLoader<I, V>;
  readonly #options: BatchOptions<I, V>;
  readonly #maxKeys: number;
  readonly #turn = new TurnCollector<Added<I, V>>((added) => this.#answer(added));
  /** Those that are refreshed at the end of this turn. */
  readonly #refreshed = new Map<string, Landing<V | undefined>>();

  /** Made by `Cache.batch`. */
  constructor(
    loads: Loads<V>,
    lifetimes: Lifetimes<V>,
    timeouts: LoadTimeouts,
    textOf: (item: I) => string,
    keyOf: (item: I) => unknown,
    load: BatchLoader<I, V>,
    options: BatchOptions<I, V>,
  ) {
    this.#loads = loads;
    this.#lifetimes = lifetimes;
    this.#timeouts = timeouts.of(options.timeouts);
    this.#textOf = textOf;
    this.#keyOf = keyOf;
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
  get(item: I, { signal }: WaitOptions = {}): Promise<V | undefined> {
    // Not async: a promise more for each call is what a hundred of them notice.
    try {
      refuseAborted(signal);
      // Now: who changes the item later has not asked for another key.
      const text = this.#textOf(item);
      const waiting = { signal, timeouts: this.#timeouts };
      const running = this.#loads.running(text);
      if (running !== undefined) return this.#loads.join("getOrSetMany", running, text, waiting);
      return waitFor(this.#begin(text, item, false).flight, waiting);
    } catch (cause) {
      return Promise.reject(cause);
    }
  }

  /**
   * What is loaded, whatever is stored, and stores it; `undefined` leaves that alone. Those of one turn are loaded together.
   *
   * @throws CachetoryError as `set` does; the loader's own errors
   */
  async refresh(item: I, { signal }: WaitOptions = {}): Promise<V | undefined> {
    refuseAborted(signal);
    const text = this.#textOf(item);
    let landing = this.#refreshed.get(text);
    // What a change has overtaken is for those who asked before it.
    if (landing === undefined || landing.flight.isVoid) {
      landing = this.#begin(text, item, true);
      this.#refreshed.set(text, landing);
    }
    const loaded = await waitFor(landing.flight, { signal, timeouts: this.#timeouts });
    if (landing.unstored !== undefined) throw landing.unstored.cause;
    return loaded;
  }

  #begin(text: string, given: I, isRefresh: boolean): Landing<V | undefined> {
    const item = ownKey(given);
    const landing = this.#loads.begin(text, this.#keyOf(item));
    landing.flight.isRefresh = isRefresh;
    this.#turn.add({ item, landing, isRefresh });
    return landing;
  }

  #answer(added: readonly Added<I, V>[]): void {
    this.#refreshed.clear();
    const items = new Map(added.map(({ landing, item }) => [landing.text, item]));
    // Each of the texts is of a call.
    const itemOf = (text: string): I => items.get(text) as I;
    const how: LoadMany<V> = {
      load: async (texts, context) => {
        const loaded = await this.#load(texts.map(itemOf), context);
        return failuresApart(pairUp<I, V | Error>(texts, loaded, this.#textOf));
      },
      maxKeys: this.#maxKeys,
      rule: this.#rule(itemOf),
    };
    const begun = (isRefresh: boolean): readonly Landing<V | undefined>[] =>
      added.filter((one) => one.isRefresh === isRefresh).map(({ landing }) => landing);
    void this.#loads.ofMany.refreshEach(begun(true), how);
    void this.#loads.ofMany.getOrLoadEach(begun(false), how);
  }

  #rule(itemOf: (text: string) => I): StoreRule<V> {
    const { ttl, storeIf, ifNotExists } = this.#options;
    const rule = this.#lifetimes.rule({ ttl: typeof ttl === "function" ? undefined : ttl, ifNotExists });
    return {
      ...rule,
      ...(typeof ttl === "function" && {
        lifeMs: (value: V, text: string) => this.#lifetimes.asked(value, () => ttl(value, itemOf(text))),
      }),
      storeIf: this.#lifetimes.stored(storeIf && ((value: V, text: string) => storeIf(value, itemOf(text)))),
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
    apart.set(text, isNativeError(answer) || answer instanceof Error ? new LoadFailure(answer) : answer);
  return apart;
}
