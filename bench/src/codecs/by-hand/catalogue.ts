import type { Catalogue, Item } from "../../payloads/catalogue.ts";
import type { Codec } from "../codec.ts";
import {
  type Bytes,
  byteAt,
  next,
  readLength,
  readNumber,
  slabFor,
  textOf,
  viewOf,
  writeLength,
  writeNumber,
} from "./wire.ts";

// B.

const currencies = ["EUR", "USD", "GBP"] as const;

export const catalogueByHand: Codec = {
  encode(value) {
    const items = value as Catalogue;
    const { bytes, used: start } = slabFor(0x4000);
    let text = "";
    let position = writeLength(bytes, start, items.length);
    for (let at = 0; at < items.length; at++) {
      const { id, title, price, currency, stock, discount, rating, categories, updatedAt } = items[at] as Item;
      let bits = currency === "EUR" ? 0 : currency === "USD" ? 1 : 2;
      const bitsAt = position++;
      text += id;
      bytes[position++] = id.length;
      text += title;
      position = writeLength(bytes, position, title.length);
      position = writeNumber(bytes, position, price);
      position = writeNumber(bytes, position, stock);
      if (discount !== undefined) {
        bits |= 4;
        position = writeNumber(bytes, position, discount);
      }
      if (rating !== null) {
        bits |= 8;
        position = writeNumber(bytes, position, rating);
      }
      bytes[position++] = categories.length;
      for (let index = 0; index < categories.length; index++) {
        const category = categories[index] as string;
        text += category;
        bytes[position++] = category.length;
      }
      text += updatedAt;
      bytes[position++] = updatedAt.length;
      bytes[bitsAt] = bits;
    }
    return viewOf(position, text);
  },
  decode(stored) {
    const bytes = stored as Bytes;
    const text = textOf(bytes);
    const items = new Array<unknown>(readLength(bytes, 0));
    let { position } = next;
    let cursor = 0;
    for (let at = 0; at < items.length; at++) {
      const bits = byteAt(bytes, position++);
      const id = text.substring(cursor, (cursor += byteAt(bytes, position)));
      const title = text.substring(cursor, (cursor += readLength(bytes, position + 1)));
      const price = readNumber(bytes, next.position);
      const stock = readNumber(bytes, next.position);
      const discount = (bits & 4) === 0 ? undefined : readNumber(bytes, next.position);
      const rating = (bits & 8) === 0 ? null : readNumber(bytes, next.position);
      position = next.position;
      const categories = new Array<string>(byteAt(bytes, position++));
      for (let index = 0; index < categories.length; index++) {
        categories[index] = text.substring(cursor, (cursor += byteAt(bytes, position++)));
      }
      const updatedAt = text.substring(cursor, (cursor += byteAt(bytes, position++)));
      const currency = currencies[bits & 3];
      items[at] =
        discount === undefined
          ? { id, title, price, currency, stock, rating, categories, updatedAt }
          : { id, title, price, currency, stock, discount, rating, categories, updatedAt };
    }
    return items;
  },
};
