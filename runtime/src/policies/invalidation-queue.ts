import type { Backend, KeyRange } from "../backends/backend.ts";

/** More invalidations of tags than this do not wait. */
const maxRecords = 100_000;

/** Keys of records that are to be deleted, each with how many caches wait for that. */
export type DueRecords = Map<string, number>;

const recordsOf = new WeakMap<Backend, DueRecords>();

/** Of all caches that one backend answers. */
export function dueRecords(answering: Backend): DueRecords {
  let records = recordsOf.get(answering);
  if (records === undefined) {
    records = new Map();
    recordsOf.set(answering, records);
  }
  return records;
}

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
 * cache is invalid, which costs misses and is never wrong. Records of tags are of other caches, too, and stay apart.
 */
export class InvalidationQueue {
  readonly #max: number;
  readonly #owns: (key: string) => boolean;
  readonly #records: DueRecords;
  /** How many of the keys are records. */
  #recordCount = 0;
  /** By their text, with the time at which they came. */
  readonly #keys = new Map<string, number>();
  readonly #ranges = new Map<KeyRange, number>();
  #allSince: number | undefined;
  /** Of invalidations: it goes on by one with each. */
  #time = 0;

  /**
   * @param owns - whether a key is the cache's; others are those of records
   * @param records - where those are noted for all caches
   */
  constructor(max: number, owns: (key: string) => boolean, records: DueRecords) {
    this.#max = max;
    this.#owns = owns;
    this.#records = records;
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

  /** Whether there is room for these: nothing else stands for records. */
  takes(keys: readonly string[]): boolean {
    return this.#recordCount + keys.length <= maxRecords || keys.every(this.#owns);
  }

  add(keys: readonly string[]): void {
    for (const key of keys) {
      if (!this.#keys.has(key) && !this.#owns(key)) {
        this.#recordCount += 1;
        this.#records.set(key, (this.#records.get(key) ?? 0) + 1);
      }
      this.#keys.set(key, this.#tick());
    }
    this.#refuseTooMany();
  }

  addRange(range: KeyRange): void {
    this.#ranges.set(range, this.#tick());
    this.#refuseTooMany();
  }

  addAll(): void {
    for (const key of this.#keys.keys()) if (this.#owns(key)) this.#keys.delete(key);
    this.#ranges.clear();
    this.#allSince = this.#tick();
  }

  /** The time, for `settle` and `done`: what comes later is none of their business. */
  get now(): number {
    return this.#time;
  }

  /** These keys hold nothing any more that was invalid at that time. */
  settle(keys: readonly string[], at: number): void {
    for (const key of keys) {
      if ((this.#keys.get(key) ?? Number.POSITIVE_INFINITY) > at) continue;
      this.#keys.delete(key);
      if (!this.#owns(key)) this.#releaseRecord(key);
    }
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
    this.settle([...this.#keys.keys()].filter(this.#owns), at);
  }

  /** Other caches need not mind the records any more: nobody is left who deletes them. */
  release(): void {
    this.settle(
      [...this.#keys.keys()].filter((key) => !this.#owns(key)),
      this.#time,
    );
  }

  #releaseRecord(key: string): void {
    this.#recordCount -= 1;
    const others = (this.#records.get(key) ?? 1) - 1;
    if (others === 0) this.#records.delete(key);
    else this.#records.set(key, others);
  }

  #tick(): number {
    this.#time += 1;
    return this.#time;
  }

  #refuseTooMany(): void {
    if (this.#keys.size - this.#recordCount + this.#ranges.size > this.#max) this.addAll();
  }
}
