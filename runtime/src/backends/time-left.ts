/** Whoever is asked at once has all of the time: commands of one turn leave within this. Milliseconds. */
const atOnceMs = 20;

/**
 * How long an entry lives, as an argument of a command, counted from when it was to be stored: a command that had to wait for a
 * connection, or was sent on by a server that others have replaced, brings a value that is older by then.
 */
export class TimeLeft {
  readonly #ttlMs: number;
  readonly #sinceMs: number;

  constructor(ttlMs: number, sinceMs: number) {
    this.#ttlMs = ttlMs;
    this.#sinceMs = sinceMs;
  }

  /** In milliseconds, at this moment; one at least, for no entry can be stored for less. */
  toString(): string {
    const ageMs = performance.now() - this.#sinceMs;
    return String(ageMs < atOnceMs ? this.#ttlMs : Math.max(1, Math.round(this.#ttlMs - ageMs)));
  }
}

/** @param ttlMs - `undefined` for ever */
export function timeLeft(ttlMs: number, sinceMs?: number): TimeLeft;
export function timeLeft(ttlMs: number | undefined, sinceMs?: number): TimeLeft | undefined;
export function timeLeft(ttlMs: number | undefined, sinceMs: number = performance.now()): TimeLeft | undefined {
  return ttlMs === undefined ? undefined : new TimeLeft(ttlMs, sinceMs);
}
