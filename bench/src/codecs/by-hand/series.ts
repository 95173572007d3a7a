import type { Series } from "../../payloads/series.ts";
import type { Codec } from "../codec.ts";
import { type Bytes, byteAt, next, readDouble, readLength, slabFor, viewOf, writeDouble, writeLength } from "./wire.ts";

// C and C2: numbers that differ by less than 256 steps, of wholes or of hundredths, are written as steps.

const wholes = 1;
const hundredths = 100;
/** As they are. */
const doubles = 0;

export const seriesByHand: Codec = {
  encode(value) {
    const { at, values } = value as Series;
    const { bytes, used } = slabFor(0x5000);
    return viewOf(writeNumbers(bytes, writeNumbers(bytes, used, at), values), "");
  },
  decode(stored) {
    const bytes = stored as Bytes;
    const at = readNumbers(bytes, 0);
    return { at, values: readNumbers(bytes, next.position) };
  },
};

function writeNumbers(bytes: Bytes, start: number, values: readonly number[]): number {
  const scale = scaleOf(values);
  bytes[start] = scale;
  let position = writeLength(bytes, start + 1, values.length);
  if (scale === doubles) {
    const all = new Float64Array(values);
    bytes.set(new Uint8Array(all.buffer), position);
    return position + 8 * values.length;
  }
  let last = Math.round((values[0] as number) * scale);
  position = writeDouble(bytes, position, last);
  let least = Number.POSITIVE_INFINITY;
  for (let index = 1, before = last; index < values.length; index++) {
    const now = Math.round((values[index] as number) * scale);
    if (now - before < least) least = now - before;
    before = now;
  }
  position = writeDouble(bytes, position, least);
  for (let index = 1; index < values.length; index++) {
    const now = Math.round((values[index] as number) * scale);
    bytes[position++] = now - last - least;
    last = now;
  }
  return position;
}

function scaleOf(values: readonly number[]): number {
  let scale = wholes;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    if (scale === wholes && Math.floor(value) !== value) scale = hundredths;
    if (scale === hundredths && Math.round(value * hundredths) / hundredths !== value) return doubles;
  }
  return scale;
}

function readNumbers(bytes: Bytes, start: number): number[] {
  const scale = byteAt(bytes, start);
  const count = readLength(bytes, start + 1);
  let { position } = next;
  const values = new Array<number>(count);
  if (scale === doubles) {
    const all = new Float64Array(count);
    new Uint8Array(all.buffer).set(bytes.subarray(position, position + 8 * count));
    for (let index = 0; index < count; index++) values[index] = all[index] as number;
    next.position = position + 8 * count;
    return values;
  }
  let last = readDouble(bytes, position);
  const least = readDouble(bytes, position + 8);
  position += 16;
  values[0] = last / scale;
  for (let index = 1; index < count; index++) {
    last += least + byteAt(bytes, position++);
    values[index] = last / scale;
  }
  next.position = position;
  return values;
}
