import { CachetoryError } from "../errors.ts";

/**
 * When what loads refreshes an entry that is still fresh: after a share of its ttl, or by chance, the likelier the closer its end is and
 * the longer its load took (`"xfetch"`).
 */
export type RefreshAhead = `${number}%` | "xfetch";

/** The same as numbers. */
export interface RefreshAheadPolicy {
  /** Between 0 and 1; `undefined` with `isXfetch`. */
  readonly aheadShare: number | undefined;
  readonly isXfetch: boolean;
}

/** @throws CachetoryError `INVALID_OPTION` for a share that is not between 0 % and 100 % */
export function refreshAheadPolicy(cacheName: string, refreshAhead: RefreshAhead): RefreshAheadPolicy {
  if (refreshAhead === "xfetch") return { aheadShare: undefined, isXfetch: true };
  const percent = /^(\d+(?:\.\d+)?)%$/.exec(refreshAhead)?.[1];
  const aheadShare = Number(percent ?? Number.NaN) / 100;
  if (aheadShare > 0 && aheadShare < 1) return { aheadShare, isXfetch: false };
  throw new CachetoryError(
    "INVALID_OPTION",
    `${cacheName}: refreshAhead is a share of the ttl between 0% and 100%, such as "80%", or "xfetch", not "${refreshAhead}".`,
  );
}
