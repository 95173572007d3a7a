import { LiveValue } from "../backends/live-value.ts";
import { CachetoryError } from "../errors.ts";

/** Refuses what would be stored where it is larger than this. */
export class MaxValueSize {
  readonly #cacheName: string;
  readonly #maxBytes: number;

  /** @throws CachetoryError `INVALID_OPTION` */
  constructor(cacheName: string, maxBytes: number) {
    if (!(maxBytes > 0)) {
      throw new CachetoryError(
        "INVALID_OPTION",
        `${cacheName}: maxValueBytes is a number of bytes, more than zero, not ${maxBytes}.`,
      );
    }
    this.#cacheName = cacheName;
    this.#maxBytes = maxBytes;
  }

  /**
   * The same, or a promise of it where it is one.
   *
   * @throws CachetoryError `VALUE_TOO_LARGE`
   */
  checked(stored: unknown): unknown {
    if (stored instanceof Promise) return stored.then((made) => this.checked(made));
    const bytes = bytesOf(stored);
    if (bytes <= this.#maxBytes) return stored;
    throw new CachetoryError(
      "VALUE_TOO_LARGE",
      `${this.#cacheName} stores values of ${this.#maxBytes} bytes at most, but this one takes ${bytes}. Store less of it, ` +
        "compress it, or declare a larger max-value-size if that is meant.",
    );
  }
}

/** What the pipeline made, or what a value takes that is kept as it is. */
function bytesOf(stored: unknown): number {
  if (typeof stored === "string") return Buffer.byteLength(stored);
  if (stored instanceof LiveValue) return stored.bytes;
  // A pipeline makes text or bytes; where it makes neither, the cache has refused to have a largest size.
  return (stored as Uint8Array).byteLength;
}
