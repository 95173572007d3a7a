/**
 * Why a read has no value: nothing there, something there that cannot be read (`unfit`, which a load may replace),
 * or a backend that did not answer.
 */
export class Miss {
  static readonly absent: Miss = new Miss("absent");

  readonly reason: "absent" | "unfit" | "unavailable";
  readonly cause: unknown;

  constructor(reason: "absent" | "unfit" | "unavailable", cause?: unknown) {
    this.reason = reason;
    this.cause = cause;
  }
}
