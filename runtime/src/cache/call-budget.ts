import type { Backend } from "../backends/backend.ts";
import type { Patience } from "../backends/patience.ts";

/** However much has been used up: what a server that is well takes to answer. A loop that was busy is no slow server. */
const leastMs = 5;

/**
 * What is left of the time for which one call waits for its backend, however many commands it takes. Whatever is late goes on
 * behind.
 */
export class CallBudget {
  readonly #patience: Patience;
  readonly #budgetMs: number;
  #leftMs: number;
  /** How many waits are under way, and since when there is one: what is waited for at the same time is counted once. */
  #waits = 0;
  #waitingSinceMs = 0;

  /** @param startedAtMs - when the call began, by `performance.now()` */
  constructor(patience: Patience, startedAtMs: number, keyCount = 1) {
    this.#patience = patience;
    this.#budgetMs = patience.budgetMs(keyCount);
    this.#leftMs = this.#budgetMs - (performance.now() - Math.max(startedAtMs, patience.readySinceMs));
  }

  /**
   * The answer to reads, each of which has the whole budget for itself.
   *
   * @param late - what is answered in its place
   */
  read<T>(asked: Promise<T>, late: (cause: unknown) => T | Promise<T>): Promise<T> {
    // Where little has been used up they end in time by themselves, and nothing is spent on that.
    return this.#leftNowMs > 0.9 * this.#budgetMs ? this.#counted(asked) : this.wait(asked, late);
  }

  /** What `asked` gives, or what `late` gives where the budget is used up before. */
  async wait<T>(asked: Promise<T>, late: (cause: unknown) => T | Promise<T>): Promise<T> {
    let over: Promise<T> | undefined;
    const settled = asked.finally(() => {
      over = asked;
    });
    try {
      return await this.#counted(this.#patience.within(settled, Math.max(leastMs, this.#leftNowMs)));
    } catch (cause) {
      // It may have come to its end in the moment in which the time was over: by a time limit of its own, say.
      return over ?? late(cause);
    }
  }

  get #leftNowMs(): number {
    return this.#waits === 0 ? this.#leftMs : this.#leftMs - (performance.now() - this.#waitingSinceMs);
  }

  async #counted<T>(asked: Promise<T>): Promise<T> {
    if (this.#waits === 0) this.#waitingSinceMs = performance.now();
    this.#waits += 1;
    try {
      return await asked;
    } finally {
      this.#waits -= 1;
      if (this.#waits === 0) this.#leftMs -= performance.now() - this.#waitingSinceMs;
    }
  }
}

/** What is asked without a budget where there is none. */
export function readWithin<T>(
  budget: CallBudget | undefined,
  asked: Promise<T>,
  late: (cause: unknown) => T | Promise<T>,
): Promise<T> {
  return budget === undefined ? asked : budget.read(asked, late);
}

/** As `readWithin`, for what has a longer limit of its own. */
export function waitWithin<T>(
  budget: CallBudget | undefined,
  asked: Promise<T>,
  late: (cause: unknown) => T | Promise<T>,
): Promise<T> {
  return budget === undefined ? asked : budget.wait(asked, late);
}

/**
 * What the answer to a first read made a call ask for: it has what that one has left of the time.
 *
 * @param startedAtMs - when the call began
 * @param keyCount - of all that it asks for
 */
export function readFurther<T>(
  { behind, patience }: Pick<Backend, "behind" | "patience">,
  startedAtMs: number,
  keyCount: number,
  asked: Promise<T>,
): Promise<T> {
  const patient = behind === undefined ? patience : behind.patience;
  if (patient === undefined) return asked;
  return new CallBudget(patient, startedAtMs, keyCount).read(asked, (cause) => Promise.reject(cause));
}
