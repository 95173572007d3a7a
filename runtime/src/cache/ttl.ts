import { CachetoryError } from "../errors.ts";
import { parseDuration } from "../schemes/duration.ts";

/** A duration with its unit: `"500ms"`, `"30s"`, `"10m"`, `"1h"`, `"7d"`, or ISO 8601 as in `"PT5M"`. */
export type Duration = `${number}${"ms" | "s" | "m" | "h" | "d"}` | `P${string}`;

/** How long an entry lives. There is no bare number: nobody has to guess between seconds and milliseconds. */
export type Ttl = Duration | "forever" | { readonly ms: number };

/** Milliseconds, zero and less for what is over, or for ever. */
export type LifeMs = number | "forever";

/**
 * Whole milliseconds, rounded down, or `"forever"`.
 *
 * @throws CachetoryError `INVALID_DURATION`
 */
export function ttlMs(ttl: Ttl): LifeMs {
  if (ttl === "forever") return ttl;
  const ms = typeof ttl === "string" ? parseDuration(ttl) : ttl?.ms;
  // A server refuses what is longer, as it would refuse any write.
  if (typeof ms === "number" && ms <= Number.MAX_SAFE_INTEGER) return Math.floor(ms);
  const shown = typeof ttl === "string" ? `"${ttl}"` : JSON.stringify(ttl);
  throw new CachetoryError(
    "INVALID_DURATION",
    `A ttl is a duration such as "30s" or "10m", { ms: 1500 } or "forever", but this is ${shown}.`,
  );
}

/** The one of two lifetimes that lasts longer. */
export function outlasts(a: LifeMs, b: LifeMs): boolean {
  return b !== "forever" && (a === "forever" || a > b);
}
