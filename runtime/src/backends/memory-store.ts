import { nameOfBackend } from "../observe/backend-names.ts";
import { channels } from "../observe/channels.ts";
import type { EvictionEvent } from "../observe/event-types.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { KeyRange, StoreOptions } from "./backend.ts";
import { BackendClosedError } from "./backend-closed-error.ts";
import { type Evictable, EvictingMap } from "./evicting-map.ts";
import { ExpiryQueue } from "./expiry-queue.ts";
import { LiveValue, type ValueKeeper } from "./live-value.ts";
import type { LocalEntries, LocalEntry } from "./local-entries.ts";
import { MemoryClock, tickOf } from "./memory-clock.ts";
import { entryAs, entryBytes, inExactBuffer } from "./memory-entry.ts";
import type { SyncBackend, SyncClearOptions } from "./sync-backend.ts";
import { SyncClearRun } from "./sync-clear-run.ts";

/** What is kept at most, as `MemoryOptions` say. */
export interface MemoryBounds {
  readonly maxEntries: number;
  readonly maxBytes: number;
  readonly now: (() => number) | undefined;
}

interface Entry extends Evictable, LocalEntry {
  stored: unknown;
  keeper: ValueKeeper | undefined;
  /** Milliseconds since 1970; infinite for ever. At this moment the entry is gone. */
  expiresAtMs: number;
  /** The same by the clock's ticks: a small number, which a hit reads quicker than a large one. */
  expiryTick: number;
  /** When it is looked at next, to see whether it has ended; infinite for never. */
  dueAtMs: number;
}

/** A moment at which an entry is looked at, unless it is gone by then. */
interface Expiry {
  readonly entry: Entry;
  readonly atMs: number;
}

// Each write adds at most one expiry, so a few for each keep up with any load without making one write slow.
const sweptPerWrite = 16;

/** So many keys are looked at in one turn of the event loop: about a millisecond of it. */
const keysPerSlice = 1000;

/** What `MemoryBackend` keeps, and how: all of it without promises. */
export class MemoryStore implements SyncBackend, LocalEntries {
  readonly name = "memory";
  readonly holds = ["value", "text", "bytes"] as const;
  readonly isShared = false;
  readonly #entries: EvictingMap<Entry>;
  readonly #expiries = new ExpiryQueue<Expiry>();
  readonly #clock: MemoryClock;
  #isClosed = false;

  constructor({ maxEntries, maxBytes, now }: MemoryBounds) {
    this.#entries = new EvictingMap(maxEntries, maxBytes, (entry, reason) => this.#tellEvicted(entry, reason));
    this.#clock = new MemoryClock(now);
  }

  get local(): LocalEntries {
    return this;
  }

  get clock(): MemoryClock {
    return this.#clock;
  }

  /** How many entries are held, including those that have expired and not been swept yet. */
  get size(): number {
    return this.#entries.size;
  }

  /** How many bytes they are counted for. */
  get bytes(): number {
    return this.#entries.bytes;
  }

  ready(): void {
    this.#refuseClosed();
  }

  find(key: string): LocalEntry | undefined {
    this.#refuseClosed();
    const entry = this.#entries.get(key);
    return entry !== undefined && this.#isLive(key, entry) ? entry : undefined;
  }

  isCurrent(entry: LocalEntry): boolean {
    // Whoever has one has it of `find`.
    const found = entry as Entry;
    // Of what is closed, all entries are gone.
    if (found.isGone || !this.#isAhead(found)) return false;
    // To write what is there already would cost as much as the rest.
    if (!found.isUsed) found.isUsed = true;
    return true;
  }

  read(entry: LocalEntry, as: Kind): unknown {
    return entryAs(entry, as);
  }

  get(key: string, as: Kind): unknown {
    this.#refuseClosed();
    return this.#read(key, as);
  }

  getMany(keys: readonly string[], as: Kind): unknown[] {
    this.#refuseClosed();
    return keys.map((key) => this.#read(key, as));
  }

  set(key: string, stored: unknown, options: StoreOptions): boolean {
    this.#refuseClosed();
    if (options.ifNotExists === true && this.#live(key) !== undefined) return false;
    this.put(key, stored, options.ttlMs);
    return true;
  }

  put(key: string, stored: unknown, ttlMs: number | undefined): void {
    this.#refuseClosed();
    const nowMs = this.#clock.now();
    this.#sweep(nowMs);
    this.#store(key, stored, expiresAtMs(nowMs, ttlMs));
  }

  replace(entry: LocalEntry, stored: unknown, ttlMs: number | undefined): void {
    this.#refuseClosed();
    const nowMs = this.#clock.now();
    this.#sweep(nowMs);
    // Whoever has one has it of `find`.
    const found = entry as Entry;
    // It may have ended since it was asked about.
    if (found.isGone) this.#store(found.key, stored, expiresAtMs(nowMs, ttlMs));
    else this.#refill(found, stored, expiresAtMs(nowMs, ttlMs));
  }

  setMany(entries: readonly (readonly [key: string, stored: unknown])[], ttlMs: number | undefined): void {
    this.#refuseClosed();
    for (const [key, stored] of entries) this.put(key, stored, ttlMs);
  }

  setManyIfAbsent(entries: readonly (readonly [key: string, stored: unknown])[], ttlMs: number | undefined): void {
    for (const [key, stored] of entries) this.set(key, stored, { ttlMs, ifNotExists: true });
  }

  setManyEach(
    entries: readonly (readonly [key: string, stored: unknown, ttlMs: number | undefined])[],
    ifNotExists: boolean,
  ): void {
    for (const [key, stored, ttlMs] of entries) this.set(key, stored, { ttlMs, ifNotExists });
  }

  expireIn(key: string, ttlMs: number | undefined): boolean {
    this.#refuseClosed();
    return this.#expire(key, expiresAtMs(this.#clock.now(), ttlMs));
  }

  expireAt(key: string, atMs: number): boolean {
    this.#refuseClosed();
    return this.#expire(key, this.#clock.momentOf(atMs));
  }

  ttl(key: string): number | "forever" | undefined {
    this.#refuseClosed();
    const entry = this.#live(key);
    if (entry === undefined) return undefined;
    return entry.expiresAtMs === Number.POSITIVE_INFINITY ? "forever" : entry.expiresAtMs - this.#clock.now();
  }

  has(key: string): boolean {
    this.#refuseClosed();
    return this.#live(key) !== undefined;
  }

  take(key: string, as: Kind): unknown {
    this.#refuseClosed();
    const stored = this.#read(key, as);
    this.#entries.delete(key);
    return stored;
  }

  delete(key: string): boolean {
    this.#refuseClosed();
    return this.#delete(key);
  }

  deleteMany(keys: readonly string[]): number {
    this.#refuseClosed();
    return keys.filter((key) => this.#delete(key)).length;
  }

  /** A batch is what is owned of a thousand keys. */
  *scan(range: KeyRange): IterableIterator<readonly string[]> {
    this.#refuseClosed();
    yield* this.#slicesOfKeys(range);
  }

  clear(range: KeyRange, options: SyncClearOptions): number {
    const run = new SyncClearRun(options);
    for (const keys of this.scan(range)) run.delete(keys, (batch) => this.deleteMany(batch));
    return run.count;
  }

  close(): void {
    this.#isClosed = true;
    this.#clock.stop();
    this.#entries.clear();
    this.#expiries.clear();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #read(key: string, as: Kind): unknown {
    const entry = this.#entries.get(key);
    return entry !== undefined && this.#isLive(key, entry) ? entryAs(entry, as) : undefined;
  }

  /** Without counting as a use. */
  #live(key: string): Entry | undefined {
    const entry = this.#entries.peek(key);
    return entry !== undefined && this.#isLive(key, entry) ? entry : undefined;
  }

  #isLive(key: string, entry: Entry): boolean {
    if (this.#isAhead(entry)) return true;
    this.#entries.delete(key);
    return false;
  }

  #isAhead(entry: Entry): boolean {
    return this.#clock.isSurelyAhead(entry.expiryTick) || this.#clock.isAheadByNow(entry.expiresAtMs);
  }

  #store(key: string, given: unknown, expiresAtMs: number): void {
    const known = this.#entries.peek(key);
    if (known !== undefined) {
      this.#refill(known, given, expiresAtMs);
      return;
    }
    const isKept = given instanceof LiveValue;
    const entry: Entry = {
      key,
      isGone: false,
      isUsed: false,
      expiryTick: tickOf(expiresAtMs),
      keeper: isKept ? given.keeper : undefined,
      stored: isKept ? given.value : inExactBuffer(given),
      bytes: entryBytes(key, given),
      expiresAtMs,
      dueAtMs: Number.POSITIVE_INFINITY,
    };
    this.#entries.add(entry);
    if (!entry.isGone) this.#queue(entry);
  }

  /** What is found of a key stays found when something else is stored there. */
  #refill(entry: Entry, given: unknown, expiresAtMs: number): void {
    const isKept = given instanceof LiveValue;
    entry.keeper = isKept ? given.keeper : undefined;
    entry.stored = isKept ? given.value : inExactBuffer(given);
    entry.expiresAtMs = expiresAtMs;
    entry.expiryTick = tickOf(expiresAtMs);
    this.#entries.resize(entry, entryBytes(entry.key, given));
    if (!entry.isGone) this.#queue(entry);
  }

  #expire(key: string, atMs: number): boolean {
    this.#sweep(this.#clock.now());
    const entry = this.#live(key);
    if (entry === undefined) return false;
    entry.expiresAtMs = atMs;
    entry.expiryTick = tickOf(atMs);
    if (this.#isLive(key, entry)) this.#queue(entry);
    return true;
  }

  #delete(key: string): boolean {
    if (this.#live(key) === undefined) return false;
    return this.#entries.delete(key);
  }

  /** Of the keys there are now those in `range`, each of them once, whatever is stored and deleted between two slices. */
  *#slicesOfKeys(range: KeyRange): IterableIterator<string[]> {
    let left = this.#entries.size;
    let slice: string[] = [];
    for (const key of this.#entries.keys()) {
      if (left === 0) break;
      left -= 1;
      slice.push(key);
      if (slice.length < keysPerSlice) continue;
      yield this.#liveOf(slice, range);
      slice = [];
    }
    yield this.#liveOf(slice, range);
  }

  #liveOf(keys: readonly string[], range: KeyRange): string[] {
    return keys.filter((key) => key.startsWith(range.head) && range.owns(key) && this.#live(key) !== undefined);
  }

  /** An entry that is looked at before it ends is queued anew then: to do so each time that it is written would cost more. */
  #queue(entry: Entry): void {
    if (entry.expiresAtMs >= entry.dueAtMs) return;
    entry.dueAtMs = entry.expiresAtMs;
    this.#expiries.push({ entry, atMs: entry.dueAtMs });
    // A key that is deleted and written over and over leaves an expiry behind each time.
    if (this.#expiries.length > 2 * this.#entries.size + 64) this.#expiries.prune(holds);
  }

  /** Lets go of a few entries that have expired. */
  #sweep(nowMs: number): void {
    for (let count = 0; count < sweptPerWrite; count++) {
      const due = this.#expiries.popDue(nowMs);
      if (due === undefined) return;
      if (!holds(due)) continue;
      const { entry } = due;
      entry.dueAtMs = Number.POSITIVE_INFINITY;
      if (entry.expiresAtMs <= nowMs) this.#entries.delete(entry.key);
      else this.#queue(entry);
    }
  }

  #tellEvicted(entry: Entry, reason: EvictionEvent["reason"]): void {
    // What had ended has not gone before its time.
    if (!channels.eviction.hasSubscribers || !this.#isAhead(entry)) return;
    channels.eviction.publish({ backend: nameOfBackend(this), reason, bytes: entry.bytes });
  }

  #refuseClosed(): void {
    if (!this.#isClosed) return;
    throw new BackendClosedError("The memory backend is closed.");
  }
}

function holds({ entry, atMs }: Expiry): boolean {
  return !entry.isGone && entry.dueAtMs === atMs;
}

/** Milliseconds since 1970; infinite for what does not end. */
function expiresAtMs(nowMs: number, ttlMs: number | undefined): number {
  return ttlMs === undefined ? Number.POSITIVE_INFINITY : nowMs + ttlMs;
}
