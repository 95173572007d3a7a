import type { SealingStep } from "../serializers/serializer.ts";
import { boundBytes } from "./sealed-frame.ts";
import { type SealForm, type SealOptions, sealingStep } from "./sealing-step.ts";

type Crypto = typeof import("node:crypto");
type KeyObject = ReturnType<Crypto["createSecretKey"]>;

const cipher = "aes-256-gcm";
const saltBytes = 32;
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const info = "cachetory aes-gcm 1";

/**
 * Encrypts bytes with AES-256-GCM: `chain(json(), zstd(), aesGcm({ keys: "CACHE_KEYS" }))`. Each entry has a key and a nonce of its
 * own, which HKDF derives from the secret key and 32 random bytes. An entry can be read under its own key alone. One that was
 * changed, moved or made with an unknown key is a miss.
 *
 * An entry is `CTae`, version 1, the id of the key after its length, the salt, the ciphertext, the tag of 16 bytes.
 *
 * @throws CachetoryError `INVALID_OPTION`, `INVALID_SECRET`; `MISSING_ENVIRONMENT` when it is first used
 *
 * @example
 * ```ts
 * const sessions = new Cache<string, Session>({
 *   serializer: chain(json<Session>(), aesGcm({ keys: "CACHE_KEYS" })),
 *   backend: backendFromUrl("redis://localhost:6379"),
 * });
 * ```
 */
export function aesGcm(options: SealOptions): SealingStep {
  // Loaded with the first step that needs it: importing the runtime shall not wait for it.
  return sealingStep(formOf(process.getBuiltinModule("node:crypto")), options);
}

function formOf(crypto: Crypto): SealForm<KeyObject> {
  const derive = (secret: KeyObject, salt: Uint8Array): { readonly key: Uint8Array; readonly nonce: Uint8Array } => {
    const derived = new Uint8Array(crypto.hkdfSync("sha256", secret, salt, info, keyBytes + nonceBytes));
    return { key: derived.subarray(0, keyBytes), nonce: derived.subarray(keyBytes) };
  };
  return {
    name: "aes-gcm",
    magic: "CTae",
    version: 1,
    prepare: ({ key }) => crypto.createSecretKey(key),
    seal(secret, header, plain, context) {
      const start = new Uint8Array(header.byteLength + saltBytes);
      start.set(header);
      const salt = start.subarray(header.byteLength);
      crypto.randomFillSync(salt);
      const { key, nonce } = derive(secret, salt);
      const sealing = crypto.createCipheriv(cipher, key, nonce, { authTagLength: tagBytes });
      sealing.setAAD(boundBytes(start, context));
      const sealed = new Uint8Array(start.byteLength + plain.byteLength + tagBytes);
      sealed.set(start);
      sealed.set(sealing.update(plain), start.byteLength);
      sealing.final();
      sealed.set(sealing.getAuthTag(), sealed.byteLength - tagBytes);
      return sealed;
    },
    open(secret, entry, headerEnd, context) {
      const start = headerEnd + saltBytes;
      const end = entry.byteLength - tagBytes;
      if (end < start) return undefined;
      const { key, nonce } = derive(secret, entry.subarray(headerEnd, start));
      const opening = crypto.createDecipheriv(cipher, key, nonce, { authTagLength: tagBytes });
      opening.setAAD(boundBytes(entry.subarray(0, start), context));
      opening.setAuthTag(entry.subarray(end));
      const { buffer, byteOffset, byteLength } = opening.update(entry.subarray(start, end));
      try {
        opening.final();
      } catch {
        // What OpenSSL says of it is no more than that.
        return undefined;
      }
      return new Uint8Array(buffer, byteOffset, byteLength);
    },
  };
}
