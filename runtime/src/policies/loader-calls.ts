import { CachetoryError, OverloadError } from "../errors.ts";
import type { CacheEvents } from "../observe/cache-events.ts";
import type { Operation } from "../observe/event-types.ts";

/** A call that is under way. */
interface RunningCall {
  /** By a clock that is never set. */
  readonly sinceMs: number;
}

/**
 * The calls of the loaders of one cache in this process: no more of them at once than declared. What runs for longer than the
 * deadline of a load is not counted any more, so that loaders that never end do not end the loading.
 */
export class LoaderCalls {
  readonly #cacheName: string;
  readonly #events: CacheEvents<never>;
  readonly #maxLoads: number | undefined;
  readonly #deadlineMs: number;
  /** The oldest first. */
  readonly #running = new Set<RunningCall>();

  /** @throws CachetoryError `INVALID_OPTION` */
  constructor(cacheName: string, events: CacheEvents<never>, maxLoads: number | undefined, deadlineMs: number) {
    if (maxLoads !== undefined && !(Number.isSafeInteger(maxLoads) && maxLoads >= 1)) {
      const message = `${cacheName}: maxLoads must be a whole number from 1, but is ${maxLoads}.`;
      throw new CachetoryError("INVALID_OPTION", message);
    }
    this.#cacheName = cacheName;
    this.#events = events;
    this.#maxLoads = maxLoads;
    this.#deadlineMs = deadlineMs;
  }

  /** Calls at once. Rejects with an `OverloadError` where too many run. */
  run<T>(operation: Operation, texts: readonly string[], load: () => Promise<T>): Promise<T> {
    if (this.#maxLoads === undefined) return this.#events.load(operation, texts, load);
    return this.#runLimited(this.#maxLoads, operation, texts, load);
  }

  async #runLimited<T>(
    maxLoads: number,
    operation: Operation,
    texts: readonly string[],
    load: () => Promise<T>,
  ): Promise<T> {
    if (!this.#hasRoom(maxLoads)) {
      this.#events.tell("overload", { operation, maxLoads, keyCount: texts.length });
      throw new OverloadError(
        `${this.#cacheName} runs ${maxLoads} loads at once and no more, and there are as many. Try again later, or declare ` +
          "more max-loads if what is behind it can take them.",
        { cache: this.#cacheName, maxLoads },
      );
    }
    const call = { sinceMs: performance.now() };
    this.#running.add(call);
    try {
      return await this.#events.load(operation, texts, load);
    } finally {
      this.#running.delete(call);
    }
  }

  #hasRoom(maxLoads: number): boolean {
    if (this.#running.size < maxLoads) return true;
    const dueMs = performance.now() - this.#deadlineMs;
    for (const call of this.#running) {
      if (call.sinceMs > dueMs) break;
      this.#running.delete(call);
    }
    return this.#running.size < maxLoads;
  }
}
