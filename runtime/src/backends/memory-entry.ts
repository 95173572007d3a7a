import { isUint8Array } from "node:util/types";
import type { Kind } from "../serializers/serializer.ts";
import { utf8 } from "../serializers/utf8.ts";
import { LiveValue } from "./live-value.ts";
import type { LocalEntry } from "./local-entries.ts";

// Measured on Node 20 with 100,000 entries: the entry, its place in the map and the list, and its expiry.
const overheadBytes = 200;

// What a value of `noop` holds cannot be known without walking it, and what it shares with others not even then.
const unknownBytes = 1024;

/** What an entry costs: two bytes a character, as strings are held, and the bookkeeping. */
export function entryBytes(key: string, stored: unknown): number {
  return overheadBytes + 2 * key.length + storedBytes(stored);
}

/** What is stored, without its entry. */
export function storedBytes(stored: unknown): number {
  if (typeof stored === "string") return 2 * stored.length;
  if (stored instanceof LiveValue) return stored.bytes;
  return isUint8Array(stored) ? stored.byteLength : unknownBytes;
}

/** Bytes that look into a larger buffer would keep all of it alive: they are copied out of it. */
export function inExactBuffer(stored: unknown): unknown {
  if (!isUint8Array(stored) || stored.byteLength === stored.buffer.byteLength) return stored;
  return new Uint8Array(stored);
}

/** What an entry holds, as the kind that a cache asks for: text and bytes are UTF-8 of one another, as on a server. */
export function entryAs({ stored, keeper }: LocalEntry, as: Kind): unknown {
  if (keeper === undefined || stored === undefined) return storedAs(stored, as);
  try {
    return storedAs(inExactBuffer(keeper.encodeHere(stored)), as);
  } catch {
    // A value that was shared, and changed into one that no entry can hold.
    return undefined;
  }
}

/** What a pipeline made, as the kind that a cache asks for. */
export function storedAs(stored: unknown, as: Kind): unknown {
  if (as === "text") {
    if (typeof stored === "string") return stored;
    return isUint8Array(stored) ? decoded(stored) : undefined;
  }
  if (as === "bytes") {
    if (isUint8Array(stored)) return stored;
    return typeof stored === "string" ? utf8.serialize(stored) : undefined;
  }
  return stored;
}

function decoded(stored: Uint8Array): string | undefined {
  try {
    return utf8.deserialize(stored);
  } catch {
    // Bytes that are no text are no entry of a cache that stores text.
    return undefined;
  }
}
