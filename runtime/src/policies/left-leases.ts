import type { Leases } from "../backends/leases.ts";
import { Retries } from "./retries.ts";

interface LeftLease {
  readonly text: string;
  readonly untilMs: number;
}

/**
 * Lets go of leases, and tries again where the backend does not answer: what it holds until it ends by itself is waited for by
 * all processes, though nobody loads.
 */
export class LeftLeases {
  readonly #leases: Leases;
  readonly #keptMs: number;
  /** By their tokens. */
  readonly #left = new Map<string, LeftLease>();
  readonly #retries = new Retries(
    () => this.#releaseAll(),
    () => this.#left.size === 0,
  );

  /** @param keptMs - after so long nobody can be waiting for a lease any more */
  constructor(leases: Leases, keptMs: number) {
    this.#leases = leases;
    this.#keptMs = keptMs;
  }

  /** Never rejects; resolves after the first try. */
  async release(text: string, token: string): Promise<void> {
    try {
      await this.#leases.release(text, token);
    } catch {
      this.#left.set(token, { text, untilMs: performance.now() + this.#keptMs });
      this.#retries.schedule();
    }
  }

  /** The backend has answered something else, so it may answer this. */
  hasten(): void {
    this.#retries.hasten();
  }

  /** Tries no more. */
  stop(): void {
    this.#retries.stop();
  }

  async #releaseAll(): Promise<void> {
    const nowMs = performance.now();
    for (const [token, { untilMs }] of this.#left) if (untilMs < nowMs) this.#left.delete(token);
    const released = [...this.#left].map(async ([token, { text }]) => {
      await this.#leases.release(text, token);
      this.#left.delete(token);
    });
    await Promise.all(released);
  }
}
