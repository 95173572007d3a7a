import type { DatedUser } from "../../payloads/dated-user.ts";
import type { User } from "../../payloads/user.ts";
import type { Codec } from "../codec.ts";
import {
  type Bytes,
  byteAt,
  next,
  readDouble,
  readNumber,
  slabFor,
  textOf,
  viewOf,
  writeDouble,
  writeNumber,
} from "./wire.ts";

// A and AD: no text of them has more than 127 characters.

const locales = ["en", "nl", "de", "fr"] as const;
const plans = ["free", "pro", "team"] as const;
const themes = ["dark", "light", "system"] as const;

/** What both have alike. */
type Undated = Omit<User, "createdAt" | "seenAt">;

export const userByHand: Codec = {
  encode(value) {
    const user = value as User;
    const { createdAt, seenAt } = user;
    const { bytes, used } = slabFor(4096);
    bytes[used] = createdAt.length;
    bytes[used + 1] = seenAt.length;
    return writeUser(bytes, used + 2, createdAt + seenAt, user);
  },
  decode(stored) {
    const bytes = stored as Bytes;
    const text = textOf(bytes);
    let cursor = 0;
    const createdAt = text.substring(cursor, (cursor += byteAt(bytes, 0)));
    const seenAt = text.substring(cursor, (cursor += byteAt(bytes, 1)));
    return readUser(bytes, 2, text, cursor, createdAt, seenAt);
  },
};

export const datedUserByHand: Codec = {
  encode(value) {
    const user = value as DatedUser;
    const { bytes, used } = slabFor(4096);
    const position = writeDouble(bytes, writeDouble(bytes, used, user.createdAt.getTime()), user.seenAt.getTime());
    return writeUser(bytes, position, "", user);
  },
  decode(stored) {
    const bytes = stored as Bytes;
    const createdAt = new Date(readDouble(bytes, 0));
    const seenAt = new Date(readDouble(bytes, 8));
    return readUser(bytes, 16, textOf(bytes), 0, createdAt, seenAt);
  },
};

function writeUser(bytes: Bytes, start: number, dates: string, user: Undated): Uint8Array {
  const { id, email, name, locale, avatarUrl, bio, isVerified, plan, followers, following, settings, tags } = user;
  let position = start + 2;
  let bits = locale === "en" ? 0 : locale === "nl" ? 1 : locale === "de" ? 2 : 3;
  let text = dates + id;
  bytes[position++] = id.length;
  text += email;
  bytes[position++] = email.length;
  text += name;
  bytes[position++] = name.length;
  if (avatarUrl !== null) {
    bits |= 4;
    text += avatarUrl;
    bytes[position++] = avatarUrl.length;
  }
  if (bio !== undefined) {
    bits |= 8;
    text += bio;
    bytes[position++] = bio.length;
  }
  if (isVerified) bits |= 16;
  bits |= (plan === "free" ? 0 : plan === "pro" ? 1 : 2) << 5;
  position = writeNumber(bytes, position, followers);
  position = writeNumber(bytes, position, following);
  const { theme, mail, push, pageSize } = settings;
  bits |= (theme === "dark" ? 0 : theme === "light" ? 1 : 2) << 7;
  if (mail) bits |= 512;
  if (push) bits |= 1024;
  position = writeNumber(bytes, position, pageSize);
  bytes[position++] = tags.length;
  for (let index = 0; index < tags.length; index++) {
    const tag = tags[index] as string;
    text += tag;
    bytes[position++] = tag.length;
  }
  bytes[start] = bits;
  bytes[start + 1] = bits >> 8;
  return viewOf(position, text);
}

function readUser<Moment>(
  bytes: Bytes,
  start: number,
  text: string,
  textStart: number,
  createdAt: Moment,
  seenAt: Moment,
): unknown {
  const bits = byteAt(bytes, start) | (byteAt(bytes, start + 1) << 8);
  let position = start + 2;
  let cursor = textStart;
  const id = text.substring(cursor, (cursor += byteAt(bytes, position++)));
  const email = text.substring(cursor, (cursor += byteAt(bytes, position++)));
  const name = text.substring(cursor, (cursor += byteAt(bytes, position++)));
  const avatarUrl = (bits & 4) === 0 ? null : text.substring(cursor, (cursor += byteAt(bytes, position++)));
  const bio = (bits & 8) === 0 ? undefined : text.substring(cursor, (cursor += byteAt(bytes, position++)));
  const followers = readNumber(bytes, position);
  const following = readNumber(bytes, next.position);
  const pageSize = readNumber(bytes, next.position);
  position = next.position;
  const tags = new Array<string>(byteAt(bytes, position++));
  for (let index = 0; index < tags.length; index++) {
    tags[index] = text.substring(cursor, (cursor += byteAt(bytes, position++)));
  }
  const locale = locales[bits & 3];
  const isVerified = (bits & 16) !== 0;
  const plan = plans[(bits >> 5) & 3];
  const settings = {
    theme: themes[(bits >> 7) & 3],
    mail: (bits & 512) !== 0,
    push: (bits & 1024) !== 0,
    pageSize,
  };
  return bio === undefined
    ? {
        id,
        email,
        name,
        locale,
        createdAt,
        seenAt,
        avatarUrl,
        isVerified,
        plan,
        followers,
        following,
        settings,
        tags,
      }
    : {
        id,
        email,
        name,
        locale,
        createdAt,
        seenAt,
        avatarUrl,
        bio,
        isVerified,
        plan,
        followers,
        following,
        settings,
        tags,
      };
}
