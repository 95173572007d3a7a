import { isUint8Array } from "node:util/types";
import { checkedOptions } from "../../checked-options.ts";
import { CachetoryError } from "../../errors.ts";
import { messageOf } from "../../message-of.ts";
import { findSerializerScheme } from "../../schemes/serializer-schemes.ts";
import { described } from "../described.ts";
import type { BytesSerializer } from "../serializer.ts";
import { PickleWriter } from "./pickle-writer.ts";
import { readPickle } from "./read-pickle.ts";

/** Options of {@link pickle}. */
export interface PickleOptions {
  /** The protocol to write, 0 to 5; all of them are read. Default 5. */
  readonly pickleProtocol?: number | undefined;
}

/**
 * Python's pickle, of plain data alone: what JSON says, `bytes`, `set`, `datetime`, `date`, `timedelta`, `Decimal`, `UUID`,
 * dicts of any keys, ints of any size. Reading runs no code, builds nothing else, and refuses every other name.
 *
 * @throws CachetoryError `INVALID_OPTION`
 */
export function pickle<V = unknown>(options: PickleOptions = {}): BytesSerializer<V> {
  const specs = findSerializerScheme("pickle")?.options ?? {};
  const { pickleProtocol } = checkedOptions<PickleOptions>("pickle", specs, options);
  return described("pickle", options, {
    name: "pickle",
    in: "value",
    out: "bytes",
    serialize: (value) => new PickleWriter(pickleProtocol).write(value),
    deserialize(stored) {
      if (!isUint8Array(stored)) throw new CachetoryError("UNREADABLE", "The entry is not bytes.");
      try {
        // The declared type of the value is the caller's word, as with every serializer.
        return readPickle(stored) as V;
      } catch (cause) {
        const reason = messageOf(cause).replace(/\.$/, "");
        throw new CachetoryError("UNREADABLE", `The entry is no pickle that can be read here: ${reason}.`, { cause });
      }
    },
  });
}
