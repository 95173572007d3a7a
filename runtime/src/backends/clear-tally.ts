import { CachetoryError } from "../errors.ts";
import type { ClearOptions } from "./clear-run.ts";

/** What one `clear` has found and deleted, and when the next batch is due: all of it but the waiting. */
export class ClearTally {
  readonly #options: Omit<ClearOptions, "signal">;
  readonly #batchSize: number;
  readonly #msPerKey: number;
  #found = 0;
  #deleted = 0;
  #nextAtMs = 0;

  /** @throws CachetoryError `INVALID_OPTION` */
  constructor(options: Omit<ClearOptions, "signal">) {
    const { maxPerSecond = Number.POSITIVE_INFINITY } = options;
    if (!(maxPerSecond > 0)) {
      throw new CachetoryError("INVALID_OPTION", `clear: maxPerSecond is more than zero, not ${maxPerSecond}.`);
    }
    this.#options = options;
    this.#batchSize = Math.ceil(maxPerSecond / 10);
    this.#msPerKey = 1000 / maxPerSecond;
  }

  /** What `clear` answers: how many entries were deleted, or in a dry run how many would be. */
  get count(): number {
    return this.#options.dryRun === true ? this.#found : this.#deleted;
  }

  /** The keys in batches as large as the pace allows; one, which is empty, where there are none. */
  *batches(keys: readonly string[]): IterableIterator<readonly string[]> {
    let start = 0;
    do {
      yield this.#batchSize < keys.length ? keys.slice(start, start + this.#batchSize) : keys;
      start += this.#batchSize;
    } while (start < keys.length);
  }

  /** Whether anything of a batch is to be deleted. */
  deletes(batch: readonly string[]): boolean {
    return batch.length > 0 && this.#options.dryRun !== true;
  }

  /** How long the pace asks to wait before the next deletion; zero and less for not at all. */
  get waitMs(): number {
    return this.#nextAtMs - performance.now();
  }

  /** To be called as a batch is sent: the one after it is due when this one's share of the time is over. */
  begin(batch: readonly string[]): void {
    this.#nextAtMs = performance.now() + batch.length * this.#msPerKey;
  }

  /** To be called after each batch, also one that is empty. */
  note(batch: readonly string[], deleted: number): void {
    this.#deleted += deleted;
    this.#found += batch.length;
    this.#options.onProgress?.({ found: this.#found, deleted: this.#deleted });
  }
}
