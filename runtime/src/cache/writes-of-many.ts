import { refuseAborted } from "../abort.ts";
import type { Backend } from "../backends/backend.ts";
import { nextTurn } from "../backends/next-turn.ts";
import { ofEntry } from "../errors.ts";
import type { Changes } from "./changes.ts";
import type { Entries } from "./entries.ts";
import { type Items, pairsOf } from "./items.ts";
import type { Lifetimes } from "./lifetimes.ts";
import type { TtlOptions } from "./options.ts";
import { chunkSize, type Encoded, makeInChunks, storeInChunks } from "./store-in-chunks.ts";
import { TextPositions } from "./text-positions.ts";
import type { LifeMs, Ttl } from "./ttl.ts";

/** What is to be stored: at each index an entry. */
interface Given<K, V> {
  readonly texts: string[];
  readonly keys: K[];
  readonly values: V[];
  readonly positions: TextPositions;
}

type Made = readonly Encoded[] | Promise<readonly Encoded[]>;

type Store = (backend: Backend, entries: Iterable<Encoded>) => Promise<void>;

/** Stores many values in one call: a few in one step, thousands in many. */
export class WritesOfMany<K, V> {
  readonly #entries: Entries<V>;
  readonly #lifetimes: Lifetimes<V>;
  readonly #changes: Changes<V>;
  readonly #textOf: (key: K) => string;

  constructor(entries: Entries<V>, lifetimes: Lifetimes<V>, changes: Changes<V>, textOf: (key: K) => string) {
    this.#entries = entries;
    this.#lifetimes = lifetimes;
    this.#changes = changes;
    this.#textOf = textOf;
  }

  async set(items: Items<K, V>, options: TtlOptions): Promise<void> {
    const given = this.#given(items);
    const { texts } = given;
    const isMany = texts.length > chunkSize && this.#entries.local === undefined;
    if (!isMany || !this.#lifetimes.isUniform) keepLastOfEach(given);
    const store = this.#storeOf(given, this.#lifetimes.ttlIn(options));
    if (texts.length === 0) return;
    if (!isMany) {
      const made = this.#changes.orInvalid(texts, this.#made(given));
      return this.#changes.run("setMany", texts, options, store, made);
    }
    // To make thousands for nobody takes long.
    refuseAborted(options.signal);
    // In several turns only where nobody can change a value meanwhile.
    const lasting = this.#lasting(given);
    const { encodeLasting } = this.#entries;
    const kept = lasting === undefined ? given : { ...given, values: lasting };
    if (lasting === undefined || encodeLasting === undefined) {
      keepLastOfEach(kept);
      return this.#setMade(kept, lasting === undefined ? this.#made(kept) : undefined, options, store);
    }
    return this.#changes.runThroughout("setMany", texts, given.positions, options, async (backend) => {
      // Nothing can be refused any more: so the caller goes on, and the server works on the first ones while others are made.
      await nextTurn();
      keepLastOfEach(kept);
      return store(backend, oneByOne(texts, lasting, encodeLasting));
    });
  }

  /**
   * Sends nothing before all of it is made.
   *
   * @param made - all of it, where the values do not last
   */
  #setMade(given: Given<K, V>, made: Made | undefined, options: TtlOptions, store: Store): Promise<void> {
    const { texts, positions } = given;
    return this.#changes.runThroughout("setMany", texts, positions, options, async (backend) => {
      const all = made ?? makeInChunks(texts.length, (from, to) => this.#made(given, from, to));
      return store(backend, await this.#changes.orInvalid(texts, all));
    });
  }

  #given(items: Items<K, V>): Given<K, V> {
    const texts: string[] = [];
    const keys: K[] = [];
    const values: V[] = [];
    for (const [key, value] of pairsOf<K, V>(items)) {
      const text = this.#textOf(key);
      ofEntry(text, () => this.#lifetimes.refuseSkipped(value));
      texts.push(text);
      keys.push(key);
      values.push(value);
    }
    return { texts, keys, values, positions: new TextPositions(texts) };
  }

  /** @throws CachetoryError where a ttl is wrong */
  #storeOf({ texts, values }: Given<K, V>, ttl: Ttl | undefined): Store {
    const lifeMs = this.#lifetimes.exactly(ttl);
    const lives = this.#lifetimes.isUniform ? undefined : this.#livesOf(texts, values, ttl);
    return async (backend, entries) => {
      const count = texts.length;
      if (lives !== undefined) await storeInChunks(backend, entries, count, lives);
      else if (lifeMs === "forever") await storeInChunks(backend, entries, count, { ttlMs: undefined });
      else if (lifeMs > 0) await storeInChunks(backend, entries, count, { ttlMs: lifeMs });
      else await backend.deleteMany(texts);
    };
  }

  #livesOf(texts: readonly string[], values: readonly V[], ttl: Ttl | undefined): ReadonlyMap<string, LifeMs> {
    // There is a value for each text.
    const lifeOf = (text: string, index: number): LifeMs =>
      ofEntry(text, () => this.#lifetimes.of(values[index] as V, ttl));
    return new Map(texts.map((text, index) => [text, lifeOf(text, index)]));
  }

  /** The values as they are now, whoever changes them later; `undefined` where that holds only for what is stored. */
  #lasting({ values }: Given<K, V>): V[] | undefined {
    const lasting: V[] = [];
    for (const value of values) {
      const one = this.#entries.lasting(value);
      if (one === undefined) return undefined;
      lasting.push(one);
    }
    return lasting;
  }

  #made({ texts, keys, values }: Given<K, V>, from = 0, to = texts.length): Made {
    // At each index there is a value and its key.
    const encoded = (text: string, index: number): Encoded =>
      encodedPair(
        text,
        ofEntry(text, () => this.#entries.encode(values[index] as V, keys[index])),
      );
    const made = this.#entries.together(() => texts.slice(from, to).map((text, at) => encoded(text, from + at)));
    return this.#entries.order.allMade(made);
  }
}

/** Of several for one key the last is meant: it takes the place of the first. */
function keepLastOfEach<K, V>({ texts, keys, values, positions }: Given<K, V>): void {
  const { size } = positions;
  if (size === texts.length) return;
  for (const [index, text] of texts.entries()) {
    // Each of the texts has a position, which is no later than its index, and at each index there is a key and a value.
    const position = positions.get(text) as number;
    texts[position] = text;
    keys[position] = keys[index] as K;
    values[position] = values[index] as V;
  }
  texts.length = size;
  keys.length = size;
  values.length = size;
}

/** What is stored of each value, made when it is asked for. The value is let go of with that. */
function* oneByOne<V>(
  texts: readonly string[],
  values: (V | undefined)[],
  encode: (value: V) => unknown,
): Generator<Encoded, void> {
  for (const [index, text] of texts.entries()) {
    // There is a value for each text.
    const value = values[index] as V;
    values[index] = undefined;
    yield encodedPair(
      text,
      ofEntry(text, () => encode(value)),
    );
  }
}

/**
 * V8 soon makes a literal `[text, stored]` in the old generation, since a chunk of them lives until it is sent: there each keeps
 * what is stored until all of the heap is collected. What is collected of arguments it makes in the young one, and as fast.
 */
function encodedPair(...pair: [text: string, stored: unknown]): Encoded {
  return pair;
}
