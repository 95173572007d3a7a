/** So many are remembered; where there were more, each key may be one of them. */
const kept = 64;

/** The keys to which something has happened, the last of them. */
export class RecentKeys {
  readonly #texts: string[] = [];
  #count = 0;

  /** How many there were. */
  get count(): number {
    return this.#count;
  }

  note(text: string): void {
    this.#texts[this.#count % kept] = text;
    this.#count += 1;
  }

  /** Of which keys is not known. */
  noteAll(): void {
    this.#count += kept + 1;
  }

  /** Whether something may have happened to the key since the count was this. */
  hasSince(text: string, count: number): boolean {
    if (this.#count - count > kept) return true;
    for (let at = count; at < this.#count; at += 1) if (this.#texts[at % kept] === text) return true;
    return false;
  }
}
