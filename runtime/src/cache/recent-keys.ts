/** So many are told apart; where there were more, each key may be one of them. */
const kept = 4096;

/** The keys to which something has happened while somebody was reading. */
export class RecentKeys {
  /** By key, how many there were when it was the last. */
  #lastAt = new Map<string, number>();
  #count = 0;
  /** Until then, each key may be one of them. */
  #allUntil = 0;

  /** How many there were. */
  get count(): number {
    return this.#count;
  }

  note(text: string): void {
    if (this.#lastAt.size === kept) this.noteAll();
    this.#count += 1;
    this.#lastAt.set(text, this.#count);
  }

  /** Of which keys is not known. */
  noteAll(): void {
    this.#count += 1;
    this.#allUntil = this.#count;
    this.forget();
  }

  /** Nobody reads who could ask for what there was. */
  forget(): void {
    // Another Map, for one that was emptied keeps its room.
    if (this.#lastAt.size > 0) this.#lastAt = new Map();
  }

  /** Whether something may have happened to the key since the count was this. */
  hasSince(text: string, count: number): boolean {
    return this.#allUntil > count || (this.#lastAt.get(text) ?? 0) > count;
  }
}
