import { type FastBuffer, newBuffer } from "./fast-buffer.ts";
import { type Text, unreadable } from "./input.ts";
import { TextForm } from "./text-form.ts";

/** Reads text of one of the forms that are not packed. */
export type ReadText = (bytes: FastBuffer, start: number, end: number, form: number) => Text;

/** All text as one string: those of more than 12 characters that are taken out of it keep it in memory. */
export function readText(bytes: FastBuffer, start: number, end: number, form: number): string {
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

/** The same, out of which strings are taken that keep nothing else in memory. */
export function readDetachedText(bytes: FastBuffer, start: number, end: number, form: number): Text {
  if (form === TextForm.latin1) return new DetachedText(bytes, start, end - start, false);
  const text = readText(bytes, start, end, form);
  if (form === TextForm.utf16) return new DetachedText(bytes, start, text.length, true);
  // Where a character of UTF-8 stands, nobody knows without counting.
  const wide = newBuffer(text.length * 2);
  wide.ucs2Write(text, 0);
  return new DetachedText(wide, 0, text.length, true);
}

/** Text that stays bytes until some of it is asked for. */
class DetachedText implements Text {
  readonly #bytes: FastBuffer;
  readonly #start: number;
  readonly #isWide: boolean;
  readonly length: number;

  constructor(bytes: FastBuffer, start: number, length: number, isWide: boolean) {
    this.#bytes = bytes;
    this.#start = start;
    this.#isWide = isWide;
    this.length = length;
  }

  substring(from: number, to: number): string {
    // As of a string: there is nothing beyond the end.
    const [start, end] = [Math.min(from, this.length), Math.min(to, this.length)];
    return this.#isWide
      ? this.#bytes.ucs2Slice(this.#start + start * 2, this.#start + end * 2)
      : this.#bytes.latin1Slice(this.#start + start, this.#start + end);
  }
}
