/** A value of the cache under test. */
export type Value = number | string | null;

/**
 * What a cache is: values, and when they end. Times are ticks of a clock that the test sets; infinite is for ever.
 * Nothing else is known here of how entries live, so that it can be seen to be right.
 */
export class CacheModel {
  now = 0;
  readonly #entries = new Map<string, { readonly value: Value; readonly endsAt: number }>();

  left(key: string): number | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.endsAt > this.now ? entry.endsAt - this.now : undefined;
  }

  /** `undefined` for a miss. */
  read(key: string): Value | undefined {
    return this.left(key) === undefined ? undefined : this.#entries.get(key)?.value;
  }

  /** Zero and less of life is none. */
  write(key: string, value: Value, life: number): void {
    this.#entries.set(key, { value, endsAt: this.now + life });
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }
}
