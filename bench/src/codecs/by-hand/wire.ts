/** What Node's buffers have beside their documented methods. */
export interface Bytes extends Buffer {
  utf8Write(text: string, offset: number): number;
  latin1Write(text: string, offset: number): number;
  latin1Slice(start: number, end: number): string;
  ucs2Write(text: string, offset: number): number;
  utf8Slice(start: number, end: number): string;
  ucs2Slice(start: number, end: number): string;
}

const slabLength = 0x1_0000;

/** Small values are views of it. */
const slab = { bytes: newBytes(slabLength), used: 0 };

/** A Buffer as far as anybody can tell, in a third of the time. */
class View extends Uint8Array {}
Object.setPrototypeOf(View.prototype, Buffer.prototype);

export function newBytes(length: number): Bytes {
  return Buffer.allocUnsafeSlow(length) as Bytes;
}

/** Where a value is written that takes so much room at most. */
export function slabFor(room: number): { readonly bytes: Bytes; readonly used: number } {
  if (slab.used + room > slabLength) {
    slab.bytes = newBytes(slabLength);
    slab.used = 0;
  }
  return slab;
}

/** What was written there from its beginning on, with its text behind it. */
export function viewOf(position: number, text: string): Uint8Array {
  return viewTo(endOf(slab.bytes, slab.used, position, text));
}

/** What was written there from its beginning on. */
export function viewTo(end: number): Uint8Array {
  const { bytes, used: start } = slab;
  slab.used = end;
  return new View(bytes.buffer as ArrayBuffer, start, end - start);
}

/** Writes the text, and in four bytes how much there is before it; where all of that ends. */
export function endOf(bytes: Bytes, start: number, position: number, text: string): number {
  const end = position + bytes.utf8Write(text, position);
  if (end - position !== text.length) throw new Error("What is written by hand is ASCII.");
  return writeWhole(bytes, end, position - start);
}

/** In four bytes. */
export function writeWhole(bytes: Bytes, position: number, whole: number): number {
  bytes[position] = whole;
  bytes[position + 1] = whole >> 8;
  bytes[position + 2] = whole >> 16;
  bytes[position + 3] = whole >> 24;
  return position + 4;
}

/** The text of an entry, which begins where its parts end. */
export function textOf(bytes: Bytes): string {
  const end = bytes.length - 4;
  return bytes.latin1Slice(readWhole(bytes, end), end);
}

export function readWhole(bytes: Bytes, position: number): number {
  return (
    byteAt(bytes, position) |
    (byteAt(bytes, position + 1) << 8) |
    (byteAt(bytes, position + 2) << 16) |
    (byteAt(bytes, position + 3) << 24)
  );
}

export function byteAt(bytes: Bytes, position: number): number {
  return bytes[position] as number;
}

/** Where what was read last has ended. */
export const next = { position: 0 };

export function writeLength(bytes: Bytes, position: number, length: number): number {
  let at = position;
  let left = length;
  for (; left > 0x7f; left >>>= 7) bytes[at++] = (left & 0x7f) | 0x80;
  bytes[at++] = left;
  return at;
}

export function readLength(bytes: Bytes, position: number): number {
  let at = position;
  let byte = byteAt(bytes, at++);
  let length = byte & 0x7f;
  for (let shift = 7; byte > 0x7f; shift += 7) {
    byte = byteAt(bytes, at++);
    length |= (byte & 0x7f) << shift;
  }
  next.position = at;
  return length;
}

const double = new Float64Array(1);
const doubleBytes = new Uint8Array(double.buffer);
const maxShort = 0x200_0000;

/** Whole numbers and hundredths in a few bytes, others in nine. */
export function writeNumber(bytes: Bytes, position: number, value: number): number {
  if ((value | 0) === value && value < maxShort && value >= -maxShort) {
    return writeLength(bytes, position, ((value << 1) ^ (value >> 31)) << 2);
  }
  const hundredths = Math.round(value * 100);
  if (hundredths / 100 === value && hundredths < maxShort && hundredths >= -maxShort) {
    return writeLength(bytes, position, (((hundredths << 1) ^ (hundredths >> 31)) << 2) | 1);
  }
  bytes[position] = 2;
  return writeDouble(bytes, position + 1, value);
}

export function readNumber(bytes: Bytes, position: number): number {
  const length = readLength(bytes, position);
  if ((length & 3) === 2) {
    next.position = position + 9;
    return readDouble(bytes, position + 1);
  }
  const whole = (length >> 3) ^ -((length >> 2) & 1);
  return (length & 1) === 1 ? whole / 100 : whole;
}

export function writeDouble(bytes: Bytes, position: number, value: number): number {
  double[0] = value;
  for (let index = 0; index < 8; index++) bytes[position + index] = doubleBytes[index] as number;
  return position + 8;
}

export function readDouble(bytes: Bytes, position: number): number {
  for (let index = 0; index < 8; index++) doubleBytes[index] = byteAt(bytes, position + index);
  return double[0] as number;
}
