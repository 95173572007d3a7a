/**
 * What a change does to entries that are there while the new release takes the place of the old one, from the least to the
 * worst.
 *
 * - `warm`: both releases read what there is.
 * - `rollout`: the new one does, while the old one misses what the new one writes, until it is gone.
 * - `misses`: entries that are there are found, and are misses, until they are written anew.
 * - `cold`: entries that are there are not found any more, and lie there until they expire.
 * - `wrong`: an entry may be taken for what it is not.
 */
export type Effect = (typeof effects)[number];

export const effects = ["warm", "rollout", "misses", "cold", "wrong"] as const;

/** One thing that has changed. */
export interface Change {
  readonly what: "key" | "place" | "serializer" | "policy" | "type" | "validation" | "ttl" | "mode" | "function";
  readonly effect: Effect;
  readonly message: string;
  /** Further lines: the places in a type. */
  readonly details?: readonly string[];
}

/** All that has changed of one cache, or of one memoized function. */
export interface CacheDiff {
  readonly kind: "added" | "removed" | "changed";
  readonly subject: "cache" | "function";
  readonly name: string;
  /** What it was called before. */
  readonly formerName?: string;
  /** The worst of its changes. */
  readonly effect: Effect;
  readonly changes: readonly Change[];
}

export function worstOf(changes: readonly { readonly effect: Effect }[]): Effect {
  return effects[Math.max(0, ...changes.map(({ effect }) => effects.indexOf(effect)))] ?? "warm";
}

/** Whether an effect is that bad, or worse. */
export function isAtLeast(effect: Effect, limit: Effect): boolean {
  return effects.indexOf(effect) >= effects.indexOf(limit);
}
