import { isTypedArray, isUint8Array } from "node:util/types";
import { CachetoryError } from "../errors.ts";
import { messageOf } from "../message-of.ts";
import type { BytesSerializer } from "./serializer.ts";
import { claimsTooMuch } from "./v8-room.ts";

/**
 * V8's structured clone: also `Date`, `Map`, `Set`, `bigint`, typed arrays, `undefined` and cycles. Class instances
 * come back as plain objects; functions, symbols and arrays of a million places that are nearly all empty are `INVALID_VALUE`.
 *
 * Only Node reads it, and a Node older than the one that wrote it may not (`UNREADABLE`). It is a program in C++ that was not
 * made for bytes of strangers, so use it where only trusted programs write.
 */
export function v8<V = unknown>(): BytesSerializer<V> {
  const { serialize, DefaultDeserializer } = process.getBuiltinModule("node:v8");

  class OwnBytesDeserializer extends DefaultDeserializer {
    /** Node calls it for typed arrays and the like, which it would let look into the bytes that are read. */
    _readHostObject(): NodeJS.ArrayBufferView {
      // Node's own, of which its types do not tell.
      const { _readHostObject: readView } = DefaultDeserializer.prototype as unknown as HostReader;
      return withOwnBytes(readView.call(this));
    }
  }

  function deserialize(bytes: Uint8Array): unknown {
    const reader = new OwnBytesDeserializer(bytes);
    reader.readHeader();
    return reader.readValue();
  }

  return {
    name: "v8",
    in: "value",
    out: "bytes",
    serialize: (value) => write(value, serialize),
    // The declared type of the value is the caller's word; generated caches check it after reading.
    deserialize: (stored) => read(stored, deserialize) as V,
  };
}

interface HostReader {
  _readHostObject(this: object): NodeJS.ArrayBufferView;
}

function withOwnBytes(view: NodeJS.ArrayBufferView): NodeJS.ArrayBufferView {
  // Every typed array has this `slice`, but for a Buffer, whose own makes a view.
  if (isTypedArray(view)) return Uint8Array.prototype.slice.call(view);
  return new DataView(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
}

function write(value: unknown, serialize: (value: unknown) => Uint8Array): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = serialize(value);
  } catch (cause) {
    const reason = messageOf(cause);
    // V8 shows an object by its class, but functions and symbols by their text.
    if (!reason.startsWith("#<") && reason.endsWith("could not be cloned.")) {
      throw new CachetoryError(
        "INVALID_VALUE",
        "v8 cannot carry this value. A function or a symbol could not be cloned.",
      );
    }
    throw new CachetoryError("INVALID_VALUE", `v8 cannot carry this value. ${reason}`, { cause });
  }
  if (!claimsTooMuch(bytes)) return bytes;
  throw new CachetoryError("INVALID_VALUE", "v8 cannot carry arrays of so many places of which nearly all are empty.");
}

function read(stored: Uint8Array, deserialize: (bytes: Uint8Array) => unknown): unknown {
  if (!isUint8Array(stored)) throw new CachetoryError("UNREADABLE", "The entry is not bytes.");
  if (claimsTooMuch(stored)) {
    throw new CachetoryError("UNREADABLE", "The entry claims arrays that are far longer than its bytes could fill.");
  }
  try {
    return deserialize(stored);
  } catch (cause) {
    throw new CachetoryError("UNREADABLE", "The entry is nothing that this version of V8 can read.", { cause });
  }
}
