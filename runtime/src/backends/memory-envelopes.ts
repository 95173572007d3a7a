import { freshUntilOf, withFreshUntil } from "../envelope/envelope.ts";
import { EnvelopedValue } from "../envelope/enveloped-value.ts";
import { maxHeaderLength, writeHeader } from "../envelope/header.ts";
import type { BackendClock, EntryUnlessFresh, Envelopes } from "./envelopes.ts";
import type { LocalEntry } from "./local-entries.ts";
import { entryAs } from "./memory-entry.ts";
import type { MemoryStore } from "./memory-store.ts";

/** Entries with an envelope in memory; nothing waits, so each of these is one step. */
export class MemoryEnvelopes implements Envelopes {
  readonly clock: BackendClock;
  readonly #store: MemoryStore;

  constructor(store: MemoryStore) {
    this.clock = store.clock;
    this.#store = store;
  }

  async head(key: string): Promise<string | undefined> {
    const entry = this.#store.find(key);
    if (entry?.stored instanceof EnvelopedValue) return writeHeader(entry.stored);
    // ASCII is all that is asked of it, whatever follows.
    const bytes = entry && entryAs(entry, "bytes");
    return bytes instanceof Uint8Array ? Buffer.from(bytes.subarray(0, maxHeaderLength)).toString("latin1") : undefined;
  }

  async setUnlessFresh(key: string, stored: unknown, ttlMs: number | undefined, replaces?: number): Promise<boolean> {
    return this.#isOpen(key, replaces) && this.#store.set(key, stored, { ttlMs });
  }

  async setManyUnlessFresh(entries: readonly EntryUnlessFresh[]): Promise<void> {
    for (const [key, stored, ttlMs, replaces] of entries) {
      if (this.#isOpen(key, replaces)) this.#store.set(key, stored, { ttlMs });
    }
  }

  async expireIn(key: string, freshMs: number | undefined, extraMs: number): Promise<boolean> {
    const freshUntilMs = freshMs === undefined ? Number.POSITIVE_INFINITY : this.clock.earliestMs() + freshMs;
    return this.#expire(key, freshUntilMs, extraMs);
  }

  async expireAt(key: string, freshUntilMs: number, extraMs: number): Promise<boolean> {
    return this.#expire(key, this.#store.clock.momentOf(freshUntilMs), extraMs);
  }

  async deleteMany(keys: readonly string[]): Promise<number> {
    const fresh = keys.filter((key) => this.#isFresh(this.#store.find(key)));
    this.#store.deleteMany(keys);
    return fresh.length;
  }

  /** Whether an entry may be stored. */
  #isOpen(key: string, replaces: number | undefined): boolean {
    const found = this.#store.find(key);
    if (found === undefined) return replaces === undefined;
    const freshUntilMs = freshUntilOf(found.stored);
    if (replaces !== undefined) return freshUntilMs === replaces;
    return freshUntilMs !== undefined && !this.clock.isAhead(freshUntilMs);
  }

  #expire(key: string, freshUntilMs: number, extraMs: number): boolean {
    const found = this.#store.find(key);
    if (found === undefined) return false;
    const isFresh = this.#isFresh(found);
    // What is no longer fresh goes as well: whoever ends an entry wants no reader to be served with it.
    if (!this.clock.isAhead(freshUntilMs)) return this.#store.delete(key) && isFresh;
    if (!isFresh) return false;
    const changed = withFreshUntil(found.stored, freshUntilMs);
    // What is kept as it is has been changed in place.
    if (!(changed instanceof EnvelopedValue)) this.#store.set(key, changed, {});
    if (freshUntilMs === Number.POSITIVE_INFINITY) return this.#store.expireIn(key, undefined);
    return this.#store.expireIn(key, freshUntilMs + extraMs - this.clock.earliestMs());
  }

  #isFresh(entry: LocalEntry | undefined): boolean {
    const freshUntilMs = entry && freshUntilOf(entry.stored);
    return freshUntilMs !== undefined && this.clock.isAhead(freshUntilMs);
  }
}
