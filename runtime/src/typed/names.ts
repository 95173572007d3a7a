import { type Input, readCount, readLength, setOwn } from "./input.ts";
import { writeLength } from "./output.ts";
import { RecordShape } from "./record-shape.ts";

/**
 * Names of a record come before its values, one after the other, so that those that were read before are known again by one
 * comparison: to find the property that a new string names takes V8 longer than all else.
 */

/** Writes the names of a record, but for their characters: how many there are, and how long each is. */
export function writeNames(bytes: Uint8Array, position: number, names: readonly string[]): number {
  let at = writeLength(bytes, position, names.length);
  for (const { length } of names) {
    if (length < 0x80) bytes[at++] = length;
    else at = writeLength(bytes, at, length);
  }
  return at;
}

/** A record of so many names is mostly one that V8 looks names up in, and gives its values out slowly. */
const maxAtOnce = 128;

/** What a record has under its own names. */
export function valuesOf(record: Readonly<Record<string, unknown>>, names: readonly string[]): readonly unknown[] {
  return names.length <= maxAtOnce ? Object.values(record) : names.map((name) => record[name]);
}

/** Names that came together before. */
interface Known {
  /** All of them, one after the other. */
  readonly text: string;
  readonly names: readonly string[];
  /** How often they were read since. */
  reads: number;
  /** How records of them are made, once they were read often. */
  shape: RecordShape | undefined;
}

/** Where names are looked for; each place holds those that came last, so they stay few. */
const places = 256;
const known: (Known | undefined)[] = new Array(places).fill(undefined);
/** What names were like that came to a place and were not known: what comes twice is kept. */
const seen = new Int32Array(places);
/** Longer ones are not kept, so all that are take some megabytes at most. */
const maxKept = 4096;

/**
 * The characters of the names of a record, one after the other. Of names that came together before it is the string that was
 * kept of them: to put that together anew, and to write it, takes V8 longer than to compare all of them.
 */
export function joinNames(names: readonly string[]): string {
  const count = names.length;
  const [first, middle, end] = [names[0], names[count >> 1], names[count - 1]];
  if (first === undefined || middle === undefined || end === undefined) return "";
  const place = placeOf(count, first, first.length, middle.length, end.length);
  const last = known[place];
  if (last !== undefined && isSame(last.names, names)) return last.text;
  let all = "";
  for (const name of names) all += name;
  if (all.length <= maxKept) remember(place, all, names);
  return all;
}

function isSame(names: readonly string[], others: readonly string[]): boolean {
  if (names.length !== others.length) return false;
  for (let index = 0; index < names.length; index++) if (names[index] !== others[index]) return false;
  return true;
}

/** Of how many there are, what they begin with, and how long three of them are: to look at all takes as long as to compare them. */
function placeOf(count: number, text: string, first: number, middle: number, last: number): number {
  const lengths = Math.imul(Math.imul(first, 31) + middle, 31) + last;
  const hash = Math.imul(lengths, 31) + count;
  return (hash ^ (hash >>> 8) ^ (hash >>> 16) ^ text.charCodeAt(0)) & (places - 1);
}

/** To make a shape takes as long as some dozen records, and names that share their place with others may be gone soon. */
const readsBeforeShape = 32;

/** Those that `readNames` gave last, if they were known and are no more than V8 makes a shape of. */
let current: Known | undefined;

/** An empty record for the names that `readNames` gave last. */
export function newRecord(): Record<string, unknown> {
  if (current === undefined) return {};
  if (current.shape !== undefined) return current.shape.newRecord();
  if (current.reads++ === readsBeforeShape) current.shape = new RecordShape(current.names);
  return {};
}

/** Reads the names of a record, each at least a byte and followed by its value. */
export function readNames(input: Input, position: number): readonly string[] {
  const { bytes, text } = input;
  const count = readCount(input, position, 1);
  const start = input.position;
  let at = start;
  let total = 0;
  let first = 0;
  let middle = 0;
  let length = 0;
  for (let index = 0; index < count; index++) {
    length = bytes[at++] as number;
    if (length > 0x7f) {
      length = readLength(input, at - 1);
      at = input.position;
    }
    if (index === 0) first = length;
    if (index === count >> 1) middle = length;
    total += length;
  }
  input.position = at;
  const all = text.substring(input.cursor, input.cursor + total);
  input.cursor += total;
  const place = placeOf(count, all, first, middle, length);
  const last = known[place];
  const isAlike = last !== undefined && last.names.length === count && last.text === all;
  if (isAlike && hasLengths(last.names, input, start)) {
    input.position = at;
    current = count <= maxAtOnce ? last : undefined;
    return last.names;
  }
  current = undefined;
  const names = separate(input, start, count, all);
  if (total <= maxKept) remember(place, all, names);
  return names;
}

/** Whether these are the lengths of the names: of one text there may be others. */
function hasLengths(names: readonly string[], input: Input, start: number): boolean {
  let at = start;
  for (const { length } of names) {
    if (length < 0x80 ? input.bytes[at++] !== length : readLength(input, at) !== length) return false;
    if (length >= 0x80) at = input.position;
  }
  return true;
}

function separate(input: Input, start: number, count: number, all: string): readonly string[] {
  const end = input.position;
  const names: string[] = new Array(count);
  let at = start;
  let before = 0;
  for (let index = 0; index < count; index++) {
    const length = readLength(input, at);
    at = input.position;
    names[index] = all.substring(before, before + length);
    before += length;
  }
  input.position = end;
  return names;
}

function remember(place: number, all: string, names: readonly string[]): void {
  let like = names.length;
  for (let at = 0; at < all.length; at += 1 + (all.length >> 4)) like = (Math.imul(like, 31) + all.charCodeAt(at)) | 0;
  if (seen[place] !== like) {
    seen[place] = like;
    return;
  }
  // As names of properties V8 has each of them once.
  const record: Record<string, unknown> = {};
  for (const name of names) setOwn(record, name, undefined);
  const own = Object.keys(record);
  // Numbers would come first, and what came twice once: such are none that an encoder has written.
  if (own.length === names.length && own.every((name, index) => name === names[index]))
    known[place] = { text: own.join(""), names: own, reads: 0, shape: undefined };
}
