import type { FastBuffer } from "../serializers/fast-buffer.ts";
import { isContinuation } from "../serializers/json-bytes.ts";
import { unreadable } from "./input.ts";
import { TextForm } from "./text-form.ts";

/**
 * Of more bytes no string is made at once. V8 keeps strings of a megabyte outside of its heap, and for a few dozen of them collects
 * the garbage of all of it.
 */
export const minPaged: number = 128 * 1024;
/** Even, so that no code unit is divided. */
const pageBytes = 32 * 1024;

/** Text of one of the forms that are not packed, as one string. */
export function textOf(bytes: FastBuffer, start: number, end: number, form: number): string {
  if (start === end) return "";
  switch (form) {
    case TextForm.latin1:
      return bytes.latin1Slice(start, end);
    case TextForm.utf8:
      return bytes.utf8Slice(start, end);
    case TextForm.utf16:
      return (end - start) % 2 === 0 ? bytes.ucs2Slice(start, end) : unreadable();
    default:
      return unreadable();
  }
}

/** The same text in several strings, which V8 puts together where somebody looks into the whole. */
export function pagesOf(bytes: FastBuffer, start: number, end: number, form: number): readonly string[] {
  const pages: string[] = [];
  for (let at = start; at < end; ) {
    const until = end - at <= pageBytes ? end : characterAt(bytes, at + pageBytes, form);
    pages.push(textOf(bytes, at, until, form));
    at = until;
  }
  return pages;
}

/** Where the character begins to which this byte belongs. */
function characterAt(bytes: FastBuffer, position: number, form: number): number {
  if (form !== TextForm.utf8) return position;
  let at = position;
  // A character has no more than three of them.
  while (at > position - 3 && isContinuation(bytes[at])) at--;
  return at;
}
