import { BackendUnavailableError } from "../errors.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { KeyRange, StoreOptions } from "./backend.ts";
import { BackendClosedError } from "./backend-closed-error.ts";
import { BlockingWorker } from "./blocking-worker.ts";
import { complete, type RedisConnectionOptions } from "./redis-options.ts";
import type { SyncBackend, SyncClearOptions } from "./sync-backend.ts";
import { SyncClearRun } from "./sync-clear-run.ts";
import { receivedValue } from "./worker-message.ts";

/** How a worker makes the same `RedisBackend` anew: its options, which are plain data. */
export type RedisRecipe = RedisConnectionOptions;

/** To wait for a connection that was lost, ask who has the keys, be sent elsewhere, and be answered. */
const commandsInARow = 4;

/** What the worker may need over the time limits that it keeps itself; only one that hangs needs more. */
const graceMs = 1000;

/**
 * The entries of a `RedisBackend` without promises: a worker thread has a connection of its own, and this thread stands
 * still until it answers. The thread starts, and connects, with the first call. It keeps no process alive.
 *
 * Time limits are those of the asynchronous backend, and the worker keeps them. Should it not answer at all, the call is
 * given up a second later, and the next one starts another worker.
 */
export class SyncRedisBackend implements SyncBackend {
  readonly name = "redis";
  readonly holds: readonly Kind[] = ["text", "bytes"];
  readonly isShared = true;
  readonly #recipe: RedisRecipe;
  /** The longest that a call can take: connecting, and the commands that one after the other may be needed. */
  readonly #limitMs: number;
  #worker: BlockingWorker | undefined;
  #lastScan = 0;
  #isClosed = false;

  constructor(recipe: RedisRecipe) {
    const { connectTimeoutMs, commandTimeoutMs } = complete(recipe);
    this.#recipe = recipe;
    this.#limitMs = connectTimeoutMs + commandsInARow * commandTimeoutMs + graceMs;
  }

  ready(): void {
    this.#call("ready");
  }

  get(key: string, as: Kind): unknown {
    return this.#call("get", key, as);
  }

  getMany(keys: readonly string[], as: Kind): unknown[] {
    return (this.#call("getMany", keys, as) as unknown[]).map(receivedValue);
  }

  set(key: string, stored: unknown, options: StoreOptions): boolean {
    return this.#call("set", key, stored, options) as boolean;
  }

  storeLoaded(key: string, stored: unknown, options: StoreOptions): boolean {
    return this.#call("storeLoaded", key, stored, options) as boolean;
  }

  hasForeign(key: string): boolean {
    return this.#call("hasForeign", key) as boolean;
  }

  setMany(entries: readonly (readonly [key: string, stored: unknown])[], ttlMs: number | undefined): void {
    this.#call("setMany", entries, ttlMs);
  }

  setManyEach(
    entries: readonly (readonly [key: string, stored: unknown, ttlMs: number | undefined])[],
    ifNotExists: boolean,
  ): void {
    this.#call("setManyEach", entries, ifNotExists);
  }

  expireIn(key: string, ttlMs: number | undefined): boolean {
    return this.#call("expireIn", key, ttlMs) as boolean;
  }

  expireAt(key: string, atMs: number): boolean {
    return this.#call("expireAt", key, atMs) as boolean;
  }

  ttl(key: string): number | "forever" | undefined {
    return this.#call("ttl", key) as number | "forever" | undefined;
  }

  has(key: string): boolean {
    return this.#call("has", key) as boolean;
  }

  take(key: string, as: Kind): unknown {
    return this.#call("take", key, as);
  }

  delete(key: string): boolean {
    return this.#call("delete", key) as boolean;
  }

  deleteMany(keys: readonly string[]): number {
    return this.#call("deleteMany", keys) as number;
  }

  *scan(range: KeyRange): IterableIterator<readonly string[]> {
    this.#lastScan += 1;
    const scan = this.#lastScan;
    let isOver = false;
    try {
      for (;;) {
        const keys = this.#call("nextKeys", scan, range.head) as readonly string[] | undefined;
        isOver = keys === undefined;
        if (keys === undefined) return;
        // Whose keys they are only this thread can tell.
        yield keys.filter((key) => range.owns(key));
      }
    } finally {
      if (!isOver && this.#worker?.isOver === false) this.#call("leaveKeys", scan);
    }
  }

  clear(range: KeyRange, options: SyncClearOptions): number {
    const run = new SyncClearRun(options);
    try {
      for (const keys of this.scan(range)) run.delete(keys, (batch) => this.deleteMany(batch));
    } catch (cause) {
      if (!(cause instanceof BackendUnavailableError) || run.count === 0) throw cause;
      const message = `${cause.message} ${run.count} entries were deleted until then.`;
      throw new BackendUnavailableError(message, { cause, outcome: "unknown" });
    }
    return run.count;
  }

  close(): void {
    this.#isClosed = true;
    this.#worker?.end();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** The answers are those of the backend's method of this name. */
  #call(method: string, ...args: readonly unknown[]): unknown {
    return this.#open().call(method, args, this.#limitMs);
  }

  #open(): BlockingWorker {
    if (this.#isClosed) throw new BackendClosedError();
    if (this.#worker === undefined || this.#worker.isOver) {
      this.#worker = new BlockingWorker(new URL("./redis-worker.js", import.meta.url), this.#recipe);
    }
    return this.#worker;
  }
}
