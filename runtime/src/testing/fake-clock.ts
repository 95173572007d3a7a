import { type Ttl, ttlMs } from "../cache/ttl.ts";

/**
 * Lets a test say what time it is, for all caches of the process: entries in memory, on a Keyv and in layers expire when
 * the clock says so, and durations in events are what passes on it. It stands in for `Date.now` and `performance.now` until it
 * is disposed of; timers run on. For these, take the fake timers of your test runner instead, which caches obey as well.
 *
 * @example
 * ```ts
 * using clock = new FakeClock();
 * await cache.set("a", 1, { ttl: "10m" });
 * clock.advance("10m");
 * await cache.get("a"); // undefined
 * ```
 */
export class FakeClock implements Disposable {
  readonly #dateNow = Date.now;
  readonly #performanceNow = performance.now;
  // Whole, so that what passes on it is what was said.
  readonly #performanceStartMs = Math.ceil(performance.now());
  readonly #startMs: number;
  #passedMs = 0;

  /** @param startMs - milliseconds since 1970. Default: now */
  constructor(startMs: number = Date.now()) {
    this.#startMs = startMs;
    Date.now = () => this.nowMs;
    performance.now = () => this.#performanceStartMs + this.#passedMs;
  }

  /** Milliseconds since 1970. */
  get nowMs(): number {
    return this.#startMs + this.#passedMs;
  }

  /**
   * Lets time pass.
   *
   * @throws CachetoryError `INVALID_DURATION`
   */
  advance(by: Exclude<Ttl, "forever">): void {
    const passedMs = ttlMs(by);
    if (passedMs !== "forever") this.#passedMs += passedMs;
  }

  [Symbol.dispose](): void {
    Date.now = this.#dateNow;
    performance.now = this.#performanceNow;
  }
}
