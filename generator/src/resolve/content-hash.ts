import { createHash } from "node:crypto";

/** The SHA-256 of text (as UTF-8) or bytes, in base64url. */
export function contentHash(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("base64url");
}

/** The hash of the names in a folder. */
export function listHash(names: readonly string[]): string {
  // No name holds a slash.
  return contentHash(names.join("/"));
}
