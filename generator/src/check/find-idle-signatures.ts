import type { CacheDeclaration } from "../model/declaration.ts";
import { breachAt, type Diagnostic } from "../model/diagnostic.ts";

/** Entries that are signed and encrypted: what is encrypted cannot be changed unnoticed either. */
export function findIdleSignatures(caches: readonly CacheDeclaration[]): readonly Diagnostic[] {
  return caches.flatMap(({ serializer, serializerSpan }) => {
    const schemes = serializer.map(({ scheme }) => scheme);
    if (!schemes.includes("aes-gcm") || !schemes.includes("hmac")) return [];
    const message = '"hmac" finds out nothing that "aes-gcm" does not find out as well';
    return [breachAt("C1740", serializerSpan, message, 'Leave "hmac" out')];
  });
}
