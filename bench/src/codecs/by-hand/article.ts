import type { Article } from "../../payloads/article.ts";
import type { Codec } from "../codec.ts";
import {
  type Bytes,
  next,
  readLength,
  readNumber,
  readWhole,
  slabFor,
  viewTo,
  writeLength,
  writeNumber,
  writeWhole,
} from "./wire.ts";

// G: what is no latin1 is UTF-8 where most is Latin, and else has two bytes a character. These begin at even places, where they are
// read and written faster.

const latin1 = 0;
const utf8 = 1;
const utf16 = 2;

const beyondLatin1 = /[^\0-\xff]/;

export const articleByHand: Codec = {
  encode(value) {
    const { slug, title, summary, body, reactions, words } = value as Article;
    const { bytes, used: start } = slabFor(4096);
    let position = writeLength(bytes, start, slug.length);
    position = writeLength(bytes, position, title.length);
    position = writeLength(bytes, position, summary.length);
    position = writeLength(bytes, position, body.length);
    position = writeLength(bytes, position, reactions.length);
    let text = slug + title + summary + body;
    for (let index = 0; index < reactions.length; index++) {
      const reaction = reactions[index] as string;
      position = writeLength(bytes, position, reaction.length);
      text += reaction;
    }
    position = writeNumber(bytes, position, words);
    position += (position - start) & 1;
    const form = !beyondLatin1.test(text) ? latin1 : body.charCodeAt(0) < 0x100 ? utf8 : utf16;
    const end =
      position +
      (form === latin1
        ? bytes.latin1Write(text, position)
        : form === utf8
          ? bytes.utf8Write(text, position)
          : bytes.ucs2Write(text, position));
    return viewTo(writeWhole(bytes, end + ((end - start) & 1), ((position - start) << 2) | form));
  },
  decode(stored) {
    const bytes = stored as Bytes;
    const whole = readWhole(bytes, bytes.length - 4);
    const form = whole & 3;
    const start = whole >> 2;
    const end = bytes.length - 4;
    // A byte too many at the end is no part of what is taken.
    const text =
      form === latin1
        ? bytes.latin1Slice(start, end)
        : form === utf8
          ? bytes.utf8Slice(start, end)
          : bytes.ucs2Slice(start, end);
    let cursor = readLength(bytes, 0);
    const slug = text.substring(0, cursor);
    const title = text.substring(cursor, (cursor += readLength(bytes, next.position)));
    const summary = text.substring(cursor, (cursor += readLength(bytes, next.position)));
    const body = text.substring(cursor, (cursor += readLength(bytes, next.position)));
    const reactions = new Array<string>(readLength(bytes, next.position));
    for (let index = 0; index < reactions.length; index++) {
      reactions[index] = text.substring(cursor, (cursor += readLength(bytes, next.position)));
    }
    return { slug, title, summary, body, reactions, words: readNumber(bytes, next.position) };
  },
};
