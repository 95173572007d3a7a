import { CachetoryError } from "../errors.ts";

/** As many as SHA-256 and AES-256 can make use of. */
export const minSecretBytes = 32;

/**
 * What an environment variable holds.
 *
 * @param user - what needs it, for the message
 * @param remedy - what to do where it is not set
 * @throws CachetoryError `MISSING_ENVIRONMENT`
 */
export function readVariable(user: string, variable: string, remedy: string): string {
  const text = process.env[variable];
  if (text !== undefined && text.trim() !== "") return text;
  throw new CachetoryError("MISSING_ENVIRONMENT", `${user} needs the environment variable ${variable}: ${remedy}.`);
}

/**
 * A secret written in base64 or base64url.
 *
 * @param place - where it stands, for the message, which never holds anything of it
 * @throws CachetoryError `INVALID_SECRET`
 */
export function readSecret(user: string, place: string, text: string): Uint8Array {
  const isBase64 = /^[A-Za-z0-9+/_-]+={0,2}$/.test(text);
  const bytes = isBase64 ? Uint8Array.from(Buffer.from(text, "base64")) : new Uint8Array();
  if (bytes.byteLength >= minSecretBytes) return bytes;
  const what = isBase64 ? `has ${bytes.byteLength} bytes, and needs ${minSecretBytes}` : "is no base64";
  throw new CachetoryError(
    "INVALID_SECRET",
    `${user}: ${place} ${what}. Make one with: openssl rand -base64 ${minSecretBytes}`,
  );
}
