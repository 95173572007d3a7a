import type { AbortSignalLike } from "../abort.ts";
import type { Flight } from "../cache/flights.ts";
import { CachetoryError, LoadTimeoutError } from "../errors.ts";
import { type BoundedDuration, boundedMs } from "./stale.ts";

/** How long a caller waits for a load, from its call on. The load itself goes on, and what it gives is stored. */
export interface TimeoutOptions {
  /** After so long a stale value is served, where there is one that `stale.onError` allows. Default: never. */
  readonly soft?: BoundedDuration | undefined;
  /** After so long the caller is told with a `LoadTimeoutError`, or served such a stale value. Default: never. */
  readonly hard?: BoundedDuration | undefined;
}

/** The same in milliseconds; infinite for never. */
export interface Timeouts {
  readonly cacheName: string;
  readonly softMs: number;
  readonly hardMs: number;
}

/** How a caller waits for a load. */
export interface Waiting {
  readonly signal: AbortSignalLike | undefined;
  /** `undefined` where it waits as long as it takes. */
  readonly timeouts: Timeouts | undefined;
}

/** A timer for longer would end at once. */
const longestTimerMs = 2 ** 31 - 1;

/** The timeouts of one cache, and of its calls. */
export class LoadTimeouts {
  readonly #cacheName: string;
  readonly #own: Timeouts | undefined;
  /** Whether stale values may be served where a load is late. */
  readonly #servesStale: boolean;
  readonly #deadlineMs: number;

  /**
   * @param deadlineMs - for how long a load is waited for by those who come later
   * @throws CachetoryError `INVALID_OPTION`, `INVALID_DURATION`
   */
  constructor(cacheName: string, own: TimeoutOptions | undefined, servesStale: boolean, deadlineMs: number) {
    this.#cacheName = cacheName;
    this.#deadlineMs = deadlineMs;
    this.#servesStale = servesStale;
    this.#own = own && this.#checked(own);
  }

  /**
   * What holds for a call; `undefined` where it waits as long as it takes.
   *
   * @throws CachetoryError `INVALID_OPTION`, `INVALID_DURATION`
   */
  of(call: TimeoutOptions | undefined): Timeouts | undefined {
    return call === undefined ? this.#own : this.#checked(call);
  }

  #checked({ soft, hard }: TimeoutOptions): Timeouts {
    const cacheName = this.#cacheName;
    const softMs = this.#ms("soft", soft) ?? this.#own?.softMs ?? Number.POSITIVE_INFINITY;
    const hardMs = this.#ms("hard", hard) ?? this.#own?.hardMs ?? Number.POSITIVE_INFINITY;
    if (soft !== undefined && !this.#servesStale) {
      throw new CachetoryError(
        "INVALID_OPTION",
        `${cacheName}: timeouts.soft serves stale values, of which the cache keeps none. Give it stale: { onError } as well.`,
      );
    }
    if (softMs !== Number.POSITIVE_INFINITY && softMs >= hardMs) {
      throw new CachetoryError(
        "INVALID_OPTION",
        `${cacheName}: timeouts.soft (${softMs} ms) is to end before timeouts.hard (${hardMs} ms).`,
      );
    }
    if (hard !== undefined && hardMs >= this.#deadlineMs) {
      throw new CachetoryError(
        "INVALID_OPTION",
        `${cacheName}: timeouts.hard (${hardMs} ms) is to end before the deadline of singleFlight (${this.#deadlineMs} ms).`,
      );
    }
    return { cacheName, softMs, hardMs };
  }

  #ms(which: "soft" | "hard", duration: BoundedDuration | undefined): number | undefined {
    if (duration === undefined) return undefined;
    const ms = boundedMs(this.#cacheName, `timeouts.${which}`, duration);
    if (ms <= longestTimerMs) return ms;
    throw new CachetoryError(
      "INVALID_OPTION",
      `${this.#cacheName}: timeouts.${which} is at most ${longestTimerMs} ms, not ${ms}.`,
    );
  }
}

/** What the load of a flight gives, or what is said where that takes too long. */
export function waitFor<V>(flight: Flight<V>, { signal, timeouts }: Waiting): Promise<V> {
  return timeouts === undefined ? flight.wait(signal) : waitInTime(flight, signal, timeouts);
}

function waitInTime<V>(
  flight: Flight<V>,
  signal: AbortSignalLike | undefined,
  { cacheName, softMs, hardMs }: Timeouts,
): Promise<V> {
  return new Promise<V>((resolve, reject) => {
    /** Whether the caller has been served. */
    const serve = (): boolean => {
      const instead = flight.instead();
      if (instead === undefined) return false;
      flight.handOver();
      flight.isLate = true;
      resolve(instead.value);
      return true;
    };
    // Others have been served, and it takes no shorter by now.
    if (flight.isLate && serve()) return;
    const beganMs = performance.now();
    let isOver = false;
    const timers: NodeJS.Timeout[] = [];
    const stop = (): void => {
      isOver = true;
      for (const timer of timers) clearTimeout(timer);
    };
    const after = (ms: number, then: () => void): void => {
      if (ms === Number.POSITIVE_INFINITY) return;
      timers.push(setTimeout(then, Math.max(0, ms - (performance.now() - beganMs))));
    };
    // What is stored is read within limits of its own, and most calls end with that: timers would be most of their cost.
    flight.whenLoading(() => {
      if (isOver) return;
      after(softMs, () => {
        if (serve()) stop();
      });
      after(hardMs, () => {
        stop();
        if (serve()) return;
        flight.handOver();
        const message = `${cacheName}: the load has not ended within ${hardMs} ms. It goes on.`;
        reject(new LoadTimeoutError(message, { hardMs }));
      });
    });
    flight.wait(signal).then(
      (value) => {
        stop();
        resolve(value);
      },
      (cause) => {
        stop();
        reject(cause);
      },
    );
  });
}
