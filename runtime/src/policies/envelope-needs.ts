import type { Versions } from "../cache/versions.ts";
import { type RefreshAhead, refreshAheadPolicy } from "./refresh-ahead.ts";
import { type StaleOptions, stalePolicy } from "./stale.ts";

/** What the entries of a cache need an envelope for. */
export interface EnvelopeNeeds {
  /** How long entries are kept when they are no longer fresh, in milliseconds. */
  readonly extraMs: number;
  /** After which share of its lifetime an entry is due for a refresh, between 0 and 1. Default: at no certain moment. */
  readonly aheadShare?: number | undefined;
  /** Whether an entry is due for a refresh the sooner the longer its load took. Default `false`. */
  readonly isXfetch?: boolean | undefined;
  /** Where chance comes from: numbers from 0 to less than 1. */
  readonly random: () => number;
  /** What they depend on besides their keys. Default: nothing. */
  readonly versions?: Versions | undefined;
  /** What they depend on where processes share them and none holds any of its own. Default: `versions`. */
  readonly sharedVersions?: Versions | undefined;
}

/** The policies that need an envelope. */
export interface EnvelopePolicies {
  readonly stale?: StaleOptions | undefined;
  readonly refreshAhead?: RefreshAhead | undefined;
  readonly versions?: Versions | undefined;
  readonly sharedVersions?: Versions | undefined;
  readonly random?: (() => number) | undefined;
}

/** `undefined` where none of them is declared: then entries are what the pipeline makes. */
export function envelopeNeeds(
  cacheName: string,
  { stale, refreshAhead, versions, sharedVersions, random = Math.random }: EnvelopePolicies,
): EnvelopeNeeds | undefined {
  if (stale === undefined && refreshAhead === undefined && versions === undefined) return undefined;
  const policy = stale && stalePolicy(cacheName, stale);
  const extraMs = policy === undefined ? 0 : Math.max(policy.whileRevalidateMs, policy.onErrorMs);
  const ahead = refreshAhead && refreshAheadPolicy(cacheName, refreshAhead);
  return { extraMs, ...ahead, versions, sharedVersions, random };
}
