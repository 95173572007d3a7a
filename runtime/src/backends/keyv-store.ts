import { CachetoryError } from "../errors.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { Backend, KeyRange } from "./backend.ts";
import type { KeyvSetEntry } from "./keyv-like.ts";

/** Options of {@link KeyvStore}. */
export interface KeyvStoreOptions {
  /** Put before every key in the backend, so that `clear` without a namespace has its limits. Default none. */
  readonly prefix?: string | undefined;
}

/**
 * A store for Keyv on any backend, and so for all that stands on Keyv: cache-manager, cacheable, NestJS, got. The backend
 * holds what Keyv hands over, under the keys that Keyv makes: its envelope as text, or live values where the Keyv has no
 * serializer and the backend holds them.
 *
 * Give each Keyv a store of its own, for Keyv sets the namespace of its store; any number of them may share a backend.
 * What the backend refuses rejects, which Keyv turns into its event "error" and a miss or `false`.
 *
 * @example
 * ```ts
 * const backend = backendFromUrl("redis://localhost:6379");
 * const sessions = new Keyv({ store: new KeyvStore(backend), namespace: "sessions" });
 * const pages = new Keyv({ store: new KeyvStore(backend), namespace: "pages" });
 * ```
 */
export class KeyvStore {
  /** Set by Keyv. */
  // Declared alone: Keyv 6 takes a store that has the property from the beginning for one that prefixes keys itself.
  declare namespace?: string | undefined;
  // Keyv 5 makes iterators for dialects that it knows by name, and for no other store.
  readonly opts: Record<string, unknown> = { dialect: "redis" };
  readonly #backend: Backend;
  readonly #prefix: string;
  readonly #kind: Kind;
  readonly #listeners = new Set<(...args: unknown[]) => void>();

  constructor(backend: Backend, { prefix = "" }: KeyvStoreOptions = {}) {
    this.#backend = backend;
    this.#prefix = prefix;
    this.#kind = backend.holds.includes("value") ? "value" : "text";
  }

  /** Keyv 5 keeps the failure of this one to itself, so it is an event as well. */
  async get<Value>(key: string): Promise<Value | undefined> {
    try {
      // What Keyv stored under its key is what Keyv expects there.
      return (await this.#backend.get(this.#keyOf(key), this.#kind)) as Value | undefined;
    } catch (error) {
      for (const listener of this.#listeners) listener(error);
      throw error;
    }
  }

  async getMany<Value>(keys: string[]): Promise<(Value | undefined)[]> {
    // As above.
    return (await this.#backend.getMany(this.#keysOf(keys), this.#kind)) as (Value | undefined)[];
  }

  /**
   * @param ttl - milliseconds; absent or zero for ever
   * @throws CachetoryError `INVALID_VALUE` where Keyv has no serializer and the backend holds text alone
   */
  async set(key: string, value: unknown, ttl?: number): Promise<boolean> {
    await this.setMany([ttl === undefined ? { key, value } : { key, value, ttl }]);
    return true;
  }

  /** All or nothing, as far as the backend's own is, for entries of one ttl. */
  async setMany(entries: KeyvSetEntry[]): Promise<void> {
    const byTtl = new Map<number | undefined, [key: string, stored: unknown][]>();
    // Of several for one key the last is meant, whatever their ttl.
    const lastOfEach = new Map(entries.map((entry) => [entry.key, entry]));
    for (const { key, value, ttl } of lastOfEach.values()) {
      const ttlMs = lifeMs(ttl);
      const alike = byTtl.get(ttlMs) ?? [];
      byTtl.set(ttlMs, alike);
      alike.push([this.#keyOf(key), this.#storable(value)]);
    }
    await Promise.all([...byTtl].map(([ttlMs, alike]) => this.#store(alike, ttlMs)));
    // Keyv 5 types this as nothing, and hands it on as what it is.
    return entries.map(() => true) as unknown as undefined;
  }

  /** Whether there was an entry. */
  delete(key: string): Promise<boolean> {
    return this.#backend.delete(this.#keyOf(key));
  }

  /** Whether there was any of them. */
  async deleteMany(keys: string[]): Promise<boolean> {
    return (await this.#backend.deleteMany(this.#keysOf(keys))) > 0;
  }

  has(key: string): Promise<boolean> {
    return this.#backend.has(this.#keyOf(key));
  }

  hasMany(keys: string[]): Promise<boolean[]> {
    return Promise.all(keys.map((key) => this.has(key)));
  }

  /**
   * Deletes the entries of the namespace, and without one those of the prefix.
   *
   * @throws CachetoryError `NOT_CLEARABLE` with neither, on a backend that others may keep keys in
   */
  async clear(): Promise<void> {
    const range = this.#range(this.namespace);
    if (range.head === "" && this.#backend.isShared) {
      throw new CachetoryError(
        "NOT_CLEARABLE",
        `A Keyv without namespace cannot be cleared in ${this.#backend.name}, where others may have keys. ` +
          "Give the Keyv a namespace, or the KeyvStore a prefix.",
      );
    }
    await this.#backend.clear(range, {});
  }

  /** Keys, as Keyv made them, with what they hold. On a Redis that changes meanwhile a key may come twice. */
  async *iterator<Value>(namespace?: string): AsyncGenerator<(string | Awaited<Value> | undefined)[], void> {
    for await (const keys of this.#backend.scan(this.#range(namespace))) {
      const found = await this.#backend.getMany(keys, this.#kind);
      for (const [index, key] of keys.entries()) {
        // As in `get`. What has gone since it was listed is left out.
        const value = found[index] as Awaited<Value> | undefined;
        if (value !== undefined) yield [key.slice(this.#prefix.length), value];
      }
    }
  }

  /** Closes the backend, for all stores on it. */
  disconnect(): Promise<void> {
    return this.#backend.close();
  }

  /** The only event is "error", with a read that failed. */
  on(event: string, listener: (...args: unknown[]) => void): this {
    if (event === "error") this.#listeners.add(listener);
    return this;
  }

  off(event: string, listener: (...args: unknown[]) => void): this {
    if (event === "error") this.#listeners.delete(listener);
    return this;
  }

  #keyOf(key: string): string {
    return this.#prefix + key;
  }

  #keysOf(keys: readonly string[]): string[] {
    return keys.map((key) => this.#keyOf(key));
  }

  /** Every version of Keyv has a colon after the namespace; Keyv 6, which has two, leaves out itself what is not its own. */
  #range(namespace: string | undefined): KeyRange {
    return { head: this.#keyOf(namespace ? `${namespace}:` : ""), owns: () => true };
  }

  #storable(value: unknown): unknown {
    if (this.#kind === "value" || typeof value === "string") return value;
    throw new CachetoryError(
      "INVALID_VALUE",
      `The backend ${this.#backend.name} holds text, and Keyv handed over a live value. Leave Keyv's serializer on.`,
    );
  }

  async #store(entries: readonly [key: string, stored: unknown][], ttlMs: number | undefined): Promise<void> {
    const [first, ...others] = entries;
    if (first === undefined) return;
    if (ttlMs === 0) await this.#backend.deleteMany(entries.map(([key]) => key));
    else if (others.length === 0) await this.#backend.set(...first, { ttlMs });
    else await this.#backend.setMany(entries, ttlMs);
  }
}

/** Whole milliseconds, as servers want them; what ends before now is no entry. */
function lifeMs(ttl: number | undefined): number | undefined {
  if (!ttl || ttl === Number.POSITIVE_INFINITY) return undefined;
  return Math.max(0, Math.ceil(ttl));
}
