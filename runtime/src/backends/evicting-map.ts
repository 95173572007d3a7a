/** What is kept in an {@link EvictingMap}, with its bookkeeping. */
export interface Evictable {
  readonly key: string;
  /** `undefined` once it is gone, for others may still hold what it was stored in. */
  stored: unknown;
  /** What it counts for; changed by the map alone, once it is kept. */
  bytes: number;
  /** Whether it was used since the hand last passed it. */
  isUsed: boolean;
  /** Whether it was replaced, deleted or evicted. */
  isGone: boolean;
}

/** So many entries are passed for one that goes; after them one goes that was used, for no write may take long. */
const passedAtMost = 1000;

/**
 * A map bounded by count and by bytes. A hand goes round and round through it, in the order in which the keys came: what
 * was used since it last came by gets a second chance, and what was not goes. A hit so costs no more than setting a mark,
 * where moving the entry to the end of a list would cost as much as the hit.
 */
export class EvictingMap<E extends Evictable> {
  readonly #entries = new Map<string, E>();
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  readonly #evicted: (entry: E, reason: "full" | "too-large") => void;
  #bytes = 0;
  /**
   * An iterator of a Map goes on, whatever is deleted and added meanwhile. For that it holds all that was deleted since it moved, so
   * there is none where nothing has to go.
   */
  #hand: Iterator<[key: string, entry: E]> | undefined;
  #deletedSinceMoved = 0;

  /** @param evicted - is told of each entry that has to go for the bounds */
  constructor(maxEntries: number, maxBytes: number, evicted: (entry: E, reason: "full" | "too-large") => void) {
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxBytes;
    this.#evicted = evicted;
  }

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(key: string): E | undefined {
    const entry = this.#entries.get(key);
    if (entry?.isUsed === false) entry.isUsed = true;
    return entry;
  }

  /** Without counting as a use. */
  peek(key: string): E | undefined {
    return this.#entries.get(key);
  }

  /** Keeps an entry of a key that there is none of, and lets go of others for it; one that alone is too large is not kept. */
  add(entry: E): void {
    if (entry.bytes > this.#maxBytes) {
      end(entry);
      this.#evicted(entry, "too-large");
      return;
    }
    this.#entries.set(entry.key, entry);
    this.#bytes += entry.bytes;
    this.#makeRoom(entry);
  }

  /** Counts an entry anew, in which something else is stored now: as one that was used, and that goes where it is too large. */
  resize(entry: E, bytes: number): void {
    if (bytes > this.#maxBytes) {
      this.delete(entry.key);
      entry.bytes = bytes;
      this.#evicted(entry, "too-large");
      return;
    }
    this.#bytes += bytes - entry.bytes;
    entry.bytes = bytes;
    entry.isUsed = true;
    this.#makeRoom(entry);
  }

  delete(key: string): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined) return false;
    this.#letGo(entry);
    this.#entries.delete(key);
    this.#deletedSinceMoved += 1;
    if (this.#deletedSinceMoved > this.#entries.size) this.#hand = undefined;
    return true;
  }

  /** Live: keys that come meanwhile come last. */
  keys(): IterableIterator<string> {
    return this.#entries.keys();
  }

  clear(): void {
    for (const entry of this.#entries.values()) end(entry);
    this.#entries.clear();
    this.#hand = undefined;
    this.#bytes = 0;
  }

  #makeRoom(spared: E): void {
    while (this.#entries.size > this.#maxEntries || this.#bytes > this.#maxBytes) this.#evict(spared);
  }

  #evict(spared: E): void {
    this.#deletedSinceMoved = 0;
    for (let passed = 0; ; passed += 1) {
      this.#hand ??= this.#entries.entries();
      const { done, value } = this.#hand.next();
      if (done === true) {
        this.#hand = undefined;
        continue;
      }
      const [key, entry] = value;
      if (entry === spared) continue;
      if (!entry.isUsed || passed >= passedAtMost) {
        this.delete(key);
        this.#evicted(entry, "full");
        return;
      }
      entry.isUsed = false;
    }
  }

  #letGo(entry: E): void {
    end(entry);
    this.#bytes -= entry.bytes;
  }
}

function end(entry: Evictable): void {
  entry.isGone = true;
  entry.stored = undefined;
}
