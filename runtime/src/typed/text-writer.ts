import type { FastBuffer } from "../serializers/fast-buffer.ts";
import { maxTrailer, writeTrailer } from "./entry-frame.ts";
import { packItems } from "./packed-items.ts";
import { beyondLatin1, TextForm, type TypedLayout } from "./text-form.ts";

/** So many texts in a row are latin1, after one that was not ASCII, before one is tried as ASCII again. */
const latin1BeforeAscii = 15;
/** So many characters are looked at to tell what most of a text is. */
const sampleLength = 16;

/** Writes text in the form that suits it, which depends on nothing but the text and the layout. */
export class TextWriter {
  readonly #isCompact: boolean;
  /** Whether the next text is tried as ASCII, for texts of one type are alike: a guess at what is faster. */
  #expectsAscii: boolean;
  /** How many texts in a row were latin1 since one was not ASCII. */
  #latin1Count = 0;
  /** Of the last text. */
  form: TextForm = TextForm.latin1;

  constructor(layout: TypedLayout) {
    this.#isCompact = layout === "compact";
    this.#expectsAscii = !this.#isCompact;
  }

  /** The bytes that a text and a trailer behind it may take. */
  roomFor(text: string): number {
    return text.length * (this.#expectsAscii ? 1 : 3) + maxTrailer;
  }

  /** Writes text; its end, or nothing where it has no room, or is not what was expected: written once more, it is. */
  write(bytes: FastBuffer, position: number, text: string): number | undefined {
    const { length } = text;
    if (length === 0 || !this.#expectsAscii) return this.#writeOther(bytes, position, text);
    if (position + length + maxTrailer > bytes.length) return undefined;
    // What is none takes more than a byte for each character, up to where there is no room.
    if (bytes.utf8Write(text, position) !== length) return this.#expectOther();
    // ASCII is latin1 too, and that is read faster.
    this.form = TextForm.latin1;
    return position + length;
  }

  #expectOther(): undefined {
    this.#expectsAscii = false;
    this.#latin1Count = 0;
  }

  #as(form: TextForm, end: number): number {
    this.form = form;
    return end;
  }

  #writeOther(bytes: FastBuffer, position: number, text: string): number | undefined {
    if (position + this.roomFor(text) > bytes.length) return undefined;
    if (text.length === 0) return this.#as(TextForm.latin1, position);
    if (this.#isCompact) return this.#writeCompact(bytes, position, text);
    if (!beyondLatin1.test(text)) {
      this.#expectsAscii = ++this.#latin1Count === latin1BeforeAscii;
      return this.#as(TextForm.latin1, position + bytes.latin1Write(text, position));
    }
    this.#latin1Count = 0;
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
const [lead = 0, middle = 0, last = 0] = replacement;

/**
 * Whether text is in UTF-8 what it was. To look at the bytes first takes a twentieth of the time: for the first of those three,
 * which is rare, and for all three where it is found. They stand behind the text, where there is room for a trailer, too, so that
 * the search ends there.
 */
function isWhole(bytes: FastBuffer, start: number, end: number, text: string): boolean {
  bytes[end] = lead;
  bytes[end + 1] = middle;
  bytes[end + 2] = last;
  return bytes.indexOf(lead, start) === end || bytes.indexOf(replacement, start) === end || isWellFormed(text);
}

function isWellFormed(text: string): boolean {
  return (text as string & { isWellFormed(): boolean }).isWellFormed();
}
