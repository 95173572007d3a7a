import { AwaitingDeletion } from "../backends/awaiting-deletion.ts";
import { Miss } from "../cache/miss.ts";
import { BackendUnavailableError, CachetoryError } from "../errors.ts";

/** What becomes of a read that the backend does not answer: it finds nothing, or is rejected. */
export type OnBackendError = "miss" | "throw";

/** Rejects reads without an answer, where a cache is declared to. */
export class BackendErrors {
  readonly #areThrown: boolean;

  constructor(onBackendError: OnBackendError = "miss") {
    this.#areThrown = onBackendError === "throw";
  }

  /** What a read is rejected with; `undefined` where it is answered, or may have found nothing. */
  refusalOf(found: unknown): BackendUnavailableError | undefined {
    if (!this.#areThrown || !(found instanceof Miss) || !found.isUnanswered) return undefined;
    const { cause } = found;
    // This process knows that there is nothing.
    if (cause instanceof AwaitingDeletion) return undefined;
    if (cause instanceof BackendUnavailableError) return cause;
    // A worker thread or a secret has failed, and no backend.
    if (cause instanceof CachetoryError) return undefined;
    return new BackendUnavailableError("The backend has failed to read.", { cause, outcome: "none" });
  }

  /** @throws BackendUnavailableError */
  refuse(found: unknown): void {
    const refusal = this.refusalOf(found);
    if (refusal !== undefined) throw refusal;
  }

  /** The same for each. */
  refuseAny(found: readonly unknown[]): void {
    if (this.#areThrown) for (const one of found) this.refuse(one);
  }
}
