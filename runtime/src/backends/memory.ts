import { checkedOptions, optionObject } from "../checked-options.ts";
import { findBackendScheme } from "../schemes/backend-schemes.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { Backend, KeyRange, StoreOptions } from "./backend.ts";
import { type ClearOptions, ClearRun } from "./clear-run.ts";
import type { Envelopes } from "./envelopes.ts";
import type { LocalEntries } from "./local-entries.ts";
import { MemoryEnvelopes } from "./memory-envelopes.ts";
import { type MemoryBounds, MemoryStore } from "./memory-store.ts";
import { nextTurn } from "./next-turn.ts";
import { readBackendUrl } from "./read-backend-url.ts";
import type { SyncBackend } from "./sync-backend.ts";
import type { UrlLike } from "./url-like.ts";

/** Options of {@link MemoryBackend}. */
export interface MemoryOptions {
  /** How many entries are kept; one that was not used of late goes first. Default 10,000. */
  readonly maxEntries?: number | undefined;
  /** How many bytes are kept, keys and bookkeeping included. Default 64 MB (67,108,864). */
  readonly maxBytes?: number | undefined;
  /** The clock: milliseconds since 1970. Default: the time by a clock that nobody sets, from the start of the process on. */
  readonly now?: (() => number) | undefined;
}

/**
 * Entries in the memory of this process, bounded by count and by bytes; what was not used of late goes first. An entry
 * that alone is larger than `maxBytes` is not kept. Live values (pipeline `noop`) count as 1 KB each, whatever they
 * hold. What has expired is no longer found, and is let go of by the writes that follow. While
 * entries with a ttl are read, a timer that keeps no process alive looks at the clock.
 *
 * @example
 * ```ts
 * const backend = new MemoryBackend({ maxEntries: 1_000, maxBytes: 16 * 1024 * 1024 });
 * ```
 */
export class MemoryBackend implements Backend {
  readonly name = "memory";
  readonly holds = ["value", "text", "bytes"] as const;
  readonly isShared = false;
  readonly envelopes: Envelopes;
  readonly #store: MemoryStore;

  /** @throws CachetoryError `INVALID_OPTION` */
  constructor(options: MemoryOptions = {}) {
    this.#store = new MemoryStore(boundsOf(options));
    this.envelopes = new MemoryEnvelopes(this.#store);
  }

  /** @throws CachetoryError `INVALID_OPTION`, `INVALID_URL` */
  static fromUrl(url: string | UrlLike): MemoryBackend {
    return new MemoryBackend(optionObject(readBackendUrl(url, "memory").options));
  }

  /** How many entries are held, including those that have expired and not been swept yet. */
  get size(): number {
    return this.#store.size;
  }

  /** How many bytes they are counted for. */
  get bytes(): number {
    return this.#store.bytes;
  }

  /** The very same entries, for caches that read them without waiting; none of a subclass, whose methods have a say. */
  get local(): LocalEntries | undefined {
    return Object.getPrototypeOf(this) === MemoryBackend.prototype ? this.#store : undefined;
  }

  async ready(): Promise<void> {
    this.#store.ready();
  }

  async get(key: string, as: Kind): Promise<unknown> {
    return this.#store.get(key, as);
  }

  async getMany(keys: readonly string[], as: Kind): Promise<unknown[]> {
    return this.#store.getMany(keys, as);
  }

  async set(key: string, stored: unknown, options: StoreOptions): Promise<boolean> {
    return this.#store.set(key, stored, options);
  }

  async setMany(
    entries: readonly (readonly [key: string, stored: unknown])[],
    ttlMs: number | undefined,
  ): Promise<void> {
    this.#store.setMany(entries, ttlMs);
  }

  async setManyIfAbsent(
    entries: readonly (readonly [key: string, stored: unknown])[],
    ttlMs: number | undefined,
  ): Promise<void> {
    this.#store.setManyIfAbsent(entries, ttlMs);
  }

  async setManyEach(
    entries: readonly (readonly [key: string, stored: unknown, ttlMs: number | undefined])[],
    ifNotExists: boolean,
  ): Promise<void> {
    this.#store.setManyEach(entries, ifNotExists);
  }

  async expireIn(key: string, ttlMs: number | undefined): Promise<boolean> {
    return this.#store.expireIn(key, ttlMs);
  }

  async expireAt(key: string, atMs: number): Promise<boolean> {
    return this.#store.expireAt(key, atMs);
  }

  async ttl(key: string): Promise<number | "forever" | undefined> {
    return this.#store.ttl(key);
  }

  async has(key: string): Promise<boolean> {
    return this.#store.has(key);
  }

  async take(key: string, as: Kind): Promise<unknown> {
    return this.#store.take(key, as);
  }

  async delete(key: string): Promise<boolean> {
    return this.#store.delete(key);
  }

  async deleteMany(keys: readonly string[]): Promise<number> {
    return this.#store.deleteMany(keys);
  }

  async *scan(range: KeyRange): AsyncGenerator<readonly string[], void> {
    for (const keys of this.#store.scan(range)) {
      yield keys;
      await nextTurn();
    }
  }

  async clear(range: KeyRange, options: ClearOptions): Promise<number> {
    const run = new ClearRun(options);
    // Without `scan`, which answers later: the first slice is gone before a call that is made after this one.
    let isFirst = true;
    for (const keys of this.#store.scan(range)) {
      if (!isFirst) await nextTurn();
      isFirst = false;
      await run.delete(keys, (batch) => this.deleteMany(batch));
    }
    return run.count;
  }

  /** The very same entries, without promises; also open as long as this backend is, and no longer. */
  sync(): SyncBackend {
    return this.#store;
  }

  async close(): Promise<void> {
    this.#store.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/** @throws CachetoryError `INVALID_OPTION` */
function boundsOf({ now, ...bounds }: MemoryOptions): MemoryBounds {
  const specs = findBackendScheme("memory")?.options ?? {};
  return { ...checkedOptions<Omit<MemoryOptions, "now">>("memory", specs, bounds), now };
}
