import { CachetoryError } from "../errors.ts";
import { asBuffer, type FastBuffer } from "../serializers/fast-buffer.ts";
import { type Input, type Position, type Text, unreadable } from "./input.ts";
import { unpackItems } from "./packed-items.ts";
import { PackedText } from "./packed-text.ts";
import { TextForm } from "./text-form.ts";
import type { ReadText } from "./text-reader.ts";

/**
 * An entry is a header, the value without its text, what was packed of the text, the text, and numbers that are read from the
 * end: where the text begins, and where it is packed, how long that is.
 */
export const headerLength = 4;
/** The format and its version: a byte that begins no text in UTF-8, no pickle, and nothing that msgpack knows. */
export const firstByte = 0xc1;
/** Of both numbers. */
export const maxTrailer = 16;

/** A length and a form, to be read from the last byte on, so the low digits stand last. */
export function writeTrailer(bytes: Uint8Array, position: number, length: number, form: number): number {
  let trailer = length * 4 + form;
  // Nearly all take two bytes at most; a function that calls itself is never put in place.
  if (trailer >= 0x4000) return writeBackwards(bytes, position, trailer);
  let at = position;
  if (trailer > 0x7f) {
    bytes[at++] = trailer >> 7;
    trailer |= 0x80;
  }
  bytes[at++] = trailer;
  return at;
}

function writeBackwards(bytes: Uint8Array, position: number, number: number): number {
  if (number < 0x80) {
    bytes[position] = number;
    return position + 1;
  }
  const end = writeBackwards(bytes, position, Math.floor(number / 0x80));
  // The digit before goes on.
  bytes[end] = (number % 0x80) | 0x80;
  return end + 1;
}

/** Reads what ends before the position, which is left where it begins. */
function readTrailer(input: Position): number {
  const { bytes } = input;
  let at = input.position - 1;
  let byte = bytes[at] as number;
  let trailer = byte & 0x7f;
  for (let factor = 0x80; byte > 0x7f; factor *= 0x80) {
    at -= 1;
    if (at < headerLength || factor > 2 ** 42) unreadable();
    byte = bytes[at] as number;
    trailer += (byte & 0x7f) * factor;
  }
  input.position = at;
  return trailer;
}

/**
 * An entry, ready to be decoded.
 *
 * @throws CachetoryError `UNREADABLE` where it begins otherwise, or its parts do not fit
 */
export function openEntry(stored: Uint8Array, header: Uint8Array, readText: ReadText): Input {
  const bytes = asBuffer(stored);
  if (bytes.length <= headerLength || bytes[0] !== header[0]) {
    throw new CachetoryError("UNREADABLE", "The entry is none of this version of typed.");
  }
  if (bytes[1] !== header[1] || bytes[2] !== header[2] || bytes[3] !== header[3]) {
    throw new CachetoryError("UNREADABLE", "The entry is of another type, or of another layout.");
  }
  const from: Position = { bytes, position: bytes.length };
  const trailer = readTrailer(from);
  const form = trailer % 4;
  const end = headerLength + (trailer - form) / 4;
  if (end > from.position) unreadable();
  const isPacked = form === TextForm.packed;
  const text = isPacked ? readPacked(bytes, end, from, readText) : readText(bytes, end, from.position, form);
  return { bytes, end, position: headerLength, text, cursor: 0, unclaimed: end - headerLength };
}

/** @param start - where what was packed begins */
function readPacked(bytes: FastBuffer, start: number, from: Position, readText: ReadText): Text {
  const trailer = readTrailer(from);
  const form = trailer % 4;
  const end = start + (trailer - form) / 4;
  if (end > from.position) unreadable();
  const items = unpackItems(bytes, start, end);
  const text = readText(items.bytes, 0, items.length, TextForm.latin1);
  return new PackedText(readText(bytes, end, from.position, form), text, items);
}
