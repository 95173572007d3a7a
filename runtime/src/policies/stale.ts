import type { Duration } from "../cache/ttl.ts";
import { ttlMs } from "../cache/ttl.ts";
import { CachetoryError } from "../errors.ts";

/** A duration that ends. */
export type BoundedDuration = Duration | { readonly ms: number };

/** For how long after its ttl a value may still be served; each counts from the end of the ttl. */
export interface StaleOptions {
  /** So long a stale value is served at once, while one load in the background refreshes it. Default: not at all. */
  readonly whileRevalidate?: BoundedDuration | undefined;
  /** So long a stale value is served where its load fails. Default: not at all. */
  readonly onError?: BoundedDuration | undefined;
  /** So long after a load has failed no other is tried, where there is a value to serve. Default 30 seconds. */
  readonly throttle?: BoundedDuration | undefined;
}

/** The same in milliseconds. */
export interface StalePolicy {
  readonly whileRevalidateMs: number;
  readonly onErrorMs: number;
  readonly throttleMs: number;
}

const throttleMs = 30_000;

/** Of a cache that serves nothing stale, though it refreshes what is fresh. */
export const freshAlone: StalePolicy = { whileRevalidateMs: 0, onErrorMs: 0, throttleMs };

/** @throws CachetoryError `INVALID_DURATION`, `INVALID_OPTION` */
export function stalePolicy(cacheName: string, { whileRevalidate, onError, throttle }: StaleOptions): StalePolicy {
  if (whileRevalidate === undefined && onError === undefined) {
    throw new CachetoryError(
      "INVALID_OPTION",
      `${cacheName}: stale says neither whileRevalidate nor onError, so no stale value would ever be served.`,
    );
  }
  return {
    whileRevalidateMs: boundedMs(cacheName, "whileRevalidate", whileRevalidate ?? { ms: 0 }),
    onErrorMs: boundedMs(cacheName, "onError", onError ?? { ms: 0 }),
    throttleMs: boundedMs(cacheName, "throttle", throttle ?? { ms: throttleMs }),
  };
}

/** @throws CachetoryError `INVALID_DURATION`, `INVALID_OPTION` for less than nothing */
export function boundedMs(cacheName: string, name: string, duration: BoundedDuration): number {
  const ms = ttlMs(duration);
  if (ms !== "forever" && ms >= 0) return ms;
  throw new CachetoryError("INVALID_OPTION", `${cacheName}: ${name} is a duration of zero or more, but this is ${ms}.`);
}
