import type { ValueSizes } from "./value-sizes.ts";

/** As much as the budget is for is expected of a server at its worst: so many keys, and 20 MB a second where it is 50 ms. */
const keysPerBudget = 500;
const bytesPerBudget = 1024 * 1024;
/** However much is asked for, nobody waits longer for a cache. */
const longestInBudgets = 20;

/**
 * How long a read may take: its budget, and as much again for every 500 keys and for every megabyte that it, and what was
 * asked before it and is still to come, are expected to bring; at most 20 times as much.
 */
export class ReadBudget {
  readonly sizes: ValueSizes;
  readonly #budgetMs: number;
  #keys = 0;
  #bytes = 0;

  constructor(budgetMs: number, sizes: ValueSizes) {
    this.#budgetMs = budgetMs;
    this.sizes = sizes;
  }

  /** For the values of so many keys beside those that are still to come. */
  limitMs(keyCount: number, bytes: number): number {
    const budgets = 1 + Math.floor((this.#keys + keyCount) / keysPerBudget);
    const forBytes = 1 + Math.floor((this.#bytes + bytes) / bytesPerBudget);
    return this.#budgetMs * Math.min(longestInBudgets, Math.max(budgets, forBytes));
  }

  asked(keyCount: number, bytes: number): void {
    this.#keys += keyCount;
    this.#bytes += bytes;
  }

  over(keyCount: number, bytes: number): void {
    this.#keys -= keyCount;
    this.#bytes -= bytes;
  }
}
