/**
 * Where an emitted encoder writes. Numbers, lengths and choices go to `bytes`; all text of the value is collected in one
 * string, which is written once. Writing beyond the end of `bytes` does nothing, and shows in `position`: the value is then
 * encoded again where there is room.
 */
export interface Output {
  bytes: Uint8Array;
  /** Where the next byte goes. */
  position: number;
  text: string;
  /** Of what had to be tried, by where it was: how each value was written, which stands in others that are tried again. */
  fits: Map<string, Map<unknown, number>> | undefined;
}

/** Which of several types the values of one call are that are tried as each of these; -1 for none. */
export function fitsOf(output: Output, types: string): Map<unknown, number> {
  output.fits ??= new Map();
  const known = output.fits.get(types);
  if (known !== undefined) return known;
  const fits = new Map<unknown, number>();
  output.fits.set(types, fits);
  return fits;
}

/** A number that is also two of 32 bits: those are put into bytes faster than bytes are copied. */
const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);

/** A length or a choice, seven bits a byte; at most 2^53. */
export function writeLength(bytes: Uint8Array, position: number, length: number): number {
  return length < 0x1000_0000 ? writeShort(bytes, position, length) : writeLong(bytes, position, length);
}

/** Four bytes at most: integers of 31 bits are faster. */
function writeShort(bytes: Uint8Array, position: number, length: number): number {
  let at = position;
  let left = length;
  for (; left > 0x7f; left >>= 7) bytes[at++] = left | 0x80;
  bytes[at++] = left;
  return at;
}

function writeLong(bytes: Uint8Array, position: number, length: number): number {
  let at = position;
  let left = length;
  for (; left >= 0x8000_0000; left = Math.floor(left / 0x80)) bytes[at++] = (left % 0x80) | 0x80;
  for (; left > 0x7f; left >>>= 7) bytes[at++] = (left & 0x7f) | 0x80;
  bytes[at++] = left;
  return at;
}

/** Beyond this, four times twice a whole number is no exact number any more. */
export const maxCarried: number = 2 ** 50;

/**
 * Whole numbers near zero take a byte, those with up to three decimals a few, all others nine. What comes back is the very
 * same number, `-0` and `NaN` included.
 *
 * All that is usual is in this one piece, though lengths are written alike: V8 puts what an encoder calls in its place until that
 * is so and so much code, and of functions that call each other it may take only the outer one. It is short enough
 * for three of it in one encoder: `-0x80`, of which a byte keeps the same as of `0x80`, is half the bytecode.
 */
export function writeNumber(bytes: Uint8Array, position: number, value: number): number {
  let scaled = value | 0;
  let scale = 0;
  if (scaled !== value) {
    // Of 32 bits it is rounded, and written, in half the time.
    scaled = (value * 100 + (value < 0 ? -0.5 : 0.5)) | 0;
    if (scaled / 100 !== value) return writeOther(bytes, position, value);
    scale = 1;
  }
  const code = (scaled << 1) ^ (scaled >> 31);
  // -0 has no other form than all its bytes.
  if (code >>> shortBits !== 0 || (code === 0 && 1 / value < 0)) return writeOther(bytes, position, value);
  let left = (code << 2) | scale;
  let at = position;
  if (left > 0x7f) {
    bytes[at++] = left | -0x80;
    left >>= 7;
    if (left > 0x7f) {
      bytes[at++] = left | -0x80;
      left >>= 7;
      if (left > 0x7f) {
        bytes[at++] = left | -0x80;
        left >>= 7;
      }
    }
  }
  bytes[at] = left;
  return at + 1;
}

/** Twice a number below `maxShort` has so many bits, and four times that takes four bytes at most. */
const shortBits = 26;
const maxShort = 2 ** (shortBits - 1);
/** Thousandths of numbers below this do as well. */
const maxNear = maxShort / 1024;

/** What is neither whole nor hundredths, and what is far from zero. */
function writeOther(bytes: Uint8Array, position: number, value: number): number {
  if (!(value < maxNear && value > -maxNear)) return writeFar(bytes, position, value);
  const thousandths = (value * 1000 + (value < 0 ? -0.5 : 0.5)) | 0;
  return thousandths !== 0 && thousandths / 1000 === value
    ? writeScaledShort(bytes, position, thousandths, 2)
    : writeRaw(bytes, position, value);
}

function writeFar(bytes: Uint8Array, position: number, value: number): number {
  if (Number.isInteger(value)) {
    return Math.abs(value) < maxCarried ? writeScaled(bytes, position, value, 0) : writeRaw(bytes, position, value);
  }
  const hundredths = Math.round(value * 100);
  if (hundredths / 100 === value && Math.abs(hundredths) < maxCarried) {
    return writeScaled(bytes, position, hundredths, 1);
  }
  const thousandths = Math.round(value * 1000);
  return thousandths / 1000 === value && Math.abs(thousandths) < maxCarried
    ? writeScaled(bytes, position, thousandths, 2)
    : writeRaw(bytes, position, value);
}

/** @param scale - 0: as it is; 1: in hundredths; 2: in thousandths */
function writeScaled(bytes: Uint8Array, position: number, value: number, scale: number): number {
  if (value < maxShort && value >= -maxShort) return writeScaledShort(bytes, position, value | 0, scale);
  return writeLength(bytes, position, (value < 0 ? -2 * value - 1 : 2 * value) * 4 + scale);
}

function writeScaledShort(bytes: Uint8Array, position: number, value: number, scale: number): number {
  return writeShort(bytes, position, (((value << 1) ^ (value >> 31)) << 2) | scale);
}

function writeRaw(bytes: Uint8Array, position: number, value: number): number {
  bytes[position] = 3;
  return writeDouble(bytes, position + 1, value);
}

function writeDouble(bytes: Uint8Array, position: number, value: number): number {
  double[0] = value;
  const low = halves[0] as number;
  const high = halves[1] as number;
  bytes[position] = low;
  bytes[position + 1] = low >> 8;
  bytes[position + 2] = low >> 16;
  bytes[position + 3] = low >> 24;
  bytes[position + 4] = high;
  bytes[position + 5] = high >> 8;
  bytes[position + 6] = high >> 16;
  bytes[position + 7] = high >> 24;
  return position + 8;
}

/** Milliseconds fit six bytes; what does not, an invalid date included, comes behind six that no other date has. */
export const dateOffsetMs: number = 2 ** 47;

export function writeDate(bytes: Uint8Array, position: number, value: Date): number {
  const ms = value.getTime();
  const shifted = ms + dateOffsetMs;
  if (shifted >= 0 && shifted < 2 ** 48 - 1) return writeSixBytes(bytes, position, shifted);
  return writeDouble(bytes, writeSixBytes(bytes, position, 2 ** 48 - 1), ms);
}

export function writeSixBytes(bytes: Uint8Array, position: number, value: number): number {
  const high = Math.floor(value / 2 ** 24);
  const low = value - high * 2 ** 24;
  bytes[position] = high >>> 16;
  bytes[position + 1] = high >>> 8;
  bytes[position + 2] = high;
  bytes[position + 3] = low >>> 16;
  bytes[position + 4] = low >>> 8;
  bytes[position + 5] = low;
  return position + 6;
}

/** Its length twice, odd where it is negative, then its bytes, the low ones first. */
export function writeBigint(bytes: Uint8Array, position: number, value: bigint): number {
  const digits = (value < 0n ? -value : value).toString(16);
  const length = value === 0n ? 0 : (digits.length + 1) >> 1;
  let at = writeLength(bytes, position, length * 2 + (value < 0n ? 1 : 0));
  for (let end = digits.length, left = length; left > 0; left--, end -= 2) {
    bytes[at++] = Number.parseInt(digits.slice(Math.max(0, end - 2), end), 16);
  }
  return at;
}

/** The bytes of a buffer or a view, behind their number. */
export function writeBytes(bytes: Uint8Array, position: number, value: ArrayBuffer | ArrayBufferView): number {
  const view =
    "buffer" in value ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : new Uint8Array(value);
  const at = writeLength(bytes, position, view.length);
  if (at + view.length <= bytes.length) bytes.set(view, at);
  return at + view.length;
}
