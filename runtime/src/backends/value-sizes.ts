/** A value that takes longer to come than a whole batch of small ones. */
const largeBytes = 32 * 1024;
/** How much one command may be expected to bring. */
const bytesPerCommand = 64 * 1024;
/** However small the values: a larger command would keep the server from everybody else. */
const maxPerCommand = 500;
/** Keys of large values that are remembered; the oldest are forgotten first. */
const maxLargeKeys = 1000;

/**
 * The sizes of the values that were read, as a guess at those that will be: the keys of large ones are remembered one by
 * one, of all the others the average. Sizes are characters of text or bytes.
 */
export class ValueSizes {
  readonly #largeKeys = new Map<string, number>();
  #average = 512;

  /** How many values of usual size one command should ask for. */
  get perCommand(): number {
    return Math.min(maxPerCommand, Math.max(1, Math.floor(bytesPerCommand / this.#average)));
  }

  get knowsLarge(): boolean {
    return this.#largeKeys.size > 0;
  }

  isLarge(key: string): boolean {
    return this.#largeKeys.has(key);
  }

  /** How much the values of these keys may be expected to bring. */
  expectedOf(keys: string | readonly string[]): number {
    if (typeof keys === "string") return this.#largeKeys.get(keys) ?? this.#average;
    if (!this.knowsLarge) return keys.length * this.#average;
    return keys.reduce((sum, key) => sum + (this.#largeKeys.get(key) ?? this.#average), 0);
  }

  /** As `note`, of the answer to one key, or to many. */
  noteAll(keys: string | readonly string[], answer: unknown): void {
    if (typeof keys === "string") this.note(keys, answer);
    // There is an answer for each key.
    else if (Array.isArray(answer))
      for (let at = 0; at < keys.length; at += 1) this.note(keys[at] as string, answer[at]);
  }

  note(key: string, value: unknown): void {
    const size = sizeOf(value);
    if (size >= largeBytes) {
      this.#noteLarge(key, size);
      return;
    }
    this.#average += (size - this.#average) / 64;
    if (this.knowsLarge) this.#largeKeys.delete(key);
  }

  #noteLarge(key: string, size: number): void {
    this.#largeKeys.delete(key);
    this.#largeKeys.set(key, size);
    if (this.#largeKeys.size <= maxLargeKeys) return;
    for (const oldest of this.#largeKeys.keys()) {
      this.#largeKeys.delete(oldest);
      return;
    }
  }
}

/** Of a text or bytes: characters or bytes; 0 of nothing. */
export function sizeOf(value: unknown): number {
  return (value as { readonly length?: number } | null | undefined)?.length ?? 0;
}
