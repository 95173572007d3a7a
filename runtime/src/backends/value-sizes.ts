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
  readonly #largeKeys = new Set<string>();
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

  note(key: string, value: unknown): void {
    const size = (value as { readonly length?: number } | undefined)?.length ?? 0;
    if (size >= largeBytes) {
      this.#noteLarge(key);
      return;
    }
    this.#average += (size - this.#average) / 64;
    if (this.knowsLarge) this.#largeKeys.delete(key);
  }

  #noteLarge(key: string): void {
    this.#largeKeys.delete(key);
    this.#largeKeys.add(key);
    if (this.#largeKeys.size <= maxLargeKeys) return;
    for (const oldest of this.#largeKeys) {
      this.#largeKeys.delete(oldest);
      return;
    }
  }
}
