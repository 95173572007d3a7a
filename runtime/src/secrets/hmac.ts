import type { SealingStep } from "../serializers/serializer.ts";
import { boundBytes } from "./sealed-frame.ts";
import { type SealForm, type SealOptions, sealingStep } from "./sealing-step.ts";

type Crypto = typeof import("node:crypto");
type KeyObject = ReturnType<Crypto["createSecretKey"]>;

const tagBytes = 32;
const info = "cachetory hmac 1";

/**
 * Keeps bytes readable, and lets nobody change or move them unnoticed: puts an HMAC-SHA-256 before them, of the bytes and of the
 * key of their entry. What does not hold is a miss. Last in a pipeline: `chain(json(), zstd(), hmac({ keys: "CACHE_KEYS" }))`.
 *
 * An entry is `CThm`, version 1, the id of the key after its length, the tag of 32 bytes, and the bytes as they are.
 *
 * @throws CachetoryError `INVALID_OPTION`, `INVALID_SECRET`; `MISSING_ENVIRONMENT` when it is first used
 */
export function hmac(options: SealOptions): SealingStep {
  return sealingStep(formOf(process.getBuiltinModule("node:crypto")), options);
}

function formOf(crypto: Crypto): SealForm<KeyObject> {
  const tagOf = (key: KeyObject, bound: Uint8Array, bytes: Uint8Array): Uint8Array =>
    crypto.createHmac("sha256", key).update(bound).update(bytes).digest();
  return {
    name: "hmac",
    magic: "CThm",
    version: 1,
    // Not the secret itself, which `aes-gcm` may use too.
    prepare: ({ key }) => crypto.createSecretKey(Buffer.from(crypto.hkdfSync("sha256", key, "", info, tagBytes))),
    seal(key, header, bytes, context) {
      const start = header.byteLength + tagBytes;
      const sealed = new Uint8Array(start + bytes.byteLength);
      sealed.set(header);
      sealed.set(tagOf(key, boundBytes(header, context), bytes), header.byteLength);
      sealed.set(bytes, start);
      return sealed;
    },
    open(key, entry, headerEnd, context) {
      const start = headerEnd + tagBytes;
      if (entry.byteLength < start) return undefined;
      const bytes = entry.subarray(start);
      const tag = tagOf(key, boundBytes(entry.subarray(0, headerEnd), context), bytes);
      return crypto.timingSafeEqual(tag, entry.subarray(headerEnd, start)) ? new Uint8Array(bytes) : undefined;
    },
  };
}
