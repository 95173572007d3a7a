import { maxCarried, writeLength } from "./output.ts";

/** How the numbers of an array are written: eight bytes each, or as differences, of whole ones, hundredths or thousandths. */
export const NumbersForm = { double: 1, whole: 2, hundredths: 3, thousandths: 4 } as const;

/**
 * The shortest form is tried first: it is given up at the first number that it cannot say.
 *
 * @returns where the next byte goes; below zero where an item is no number: what it is the complement of is its index
 */
export function writeNumbers(bytes: Uint8Array, position: number, values: readonly unknown[]): number {
  const at = writeLength(bytes, position, values.length);
  if (values.length === 0) return at;
  let end = writeWholes(bytes, at, values);
  if (end === notSaid) end = writeDecimals(bytes, at, values, 100, NumbersForm.hundredths);
  if (end === notSaid) end = writeDecimals(bytes, at, values, 1000, NumbersForm.thousandths);
  return end === notSaid ? writeDoubles(bytes, at, values) : end;
}

/** As {@link writeNumbers}, where an item must be an integer. */
export function writeIntegers(bytes: Uint8Array, position: number, values: readonly unknown[]): number {
  const at = writeLength(bytes, position, values.length);
  if (values.length === 0) return at;
  const end = writeWholes(bytes, at, values);
  if (end !== notSaid) return end;
  for (let index = 0; index < values.length; index++) if (!Number.isInteger(values[index])) return ~index;
  // Those that are left over have no shorter form: they are large, or -0.
  return writeDoubles(bytes, at, values);
}

/** No place, and the complement of no index. */
const notSaid = -0x4000_0000;

// Differences are written as twice what they are, or what is between two such where they are below zero, in as few bytes as that takes.
// Both loops keep `at` an integer of 32 bits, which a call's answer is not known to be: with that known, V8 takes a tenth less. And
// neither calls anything, for which V8 would have to put what they count into memory, each time.

/** Each as how far its step from the one before differs from the step before that: nothing, for what goes on evenly. */
function writeWholes(bytes: Uint8Array, position: number, values: readonly unknown[]): number {
  bytes[position] = NumbersForm.whole;
  let at = (position + 1) | 0;
  let before = 0;
  let step = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (typeof value !== "number") return ~index;
    const expected = before + step;
    const difference = (value - expected) | 0;
    const code = (difference << 1) ^ (difference >> 31);
    step = value - before;
    before = value;
    // What is the sum of two whole numbers is one, which is told sooner so than by rounding it.
    if (expected + difference === value && code >>> 14 === 0) {
      if (!(Math.abs(value) < maxCarried) || (value === 0 && 1 / value < 0)) return notSaid;
      if (code < 0x80) {
        bytes[at] = code;
        at = (at + 1) | 0;
      } else {
        bytes[at] = (code & 0x7f) | 0x80;
        bytes[at + 1] = code >> 7;
        at = (at + 2) | 0;
      }
    } else {
      if (Math.floor(value) !== value || !(Math.abs(value) < maxCarried) || Object.is(value, -0)) return notSaid;
      const far = value - expected;
      let left = far < 0 ? -2 * far - 1 : 2 * far;
      for (; left >= 0x8000_0000; left = Math.floor(left / 0x80)) {
        bytes[at] = (left & 0x7f) | 0x80;
        at = (at + 1) | 0;
      }
      for (; left > 0x7f; left >>>= 7) {
        bytes[at] = left | 0x80;
        at = (at + 1) | 0;
      }
      bytes[at] = left;
      at = (at + 1) | 0;
    }
  }
  return at;
}

/** Each as what it differs by from the one before, in hundredths or thousandths. */
function writeDecimals(
  bytes: Uint8Array,
  position: number,
  values: readonly unknown[],
  scale: number,
  form: number,
): number {
  bytes[position] = form;
  let at = (position + 1) | 0;
  let before = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (typeof value !== "number") return ~index;
    // Of 32 bits it is rounded faster.
    let scaled = (value * scale + (value < 0 ? -0.5 : 0.5)) | 0;
    if (scaled / scale !== value) {
      scaled = Math.round(value * scale);
      if (scaled / scale !== value || !(scaled < maxCarried && scaled > -maxCarried)) return notSaid;
    }
    if (scaled === 0 && 1 / value < 0) return notSaid;
    const difference = scaled - before;
    before = scaled;
    if (difference >= -0x2000 && difference < 0x2000) {
      const code = (difference << 1) ^ (difference >> 31);
      if (code < 0x80) {
        bytes[at] = code;
        at = (at + 1) | 0;
      } else {
        bytes[at] = (code & 0x7f) | 0x80;
        bytes[at + 1] = code >> 7;
        at = (at + 2) | 0;
      }
    } else {
      let left = difference < 0 ? -2 * difference - 1 : 2 * difference;
      for (; left >= 0x8000_0000; left = Math.floor(left / 0x80)) {
        bytes[at] = (left & 0x7f) | 0x80;
        at = (at + 1) | 0;
      }
      for (; left > 0x7f; left >>>= 7) {
        bytes[at] = left | 0x80;
        at = (at + 1) | 0;
      }
      bytes[at] = left;
      at = (at + 1) | 0;
    }
  }
  return at;
}

/** Numbers and their bytes: to copy a block is faster than to write each. */
const block = new Float64Array(512);
const blockBytes = new Uint8Array(block.buffer);

/** Gives what puts back the numbers that are being written, after a getter of one of them has had others written. */
export function putNumbersAside(): () => void {
  const numbers = block.slice();
  return () => block.set(numbers);
}

function writeDoubles(bytes: Uint8Array, position: number, values: readonly unknown[]): number {
  bytes[position] = NumbersForm.double;
  let at = position + 1;
  const end = at + values.length * 8;
  const hasRoom = end <= bytes.length;
  for (let start = 0; start < values.length; start += block.length) {
    const count = Math.min(block.length, values.length - start);
    for (let index = 0; index < count; index++) {
      const value = values[start + index];
      if (typeof value !== "number") return ~(start + index);
      block[index] = value;
    }
    if (hasRoom) bytes.set(count === block.length ? blockBytes : blockBytes.subarray(0, count * 8), at);
    at += count * 8;
  }
  return end;
}
