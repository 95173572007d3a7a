import { Miss } from "./miss.ts";
import type { RequestedKeys } from "./requested-keys.ts";

/**
 * What `getMany` found: one entry for each distinct key that had a value, in the order of the request. Keys are
 * compared by their text, so an equal key object finds the value too.
 *
 * @example
 * ```ts
 * const hits = await cache.getMany(["a", "b"]);
 * hits.get("a");
 * for (const [key, value] of hits) console.log(key, value);
 * ```
 */
export class Hits<K, V> implements Iterable<[K, V]> {
  readonly #requested: RequestedKeys<K>;
  /** Aligned with the requested keys. */
  readonly #found: readonly (V | Miss)[];
  readonly #keyOf: (key: K) => string;

  constructor(requested: RequestedKeys<K>, found: readonly (V | Miss)[], keyOf: (key: K) => string) {
    this.#requested = requested;
    this.#found = found;
    this.#keyOf = keyOf;
  }

  /** How many keys had a value. */
  get size(): number {
    let size = 0;
    for (const found of this.#found) if (!(found instanceof Miss)) size += 1;
    return size;
  }

  /** The value of a key; `undefined` where it had none, or was not asked for. */
  get(key: K): V | undefined {
    const found = this.#at(key);
    return found instanceof Miss ? undefined : found;
  }

  /** Whether a key had a value. */
  has(key: K): boolean {
    return !(this.#at(key) instanceof Miss);
  }

  /** The keys that had a value, each as it was given first, in the order of the request. */
  *keys(): IterableIterator<K> {
    for (const [key] of this.entries()) yield key;
  }

  /** The values, in the order of their keys. */
  values(): IterableIterator<V> {
    return this.#found.filter((found): found is V => !(found instanceof Miss)).values();
  }

  /** Both, in the same order. */
  *entries(): IterableIterator<[K, V]> {
    const { keys } = this.#requested;
    for (const [index, found] of this.#found.entries()) {
      // There is a key for each that was found.
      if (!(found instanceof Miss)) yield [keys[index] as K, found];
    }
  }

  [Symbol.iterator](): IterableIterator<[K, V]> {
    return this.entries();
  }

  #at(key: K): V | Miss {
    const position = this.#requested.positionOf(this.#keyOf(key));
    return position === -1 ? Miss.absent : (this.#found[position] as V | Miss);
  }
}
