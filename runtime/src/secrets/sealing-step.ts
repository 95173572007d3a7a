import { isUint8Array } from "node:util/types";
import { CachetoryError } from "../errors.ts";
import { quote } from "../schemes/quote.ts";
import type { EntryContext, SealingStep } from "../serializers/serializer.ts";
import { type FrameForm, frameHeader, readHeader } from "./sealed-frame.ts";
import { KeyRing, type SecretKey, type SecretKeys } from "./secret-keys.ts";

/** Options of `aesGcm` and `hmac`. */
export interface SealOptions {
  /** Which secret keys write and read. */
  readonly keys: SecretKeys;
}

/** What is special about a step that seals. */
export interface SealForm<P> extends FrameForm {
  readonly name: string;
  /** What is made of a key once, and used for every entry. */
  prepare(key: SecretKey): P;
  /** The entry. */
  seal(key: P, header: Uint8Array, bytes: Uint8Array, context: EntryContext): Uint8Array;
  /** What was sealed; `undefined` where it was not sealed so, with this key and for this context. */
  open(key: P, entry: Uint8Array, headerEnd: number, context: EntryContext): Uint8Array | undefined;
}

interface HeadedKey<P> {
  readonly header: Uint8Array;
  readonly key: P;
}

/**
 * A step that binds bytes to a secret key, and to the key of their entry.
 *
 * @throws CachetoryError `INVALID_OPTION`, `INVALID_SECRET`
 */
export function sealingStep<P>(form: SealForm<P>, options: SealOptions): SealingStep {
  const { name } = form;
  const keys = new KeyRing(name, (options as Partial<SealOptions> | undefined)?.keys as SecretKeys, (key) => {
    return { header: frameHeader(form, key.id), key: form.prepare(key) } satisfies HeadedKey<P>;
  });
  return {
    name,
    in: "bytes",
    out: "bytes",
    bindsKey: true,
    prepare() {
      void keys.current;
    },
    serialize(bytes, context) {
      if (!isUint8Array(bytes)) throw new CachetoryError("INVALID_VALUE", `${name} takes bytes, nothing else.`);
      const { header, key } = keys.current.prepared;
      return form.seal(key, header, bytes, expectContext(name, context));
    },
    deserialize(entry, context) {
      if (!isUint8Array(entry)) throw unreadable(name, "is not bytes");
      const header = readHeader(form, entry);
      if ("problem" in header) throw unreadable(name, header.problem);
      const found = keys.find(header.id);
      if (found === undefined)
        throw unreadable(name, `needs the key ${quote(header.id)}, which is not in ${keys.place}`);
      const opened = form.open(found.key, entry, header.end, expectContext(name, context));
      if (opened !== undefined) return opened;
      throw unreadable(name, "has been changed, or was stored under another key or with another secret");
    },
  };
}

function unreadable(name: string, what: string): CachetoryError {
  return new CachetoryError("UNREADABLE", `${name} cannot open the entry: it ${what}.`);
}

function expectContext(name: string, context: EntryContext | undefined): EntryContext {
  if (typeof context?.key === "string") return context;
  throw new CachetoryError(
    "INVALID_KEY",
    `${name} binds an entry to its key, but was given none. Give { key } as the second argument.`,
  );
}
