import type { Feed, FeedEntry } from "../../payloads/feed.ts";
import type { Codec } from "../codec.ts";
import {
  type Bytes,
  byteAt,
  endOf,
  newBytes,
  next,
  readLength,
  readNumber,
  textOf,
  writeLength,
  writeNumber,
} from "./wire.ts";

// F, whose entries are too large to be views of what they share.

const languages = ["en", "nl", "de", "fr"] as const;

/** Never handed out. */
const scratch = newBytes(0x4_0000);

export const feedByHand: Codec = {
  encode(value) {
    const entries = value as Feed;
    const bytes = scratch;
    let text = "";
    let position = writeLength(bytes, 0, entries.length);
    for (let at = 0; at < entries.length; at++) {
      const entry = entries[at] as FeedEntry;
      const { id, authorId, createdAt, likes, replies } = entry;
      const bitsAt = position++;
      let bits = entry.isPinned ? 4 : 0;
      text += id;
      bytes[position++] = id.length;
      text += authorId;
      bytes[position++] = authorId.length;
      text += createdAt;
      bytes[position++] = createdAt.length;
      position = writeNumber(bytes, position, likes);
      position = writeNumber(bytes, position, replies);
      switch (entry.kind) {
        case "text": {
          const { text: own, language, mentions } = entry;
          bits |= (language === "en" ? 0 : language === "nl" ? 1 : language === "de" ? 2 : 3) << 3;
          text += own;
          position = writeLength(bytes, position, own.length);
          bytes[position++] = mentions.length;
          for (let index = 0; index < mentions.length; index++) {
            const mention = mentions[index] as string;
            text += mention;
            bytes[position++] = mention.length;
          }
          break;
        }
        case "image": {
          const { url, alt, width, height, crop } = entry;
          bits |= 1;
          text += url;
          bytes[position++] = url.length;
          if (alt !== null) {
            bits |= 8;
            text += alt;
            position = writeLength(bytes, position, alt.length);
          }
          position = writeNumber(bytes, position, width);
          position = writeNumber(bytes, position, height);
          position = writeNumber(bytes, position, crop.x);
          position = writeNumber(bytes, position, crop.y);
          position = writeNumber(bytes, position, crop.scale);
          break;
        }
        case "poll": {
          const { question, options, closesAt } = entry;
          bits |= 2;
          text += question;
          position = writeLength(bytes, position, question.length);
          bytes[position++] = options.length;
          for (let index = 0; index < options.length; index++) {
            const { label, votes, share } = options[index] as (typeof options)[number];
            text += label;
            bytes[position++] = label.length;
            position = writeNumber(bytes, position, votes);
            position = writeNumber(bytes, position, share);
          }
          text += closesAt;
          bytes[position++] = closesAt.length;
          break;
        }
        case "link": {
          const { url, title, summary, tags } = entry;
          bits |= 3;
          text += url;
          position = writeLength(bytes, position, url.length);
          text += title;
          position = writeLength(bytes, position, title.length);
          if (summary !== undefined) {
            bits |= 8;
            text += summary;
            position = writeLength(bytes, position, summary.length);
          }
          bytes[position++] = tags.length;
          for (let index = 0; index < tags.length; index++) {
            const tag = tags[index] as string;
            text += tag;
            bytes[position++] = tag.length;
          }
        }
      }
      bytes[bitsAt] = bits;
    }
    // Of the parts there is little: they are moved to where the text has its place.
    const entry = newBytes(position + text.length + 4);
    entry.set(bytes.subarray(0, position));
    endOf(entry, 0, position, text);
    return entry;
  },
  decode(stored) {
    const bytes = stored as Bytes;
    const text = textOf(bytes);
    const entries = new Array<unknown>(readLength(bytes, 0));
    let { position } = next;
    let cursor = 0;
    for (let at = 0; at < entries.length; at++) {
      const bits = byteAt(bytes, position++);
      const id = text.substring(cursor, (cursor += byteAt(bytes, position++)));
      const authorId = text.substring(cursor, (cursor += byteAt(bytes, position++)));
      const createdAt = text.substring(cursor, (cursor += byteAt(bytes, position++)));
      const likes = readNumber(bytes, position);
      const replies = readNumber(bytes, next.position);
      const isPinned = (bits & 4) !== 0;
      position = next.position;
      switch (bits & 3) {
        case 0: {
          const own = text.substring(cursor, (cursor += readLength(bytes, position)));
          position = next.position;
          const mentions = new Array<string>(byteAt(bytes, position++));
          for (let index = 0; index < mentions.length; index++) {
            mentions[index] = text.substring(cursor, (cursor += byteAt(bytes, position++)));
          }
          const language = languages[bits >> 3];
          entries[at] = {
            kind: "text",
            id,
            authorId,
            createdAt,
            likes,
            replies,
            isPinned,
            text: own,
            language,
            mentions,
          };
          break;
        }
        case 1: {
          const url = text.substring(cursor, (cursor += byteAt(bytes, position)));
          next.position = position + 1;
          const alt = (bits & 8) === 0 ? null : text.substring(cursor, (cursor += readLength(bytes, next.position)));
          const width = readNumber(bytes, next.position);
          const height = readNumber(bytes, next.position);
          const x = readNumber(bytes, next.position);
          const y = readNumber(bytes, next.position);
          const crop = { x, y, scale: readNumber(bytes, next.position) };
          position = next.position;
          entries[at] = {
            kind: "image",
            id,
            authorId,
            createdAt,
            likes,
            replies,
            isPinned,
            url,
            alt,
            width,
            height,
            crop,
          };
          break;
        }
        case 2: {
          const question = text.substring(cursor, (cursor += readLength(bytes, position)));
          position = next.position;
          const options = new Array<unknown>(byteAt(bytes, position++));
          for (let index = 0; index < options.length; index++) {
            const label = text.substring(cursor, (cursor += byteAt(bytes, position++)));
            const votes = readNumber(bytes, position);
            options[index] = { label, votes, share: readNumber(bytes, next.position) };
            position = next.position;
          }
          const closesAt = text.substring(cursor, (cursor += byteAt(bytes, position++)));
          entries[at] = {
            kind: "poll",
            id,
            authorId,
            createdAt,
            likes,
            replies,
            isPinned,
            question,
            options,
            closesAt,
          };
          break;
        }
        default: {
          const url = text.substring(cursor, (cursor += readLength(bytes, position)));
          const title = text.substring(cursor, (cursor += readLength(bytes, next.position)));
          const summary =
            (bits & 8) === 0 ? undefined : text.substring(cursor, (cursor += readLength(bytes, next.position)));
          position = next.position;
          const tags = new Array<string>(byteAt(bytes, position++));
          for (let index = 0; index < tags.length; index++) {
            tags[index] = text.substring(cursor, (cursor += byteAt(bytes, position++)));
          }
          entries[at] =
            summary === undefined
              ? { kind: "link", id, authorId, createdAt, likes, replies, isPinned, url, title, tags }
              : { kind: "link", id, authorId, createdAt, likes, replies, isPinned, url, title, summary, tags };
        }
      }
    }
    return entries;
  },
};
