import { checkedOptions } from "../checked-options.ts";
import { CachetoryError } from "../errors.ts";
import { findSerializerScheme } from "../schemes/serializer-schemes.ts";
import type { TextSerializer } from "./serializer.ts";
import { checkStrictJson } from "./strict-json.ts";

/** Options of {@link json}. */
export interface JsonOptions {
  /** Whether what `JSON.stringify` would change without a word is `INVALID_VALUE`, with its path. Default false. */
  readonly strict?: boolean | undefined;
}

/**
 * JSON text, exactly as `JSON.stringify` writes it: `toJSON` is honoured (a `Date` becomes a string and stays one),
 * properties that are `undefined` or functions are left out, `NaN` and the infinities become `null`. With `strict`, all
 * of these are `INVALID_VALUE`, but for properties that are `undefined`.
 *
 * Values that JSON cannot say at all always are: a function, a symbol, a `bigint`, a cycle.
 *
 * @throws CachetoryError `INVALID_OPTION`
 */
export function json<V = unknown>(options: JsonOptions = {}): TextSerializer<V> {
  const specs = findSerializerScheme("json")?.options ?? {};
  const { strict } = checkedOptions<JsonOptions>("json", specs, options);
  return { name: "json", in: "value", out: "text", serialize: strict ? serializeStrictly : serialize, deserialize };
}

function serializeStrictly(value: unknown): string {
  try {
    checkStrictJson(value);
  } catch (cause) {
    throw cause instanceof CachetoryError ? cause : refused(cause);
  }
  return serialize(value);
}

function serialize(value: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw refused(cause);
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

function refused(cause: unknown): CachetoryError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new CachetoryError("INVALID_VALUE", `json cannot carry this value. ${reason}`, { cause });
}
