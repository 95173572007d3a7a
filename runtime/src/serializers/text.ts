import { CachetoryError } from "../errors.ts";
import type { TextSerializer } from "./serializer.ts";
import { isWellFormed } from "./utf8.ts";

/**
 * Strings as they are. A lone surrogate is `INVALID_VALUE`: the UTF-8 that a backend or a compressor makes of it
 * would not come back.
 */
export function text<V extends string = string>(): TextSerializer<V> {
  return { name: "text", in: "value", out: "text", serialize, deserialize };
}

function serialize(value: string): string {
  if (typeof value !== "string") {
    throw new CachetoryError(
      "INVALID_VALUE",
      `text carries strings, but this is ${value === null ? "null" : typeof value}.`,
    );
  }
  if (!isWellFormed(value)) {
    throw new CachetoryError("INVALID_VALUE", "text cannot carry a string with a lone surrogate; json can.");
  }
  return value;
}

// A narrower type than string is the caller's word, as with every serializer.
function deserialize<V extends string>(stored: string): V {
  if (typeof stored !== "string") throw new CachetoryError("UNREADABLE", "The entry is not text.");
  return stored as V;
}
