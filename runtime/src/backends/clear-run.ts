import { type AbortSignalLike, refuseAborted } from "../abort.ts";
import { ClearTally } from "./clear-tally.ts";

/** How far a `clear` is. */
export interface ClearProgress {
  /** Entries found so far that belong to the cache. */
  readonly found: number;
  /** Entries deleted so far; 0 in a dry run. */
  readonly deleted: number;
}

/** How a backend is cleared. */
export interface ClearOptions {
  /** Stops between two batches, and rejects with its reason. What was deleted until then is gone. */
  readonly signal?: AbortSignalLike | undefined;
  /**
   * How many entries are deleted in a second, on average over the call; batches are a tenth of it. More than zero.
   * Default without limit.
   */
  readonly maxPerSecond?: number | undefined;
  /** Deletes nothing and answers how many entries there are. Default `false`. */
  readonly dryRun?: boolean | undefined;
  /** Called after each batch, also one in which nothing was found. What it throws ends the call. */
  readonly onProgress?: ((progress: ClearProgress) => void) | undefined;
}

/**
 * One `clear`: a backend hands over the keys that it finds, batch by batch, and this deletes them as the options say.
 *
 * @example
 * ```ts
 * const run = new ClearRun(options);
 * for await (const keys of findKeys(range)) await run.delete(keys, (batch) => this.deleteMany(batch));
 * return run.count;
 * ```
 */
export class ClearRun {
  readonly #signal: AbortSignalLike | undefined;
  readonly #tally: ClearTally;

  /** @throws CachetoryError `INVALID_OPTION`; the signal's reason, where it has been aborted already */
  constructor(options: ClearOptions) {
    this.#tally = new ClearTally(options);
    this.#signal = options.signal;
    refuseAborted(options.signal);
  }

  /** What `clear` answers: how many entries were deleted, or in a dry run how many would be. */
  get count(): number {
    return this.#tally.count;
  }

  /**
   * Deletes keys that the cache owns. The first batch of a run is handed to `remove` before this returns, so that a
   * small `clear` takes effect before the calls that come after it.
   *
   * @param remove - answers how many entries there were
   */
  async delete(keys: readonly string[], remove: (keys: readonly string[]) => Promise<number>): Promise<void> {
    const tally = this.#tally;
    for (const batch of tally.batches(keys)) {
      refuseAborted(this.#signal);
      let deleted = 0;
      if (tally.deletes(batch)) {
        const { waitMs } = tally;
        if (waitMs > 0) await this.#wait(waitMs);
        tally.begin(batch);
        deleted = await remove(batch);
      }
      tally.note(batch, deleted);
    }
  }

  #wait(ms: number): Promise<void> {
    const signal = this.#signal;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      // A timer cuts off the fraction of a millisecond, and would let the next batch go too soon.
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      }, Math.ceil(ms));
      signal?.addEventListener("abort", onAbort);
    });
  }
}
