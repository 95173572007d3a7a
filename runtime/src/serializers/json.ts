import { Buffer } from "node:buffer";
import { isUint8Array } from "node:util/types";
import { checkedOptions } from "../checked-options.ts";
import { CachetoryError } from "../errors.ts";
import { messageOf } from "../message-of.ts";
import { findSerializerScheme } from "../schemes/serializer-schemes.ts";
import { asBuffer } from "./fast-buffer.ts";
import { inTurns, minLengthInTurns } from "./in-turns.ts";
import { parseInTurns } from "./json-in-turns.ts";
import type { TextSerializer } from "./serializer.ts";
import { checkStrictJson, isSurelyJson } from "./strict-json.ts";
import { writingSure } from "./sure-values.ts";
import { isWellFormed } from "./utf8.ts";

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
 * @param isSurelyKept - for `strict`: whether a value is one that JSON surely does not change, as generated caches tell of
 * values of their type in less time. What it is not sure of is looked at closely. Default: a look at all of the value
 * @throws CachetoryError `INVALID_OPTION`
 */
export function json<V = unknown>(
  options: JsonOptions = {},
  isSurelyKept: (value: unknown) => boolean = isSurelyJson,
): TextSerializer<V> {
  const specs = findSerializerScheme("json")?.options ?? {};
  const { strict } = checkedOptions<JsonOptions>("json", specs, options);
  const serializeStrictly = (value: unknown): string => {
    if (!isSure(isSurelyKept, value)) refuseChanged(value);
    return serialize(value);
  };
  const step: TextSerializer<V> = {
    name: "json",
    in: "value",
    out: "text",
    serialize: strict ? serializeStrictly : serialize,
    deserialize,
  };
  return writingSure(inTurns(step, deserializeInTurns), serialize);
}

function isSure(isSurelyKept: (value: unknown) => boolean, value: unknown): boolean {
  try {
    return isSurelyKept(value);
  } catch {
    // It nests too deep, holds itself, or has a property that throws: a closer look tells where.
    return false;
  }
}

function refuseChanged(value: unknown): void {
  try {
    checkStrictJson(value);
  } catch (cause) {
    throw cause instanceof CachetoryError ? cause : refused(cause);
  }
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
function deserialize<V>(stored: unknown): V {
  if (typeof stored !== "string") throw new CachetoryError("UNREADABLE", "The entry is not text, so it is no JSON.");
  try {
    return JSON.parse(stored) as V;
  } catch {
    throw noJson();
  }
}

function deserializeInTurns(stored: unknown): unknown {
  if (isUint8Array(stored)) {
    return stored.byteLength < minLengthInTurns ? deserialize(asBuffer(stored).toString()) : parsed(stored);
  }
  const isLarge = typeof stored === "string" && stored.length >= minLengthInTurns;
  return isLarge && isWellFormed(stored) ? parsed(Buffer.from(stored)) : deserialize(stored);
}

function parsed(bytes: Uint8Array): Promise<unknown> {
  return parseInTurns(bytes).catch(() => {
    throw noJson();
  });
}

/** Without the error of JSON.parse as the cause, which quotes the entry. */
function noJson(): CachetoryError {
  return new CachetoryError("UNREADABLE", "The entry is no JSON.");
}

function refused(cause: unknown): CachetoryError {
  const reason = messageOf(cause);
  return new CachetoryError("INVALID_VALUE", `json cannot carry this value. ${reason}`, { cause });
}
