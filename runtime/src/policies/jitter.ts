import type { LifeMs } from "../cache/ttl.ts";
import { CachetoryError } from "../errors.ts";

/**
 * A lifetime without a random part of it, `ratio` of it at most: what is stored together does not expire together, and
 * nothing lives longer than was declared. What never ends stays so.
 */
export function jittered(lifeMs: LifeMs, ratio: number, random: () => number): LifeMs {
  if (ratio === 0 || lifeMs === "forever" || lifeMs <= 0) return lifeMs;
  // What was to live is stored, however short.
  return Math.max(1, Math.floor(lifeMs * (1 - ratio * random())));
}

/** @throws CachetoryError `INVALID_OPTION` */
export function checkedJitter(cacheName: string, ratio: number): number {
  if (ratio >= 0 && ratio < 1) return ratio;
  throw new CachetoryError(
    "INVALID_OPTION",
    `${cacheName}: jitter is the share of the ttl that chance may take away, from 0 to less than 1, not ${ratio}.`,
  );
}
