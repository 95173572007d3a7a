import { types } from "node:util";
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
  const { serialize, deserialize } = process.getBuiltinModule("node:v8");
  return {
    name: "v8",
    in: "value",
    out: "bytes",
    serialize: (value) => write(value, serialize),
    // The declared type of the value is the caller's word; generated caches check it after reading.
    deserialize: (stored) => read(stored, deserialize) as V,
  };
}

function write(value: unknown, serialize: (value: unknown) => Uint8Array): Uint8Array {
  try {
    return serialize(value);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    // V8 shows an object by its class, but functions and symbols by their text.
    if (!reason.startsWith("#<") && reason.endsWith("could not be cloned.")) {
      throw new CachetoryError(
        "INVALID_VALUE",
        "v8 cannot carry this value. A function or a symbol could not be cloned.",
      );
    }
    throw new CachetoryError("INVALID_VALUE", `v8 cannot carry this value. ${reason}`, { cause });
  }
}

function read(stored: Uint8Array, deserialize: (bytes: Uint8Array) => unknown): unknown {
  if (!types.isUint8Array(stored)) throw new CachetoryError("UNREADABLE", "The entry is not bytes.");
  try {
    // Node lets typed arrays of the value look into the bytes that are read: the entry must not be shared with them.
    return deserialize(new Uint8Array(stored));
  } catch (cause) {
    throw new CachetoryError("UNREADABLE", "The entry is nothing that this version of V8 can read.", { cause });
  }
}
