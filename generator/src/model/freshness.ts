import type { CacheDeclaration, Span } from "./declaration.ts";

/** What is declared about values that are not fresh, and about loads that are late; what is not declared is `undefined`. */
export interface Freshness {
  readonly stale: StaleDeclaration | undefined;
  readonly refreshAhead: RefreshAheadDeclaration | undefined;
  readonly timeouts: TimeoutsDeclaration | undefined;
}

/** For how long after its ttl a value may be served, in milliseconds. At least one of the first two is there. */
export interface StaleDeclaration {
  readonly whileRevalidateMs: number | undefined;
  readonly onErrorMs: number | undefined;
  readonly throttleMs: number | undefined;
}

/** As written in the YAML: `80%`, or `xfetch`. */
export interface RefreshAheadDeclaration {
  readonly text: string;
}

/** How long a caller waits for a load, in milliseconds. At least one of them is there. */
export interface TimeoutsDeclaration {
  readonly softMs: number | undefined;
  readonly softSpan: Span | undefined;
  readonly hardMs: number | undefined;
}

/** Whether entries begin with an envelope, which says until when they are fresh and what they depend on. */
export function hasEnvelope({ freshness, tags }: Pick<CacheDeclaration, "freshness" | "tags">): boolean {
  return freshness.stale !== undefined || freshness.refreshAhead !== undefined || tags.length > 0;
}

export const noFreshness: Freshness = { stale: undefined, refreshAhead: undefined, timeouts: undefined };
