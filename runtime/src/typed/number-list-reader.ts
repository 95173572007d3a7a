import { type Input, readCount, readLength, unreadable } from "./input.ts";
import { NumbersForm } from "./number-list-writer.ts";

/** A list in any of its forms. */
export function readNumbers(input: Input, position: number): number[] {
  const count = readCount(input, position, 1);
  if (count === 0) return [];
  const form = input.bytes[input.position++];
  switch (form) {
    case NumbersForm.double:
      return readDoubles(input, count);
    case NumbersForm.whole:
      return readWholes(input, count);
    case NumbersForm.hundredths:
      return readDecimals(input, count, 100);
    case NumbersForm.thousandths:
      return readDecimals(input, count, 1000);
    default:
      return unreadable();
  }
}

/** A list of integers, in any of the same forms. */
export function readIntegers(input: Input, position: number): number[] {
  const values = readNumbers(input, position);
  if (!values.every(Number.isInteger)) unreadable();
  return values;
}

// Each makes its own list, for V8 learns by the place what a list will hold, and makes room for that.

function readWholes(input: Input, count: number): number[] {
  const { bytes } = input;
  const values: number[] = new Array(count);
  let at = input.position;
  let value = 0;
  let step = 0;
  for (let index = 0; index < count; index++) {
    const low = bytes[at] as number;
    if (low < 0x80) {
      at += 1;
      step += (low >> 1) ^ -(low & 1);
    } else {
      const high = bytes[at + 1] as number;
      if (high < 0x80) {
        const code = (low & 0x7f) | (high << 7);
        at += 2;
        step += (code >> 1) ^ -(code & 1);
      } else {
        step += readDifference(input, at);
        at = input.position;
      }
    }
    value += step;
    values[index] = value;
  }
  input.position = at;
  return values;
}

function readDecimals(input: Input, count: number, scale: number): number[] {
  const { bytes } = input;
  const values: number[] = new Array(count);
  let at = input.position;
  let scaled = 0;
  for (let index = 0; index < count; index++) {
    const low = bytes[at] as number;
    if (low < 0x80) {
      at += 1;
      scaled += (low >> 1) ^ -(low & 1);
    } else {
      const high = bytes[at + 1] as number;
      if (high < 0x80) {
        const code = (low & 0x7f) | (high << 7);
        at += 2;
        scaled += (code >> 1) ^ -(code & 1);
      } else {
        scaled += readDifference(input, at);
        at = input.position;
      }
    }
    values[index] = scaled / scale;
  }
  input.position = at;
  return values;
}

/** A difference of any length; those of one and two bytes are read where they stand, which takes half the time. */
function readDifference(input: Input, position: number): number {
  const code = readLength(input, position);
  return code % 2 === 0 ? code / 2 : -(code + 1) / 2;
}

/** Bytes and their numbers: to copy a block is faster than to read each. */
const block = new Float64Array(512);
const blockBytes = new Uint8Array(block.buffer);

function readDoubles(input: Input, count: number): number[] {
  let at = input.position;
  if (at + count * 8 > input.end) unreadable();
  const values: number[] = new Array(count);
  for (let start = 0; start < count; start += block.length) {
    const length = Math.min(block.length, count - start);
    blockBytes.set(input.bytes.subarray(at, at + length * 8));
    for (let index = 0; index < length; index++) values[start + index] = block[index] as number;
    at += length * 8;
  }
  input.position = at;
  return values;
}
