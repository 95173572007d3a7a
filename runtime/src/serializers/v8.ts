import { types } from "node:util";
import * as nodeV8 from "node:v8";
import { CachetoryError } from "../errors.ts";
import type { BytesSerializer } from "./serializer.ts";

/**
 * V8's structured clone: also `Date`, `Map`, `Set`, `bigint`, typed arrays, `undefined` and cycles. Class instances
 * come back as plain objects; functions and symbols are `INVALID_VALUE`.
 *
 * Only Node reads it, and a Node older than the one that wrote it may not (`UNREADABLE`). Some bytes make V8 allocate
 * hundreds of megabytes before it refuses them, so use it where only trusted programs write.
 */
export function v8<V = unknown>(): BytesSerializer<V> {
  return { name: "v8", in: "value", out: "bytes", serialize, deserialize };
}

function serialize(value: unknown): Uint8Array {
  try {
    return nodeV8.serialize(value);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CachetoryError("INVALID_VALUE", `v8 cannot carry this value. ${reason}`, { cause });
  }
}

// The declared type of the value is the caller's word; generated caches check it after reading.
function deserialize<V>(stored: Uint8Array): V {
  if (!types.isUint8Array(stored)) throw new CachetoryError("UNREADABLE", "The entry is not bytes.");
  try {
    // Node lets typed arrays of the value look into the bytes that are read: the entry must not be shared with them.
    return nodeV8.deserialize(new Uint8Array(stored)) as V;
  } catch (cause) {
    throw new CachetoryError("UNREADABLE", "The entry is nothing that this version of V8 can read.", { cause });
  }
}
