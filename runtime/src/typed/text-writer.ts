import type { FastBuffer } from "../serializers/fast-buffer.ts";
import { maxTrailer, writeTrailer } from "./entry-frame.ts";
import { packItems } from "./packed-items.ts";
import { beyondLatin1, TextForm, type TypedLayout } from "./text-form.ts";

/** So many texts are not tried as ASCII after one that was none. */
const testedAfterOther = 15;
/** So many characters are looked at to tell what most of a text is. */
const sampleLength = 16;

/** Writes text in the form that suits it, which depends on nothing but the text and the layout. */
export class TextWriter {
  readonly #isCompact: boolean;
  /** How many texts are tested before they are written, for texts of one type are alike: a guess at what is faster. */
  #tested = 0;
  /** Of the last text. */
  form: TextForm = TextForm.latin1;

  constructor(layout: TypedLayout) {
    this.#isCompact = layout === "compact";
  }

  /** The bytes that {@link write} and a trailer behind it may take. */
  roomFor(text: string): number {
    return text.length * (this.#expectsAscii ? 1 : 3) + maxTrailer;
  }

  /** Writes text where there is the room for it; its end, or nothing where it turns out to take more. */
  write(bytes: FastBuffer, position: number, text: string): number | undefined {
    if (text === "") return this.#as(TextForm.latin1, position);
    if (this.#isCompact) return this.#writeCompact(bytes, position, text);
    return this.#expectsAscii ? this.#writeAscii(bytes, position, text) : this.#writeTested(bytes, position, text);
  }

  get #expectsAscii(): boolean {
    return !this.#isCompact && this.#tested === 0;
  }

  #as(form: TextForm, end: number): number {
    this.form = form;
    return end;
  }

  #writeAscii(bytes: FastBuffer, position: number, text: string): number | undefined {
    // What is none takes more than a byte for each character, up to where there is no room.
    const end = position + bytes.utf8Write(text, position);
    // ASCII is latin1 too, and that is read faster.
    if (end - position === text.length) return this.#as(TextForm.latin1, end);
    this.#tested = testedAfterOther;
    return undefined;
  }

  #writeTested(bytes: FastBuffer, position: number, text: string): number {
    this.#tested--;
    if (!beyondLatin1.test(text)) return this.#as(TextForm.latin1, position + bytes.latin1Write(text, position));
    // Beyond latin1, V8 writes and reads two bytes a character ten times as fast as UTF-8.
    if (isMostlyAscii(text)) {
      const end = position + bytes.utf8Write(text, position);
      if (isWhole(bytes, position, end, text)) return this.#as(TextForm.utf8, end);
    }
    return this.#as(TextForm.utf16, position + bytes.ucs2Write(text, position));
  }

  #writeCompact(bytes: FastBuffer, position: number, text: string): number {
    const { end, rest } = packItems(text, bytes, position);
    const restEnd = this.#writeShortest(bytes, end, rest);
    if (end === position) return restEnd;
    const trailerEnd = writeTrailer(bytes, restEnd, end - position, this.form);
    return this.#as(TextForm.packed, trailerEnd);
  }

  #writeShortest(bytes: FastBuffer, position: number, text: string): number {
    const end = position + bytes.utf8Write(text, position);
    if (end - position === text.length) return this.#as(TextForm.latin1, end);
    if (!beyondLatin1.test(text)) return this.#as(TextForm.latin1, position + bytes.latin1Write(text, position));
    if (end - position < text.length * 2 && isWhole(bytes, position, end, text)) return this.#as(TextForm.utf8, end);
    return this.#as(TextForm.utf16, position + bytes.ucs2Write(text, position));
  }
}

/** Whether UTF-8 takes not much more than a byte for a character, as far as a sample tells. */
function isMostlyAscii(text: string): boolean {
  const step = Math.ceil(text.length / sampleLength);
  let further = 0;
  let count = 0;
  for (let at = 0; at < text.length; at += step, count++) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f) further += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return further <= count * 0.25;
}

/** What UTF-8 has in place of half of a pair that stands alone, which it cannot say. */
const replacement = Buffer.from("\ufffd");

/** Whether text is in UTF-8 what it was: to look at the bytes first takes a fifth of the time. */
function isWhole(bytes: FastBuffer, start: number, end: number, text: string): boolean {
  return !bytes.subarray(start, end).includes(replacement) || isWellFormed(text);
}

function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
