import { setTimeout } from "node:timers/promises";

/** Time in ticks, for one history. */
export interface Clock {
  readonly tickMs: number;
  /** Milliseconds since 1970, at the last tick. */
  now(): number;
  pass(ticks: number): Promise<void>;
  /** Whether something may have been asked so late after a tick that an entry could have ended by then. */
  readonly isLate: boolean;
  /** Tells that the calls since the last tick have been answered. */
  noteAnswers(): void;
}

/** Time that passes when it is told to. */
export class FakeClock implements Clock {
  readonly tickMs = 1000;
  readonly isLate = false;
  #nowMs = 1_800_000_000_000;

  now(): number {
    return this.#nowMs;
  }

  async pass(ticks: number): Promise<void> {
    this.#nowMs += ticks * this.tickMs;
  }

  noteAnswers(): void {}
}

/** Real time. All that is asked between two ticks must be answered in its first two fifths; entries end in the middle. */
export class RealClock implements Clock {
  readonly tickMs: number;
  readonly #startMs = performance.now();
  readonly #startEpochMs: number;
  #ticks = 0;
  #isLate = false;

  /** @param aheadMs - how far the server's clock is ahead of this machine's */
  constructor(tickMs: number, aheadMs: number) {
    this.tickMs = tickMs;
    this.#startEpochMs = Date.now() + aheadMs;
  }

  get isLate(): boolean {
    return this.#isLate;
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

  noteAnswers(): void {
    const sinceTickMs = performance.now() - this.#startMs - this.#ticks * this.tickMs;
    if (sinceTickMs > 0.4 * this.tickMs) this.#isLate = true;
  }
}
