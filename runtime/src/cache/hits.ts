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
  readonly #byText: ReadonlyMap<string, readonly [K, V]>;
  readonly #keyOf: (key: K) => string;

  constructor(byText: ReadonlyMap<string, readonly [K, V]>, keyOf: (key: K) => string) {
    this.#byText = byText;
    this.#keyOf = keyOf;
  }

  /** How many keys had a value. */
  get size(): number {
    return this.#byText.size;
  }

  get(key: K): V | undefined {
    return this.#byText.get(this.#keyOf(key))?.[1];
  }

  has(key: K): boolean {
    return this.#byText.has(this.#keyOf(key));
  }

  *keys(): IterableIterator<K> {
    for (const [key] of this.#byText.values()) yield key;
  }

  *values(): IterableIterator<V> {
    for (const [, value] of this.#byText.values()) yield value;
  }

  *entries(): IterableIterator<[K, V]> {
    for (const [key, value] of this.#byText.values()) yield [key, value];
  }

  [Symbol.iterator](): IterableIterator<[K, V]> {
    return this.entries();
  }
}
