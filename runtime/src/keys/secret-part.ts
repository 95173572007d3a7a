import { readSecret, readVariable } from "../secrets/secret-variable.ts";
import { badPart } from "./key-parts.ts";
import type { KeyPattern } from "./key-pattern.ts";

/** 128 bits in hexadecimal digits, as a hash has. */
const digits = 32;

/** What the digest is of besides the value: where it stands, so that one value leaves no trace that is the same elsewhere. */
interface SecretPlace {
  readonly key: Uint8Array;
  /** The literal text of the pattern; a parameter is `null`, whatever it is called. */
  readonly texts: readonly (string | null)[];
}

const places = new WeakMap<KeyPattern, SecretPlace>();

/**
 * A `secret` parameter: 128 bits of the HMAC-SHA-256 of its text and its place, in 32 hexadecimal digits. The secret is read
 * from the environment with the first key.
 *
 * @param index - of the parameter among the segments of the pattern
 * @throws CachetoryError `INVALID_KEY`, `MISSING_ENVIRONMENT`, `INVALID_SECRET`
 */
export function secretPart(value: string, label: string, pattern: KeyPattern, index: number): string {
  if (typeof value !== "string") return badPart(label, "a string", value);
  const { key, texts } = placeOf(pattern, label);
  const { createHmac } = process.getBuiltinModule("node:crypto");
  // JSON tells where each text ends, and writes half of a surrogate pair as an escape of its own.
  const digest = createHmac("sha256", key).update(JSON.stringify([texts, index, value]), "utf8");
  return digest.digest("hex").slice(0, digits);
}

function placeOf(pattern: KeyPattern, label: string): SecretPlace {
  const known = places.get(pattern);
  if (known !== undefined) return known;
  const user = `The key parameter ${label}`;
  const variable = pattern.secret ?? "";
  const text = readVariable(user, variable, "set it to 32 random bytes in base64");
  const texts = pattern.segments.map((segment) => (typeof segment === "string" ? segment : null));
  const place = { key: readSecret(user, variable, text.trim()), texts };
  places.set(pattern, place);
  return place;
}
