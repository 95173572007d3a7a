import type { KeyPattern } from "../keys/key-pattern.ts";
import { patternText } from "../keys/pattern-text.ts";

/** What messages call a cache: its name, and the pattern of its keys. What a key is made of stands in no message. */
export function cacheLabel(name: string, pattern: KeyPattern | undefined): string {
  return pattern === undefined ? name : `${name} (${patternText(pattern)})`;
}
