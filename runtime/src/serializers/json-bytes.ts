import type { Buffer } from "node:buffer";

export const quote: number = 0x22;
export const comma: number = 0x2c;
export const openBracket: number = 0x5b;
const backslash: number = 0x5c;
export const closeBracket: number = 0x5d;
export const openBrace: number = 0x7b;
export const closeBrace: number = 0x7d;

/** A string is looked through byte by byte up to here. Bytes. */
const shortLength = 64;

/** Where a string ends, at its last quote; -1 where that is not before `limit`. */
export function endOfString(bytes: Buffer, from: number, limit: number): number {
  // Most are short, and found sooner than by a call.
  const near = Math.min(limit, from + shortLength);
  let at = from;
  for (; at < near; at += 1) {
    if (bytes[at] === quote) return at;
    if (bytes[at] === backslash) at += 1;
  }
  if (!bytes.subarray(at, limit).includes(quote)) return -1;
  for (; at < limit; at += 1) {
    if (bytes[at] === quote) return at;
    if (bytes[at] === backslash) at += 1;
  }
  return -1;
}

/** Where a part of a string may end at the latest: neither within an escape nor within a character; -1 where it has no such place. */
export function beforeEscape(bytes: Buffer, from: number, end: number): number {
  // As long as `\uFFFF`.
  const last = bytes.subarray(from, end).subarray(-6).lastIndexOf(backslash);
  let start = end;
  if (last !== -1) start = startOfBackslashes(bytes, Math.max(from, end - 6) + last);
  else while (isContinuation(bytes[start])) start -= 1;
  return start <= from || end >= bytes.length ? -1 : start;
}

/** Of those right before a place. */
function startOfBackslashes(bytes: Buffer, end: number): number {
  let start = end;
  while (bytes[start - 1] === backslash) start -= 1;
  return start;
}

export function skipSpace(bytes: Buffer, from: number, limit: number): number {
  let at = from;
  while (at < limit && isSpace(bytes[at])) at += 1;
  return at;
}

/** Of a character of several bytes, whether it is not the first. */
export function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte < 0xc0;
}

export function isBlank(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (!isSpace(text.charCodeAt(at))) return false;
  return true;
}

function isSpace(unit: number | undefined): boolean {
  return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
}
