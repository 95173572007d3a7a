import { AwaitingDeletion } from "../backends/awaiting-deletion.ts";
import type { Backend, KeyRange, StoreOptions } from "../backends/backend.ts";
import type { ClearOptions } from "../backends/clear-run.ts";
import type { LocalEntries } from "../backends/local-entries.ts";
import { chunksOf } from "../chunks-of.ts";
import { BackendUnavailableError } from "../errors.ts";
import { type NearLayer, passing } from "../layers/near-layer.ts";
import type { RecoveryEvent } from "../observe/event-types.ts";
import type { Kind } from "../serializers/serializer.ts";
import { type DueRecords, dueRecords, InvalidationQueue } from "./invalidation-queue.ts";
import { recoveringEnvelopes } from "./recovering-envelopes.ts";
import { Retries } from "./retries.ts";

type Pairs = readonly (readonly [key: string, stored: unknown])[];
type EachPairs = readonly (readonly [key: string, stored: unknown, ttlMs: number | undefined])[];

/** So long `close` waits for a backend that does not answer. */
const drainMs = 1000;
/** So many keys go in one command. */
const chunkSize = 500;

/** The cache whose invalidations are not to be lost. */
export interface RecoveredCache {
  readonly name: string;
  /** All of its keys. */
  readonly range: KeyRange;
  /** How many invalidations may wait; more count as one of all keys. */
  readonly maxKeys: number;
  /** Whether its end is that of the backend. */
  readonly closesBackend: boolean;
  /** Takes what becomes of invalidations: of so many keys, 0 for a `clear`. */
  readonly tell: (state: RecoveryEvent["state"], keyCount: number, error?: unknown) => void;
}

/**
 * A backend for one cache, which keeps the invalidations that could not be done, and does them when the backend answers again.
 * Until then this process reads nothing of their keys. Nothing but a deletion is ever done later.
 */
export class RecoveringBackend implements Backend {
  readonly name: string;
  readonly holds: readonly Kind[];
  readonly isShared: boolean;
  readonly local: LocalEntries | undefined;
  readonly near: NearLayer | undefined;
  readonly leases: Backend["leases"];
  readonly envelopes: Backend["envelopes"];
  readonly behind: Backend;
  readonly awaitReplicas: Backend["awaitReplicas"];
  readonly setManyIfAbsent?: NonNullable<Backend["setManyIfAbsent"]>;
  readonly setManyEach?: NonNullable<Backend["setManyEach"]>;
  readonly #backend: Backend;
  readonly #cache: RecoveredCache;
  readonly #queue: InvalidationQueue;
  readonly #retries: Retries;
  /** What is due of the records of tags, of all caches of the backend: none of them may go by one. */
  readonly #records: DueRecords;

  constructor(backend: Backend, cache: RecoveredCache) {
    this.name = backend.name;
    this.holds = backend.holds;
    this.isShared = backend.isShared;
    this.local = backend.local;
    this.behind = backend.behind ?? backend;
    this.#backend = backend;
    this.#cache = cache;
    this.#records = dueRecords(this.behind);
    this.#queue = new InvalidationQueue(cache.maxKeys, (key) => cache.range.owns(key), this.#records);
    this.#retries = new Retries(
      () => this.#deleteAll(),
      () => this.#queue.isEmpty,
    );
    this.leases = backend.leases;
    this.envelopes =
      backend.envelopes &&
      recoveringEnvelopes(backend.envelopes, {
        ask: (key, question) => this.#askOf(key, question),
        fill: (keys, store) => this.#fill(keys, store),
        delete: (keys, remove) => this.#delete(keys, remove),
      });
    this.near = backend.near && this.#guarded(backend.near);
    this.awaitReplicas = backend.awaitReplicas && ((...question) => this.#awaitReplicas(...question));
    if (backend.setManyIfAbsent !== undefined) this.setManyIfAbsent = (...given) => this.#setManyIfAbsent(...given);
    if (backend.setManyEach !== undefined) this.setManyEach = (...given) => this.#setManyEach(...given);
  }

  ready(): Promise<void> {
    return this.#backend.ready();
  }

  get(key: string, as: Kind, largeAsBytes?: boolean): Promise<unknown> {
    return this.#askOf(key, () => this.#backend.get(key, as, largeAsBytes));
  }

  async getMany(keys: readonly string[], as: Kind, isForWrite?: boolean): Promise<unknown[]> {
    if (this.#isClear) return this.#backend.getMany(keys, as, isForWrite);
    const valid = keys.filter((key) => !this.#isDue(key));
    if (valid.length === 0) throw new AwaitingDeletion();
    const found = await this.#answered(this.#backend.getMany(valid, as, isForWrite));
    const byKey = new Map(valid.map((key, index) => [key, found[index]]));
    return keys.map((key) => (byKey.has(key) ? byKey.get(key) : new AwaitingDeletion()));
  }

  ttl(key: string): Promise<number | "forever" | undefined> {
    return this.#askOf(key, () => this.#backend.ttl(key));
  }

  has(key: string): Promise<boolean> {
    return this.#askOf(key, () => this.#backend.has(key));
  }

  async set(key: string, stored: unknown, options: StoreOptions): Promise<boolean> {
    const store = (): Promise<boolean> => this.#backend.set(key, stored, options);
    return options.ifNotExists === true ? this.#fill([key], store) : this.#replace([key], store);
  }

  setMany(entries: Pairs, ttlMs: number | undefined): Promise<void> {
    return this.#replace(keysOf(entries), () => this.#backend.setMany(entries, ttlMs));
  }

  expireIn(key: string, ttlMs: number | undefined): Promise<boolean> {
    return this.#askOf(key, () => this.#backend.expireIn(key, ttlMs));
  }

  expireAt(key: string, atMs: number): Promise<boolean> {
    return this.#askOf(key, () => this.#backend.expireAt(key, atMs));
  }

  take(key: string, as: Kind): Promise<unknown> {
    return this.#askOf(key, () => this.#backend.take(key, as));
  }

  async delete(key: string): Promise<boolean> {
    const at = this.#queue.now;
    try {
      const existed = await this.#backend.delete(key);
      this.#settle([key], at);
      return existed;
    } catch (cause) {
      this.#enqueue(cause, [key]);
      return false;
    }
  }

  deleteMany(keys: readonly string[]): Promise<number> {
    return this.#delete(keys, () => this.#backend.deleteMany(keys));
  }

  scan(range: KeyRange): AsyncIterable<readonly string[]> {
    return this.#backend.scan(range);
  }

  async clear(range: KeyRange, options: ClearOptions): Promise<number> {
    const at = this.#queue.now;
    try {
      const count = await this.#backend.clear(range, options);
      if (options.dryRun !== true) this.#queue.settleRange(range, at);
      return count;
    } catch (cause) {
      if (options.dryRun === true) throw cause;
      this.#enqueue(cause, range);
      return 0;
    }
  }

  /** Waits for what is still to be done, but no longer than a second. */
  async close(): Promise<void> {
    if (!this.#retries.isStopped) await this.#retries.drain(drainMs);
    if (!this.#queue.isEmpty && !this.#retries.isStopped) {
      warn(`Invalidations of the cache ${this.#cache.name} were given up, for it is closed.`);
      this.#cache.tell("given-up", this.#queue.due().keys.length);
    }
    this.#retries.stop();
    this.#queue.release();
    if (this.#cache.closesBackend) await this.#backend.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  get #isClear(): boolean {
    return this.#queue.isEmpty && this.#records.size === 0;
  }

  #isDue(key: string): boolean {
    return this.#queue.has(key) || this.#records.has(key);
  }

  /** What is invalid has been taken out of the near layer, and does not come back. */
  #guarded(near: NearLayer): NearLayer {
    return {
      entries: near.entries,
      begin: (key) => (this.#isDue(key) ? passing : near.begin(key)),
      forget: (keys) => near.forget(keys),
      getAged: (key, as) => this.#askOf(key, () => near.getAged(key, as)),
      getManyAged: async (keys, as) => {
        if (this.#isClear) return near.getManyAged(keys, as);
        const valid = keys.filter((key) => !this.#isDue(key));
        const read = valid.length === 0 ? [] : await this.#answered(near.getManyAged(valid, as));
        const byKey = new Map(valid.map((key, index) => [key, read[index]]));
        return keys.map((key) => byKey.get(key) ?? new AwaitingDeletion());
      },
    };
  }

  #setManyIfAbsent(entries: Pairs, ttlMs: number | undefined): Promise<void> {
    return this.#fill(keysOf(entries), async () => this.#backend.setManyIfAbsent?.(entries, ttlMs));
  }

  #setManyEach(entries: EachPairs, ifNotExists: boolean): Promise<void> {
    const store = async (): Promise<void> => this.#backend.setManyEach?.(entries, ifNotExists);
    return ifNotExists ? this.#fill(keysOf(entries), store) : this.#replace(keysOf(entries), store);
  }

  /** An old value must not stay where it could not be replaced, nor a new one where it comes late. */
  async #replace<T>(keys: readonly string[], store: () => Promise<T>): Promise<T> {
    const at = this.#queue.now;
    const answer = await this.#orQueue(keys, store());
    this.#settle(keys, at);
    return answer;
  }

  /** What is there and invalid goes first. Both are sent at once, so that nothing of this process comes between them. */
  async #fill<T>(keys: readonly string[], store: () => Promise<T>): Promise<T> {
    const deleted = this.#deleteDue(keys);
    const [answer] = await Promise.all([store(), deleted]);
    return answer;
  }

  async #delete(keys: readonly string[], remove: () => Promise<number>): Promise<number> {
    const at = this.#queue.now;
    try {
      const count = await remove();
      this.#settle(keys, at);
      return count;
    } catch (cause) {
      this.#enqueue(cause, keys);
      return 0;
    }
  }

  async #awaitReplicas(key: string, replicas: number, timeoutMs: number): Promise<number> {
    if (this.#isDue(key)) throw new AwaitingDeletion();
    return (await this.#backend.awaitReplicas?.(key, replicas, timeoutMs)) ?? 0;
  }

  /** Where the key is invalid, nothing is there to be asked for, and nobody waits for a backend that may not answer. */
  #askOf<T>(key: string, ask: () => Promise<T>): Promise<T> {
    if (this.#isClear) return ask();
    return this.#isDue(key) ? Promise.reject(new AwaitingDeletion()) : this.#answered(ask());
  }

  /** Deletes what is due of these keys. Sends before it returns. */
  async #deleteDue(keys: readonly string[]): Promise<void> {
    const due = this.#queue.isEmpty ? [] : keys.filter((key) => this.#queue.has(key));
    if (due.length === 0) return;
    const at = this.#queue.now;
    await this.#backend.deleteMany(due);
    this.#settle(due, at);
  }

  async #orQueue<T>(keys: readonly string[], written: Promise<T>): Promise<T> {
    try {
      return await written;
    } catch (cause) {
      this.#enqueue(cause, keys);
      throw cause;
    }
  }

  /** @throws whatever was thrown, unless it is that the backend does not answer */
  #enqueue(cause: unknown, invalid: readonly string[] | KeyRange): void {
    if (!(cause instanceof BackendUnavailableError) || this.#retries.isStopped) throw cause;
    if (!("owns" in invalid) && !this.#queue.takes(invalid)) throw cause;
    const [wasEmpty, wasAll] = [this.#queue.isEmpty, this.#queue.isAll];
    if ("owns" in invalid) this.#queue.addRange(invalid);
    else this.#queue.add(invalid);
    this.#cache.tell("queued", "owns" in invalid ? 0 : invalid.length, cause);
    const { name, maxKeys } = this.#cache;
    if (this.#queue.isAll && !wasAll) {
      warn(
        `More than ${maxKeys} invalidations of the cache ${name} wait: until they are done, it is read as if empty.`,
      );
    } else if (wasEmpty) {
      warn(`Invalidations of the cache ${name} wait until ${this.name} answers. ${cause.message}`);
    }
    this.#retries.schedule();
  }

  #settle(keys: readonly string[], at: number): void {
    if (this.#queue.isEmpty) return;
    this.#queue.settle(keys, at);
    this.#retries.hasten();
  }

  async #answered<T>(asked: Promise<T>): Promise<T> {
    const answer = await asked;
    this.#retries.hasten();
    return answer;
  }

  async #deleteAll(): Promise<void> {
    const { keys, ranges, isAll, at } = this.#queue.due();
    if (isAll) {
      await this.#backend.clear(this.#cache.range, {});
      this.#queue.settleAll(at);
      this.#cache.tell("done", 0);
    }
    for (const chunk of chunksOf(keys, chunkSize)) {
      // Some may have been stored anew meanwhile.
      const due = chunk.filter((key) => this.#queue.has(key));
      if (due.length === 0) continue;
      await this.#backend.deleteMany(due);
      this.#queue.settle(due, at);
      this.#cache.tell("done", due.length);
    }
    for (const range of ranges) {
      await this.#backend.clear(range, {});
      this.#queue.settleRange(range, at);
      this.#cache.tell("done", 0);
    }
  }
}

function keysOf(entries: Pairs | EachPairs): readonly string[] {
  return entries.map(([key]) => key);
}

function warn(message: string): void {
  process.emitWarning(message, { type: "CachetoryWarning", code: "CACHETORY_RECOVERY" });
}
