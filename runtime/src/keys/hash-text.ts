let crypto: typeof import("node:crypto") | undefined;

/** The first 128 bits of the SHA-256 of the text's UTF-8, in 32 lower-case hexadecimal digits. */
export function hash128(text: string): string {
  // Loaded with the first key that needs it: importing the runtime shall not wait for it.
  crypto ??= process.getBuiltinModule("node:crypto");
  return crypto.createHash("sha256").update(text, "utf8").digest("hex").slice(0, 32);
}
