import { isUint8Array } from "node:util/types";
import { CachetoryError } from "../errors.ts";
import { requireOptional } from "../optional-package.ts";
import { described } from "./described.ts";
import { newBuffer } from "./fast-buffer.ts";
import { checkMessagePack } from "./msgpack-check.ts";
import { fromMessagePackValue, toMessagePackValue } from "./msgpack-values.ts";
import type { BytesSerializer } from "./serializer.ts";

/** What is packed are views of a buffer that msgpackr keeps; one that a large value has made larger than this is let go of. */
const maxKept = 0x10_0000;
/** What msgpackr begins with. */
const firstLength = 0x2000;

/**
 * Plain MessagePack, as Python's `msgpack` reads and writes it: JSON's types, `Uint8Array` (bin), `Date` (the timestamp
 * extension), `Map`, and `bigint` of up to 64 bits. Integers come back as numbers where they are safe, else as `bigint`;
 * a map whose keys are all strings comes back as an object. Needs the package `msgpackr`.
 *
 * @throws CachetoryError `MISSING_PACKAGE`
 */
export function msgpack<V = unknown>(): BytesSerializer<V> {
  // The package has no other entry point of this name, and it is checked when it loads.
  const { Packr } = requireOptional("msgpackr", "msgpack") as typeof import("msgpackr");
  const packr = new Packr({ useRecords: false, mapsAsObjects: false, int64AsType: "bigint" });
  return described("msgpack", undefined, {
    name: "msgpack",
    in: "value",
    out: "bytes",
    serialize(value) {
      const packed = packr.pack(toMessagePackValue(value));
      if (packed.buffer.byteLength <= maxKept) return packed;
      packr.useBuffer(newBuffer(firstLength));
      return Buffer.from(packed);
    },
    deserialize(stored) {
      if (!isUint8Array(stored)) throw new CachetoryError("UNREADABLE", "The entry is not bytes.");
      try {
        checkMessagePack(stored);
        // The declared type of the value is the caller's word, as with every serializer.
        return fromMessagePackValue(packr.unpack(stored)) as V;
      } catch (cause) {
        // Other errors than those of the check are msgpackr's, which quote the entry.
        const reason = cause instanceof RangeError ? { cause } : {};
        throw new CachetoryError("UNREADABLE", "The entry is no MessagePack that can be read here.", reason);
      }
    },
  });
}
