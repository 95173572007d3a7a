import { setTimeout } from "node:timers/promises";

/** Time in ticks, for one history. */
export interface Clock {
  readonly tickMs: number;
  /** Milliseconds since 1970, at the last tick. */
  now(): number;
  pass(ticks: number): Promise<void>;
  /** Whether it is so early in the tick that no entry can have ended since its begin. */
  isEarly(): boolean;
}

/** Time that passes when it is told to. */
export class FakeClock implements Clock {
  readonly tickMs = 1000;
  #nowMs = 1_800_000_000_000;

  now(): number {
    return this.#nowMs;
  }

  async pass(ticks: number): Promise<void> {
    this.#nowMs += ticks * this.tickMs;
  }

  isEarly(): boolean {
    return true;
  }
}

/** Real time. All that is asked between two ticks must be answered in its first two fifths; entries end in the middle. */
export class RealClock implements Clock {
  readonly tickMs: number;
  readonly #startMs = performance.now();
  readonly #startEpochMs: number;
  #ticks = 0;

  /** @param aheadMs - how far the server's clock is ahead of this machine's */
  constructor(tickMs: number, aheadMs: number) {
    this.tickMs = tickMs;
    this.#startEpochMs = Date.now() + aheadMs;
  }

  now(): number {
    return this.#startEpochMs + this.#ticks * this.tickMs;
  }

  async pass(ticks: number): Promise<void> {
    this.#ticks += ticks;
    // A timer may be a millisecond early.
    const waitMs = this.#startMs + this.#ticks * this.tickMs + 1 - performance.now();
    if (waitMs > 0) await setTimeout(waitMs);
  }

  isEarly(): boolean {
    const sinceTickMs = performance.now() - this.#startMs - this.#ticks * this.tickMs;
    return sinceTickMs <= 0.4 * this.tickMs;
  }
}
