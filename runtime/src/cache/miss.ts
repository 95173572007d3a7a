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

  constructor(reason: MissReason, cause?: unknown) {
    this.reason = reason;
    this.cause = cause;
  }

  /** Whether something is there that nobody can read, which a load may replace. */
  get isUnfit(): boolean {
    return this.reason === "misfit" || this.reason === "undecodable";
  }

  /** Whether there was no answer, so that nobody knows what is there. */
  get isUnanswered(): boolean {
    return this.reason === "error" || this.reason === "budget";
  }
}

/** A read that a backend did not answer. */
export function unanswered(cause: unknown): Miss {
  return new Miss(cause instanceof BackendUnavailableError && cause.isLate ? "budget" : "error", cause);
}
