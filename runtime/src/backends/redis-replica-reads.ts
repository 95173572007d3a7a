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
  #pauseMs = firstPauseMs;
  #pausedUntilMs = Number.NEGATIVE_INFINITY;

  constructor(replica: RedisConnection, master: RedisConnection) {
    this.#replica = replica;
    this.#master = master;
  }

  async get(key: string, as: Kind): Promise<unknown> {
    if (this.#isPaused) return this.#master.get(key, as);
    try {
      const stored = await this.#replica.get(key, as);
      this.#pauseMs = firstPauseMs;
      return stored;
    } catch {
      this.#pause();
      return this.#master.get(key, as);
    }
  }

  async getMany(keys: readonly string[], as: Kind): Promise<Found> {
    if (this.#isPaused) return readMany(this.#master, keys, as);
    try {
      const { values, failed } = await readMany(this.#replica, keys, as);
      if (failed.length === 0) {
        this.#pauseMs = firstPauseMs;
        return { values, failed };
      }
      this.#pause();
      return await this.#fill(
        values,
        keys,
        failed.flatMap(({ indexes }) => indexes),
        as,
      );
    } catch {
      this.#pause();
      return readMany(this.#master, keys, as);
    }
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

  async #fill(values: unknown[], keys: readonly string[], missing: readonly number[], as: Kind): Promise<Found> {
    const found = await readMany(this.#master, pick(keys, missing), as);
    for (const [at, index] of missing.entries()) values[index] = found.values[at];
    const failed = found.failed.map(({ indexes, error }): FailedGroup => ({ indexes: pick(missing, indexes), error }));
    return { values, failed };
  }
}
