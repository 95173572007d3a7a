import { CachetoryError } from "../errors.ts";
import type { TextSerializer } from "./serializer.ts";

/**
 * JSON text, exactly as `JSON.stringify` writes it: `toJSON` is honoured (a `Date` becomes a string and stays one),
 * properties that are `undefined` or functions are left out, `NaN` and the infinities become `null`.
 *
 * Values that JSON cannot say at all are `INVALID_VALUE`: a function, a symbol, a `bigint`, a cycle.
 */
export function json<V = unknown>(): TextSerializer<V> {
  return { name: "json", in: "value", out: "text", serialize, deserialize };
}

function serialize(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw new CachetoryError("INVALID_VALUE", `json cannot carry this value. ${reasonOf(cause)}`, { cause });
  }
  if (text === undefined) throw new CachetoryError("INVALID_VALUE", `json cannot carry ${typeof value}.`);
  return text;
}

// The declared type of the value is the caller's word; generated caches check it after reading.
function deserialize<V>(stored: string): V {
  if (typeof stored !== "string") throw new CachetoryError("UNREADABLE", "The entry is not text, so it is no JSON.");
  try {
    return JSON.parse(stored) as V;
  } catch (cause) {
    throw new CachetoryError("UNREADABLE", "The entry is no JSON.", { cause });
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
