import { isUint8Array } from "node:util/types";
import { CachetoryError } from "../errors.ts";
import type { BytesSerializer } from "./serializer.ts";

/**
 * Bytes as they are, copied both ways: whoever changes its array afterwards changes no entry and no one else's value.
 * What comes back is a plain `Uint8Array`, also where a `Buffer` went in.
 */
export function bytes(): BytesSerializer<Uint8Array> {
  return { name: "bytes", in: "value", out: "bytes", serialize, deserialize };
}

function serialize(value: Uint8Array): Uint8Array {
  if (!isUint8Array(value)) throw new CachetoryError("INVALID_VALUE", "bytes carries a Uint8Array, nothing else.");
  try {
    return new Uint8Array(value);
  } catch (cause) {
    throw new CachetoryError("INVALID_VALUE", "bytes cannot carry an array whose buffer was transferred.", { cause });
  }
}

function deserialize(stored: Uint8Array): Uint8Array {
  if (!isUint8Array(stored)) throw new CachetoryError("UNREADABLE", "The entry is not bytes.");
  return new Uint8Array(stored);
}
