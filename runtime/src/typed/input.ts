import { CachetoryError } from "../errors.ts";

/** Bytes, and where the next one is; functions that read leave that behind what they have read. */
export interface Position {
  readonly bytes: Uint8Array;
  position: number;
}

/** As much of a string as a decoder asks for. */
export interface Text {
  readonly length: number;
  substring(start: number, end: number): string;
}

/** Where an emitted decoder reads. Reading beyond the end gives nothing, and shows when all is read. */
export interface Input extends Position {
  /** Where the value ends, and its text begins. */
  readonly end: number;
  /** All text of the value. */
  readonly text: Text;
  /** How much of it has been read. */
  cursor: number;
  /** Bytes that no list has counted as one of its things. Lists within lists that each claim all the rest run out of them. */
  unclaimed: number;
}

/** @throws CachetoryError `UNREADABLE`, always */
export function unreadable(): never {
  throw new CachetoryError("UNREADABLE", "The entry is damaged: its bytes are none that this type has.");
}

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

export function readLength(input: Position, position: number): number {
  const { bytes } = input;
  let at = position;
  let byte = bytes[at++] as number;
  let length = byte & 0x7f;
  for (let factor = 0x80; byte > 0x7f; factor *= 0x80) {
    if (factor > 2 ** 49) unreadable();
    byte = bytes[at++] as number;
    length += (byte & 0x7f) * factor;
  }
  input.position = at;
  return length;
}

/**
 * The number of things of at least so many bytes each, which must be there, and be those of no other list: room is made for
 * them before they are read, so all lists of an entry together get no more than its bytes can fill.
 */
export function readCount(input: Input, position: number, minBytes: number): number {
  const count = readLength(input, position);
  const claimed = count * minBytes;
  if (claimed > input.end - input.position || claimed > input.unclaimed) unreadable();
  input.unclaimed -= claimed;
  return count;
}

/**
 * A number as `writeNumber` writes it; emitted code reads whole ones of one byte where they stand. All that is usual is in this one
 * piece, and nothing else: V8 puts it in place of calls until a decoder has so and so much code of such.
 */
export function readNumber(input: Input, position: number): number {
  const { bytes } = input;
  // Without a loop, which would take longer.
  let end = position + 1;
  let byte = bytes[position] as number;
  let code = byte & 0x7f;
  if (byte > 0x7f) {
    byte = bytes[end] as number;
    end = position + 2;
    code |= (byte & 0x7f) << 7;
    if (byte > 0x7f) {
      byte = bytes[end] as number;
      if (byte > 0x7f) return readLong(input, position);
      end = position + 3;
      code |= byte << 14;
    }
  }
  input.position = end;
  const value = (code >> 3) ^ -((code >> 2) & 1);
  const scale = code & 3;
  return scale === 0 ? value : scale === 1 ? value / 100 : readScaled(input, value, scale);
}

/** One of four bytes or more: what four bytes hold is read with integers, which is faster. */
function readLong(input: Input, position: number): number {
  const { bytes } = input;
  const last = bytes[position + 3] as number;
  if (last > 0x7f) return readLarge(input, position);
  const code =
    ((bytes[position] as number) & 0x7f) |
    (((bytes[position + 1] as number) & 0x7f) << 7) |
    (((bytes[position + 2] as number) & 0x7f) << 14) |
    (last << 21);
  input.position = position + 4;
  const value = (code >> 3) ^ -((code >> 2) & 1);
  const scale = code & 3;
  return scale === 0 ? value : scale === 1 ? value / 100 : readScaled(input, value, scale);
}

function readScaled(input: Input, value: number, scale: number): number {
  return scale === 2 ? value / 1000 : readDouble(input, input.position);
}

function readLarge(input: Input, position: number): number {
  const code = readLength(input, position);
  const scale = code % 4;
  if (scale === 3) return readDouble(input, input.position);
  const twice = (code - scale) / 4;
  const value = twice % 2 === 0 ? twice / 2 : -(twice + 1) / 2;
  return scale === 0 ? value : scale === 1 ? value / 100 : value / 1000;
}

function readDouble(input: Input, position: number): number {
  halves[0] = readFour(input.bytes, position);
  halves[1] = readFour(input.bytes, position + 4);
  input.position = position + 8;
  return double[0] as number;
}

/** The low ones first. */
function readFour(bytes: Uint8Array, position: number): number {
  return (
    (bytes[position] as number) |
    ((bytes[position + 1] as number) << 8) |
    ((bytes[position + 2] as number) << 16) |
    ((bytes[position + 3] as number) << 24)
  );
}

/** In one piece, as numbers are. */
export function readDate(input: Input, position: number): Date {
  const { bytes } = input;
  const high =
    ((bytes[position] as number) << 16) | ((bytes[position + 1] as number) << 8) | (bytes[position + 2] as number);
  const low =
    ((bytes[position + 3] as number) << 16) | ((bytes[position + 4] as number) << 8) | (bytes[position + 5] as number);
  const shifted = high * 2 ** 24 + low;
  if (shifted === 2 ** 48 - 1) return new Date(readDouble(input, position + 6));
  input.position = position + 6;
  return new Date(shifted - 2 ** 47);
}

export function readSixBytes(bytes: Uint8Array, position: number): number {
  return readThree(bytes, position) * 2 ** 24 + readThree(bytes, position + 3);
}

function readThree(bytes: Uint8Array, position: number): number {
  return ((bytes[position] as number) << 16) | ((bytes[position + 1] as number) << 8) | (bytes[position + 2] as number);
}

export function readBigint(input: Input, position: number): bigint {
  const code = readLength(input, position);
  const length = Math.floor(code / 2);
  const end = input.position + length;
  if (end > input.end) unreadable();
  let digits = "0x0";
  for (let at = end - 1; at >= input.position; at--)
    digits += (input.bytes[at] as number).toString(16).padStart(2, "0");
  input.position = end;
  const value = BigInt(digits);
  return code % 2 === 0 ? value : -value;
}

/** A buffer of its own, which nothing else shares. */
export function readBuffer(input: Input, position: number): ArrayBuffer {
  const length = readCount(input, position, 1);
  const start = input.position;
  input.position = start + length;
  const copy = new Uint8Array(length);
  copy.set(input.bytes.subarray(start, start + length));
  return copy.buffer;
}

/** Sets a property of a name that the entry brings, which may be `__proto__`. */
export function setOwn(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === "__proto__")
    Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
  else object[name] = value;
}
