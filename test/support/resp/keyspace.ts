/** A value, and when it ends. */
export interface StoredString {
  readonly value: Buffer;
  /** Milliseconds since 1970; infinite for ever. */
  readonly expiresAtMs: number;
}

interface Slot extends StoredString {
  /** Grows from key to key: where a SCAN goes on, whatever is stored and deleted meanwhile. */
  readonly order: number;
}

/** Keys and their strings, as a Redis holds them. Keys are texts of one character for each byte. */
export class Keyspace {
  readonly #slots = new Map<string, Slot>();
  #order = 0;

  get(key: string): StoredString | undefined {
    const slot = this.#slots.get(key);
    if (slot === undefined || slot.expiresAtMs > Date.now()) return slot;
    this.#slots.delete(key);
    return undefined;
  }

  /** A moment in the past deletes. */
  set(key: string, value: Buffer, expiresAtMs: number = Number.POSITIVE_INFINITY): void {
    const order = this.#slots.get(key)?.order ?? this.#order++;
    this.#slots.set(key, { value, expiresAtMs, order });
    this.get(key);
  }

  /** Whether there was one. */
  delete(key: string): boolean {
    return this.get(key) !== undefined && this.#slots.delete(key);
  }

  /** So many keys from a cursor on, and the next cursor; 0 begins, and ends. */
  scan(cursor: number, count: number): { readonly next: number; readonly keys: string[] } {
    const keys: string[] = [];
    for (const [key, { order }] of this.#slots) {
      if (order < cursor) continue;
      if (keys.length === count) return { next: order, keys };
      if (this.get(key) !== undefined) keys.push(key);
    }
    return { next: 0, keys };
  }
}
