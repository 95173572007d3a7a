import { BackendUnavailableError } from "../errors.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { RedisConnection } from "./redis-connection.ts";
import { type FailedGroup, pick } from "./redis-groups.ts";
import { type Found, readMany } from "./redis-reads.ts";

/** After a failure replicas are left out for so long, and after each further one for twice as long. */
const firstPauseMs = 1000;
const lastPauseMs = 30_000;

/** Reads of replicas, and of the master where they do not answer. */
export class RedisReplicaReads {
  readonly #replica: RedisConnection;
  readonly #master: RedisConnection;
  readonly #halfMs: number;
  #pauseMs = firstPauseMs;
  #pausedUntilMs = Number.NEGATIVE_INFINITY;

  /** @param halfMs - what is left for the master of the budget of a read when replicas have used theirs up */
  constructor(replica: RedisConnection, master: RedisConnection, halfMs: number) {
    this.#replica = replica;
    this.#master = master;
    this.#halfMs = halfMs;
  }

  async get(key: string, as: Kind): Promise<unknown> {
    if (this.#isPaused) return this.#master.get(key, as);
    try {
      const stored = await this.#replica.get(key, as);
      this.#pauseMs = firstPauseMs;
      return stored;
    } catch (cause) {
      this.#pause();
      return this.#within(this.#master.get(key, as), cause, 1);
    }
  }

  async getMany(keys: readonly string[], as: Kind): Promise<Found> {
    if (this.#isPaused) return readMany(this.#master, keys, as);
    let found: Found;
    try {
      found = await readMany(this.#replica, keys, as);
    } catch (cause) {
      this.#pause();
      return this.#within(readMany(this.#master, keys, as), cause, keys.length);
    }
    if (found.failed.length > 0) {
      this.#pause();
      return this.#fill(found, keys, as);
    }
    this.#pauseMs = firstPauseMs;
    return found;
  }

  close(): Promise<void> {
    return this.#replica.close();
  }

  get #isPaused(): boolean {
    return performance.now() < this.#pausedUntilMs;
  }

  #pause(): void {
    // What failed together is one failure.
    if (this.#isPaused) return;
    this.#pausedUntilMs = performance.now() + this.#pauseMs;
    this.#pauseMs = Math.min(2 * this.#pauseMs, lastPauseMs);
  }

  /** The replicas may have used up half of the time that there is for a read. */
  #within<T>(answer: Promise<T>, cause: unknown, keyCount: number): Promise<T> {
    const { limits, readyClient } = this.#master;
    const isLate = cause instanceof BackendUnavailableError && cause.isLate;
    if (!isLate || readyClient === undefined) return answer;
    return limits.within(answer, limits.budgetMs(keyCount) - this.#halfMs);
  }

  /** What some replicas have not answered, from the masters; what these do not answer either leaves the rest as it is. */
  async #fill({ values, failed }: Found, keys: readonly string[], as: Kind): Promise<Found> {
    const missing = failed.flatMap(({ indexes }) => indexes);
    try {
      const asked = readMany(this.#master, pick(keys, missing), as);
      const found = await this.#within(asked, failed[0]?.error, missing.length);
      for (const [at, index] of missing.entries()) values[index] = found.values[at];
      return {
        values,
        failed: found.failed.map(({ indexes, error }): FailedGroup => ({ indexes: pick(missing, indexes), error })),
      };
    } catch (cause) {
      if (!(cause instanceof BackendUnavailableError)) throw cause;
      return { values, failed: [{ indexes: missing, error: cause }] };
    }
  }
}
