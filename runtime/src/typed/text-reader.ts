import { type FastBuffer, newBuffer } from "../serializers/fast-buffer.ts";
import { type Text, unreadable } from "./input.ts";
import { PagedText } from "./paged-text.ts";
import { TextForm } from "./text-form.ts";
import { minPaged, pagesOf, textOf } from "./text-pages.ts";

/** Reads text of one of the forms that are not packed. */
export type ReadText = (bytes: FastBuffer, start: number, end: number, form: number) => Text;

/** Strings that are taken out of it, of more than 12 characters, keep it in memory; out of much text, the pages that they are on. */
export function readText(bytes: FastBuffer, start: number, end: number, form: number): Text {
  return end - start < minPaged ? textOf(bytes, start, end, form) : new PagedText(pagesOf(bytes, start, end, form));
}

/** The same, out of which strings are taken that keep nothing else in memory. */
export function readDetachedText(bytes: FastBuffer, start: number, end: number, form: number): Text {
  switch (form) {
    case TextForm.latin1:
      return new DetachedText(bytes, start, end - start, form);
    case TextForm.utf16:
      return (end - start) % 2 === 0 ? new DetachedText(bytes, start, (end - start) / 2, form) : unreadable();
    case TextForm.utf8: {
      // Where a character stands, nobody knows without counting.
      const wide = wideOf(pagesOf(bytes, start, end, form));
      return new DetachedText(wide, 0, wide.length / 2, TextForm.utf16);
    }
    default:
      return unreadable();
  }
}

function wideOf(pages: readonly string[]): FastBuffer {
  const wide = newBuffer(pages.reduce((length, page) => length + page.length * 2, 0));
  let at = 0;
  for (const page of pages) at += wide.ucs2Write(page, at);
  return wide;
}

/** Text that stays bytes until some of it is asked for. */
class DetachedText implements Text {
  readonly #bytes: FastBuffer;
  readonly #start: number;
  readonly #form: number;
  readonly length: number;

  /** @param form - in which each code unit takes as many bytes as any other */
  constructor(bytes: FastBuffer, start: number, length: number, form: number) {
    this.#bytes = bytes;
    this.#start = start;
    this.#form = form;
    this.length = length;
  }

  substring(from: number, to: number): string {
    const width = this.#form === TextForm.utf16 ? 2 : 1;
    // As of a string: there is nothing beyond the end.
    const start = this.#start + Math.min(from, this.length) * width;
    const end = this.#start + Math.min(to, this.length) * width;
    if (end - start < minPaged) return textOf(this.#bytes, start, end, this.#form);
    return pagesOf(this.#bytes, start, end, this.#form).reduce((text, page) => text + page, "");
  }
}
