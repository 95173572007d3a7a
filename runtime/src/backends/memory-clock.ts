// Taken when the module is loaded: a timer that a test runner stops would not tell the time.
const { setTimeout, clearTimeout, Date: MachineDate } = globalThis;
const machineNow = MachineDate.now;

/** A clock that was replaced before this module was loaded is no function of the machine. */
const isMachines = /\[native code\]/.test(Function.prototype.toString.call(machineNow));

/** How old a reading of the clock becomes before it is read anew. */
const tickMs = 100;

/** What ends within so much of the last reading is compared with the clock itself. */
const marginMs = 1000;

/**
 * Tells whether a moment is still to come, mostly without reading the clock, which would be more than half of the cost of a
 * hit: while it is asked, a timer reads the clock ten times a second, and what ends more than a second after that is to
 * come for sure. The timer keeps no process alive, and ends when nobody has asked for a tenth of a second.
 *
 * A clock that a test has replaced is read each time. Only where the thread has been held up for a second, so that no timer
 * could run, may something seem to live that has ended meanwhile.
 */
export class MemoryClock {
  readonly #given: (() => number) | undefined;
  /** What the machine's clock said lately, while the timer runs. */
  #recentMs = 0;
  #timer: NodeJS.Timeout | undefined;
  #isAsked = false;

  /** @param given - another clock than `Date.now`: milliseconds since 1970 */
  constructor(given: (() => number) | undefined) {
    this.#given = given;
  }

  /** Milliseconds since 1970. */
  now(): number {
    // Looked up at each call, so that fake clocks of test runners are seen.
    return this.#given === undefined ? Date.now() : this.#given();
  }

  /** Whether a moment, in milliseconds since 1970, is still to come. */
  isAhead(atMs: number): boolean {
    if (atMs === Number.POSITIVE_INFINITY) return true;
    if (this.#timer !== undefined && atMs - marginMs > this.#recentMs && Date.now === machineNow) {
      this.#isAsked = true;
      return true;
    }
    const nowMs = this.now();
    this.#start(nowMs);
    return atMs > nowMs;
  }

  /** Lets go of the timer. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #start(nowMs: number): void {
    if (this.#timer !== undefined || this.#given !== undefined || !isMachines || Date.now !== machineNow) return;
    this.#recentMs = nowMs;
    this.#timer = setTimeout(() => this.#tick(), tickMs).unref();
  }

  #tick(): void {
    if (!this.#isAsked || Date.now !== machineNow) {
      this.stop();
      return;
    }
    this.#isAsked = false;
    this.#recentMs = Date.now();
    this.#timer?.refresh();
  }
}
