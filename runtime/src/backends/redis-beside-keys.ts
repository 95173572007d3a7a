/** What is kept beside an entry for a while: who loads it, and whether what is loaded may still be stored. */
export type BesideMark = "lock" | "guard";

/**
 * The key of what is kept beside an entry. It begins with the key, so that a user who may touch the one may touch the other,
 * and lies in the same slot of a Cluster: by the hash tag of the key, else by one that is the key. Only where a key has
 * braces that are no hash tag is it left to chance. No declared key looks so, for `~` is escaped in parameters.
 */
export function besideKey(key: string, mark: BesideMark): string {
  return /[{}]/.test(key) ? `${key}~${mark}` : `${key}~${mark}{${key}}`;
}

/** The key that something is kept beside of; `undefined` for a key that is an entry's. */
export function keyOfBeside(key: string): string | undefined {
  if (!key.includes("~")) return undefined;
  return /^(.*)~(?:lock|guard)(?:\{\1\})?$/s.exec(key)?.[1];
}
