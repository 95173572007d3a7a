import { ClearTally } from "./clear-tally.ts";
import type { SyncClearOptions } from "./sync-backend.ts";

/**
 * As `ClearRun`, for backends without promises: where the pace asks for a pause, the thread stands still.
 *
 * @example
 * ```ts
 * const run = new SyncClearRun(options);
 * for (const keys of findKeys(range)) run.delete(keys, (batch) => this.deleteMany(batch));
 * return run.count;
 * ```
 */
export class SyncClearRun {
  readonly #tally: ClearTally;

  /** @throws CachetoryError `INVALID_OPTION` */
  constructor(options: SyncClearOptions) {
    this.#tally = new ClearTally(options);
  }

  /** What `clear` answers: how many entries were deleted, or in a dry run how many would be. */
  get count(): number {
    return this.#tally.count;
  }

  /**
   * Deletes keys that the cache owns.
   *
   * @param remove - answers how many entries there were
   */
  delete(keys: readonly string[], remove: (keys: readonly string[]) => number): void {
    const tally = this.#tally;
    for (const batch of tally.batches(keys)) {
      let deleted = 0;
      if (tally.deletes(batch)) {
        pause(tally.waitMs);
        tally.begin(batch);
        deleted = remove(batch);
      }
      tally.note(batch, deleted);
    }
  }
}

/** Nobody can wake it: the memory is nobody else's. */
function pause(ms: number): void {
  if (ms > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
