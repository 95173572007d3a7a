import { type Input, readCount, unreadable } from "./input.ts";
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

/** A list of integers: in whole differences, or as they are. */
export function readIntegers(input: Input, position: number): number[] {
  const count = readCount(input, position, 1);
  if (count === 0) return [];
  const form = input.bytes[input.position++];
  // What is made of whole differences is whole.
  if (form === NumbersForm.whole) return readWholes(input, count);
  if (form !== NumbersForm.double) unreadable();
  const values = readDoubles(input, count);
  if (!values.every(Number.isInteger)) unreadable();
  return values;
}

// Each makes its own list, for V8 learns by the place what a list will hold, and makes room for that. Differences of one and two
// bytes are read as integers, which takes half the time; longer ones beside them, and not by a call: all that a loop adds up would
// then be in memory, as anything that has to outlast a call, and a list be read in half as much time again on Node 20.

/** What the eighth byte of a difference, of which the sign has a bit, counts: none has more. */
const maxFactor = 2 ** 48;

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
        let half = (low & 0x7f) >> 1;
        let byte = low;
        at += 1;
        for (let factor = 0x40; byte > 0x7f; factor *= 0x80) {
          if (factor > maxFactor) unreadable();
          byte = bytes[at] as number;
          at += 1;
          half += (byte & 0x7f) * factor;
        }
        step += (low & 1) === 0 ? half : -half - 1;
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
        let half = (low & 0x7f) >> 1;
        let byte = low;
        at += 1;
        for (let factor = 0x40; byte > 0x7f; factor *= 0x80) {
          if (factor > maxFactor) unreadable();
          byte = bytes[at] as number;
          at += 1;
          half += (byte & 0x7f) * factor;
        }
        scaled += (low & 1) === 0 ? half : -half - 1;
      }
    }
    values[index] = scaled / scale;
  }
  input.position = at;
  return values;
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
