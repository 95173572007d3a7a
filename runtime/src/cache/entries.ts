import type { Backend } from "../backends/backend.ts";
import type { LocalEntries, LocalEntry } from "../backends/local-entries.ts";
import { nextTurn } from "../backends/next-turn.ts";
import type { Patience } from "../backends/patience.ts";
import { sizeOf } from "../backends/value-sizes.ts";
import { chunksOf } from "../chunks-of.ts";
import type { NearLayer } from "../layers/near-layer.ts";
import type { CacheEvents } from "../observe/cache-events.ts";
import { Unmade } from "../observe/health.ts";
import { BackendErrors, type OnBackendError } from "../policies/backend-errors.ts";
import { type GuardedWriteBack, guardedWriteBack } from "../policies/guarded-write-back.ts";
import { Gutter, type GutterPolicy } from "../policies/gutter.ts";
import { CallBudget } from "./call-budget.ts";
import { CallOrder } from "./call-order.ts";
import type { EntryCodec } from "./entry-codec.ts";
import { inPlaceOf } from "./enveloping-backend.ts";
import { GuardedReads } from "./guarded-reads.ts";
import { LayeredReads } from "./layered-reads.ts";
import { Miss, Untrue } from "./miss.ts";
import { ReadAnswers } from "./read-answers.ts";
import { plainReading, plainReadingForLoad, type Reading } from "./reading.ts";
import { ReadsOfMany } from "./reads-of-many.ts";
import { type StorableEntry, storeEach } from "./store-each.ts";
import { chunkSize } from "./store-in-chunks.ts";
import type { LifeMs } from "./ttl.ts";
import type { Stamp } from "./versions.ts";

/** An entry that takes a few microseconds to read. */
const smallSize = 1024;

/** What policies say of the entries of a cache. */
export interface EntryPolicies {
  /** How long a load may take and still store, where writing back is guarded. Default: it is not. */
  readonly guardMs?: number | undefined;
  /** What becomes of reads without an answer. Default: they are misses. */
  readonly onBackendError?: OnBackendError | undefined;
  /** What is kept of what is loaded while a backend that others share does not answer. Default: nothing. */
  readonly gutter?: GutterPolicy | undefined;
}

/**
 * The entries of one cache by the text of their keys. Reads never reject because of the backend; writes do.
 */
export class Entries<V> {
  /** Rejects reads, where that is declared: whoever reads for a caller asks it. */
  readonly backendErrors: BackendErrors;
  /** Whose turn it is, where a call may have to wait for it. */
  readonly order: CallOrder;
  readonly #backendSource: Backend | (() => Backend);
  readonly #codec: EntryCodec<V>;
  readonly #events: CacheEvents<never>;
  readonly #answers: ReadAnswers<V>;
  #backend: Backend | undefined;
  #unmade: Unmade | undefined;
  #layered: LayeredReads<V> | undefined;
  readonly #policies: EntryPolicies;
  /** How loads store, where a change by another process is to be known; absent until the backend is open. */
  #guarded: GuardedWriteBack | undefined;
  #guardedReads: GuardedReads<V> | undefined;
  /** Who answers in the end. */
  #answering: Backend | undefined;
  readonly #readsOfMany: ReadsOfMany<V>;
  /** What single reads have brought, roughly: the average of the last of them, in characters or bytes. */
  #usualSize = 0;

  constructor(
    backendSource: Backend | (() => Backend),
    codec: EntryCodec<V>,
    events: CacheEvents<never>,
    policies: EntryPolicies = {},
  ) {
    this.#policies = policies;
    this.backendErrors = new BackendErrors(policies.onBackendError);
    this.#backendSource = backendSource;
    this.#codec = codec;
    this.#events = events;
    this.order = new CallOrder(codec.mayWait);
    this.#answers = new ReadAnswers(codec);
    this.#readsOfMany = new ReadsOfMany(codec, this.order, this.#answers);
  }

  /** The backend, if it has been used. */
  get openBackend(): Backend | undefined {
    return this.#backend;
  }

  /** Why it could not be made the last time. */
  get unmade(): Unmade | undefined {
    return this.#unmade;
  }

  /** @throws CachetoryError whatever making the backend or the pipeline throws: a wrong declaration is no outage */
  get backend(): Backend {
    return this.#backend ?? this.#open();
  }

  /** What the backend has in this process; nothing where worker threads have a part in it. */
  get local(): LocalEntries | undefined {
    return this.#codec.isOffloaded ? undefined : this.backend.local;
  }

  /** What of the backend is in this process too; nothing where worker threads have a part in it. */
  get near(): NearLayer | undefined {
    return this.#codec.isOffloaded ? undefined : this.backend.near;
  }

  /** What has been loaded while the backend did not answer. */
  get gutter(): Gutter<V> | undefined {
    return this.#answers.gutter;
  }

  /** A read of these keys, which tells where they were found where somebody wants to be told. */
  reading(texts: readonly string[], forLoad: boolean): Reading {
    if (!this.#events.areHitsHeard) return forLoad ? plainReadingForLoad : plainReading;
    const entries = this.backend.near?.entries;
    const layers = entries && texts.map((text) => [text, entries.find(text) === undefined ? "far" : "near"] as const);
    return { forLoad, foundIn: new Map(layers) };
  }

  /** The live entry of a key, of a backend in this process. */
  find(local: LocalEntries, text: string): LocalEntry | Miss {
    try {
      return local.find(text) ?? Miss.absent;
    } catch (cause) {
      return this.#answers.missOf(cause);
    }
  }

  /** The value of a key, or why there is none. */
  async read(text: string, key: unknown, reading: Reading = plainReading): Promise<V | Miss> {
    const { backend, local } = this;
    if (local !== undefined) {
      const { forLoad } = reading;
      if (!this.order.isBusy) return this.#readLocal(local, text, key, forLoad);
      return this.order.inTurn([text], undefined, async () => this.#readLocal(local, text, key, forLoad));
    }
    if (backend.near !== undefined) return this.#layeredReads(backend.near).read(text, key, reading);
    try {
      const stored = await (this.order.isNeeded
        ? this.#fetchInTurn(backend, text, key)
        : backend.get(text, this.#codec.serializer.out, this.#codec.readsInTurns));
      this.#answers.heardOf(text);
      // In whole numbers, which take no memory of their own.
      this.#usualSize += (sizeOf(stored) - this.#usualSize) >> 6;
      return this.#answers.of(text, key, this.#codec.decode(stored, key, reading.forLoad), reading);
    } catch (cause) {
      return this.#answers.instead(text, key, cause, reading);
    }
  }

  /** Whether to read an entry takes hardly more than to find out whether somebody reads it. */
  get areQuickToRead(): boolean {
    return this.#usualSize < smallSize && this.backend.gathersReads === true;
  }

  #fetchInTurn(backend: Backend, text: string, key: unknown): Promise<unknown> {
    const { serializer, readsInTurns } = this.#codec;
    const ask = (): Promise<unknown> => backend.get(text, serializer.out, readsInTurns);
    const fetch = (): Promise<unknown> => this.#codec.fetch(backend, key, ask);
    return this.order.isBusy ? this.order.inTurn([text], undefined, fetch) : fetch();
  }

  /** One answer for each text, in the same order. */
  readMany(texts: readonly string[], keys: readonly unknown[], reading: Reading): Promise<readonly (V | Miss)[]> {
    const { backend, local } = this;
    if (local !== undefined) {
      const { forLoad } = reading;
      return this.order.inTurn(texts, undefined, () => this.#readManyLocal(local, texts, keys, forLoad));
    }
    if (backend.near !== undefined) return this.#layeredReads(backend.near).readMany(texts, keys, reading);
    return this.#readsOfMany.read(backend, texts, keys, reading);
  }

  /** The fresh value of a key that is near; `undefined` where there is none at once, and where the backend has no near layer. */
  readNear(text: string, key: unknown): V | undefined {
    const { near } = this;
    const found = near && this.#layeredReads(near).find(text, key, true);
    return found instanceof Miss || found instanceof Promise ? undefined : found;
  }

  /** Resolves when no large read is under way, which asks in several steps, or when that takes too long. */
  largeReadsWithin(limitMs: number): Promise<void> {
    return this.#readsOfMany.idleWithin(limitMs);
  }

  /** For a call that began then; `undefined` where the backend answers at once. */
  budget(startedAtMs: number, keyCount?: number): CallBudget | undefined {
    const patience = this.patience;
    return patience && new CallBudget(patience, startedAtMs, keyCount);
  }

  /** How long the backend is waited for; `undefined` where it answers at once. */
  get patience(): Patience | undefined {
    const { behind = this.backend } = this.backend;
    return behind.patience;
  }

  /** Whether a load is to be preceded by `reread`, or by `guardedMiss`. */
  get isGuarded(): boolean {
    return this.#guarded !== undefined;
  }

  /** Whether a load would not be stored: without an answer there is nobody who stores. */
  needsGuard(miss: Miss): boolean {
    return this.isGuarded && miss.guard === undefined && !miss.isUnanswered;
  }

  /** As `read`, right before a load: what is missing has what the load needs to be stored. */
  reread(text: string, key: unknown, miss: Miss): Promise<V | Miss> {
    return this.#guardedReads?.reread(text, key, miss) ?? this.read(text, key, plainReadingForLoad);
  }

  /** What a load needs to replace whatever is there, and what others have loaded that began before. */
  async guardedMiss(text: string, key: unknown): Promise<Miss> {
    return this.#guardedReads?.missAnew(text, key) ?? Miss.absent;
  }

  /** Whether there is a live entry; `false` without an answer. */
  has(text: string, key: unknown): Promise<boolean> {
    return this.#ask(text, (backend) => this.#codec.has(backend, text, key), false);
  }

  /** Milliseconds left, `"forever"` without an expiry, `undefined` without an entry or an answer. */
  ttl(text: string, key: unknown): Promise<number | "forever" | undefined> {
    return this.#ask(text, (backend) => this.#codec.ttl(backend, text, key), undefined);
  }

  /**
   * What to store; a promise of it where it is offloaded, for `order`.
   *
   * @throws CachetoryError `INVALID_VALUE`, before anything is sent
   */
  encode(value: V, key: unknown, stamp?: Stamp): unknown {
    const isLocal = this.#codec.hasLocalForm && this.local !== undefined;
    return isLocal ? this.#codec.encodeLocal(value, key, stamp) : this.#codec.encode(value, key, stamp);
  }

  /** What an entry remembers of what it depends on, before its value is loaded; `undefined` where that is nothing. */
  stamp(key: unknown, miss?: Miss): Stamp | Promise<Stamp> | undefined {
    return this.#codec.stamp(key, miss);
  }

  /** Runs what calls `stamp` or `encode` for many keys: what takes the backend is asked of it in one step. */
  together<T>(run: () => T): T {
    // Only then the codec knows what entries remember.
    void this.backend;
    return this.#codec.together(run);
  }

  /** The value as it is now, whoever changes it later; `undefined` where only what `encode` makes of it is that. */
  lasting(value: V): V | undefined {
    return this.#codec.lasting(value);
  }

  /** As `encode` for what `lasting` gave, at once and without a refusal; `undefined` where that cannot be promised. */
  get encodeLasting(): ((value: V) => unknown) | undefined {
    return this.#codec.encodeLasting;
  }

  /** Gives to each who calls it what one of several callers has of a value that was loaded, as it is now. */
  copiesOf(value: V | undefined): () => V | undefined {
    return this.#codec.copiesOf(value);
  }

  /** Stores what was loaded: where that is guarded, if nobody has changed the key since. Sends before it waits. */
  storeLoaded(entries: readonly StorableEntry[], ifNotExists: boolean): Promise<unknown> {
    if (this.#guarded !== undefined) return this.#guarded.store(entries, ifNotExists);
    const [first] = entries;
    if (entries.length === 1 && first !== undefined) return this.store(first[0], first[1], first[2], ifNotExists);
    return storeEach(
      this.backend,
      entries.map(([text, stored, lifeMs]) => [text, stored, lifeMs]),
      ifNotExists,
    );
  }

  /** Tells of a loaded value that was not stored. */
  noteUnstored(cause: unknown): void {
    this.#answers.noteUnstored(cause);
  }

  /** Whether there is something under the key that is no entry of any cache; `false` where the backend knows no such. */
  async hasForeign(text: string): Promise<boolean> {
    return (await this.#answering?.hasForeign?.(text)) ?? false;
  }

  store(text: string, stored: unknown, lifeMs: LifeMs, ifNotExists: boolean): Promise<boolean> {
    const { backend } = this;
    if (lifeMs === "forever") return backend.set(text, stored, { ifNotExists });
    if (lifeMs > 0) return backend.set(text, stored, { ttlMs: lifeMs, ifNotExists });
    return this.#storeExpired(backend, text, ifNotExists);
  }

  /** As `store` where no live entry is: one that has been made untrue is none. */
  async storeIfAbsent(text: string, key: unknown, stored: unknown, lifeMs: LifeMs): Promise<boolean> {
    if (await this.store(text, stored, lifeMs, true)) return true;
    if (!this.#codec.hasEnvelope) return false;
    const found = await this.read(text, key);
    return found instanceof Untrue && this.store(text, inPlaceOf(stored, found.freshUntilMs), lifeMs, true);
  }

  /** Gives an entry another lifetime, by `change`; whether there was one. */
  async renew(text: string, key: unknown, change: () => Promise<boolean>): Promise<boolean> {
    const isTrue = this.#codec.renew(this.backend, text, key);
    if (isTrue === true) return change();
    // Sent together, the question first.
    const [wasTrue, wasThere] = await Promise.all([isTrue, change()]);
    return wasTrue && wasThere;
  }

  /**
   * What a backend that failed to take it away holds is read as it would be by `read`.
   *
   * @throws CachetoryError `WORKER_FAILED`: what was taken is gone
   */
  async take(text: string, key: unknown): Promise<V | Miss> {
    const { backend } = this;
    const stored = await this.#codec.fetch(backend, key, () => backend.take(text, this.#codec.serializer.out), true);
    const found = this.#codec.decode(stored, key);
    return this.order.isNeeded ? refuseUnread(await found) : found;
  }

  /** The backend's answer to a question about a key, `otherwise` where it gives none. */
  async #ask<T>(text: string, question: (backend: Backend) => Promise<T>, otherwise: T): Promise<T> {
    const { backend } = this;
    try {
      const answer = await this.order.inTurn([text], undefined, () => question(backend));
      this.#answers.heard();
      return answer;
    } catch (cause) {
      this.backendErrors.refuse(this.#answers.missOf(cause));
      return otherwise;
    }
  }

  async #readManyLocal(
    local: LocalEntries,
    texts: readonly string[],
    keys: readonly unknown[],
    forLoad: boolean,
  ): Promise<readonly (V | Miss)[]> {
    const found: (V | Miss)[] = [];
    for (const chunk of chunksOf(texts, chunkSize)) {
      // To decode many takes long: others have their turn between them.
      if (found.length > 0) await nextTurn();
      for (const text of chunk) found.push(this.#readLocal(local, text, keys[found.length], forLoad));
    }
    return found;
  }

  #layeredReads(near: NearLayer): LayeredReads<V> {
    this.#layered ??= new LayeredReads(near, this.#codec, this.order, this.#answers);
    return this.#layered;
  }

  #readLocal(local: LocalEntries, text: string, key: unknown, forLoad: boolean): V | Miss {
    const found = this.find(local, text);
    return found instanceof Miss ? found : this.#codec.decodeLocal(local, found, key, forLoad);
  }

  /** The same as a deletion, which must not touch the live entry of another. */
  async #storeExpired(backend: Backend, text: string, ifNotExists: boolean): Promise<boolean> {
    if (ifNotExists) return !(await backend.has(text));
    await backend.delete(text);
    return true;
  }

  #made(): Backend {
    const source = this.#backendSource;
    try {
      return typeof source === "function" ? source() : source;
    } catch (cause) {
      this.#unmade = new Unmade(cause);
      throw cause;
    }
  }

  #open(): Backend {
    const backend = this.#made();
    this.#codec.refuseUnfit(backend);
    this.#codec.prepare();
    this.#answering = backend.behind ?? backend;
    const { guardMs, gutter } = this.#policies;
    this.#guarded = guardMs === undefined ? undefined : guardedWriteBack(backend, this.#codec, guardMs);
    this.#backend = this.#guarded?.backend ?? this.#codec.faceOf(backend);
    if (this.#guarded !== undefined) {
      this.#guardedReads = new GuardedReads(this.#guarded, this.#codec, this.order, this.#answers);
    }
    // What no other process shares, no outage takes away.
    const keeps = gutter !== undefined && backend.isShared;
    this.#answers.opened(this.#backend, keeps ? new Gutter(gutter, this.#codec.withoutEnvelope) : undefined);
    this.#events.opened(backend);
    return this.#backend;
  }
}

function refuseUnread<T>(found: T | Miss): T | Miss {
  if (found instanceof Miss && found.isUnanswered) throw found.cause;
  return found;
}
