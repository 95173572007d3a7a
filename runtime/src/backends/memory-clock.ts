import type { BackendClock } from "./envelopes.ts";

// Taken when the module is loaded: a timer that a test runner stops would not tell the time.
const { setTimeout, clearTimeout, Date: MachineDate, performance: machinePerformance } = globalThis;
const machineNow = MachineDate.now;
const monotonicMs = machinePerformance.now.bind(machinePerformance);
/** When the process started, to the microsecond; `Date` would say it to the millisecond. */
const originMs = machinePerformance.timeOrigin;

/** A clock that was replaced before this module was loaded is no function of the machine. */
const isMachines = /\[native code\]/.test(Function.prototype.toString.call(machineNow));

/** How old a reading of the clock becomes before it is read anew; and what ticks are. */
const tickMs = 100;

/** What ends within so many ticks of the last reading is compared with the clock itself. */
const marginTicks = 10;

/** After so many hits in a row the clock is read: where the event loop does not turn, as in a loop of them, no timer runs. */
const maxUnread = 32;

/** Larger numbers take a place of their own in memory. It is three years from the start of the process. */
const lastTick = 2 ** 30 - 1;
const never = lastTick;

const startMs = Math.floor(originMs + monotonicMs());

/** The tick in which a moment lies, in milliseconds since 1970; infinite for what never ends. */
export function tickOf(atMs: number): number {
  if (atMs === Number.POSITIVE_INFINITY) return never;
  return Math.max(0, Math.min(Math.floor((atMs - startMs) / tickMs), lastTick - 1));
}

/**
 * Tells whether a moment is still to come, mostly without reading the clock, which would be more than half of the cost of a
 * hit: while it is asked, a timer reads the clock ten times a second, and so does each 32nd hit; what ends more than a second
 * after that is to come for sure. The timer keeps no process alive, and ends when nobody has asked for a tenth of a second.
 *
 * A clock that a test has replaced is read each time. Only where fewer hits than that hold up the thread for a second, so that no
 * timer could run, may something seem to live that has ended meanwhile.
 */
export class MemoryClock implements BackendClock {
  readonly #given: (() => number) | undefined;
  /** The tick of the machine's clock, while the timer runs; else one that comes after all. */
  #recentTick = lastTick;
  #timer: NodeJS.Timeout | undefined;
  /** How many hits did without the clock since it was read. */
  #unread = 0;

  /** @param given - another clock than `Date.now`: milliseconds since 1970 */
  constructor(given: (() => number) | undefined) {
    this.#given = given;
  }

  /**
   * Milliseconds since 1970, as they are counted from the start of the process: who sets the machine's clock meanwhile neither
   * ends entries nor keeps them.
   */
  now(): number {
    if (this.#given !== undefined) return this.#given();
    // Looked up at each call, so that fake clocks of test runners are seen.
    return Date.now === machineNow ? Math.floor(originMs + monotonicMs()) : Date.now();
  }

  /** A moment by the machine's clock as one of this clock. */
  momentOf(dateMs: number): number {
    if (this.#given !== undefined) return dateMs;
    const aheadMs = Date.now() - this.now();
    // A millisecond lies between two readings, and not between two clocks.
    return Math.abs(aheadMs) <= 1 ? dateMs : dateMs - aheadMs;
  }

  whenKnown(): undefined {
    return undefined;
  }

  earliestMs(): number {
    return Math.floor(this.now());
  }

  latestMs(): number {
    return this.now();
  }

  /** Whether it is known without the clock that a tick is still to come. */
  isSurelyAhead(tick: number): boolean {
    if (tick === never) return true;
    if (tick - marginTicks <= this.#recentTick || Date.now !== machineNow) return false;
    this.#unread += 1;
    return this.#unread <= maxUnread;
  }

  /** Whether a moment, in milliseconds since 1970, is still to come. */
  isAhead(atMs: number): boolean {
    return this.isSurelyAhead(tickOf(atMs)) || this.isAheadByNow(atMs);
  }

  /** The same by the clock itself. */
  isAheadByNow(atMs: number): boolean {
    const nowMs = this.now();
    this.#start(nowMs);
    return atMs > nowMs;
  }

  /** Lets go of the timer. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#recentTick = lastTick;
  }

  #start(nowMs: number): void {
    if (this.#given !== undefined || !isMachines || Date.now !== machineNow) return;
    this.#recentTick = tickOf(nowMs);
    this.#unread = 0;
    this.#timer ??= setTimeout(() => this.#tick(), tickMs).unref();
  }

  #tick(): void {
    if (this.#unread === 0 || Date.now !== machineNow) {
      this.stop();
      return;
    }
    this.#unread = 0;
    this.#recentTick = tickOf(this.now());
    this.#timer?.refresh();
  }
}
