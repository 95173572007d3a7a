import { type FastBuffer, newBuffer } from "../serializers/fast-buffer.ts";
import { type Position, readLength, readSixBytes, unreadable } from "./input.ts";
import { firstMs, lastMs, momentLength, parseMoment, printMoment } from "./moment-text.ts";
import { dateOffsetMs, writeLength, writeSixBytes } from "./output.ts";
import { beyondLatin1 } from "./text-form.ts";
import { parseUuid, printUuid, uuidBytes, uuidLength } from "./uuid-text.ts";

/** Where what was taken out of a text ends in the bytes, and the text without it. */
export interface Packed {
  readonly end: number;
  readonly rest: string;
}

const dash = 0x2d;
const momentBytes = 6;
/** Six bytes do not hold all moments: later ones stay text. */
const lastPackedMs = Math.min(lastMs, dateOffsetMs - 1);

/**
 * Takes UUIDs and moments out of a text, wherever they stand in it, and writes them as bytes: how many characters come before
 * each of them, twice, odd for a moment; then 16 bytes of a UUID, or six of milliseconds.
 *
 * What is written otherwise, such as UUIDs in capitals, an offset or a 30th of February, stays text, so all comes back.
 *
 * @param bytes - with room for three bytes a character
 */
export function packItems(text: string, bytes: FastBuffer, position: number): Packed {
  let end = position;
  let rest = "";
  // All before this is in `rest`, or taken out.
  let done = 0;
  let at = text.indexOf("-");
  if (at < 0) return { end, rest: text };
  // Bytes are looked at in half the time of characters. What is written before them never gets there.
  const flat = position + text.length * 2;
  bytes.latin1Write(text, flat);
  const isWide = beyondLatin1.test(text);
  for (; at >= 0; at = text.indexOf("-", Math.max(at + 1, done))) {
    // The first dash of a UUID is behind eight digits, that of a moment behind four.
    const isMoment = bytes[flat + at + 3] === dash;
    const start = at - (isMoment ? 4 : 8);
    const next = start + (isMoment ? momentLength : uuidLength);
    if (start < done || next > text.length) continue;
    const payload = writeLength(bytes, end, (start - done) * 2 + (isMoment ? 1 : 0));
    let itemEnd = payload;
    if (isMoment) {
      const ms = parseMoment(bytes, flat + start);
      if (ms <= lastPackedMs) itemEnd = writeSixBytes(bytes, payload, ms + dateOffsetMs);
    } else if (parseUuid(bytes, flat + start, bytes, payload)) itemEnd = payload + uuidBytes;
    // Of characters beyond, a byte is left that may be taken for a digit.
    if (itemEnd === payload || (isWide && beyondLatin1.test(text.substring(start, next)))) continue;
    end = itemEnd;
    rest += text.substring(done, start);
    done = next;
  }
  return { end, rest: done === 0 ? text : rest + text.substring(done) };
}

/** What was taken out of a text. */
export interface Items {
  /** All of it, one after the other, in ASCII; nothing else may be unpacked before this is read. */
  readonly bytes: FastBuffer;
  readonly length: number;
  /** Where each of them begins in the whole text, and how long it is. */
  readonly starts: readonly number[];
  readonly lengths: readonly number[];
}

let printed = newBuffer(0);
/** A larger one is not kept. */
const maxKept = 0x10_0000;

/** Reads what {@link packItems} wrote between two places. */
export function unpackItems(packed: Uint8Array, start: number, end: number): Items {
  // Six bytes become 24 characters.
  const most = (end - start) * 4;
  const bytes = most <= printed.length ? printed : newBuffer(most);
  if (most <= maxKept) printed = bytes;
  const input: Position = { bytes: packed, position: start };
  const starts: number[] = [];
  const lengths: number[] = [];
  let length = 0;
  let ofRest = 0;
  while (input.position < end) {
    const code = readLength(input, input.position);
    const isMoment = code % 2 === 1;
    const payload = input.position;
    input.position += isMoment ? momentBytes : uuidBytes;
    if (input.position > end) unreadable();
    ofRest += Math.floor(code / 2);
    starts.push(ofRest + length);
    if (isMoment) {
      const ms = readSixBytes(packed, payload) - dateOffsetMs;
      if (ms < firstMs) unreadable();
      printMoment(ms, bytes, length);
    } else printUuid(packed, payload, bytes, length);
    lengths.push(isMoment ? momentLength : uuidLength);
    length += isMoment ? momentLength : uuidLength;
  }
  return { bytes, length, starts, lengths };
}
