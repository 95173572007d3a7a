import type { AbortSignalLike } from "../abort.ts";
import type { Entries } from "./entries.ts";
import { type Flight, Flights } from "./flights.ts";
import type { StoreRule } from "./lifetimes.ts";
import { Miss } from "./miss.ts";

/** What a loader gets besides the key. */
export interface LoaderContext {
  /** Aborted when every caller that waits for the load has aborted. */
  readonly signal: AbortSignalLike;
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

  /** What is loaded now, stored whatever is there. */
  refresh(
    text: string,
    load: (context: LoaderContext) => Promise<V | undefined>,
    rule: StoreRule<V>,
    signal: AbortSignalLike | undefined,
  ): Promise<V | undefined> {
    return this.#fly(text, signal, async (flight) => {
      const loaded = await load(flight);
      if (loaded !== undefined && !flight.isVoid && rule.storeIf?.(loaded) !== false) {
        await this.#entries.storeUnless(() => flight.isVoid, text, loaded, rule, false);
      }
      return loaded;
    });
  }

  /** As `getOrLoad`, with one call for all keys that are neither stored nor being loaded elsewhere. */
  async getOrLoadMany(
    texts: readonly string[],
    load: (texts: readonly string[], context: LoaderContext) => Promise<ReadonlyMap<string, V>>,
    rule: StoreRule<V>,
    signal: AbortSignalLike | undefined,
  ): Promise<Map<string, V>> {
    const running = new Map<string, Flight<V | undefined>>();
    const own = new Map<string, Flight<V | undefined>>();
    for (const text of texts) {
      const flight = this.#flights.get(text);
      if (flight === undefined) own.set(text, this.#flights.start(text));
      else running.set(text, flight);
    }
    const flown = this.#loadMany(own, load, rule);
    for (const [text, flight] of own) {
      const one = flown.then((values) => values.get(text));
      flight.carry(one.finally(() => this.#flights.land(text, flight)));
    }
    const values = new Map<string, V>();
    const waited = texts.map(async (text) => [text, await (own.get(text) ?? running.get(text))?.wait(signal)] as const);
    for (const [text, value] of await Promise.all(waited)) if (value !== undefined) values.set(text, value);
    return values;
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

  async #loadMany(
    own: ReadonlyMap<string, Flight<V | undefined>>,
    load: (texts: readonly string[], context: LoaderContext) => Promise<ReadonlyMap<string, V>>,
    rule: StoreRule<V>,
  ): Promise<Map<string, V>> {
    const values = new Map<string, V>();
    const misses = new Map<string, Miss>();
    const texts = [...own.keys()];
    for (const [index, found] of (await this.#entries.readMany(texts)).entries()) {
      const text = texts[index] ?? "";
      if (found instanceof Miss) misses.set(text, found);
      else values.set(text, found);
    }
    if (misses.size === 0) return values;
    const loaded = await load([...misses.keys()], { signal: whenAllAbort([...own.values()]) });
    const written: Promise<void>[] = [];
    for (const [text, miss] of misses) {
      const value = loaded.get(text);
      const flight = own.get(text);
      if (value === undefined || flight === undefined) continue;
      values.set(text, value);
      written.push(this.#writeBack(text, value, miss, flight, rule));
    }
    await Promise.all(written);
    return values;
  }

  async #writeBack(
    text: string,
    value: V,
    miss: Miss,
    flight: Flight<V | undefined>,
    rule: StoreRule<V>,
  ): Promise<void> {
    if (flight.isVoid || rule.storeIf?.(value) === false) return;
    const written = this.#entries.writeBack(text, value, miss, rule, () => flight.isVoid);
    // A backend that did not answer the read is not waited for a second time.
    if (miss.reason !== "unavailable") await written;
  }
}

function whenAllAbort(flights: readonly { readonly signal: AbortSignalLike }[]): AbortSignalLike {
  const controller = new AbortController();
  let left = flights.length;
  for (const { signal } of flights) {
    signal.addEventListener("abort", () => {
      left -= 1;
      if (left === 0) controller.abort(signal.reason);
    });
  }
  return controller.signal;
}
