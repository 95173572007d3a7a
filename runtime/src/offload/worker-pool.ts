import { checkedOptions } from "../checked-options.ts";
import { CachetoryError } from "../errors.ts";
import type { OptionSpecs } from "../schemes/scheme.ts";
import { unpackError } from "./moved-error.ts";
import type { Task } from "./task.ts";
import { Threads } from "./threads.ts";

/** Options of {@link WorkerPool}. */
export interface WorkerPoolOptions {
  /** How many threads there are at most. Default one less than the machine runs at once, and at least 1. */
  readonly maxThreads?: number | undefined;
  /** How long a thread without work stays, in milliseconds. Default 30,000. */
  readonly idleTimeoutMs?: number | undefined;
}

const specs: OptionSpecs = {
  "max-threads": { kind: "integer", min: 1, max: 1_024, description: "How many threads there are at most." },
  "idle-timeout-ms": {
    kind: "integer",
    default: "30000",
    min: 0,
    max: 3_600_000,
    description: "How long a thread without work stays.",
  },
};

/**
 * Threads for {@link offload}, which several caches may share. They are started when there is work, and end when there has
 * been none for a while; a pool without work keeps no process alive. Needs the package `piscina`.
 *
 * @example
 * ```ts
 * await using pool = new WorkerPool({ maxThreads: 2 });
 * const cache = new Cache({ serializer, backend, offload: offload({ pool }) });
 * ```
 */
export class WorkerPool implements AsyncDisposable {
  readonly #maxThreads: number;
  readonly #idleTimeoutMs: number;
  readonly #waiting: (() => void)[] = [];
  readonly #tasks = new Set<Promise<unknown>>();
  #threadsTaken = 0;
  #threads: Threads | undefined;
  #closing: Promise<void> | undefined;

  /** @throws CachetoryError `INVALID_OPTION` */
  constructor(options: WorkerPoolOptions = {}) {
    const { maxThreads, idleTimeoutMs } = checkedOptions<WorkerPoolOptions>("WorkerPool", specs, options);
    this.#maxThreads = maxThreads ?? Math.max(1, process.getBuiltinModule("node:os").availableParallelism() - 1);
    this.#idleTimeoutMs = idleTimeoutMs;
  }

  /**
   * Runs steps of a pipeline in a thread; for {@link offload}.
   *
   * @throws CachetoryError `WORKER_FAILED`, `MISSING_PACKAGE`, and whatever the steps throw
   */
  run(task: Task): Promise<string | Uint8Array> {
    const result = this.#run(task);
    this.#tasks.add(result);
    // Whoever has asked may not be waiting yet, and sees a rejection all the same.
    result.catch(() => {}).finally(() => this.#tasks.delete(result));
    return result;
  }

  /** Ends the threads when they have done their work; what is asked from then on fails. Safe to call twice. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #run(task: Task): Promise<string | Uint8Array> {
    if (this.#closing !== undefined) throw new CachetoryError("WORKER_FAILED", "The worker pool is closed.");
    // piscina starts no thread for tasks in its queue when one has died, so none waits there while all are busy.
    if (this.#threadsTaken < this.#maxThreads) this.#threadsTaken += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      const reply = await this.#openThreads().run(task);
      if (typeof reply === "string" || reply instanceof Uint8Array) return reply;
      throw unpackError(reply.error);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#threadsTaken -= 1;
      else next();
    }
  }

  async #close(): Promise<void> {
    await Promise.allSettled(this.#tasks);
    await this.#threads?.end();
  }

  #openThreads(): Threads {
    if (this.#threads === undefined || this.#threads.isBroken) {
      this.#threads = new Threads(this.#maxThreads, this.#idleTimeoutMs);
    }
    return this.#threads;
  }
}

let shared: WorkerPool | undefined;

/** The pool of whoever names none. */
export function sharedPool(): WorkerPool {
  shared ??= new WorkerPool();
  return shared;
}
