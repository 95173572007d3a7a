/** When a breaker opens, and for how long. */
export interface BreakerOptions {
  /** After so many failures with no answer between them; 0 for never. */
  readonly failures: number;
  /** How long nothing is tried then, at most, in milliseconds; and over how long it closes. */
  readonly pauseMs: number;
}

/** `half-open`: it has been answered once, and lets a growing share of calls through. */
export type BreakerState = "closed" | "open" | "half-open";

/** What a breaker needs of the world. */
export interface BreakerWorld {
  /** Milliseconds of a clock that is never set. */
  readonly nowMs: () => number;
  /** From 0 to 1, as `Math.random`. */
  readonly random: () => number;
  /** Takes each change of the state, and what opened it. */
  readonly tell: (state: BreakerState, error: unknown) => void;
}

/** The share of calls that goes through at first when it closes. */
const firstShare = 0.1;

/**
 * Leaves one who does not answer alone, so that nobody waits for him: it opens after some failures in a row, lets one call try
 * after a short pause, and closes little by little, so that not all come at once. Pauses are of different length each time,
 * so that processes do not try together.
 */
export class Breaker {
  readonly #options: BreakerOptions;
  readonly #world: BreakerWorld;
  #state: BreakerState = "closed";
  /** In a row, while it is closed. */
  #failures = 0;
  /** When the last one that counted had been sent: what was sent together counts once. */
  #failedTogether: unknown;
  /** While it is open: when one may try. */
  #pausedUntilMs = 0;
  #isTrying = false;
  /** While it is half-open: since when. */
  #closingSinceMs = 0;

  constructor(options: BreakerOptions, world: BreakerWorld) {
    this.#options = options;
    this.#world = world;
  }

  get state(): BreakerState {
    return this.#state;
  }

  /** Whether `admits` need not be asked. */
  get isClosed(): boolean {
    return this.#state === "closed";
  }

  /** Whether a call would be let through, without letting it. */
  get isShut(): boolean {
    return this.#state === "open" && (this.#isTrying || this.#world.nowMs() < this.#pausedUntilMs);
  }

  /** Whether a call may go through. What becomes of one that may has to be told. */
  admits(): boolean {
    if (this.#state === "closed") return true;
    if (this.#state === "open") {
      if (this.isShut) return false;
      this.#isTrying = true;
      return true;
    }
    const share = (this.#world.nowMs() - this.#closingSinceMs) / this.#options.pauseMs;
    if (share >= 1) this.#close();
    return this.#world.random() < Math.max(firstShare, share);
  }

  answered(): void {
    if (this.#state === "closed") {
      this.#failures = 0;
      return;
    }
    if (this.#state === "half-open") return;
    this.#isTrying = false;
    this.#state = "half-open";
    this.#closingSinceMs = this.#world.nowMs();
    this.#world.tell("half-open", undefined);
  }

  /**
   * No answer, or one that says that there will be none.
   *
   * @param together - the same for all calls that count as one
   */
  failed(together: unknown, error: unknown): void {
    if (this.#options.failures === 0) return;
    if (this.#state === "open") {
      // What was sent before it opened says nothing new.
      if (this.#isTrying) this.#pause();
      return;
    }
    if (this.#failedTogether === together) return;
    this.#failedTogether = together;
    this.#failures += 1;
    if (this.#state === "closed" && this.#failures < this.#options.failures) return;
    this.#state = "open";
    this.#pause();
    this.#world.tell("open", error);
  }

  /** A call that went through has told nothing, neither good nor bad. */
  toldNothing(): void {
    if (this.#state === "open") this.#isTrying = false;
  }

  /** There is reason to believe that it answers again: the next call may try. */
  hope(): void {
    if (this.#state === "open") this.#pausedUntilMs = this.#world.nowMs();
  }

  /** Another has taken his place, of whom nothing is known yet. */
  reset(): void {
    if (this.#state !== "closed") this.#close();
    this.#failures = 0;
  }

  #pause(): void {
    this.#isTrying = false;
    this.#pausedUntilMs = this.#world.nowMs() + this.#options.pauseMs * (0.5 + 0.5 * this.#world.random());
  }

  #close(): void {
    this.#state = "closed";
    this.#failures = 0;
    this.#failedTogether = undefined;
    this.#world.tell("closed", undefined);
  }
}
