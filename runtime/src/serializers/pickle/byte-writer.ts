import { Buffer } from "node:buffer";

/** Bytes that grow. */
export class ByteWriter {
  #bytes = Buffer.allocUnsafeSlow(512);
  #length = 0;

  /** A copy of what has been written. */
  finish(): Uint8Array {
    return new Uint8Array(this.#bytes.subarray(0, this.#length));
  }

  byte(...values: readonly number[]): void {
    const start = this.#reserve(values.length);
    for (const [index, value] of values.entries()) this.#bytes[start + index] = value;
  }

  /** Unsigned, little-endian. */
  uint(value: number, length: 1 | 2 | 4): void {
    const start = this.#reserve(length);
    this.#bytes.writeUIntLE(value, start, length);
  }

  int4(value: number): void {
    const start = this.#reserve(4);
    this.#bytes.writeInt32LE(value, start);
  }

  float8(value: number): void {
    const start = this.#reserve(8);
    this.#bytes.writeDoubleBE(value, start);
  }

  bytes(value: Uint8Array): void {
    const start = this.#reserve(value.length);
    this.#bytes.set(value, start);
  }

  latin1(text: string): void {
    const start = this.#reserve(text.length);
    this.#bytes.write(text, start, "latin1");
  }

  /** Where the next bytes go; `#bytes` may be others afterwards. */
  #reserve(length: number): number {
    const start = this.#length;
    this.#length += length;
    if (this.#length > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(this.#length, 2 * this.#bytes.length));
      larger.set(this.#bytes.subarray(0, start));
      this.#bytes = larger;
    }
    return start;
  }
}
