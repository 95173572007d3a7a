import { BackendUnavailableError } from "../errors.ts";

/**
 * Why a read has no value:
 * - `absent`: there is no entry, or the backend itself has let go of it;
 * - `expired`: there is one, which has outlived what the cache declares;
 * - `tag`: there is one, which an invalidation has made untrue;
 * - `misfit`: its value is not of the declared type;
 * - `undecodable`: the steps of the serializer cannot read it;
 * - `error`: the backend did not answer, or a worker thread did not;
 * - `budget`: the backend did not answer in time.
 */
export type MissReason = "absent" | "expired" | "tag" | "misfit" | "undecodable" | "error" | "budget";

/** A read that has no value, and why. */
export class Miss {
  static readonly absent: Miss = new Miss("absent");

  readonly reason: MissReason;
  readonly cause: unknown;
  /** What the records held that an entry of this key depends on, aligned with their keys; `undefined` where none were read. */
  readonly records: readonly unknown[] | undefined;
  #guard: string | undefined;

  constructor(reason: MissReason, cause?: unknown, records?: readonly unknown[]) {
    this.reason = reason;
    this.cause = cause;
    this.records = records;
  }

  /** What a load has to show when it stores, which a read right before it has left; `undefined` where there was none. */
  get guard(): string | undefined {
    return this.#guard;
  }

  guardedBy(guard: string | undefined): Miss {
    // That one is everybody's.
    const own = this === Miss.absent ? new Miss("absent") : this;
    own.#guard = guard;
    return own;
  }

  /** Whether something is there that nobody can read, or that has been made untrue, which a load may replace. */
  get isReplaceable(): boolean {
    return this.reason === "misfit" || this.reason === "undecodable" || this.reason === "tag";
  }

  /** Whether there was no answer, so that nobody knows what is there. */
  get isUnanswered(): boolean {
    return this.reason === "error" || this.reason === "budget";
  }
}

/** A miss where an entry is that an invalidation has made untrue. */
export class Untrue extends Miss {
  /** Until when it is or was fresh, as its envelope says. */
  readonly freshUntilMs: number;

  constructor(freshUntilMs: number, records: readonly unknown[] | undefined) {
    super("tag", undefined, records);
    this.freshUntilMs = freshUntilMs;
  }
}

/** A miss with the value of an entry that is no longer fresh, or due for a refresh. */
export class Aged<V> extends Miss {
  readonly value: V;
  /** Whether it is fresh all the same, and a load may refresh it ahead of its end. */
  readonly isDue: boolean;
  /** Until when it is or was fresh, as its envelope says. */
  readonly freshUntilMs: number;
  /** The same by the monotonic clock of this process: surely not later. */
  readonly #freshUntilHereMs: number;

  /** @param staleMs - for how long it has not been fresh when it was read: surely not longer */
  constructor(
    value: V,
    isDue: boolean,
    freshUntilMs: number,
    staleMs: number,
    records: readonly unknown[] | undefined,
  ) {
    super("expired", undefined, records);
    this.value = value;
    this.isDue = isDue;
    this.freshUntilMs = freshUntilMs;
    this.#freshUntilHereMs = performance.now() - staleMs;
  }

  /** For how long it has not been fresh by now, in milliseconds: surely not longer. */
  get staleMs(): number {
    return performance.now() - this.#freshUntilHereMs;
  }
}

/** A read that a backend did not answer. */
export function unanswered(cause: unknown): Miss {
  return new Miss(cause instanceof BackendUnavailableError && cause.isLate ? "budget" : "error", cause);
}
