import { InvalidationError } from "../../errors.ts";
import { messageOf } from "../../message-of.ts";

/** What a call does whose entries could not be deleted: rejects, or goes on and warns. */
export type OnInvalidationError = "throw" | "warn";

export interface FailedDeletion {
  /** The name of the cache. */
  readonly cache: string;
  readonly reason: unknown;
}

/** Throws or says what a mutation could not delete; the latter once, until it can again. */
export class InvalidationErrors {
  readonly #name: string;
  readonly #onError: OnInvalidationError;
  #isSaid = false;

  /** @param name - of the mutation */
  constructor(name: string, onError: OnInvalidationError = "warn") {
    this.#name = name;
    this.#onError = onError;
  }

  /** @throws InvalidationError where that is asked for */
  refuseBefore(failed: readonly FailedDeletion[]): void {
    this.#refuse(failed, (message, cause) => new InvalidationError(message, { cause, when: "before" }));
  }

  /** @throws InvalidationError where that is asked for */
  refuseAfter(failed: readonly FailedDeletion[], result: unknown): void {
    if (failed.length === 0) this.#isSaid = false;
    this.#refuse(failed, (message, cause) => new InvalidationError(message, { cause, when: "after", result }));
  }

  #refuse(failed: readonly FailedDeletion[], errorOf: (message: string, cause: unknown) => InvalidationError): void {
    const [first] = failed;
    if (first === undefined) return;
    const reasons = failed.map(({ reason }) => reason);
    const names = [...new Set(failed.map(({ cache }) => cache))].join(", ");
    const error = errorOf(
      `${this.#name} could not delete entries of ${names} that it makes untrue. ${messageOf(first.reason)}`,
      reasons.length === 1 ? first.reason : new AggregateError(reasons),
    );
    if (this.#onError === "throw") throw error;
    if (this.#isSaid) return;
    this.#isSaid = true;
    process.emitWarning(error.message, { type: "CachetoryWarning", code: "CACHETORY_NOT_INVALIDATED" });
  }
}
