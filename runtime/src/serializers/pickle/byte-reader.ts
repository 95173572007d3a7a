import { Buffer, isUtf8 } from "node:buffer";

/** Reads the arguments of opcodes. Nothing is taken that is not there. */
export class ByteReader {
  readonly #bytes: Buffer;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The next bytes, still part of the whole. */
  take(length: number): Buffer {
    const end = this.#position + length;
    if (end > this.#bytes.length) throw new RangeError("it ends too early");
    const taken = this.#bytes.subarray(this.#position, end);
    this.#position = end;
    return taken;
  }

  get isAtEnd(): boolean {
    return this.#position === this.#bytes.length;
  }

  /** An unsigned integer of 1, 2, 4 or 8 bytes, little-endian; inexact beyond 2^53. */
  uint(length: 1 | 2 | 4 | 8): number {
    const taken = this.take(length);
    return length === 8 ? Number(taken.readBigUInt64LE()) : taken.readUIntLE(0, length);
  }

  int4(): number {
    return this.take(4).readInt32LE();
  }

  float8(): number {
    return this.take(8).readDoubleBE();
  }

  /** A copy of the next bytes. */
  bytes(length: number): Uint8Array {
    return new Uint8Array(this.take(length));
  }

  text(length: number): string {
    const taken = this.take(length);
    if (!isUtf8(taken)) throw new RangeError("its text is no UTF-8");
    return taken.toString("utf8");
  }

  /** An integer in two's complement, little-endian. */
  long(length: number): bigint {
    const digits = Buffer.from(this.take(length)).reverse();
    if (digits.length === 0) return 0n;
    const unsigned = BigInt(`0x${digits.toString("hex")}`);
    return (digits[0] ?? 0) < 0x80 ? unsigned : unsigned - (1n << BigInt(8 * length));
  }

  /** What comes before the next line feed, as Latin-1. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#position);
    if (end < 0) throw new RangeError("it ends within a line");
    const line = this.take(end - this.#position).toString("latin1");
    this.#position = end + 1;
    return line;
  }
}
