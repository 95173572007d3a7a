import type { KeyRange } from "../backends/backend.ts";

/** What is still to be deleted: some keys, some ranges of keys, and all keys of the cache where these would be too many. */
export interface Due {
  readonly keys: readonly string[];
  readonly ranges: readonly KeyRange[];
  /** All keys of the cache. */
  readonly isAll: boolean;
  /** Says in `done` what was due at this time. */
  readonly at: number;
}

/**
 * Invalidations of one cache that its backend has not got yet. A key is there once; beyond a number of invalidations the whole
 * cache is invalid, which costs misses and is never wrong.
 */
export class InvalidationQueue {
  readonly #max: number;
  /** By their text, with the time at which they came. */
  readonly #keys = new Map<string, number>();
  readonly #ranges = new Map<KeyRange, number>();
  #allSince: number | undefined;
  /** Of invalidations: it goes on by one with each. */
  #time = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get isEmpty(): boolean {
    return this.#keys.size === 0 && this.#ranges.size === 0 && this.#allSince === undefined;
  }

  /** Whether all keys of the cache are due. */
  get isAll(): boolean {
    return this.#allSince !== undefined;
  }

  has(key: string): boolean {
    if (this.#allSince !== undefined || this.#keys.has(key)) return true;
    for (const range of this.#ranges.keys()) if (key.startsWith(range.head) && range.owns(key)) return true;
    return false;
  }

  add(keys: readonly string[]): void {
    for (const key of keys) this.#keys.set(key, this.#tick());
    this.#refuseTooMany();
  }

  addRange(range: KeyRange): void {
    this.#ranges.set(range, this.#tick());
    this.#refuseTooMany();
  }

  addAll(): void {
    this.#keys.clear();
    this.#ranges.clear();
    this.#allSince = this.#tick();
  }

  /** The time, for `settle` and `done`: what comes later is none of their business. */
  get now(): number {
    return this.#time;
  }

  /** These keys hold nothing any more that was invalid at that time. */
  settle(keys: readonly string[], at: number): void {
    for (const key of keys) if ((this.#keys.get(key) ?? at) <= at) this.#keys.delete(key);
  }

  due(): Due {
    return {
      keys: [...this.#keys.keys()],
      ranges: [...this.#ranges.keys()],
      isAll: this.#allSince !== undefined,
      at: this.#time,
    };
  }

  /** A range has been deleted that was due at that time. */
  settleRange(range: KeyRange, at: number): void {
    if ((this.#ranges.get(range) ?? at) <= at) this.#ranges.delete(range);
    for (const key of this.#keys.keys()) if (range.owns(key)) this.settle([key], at);
  }

  /** All keys of the cache have been deleted. */
  settleAll(at: number): void {
    if ((this.#allSince ?? at) <= at) this.#allSince = undefined;
    for (const [range, since] of this.#ranges) if (since <= at) this.#ranges.delete(range);
    this.settle([...this.#keys.keys()], at);
  }

  #tick(): number {
    this.#time += 1;
    return this.#time;
  }

  #refuseTooMany(): void {
    if (this.#keys.size + this.#ranges.size > this.#max) this.addAll();
  }
}
