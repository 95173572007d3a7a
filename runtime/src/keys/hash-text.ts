import { createHash } from "node:crypto";

/** The first 128 bits of the SHA-256 of the text's UTF-8, in 32 lower-case hexadecimal digits. */
export function hash128(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex").slice(0, 32);
}
