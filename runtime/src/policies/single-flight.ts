import { type Ttl, ttlMs } from "../cache/ttl.ts";
import { CachetoryError } from "../errors.ts";

/** Who shares the load of a key. */
export interface SingleFlightOptions {
  /** `"process"`: concurrent callers in one process. `"cluster"`: in all that share the backend. Default `"process"`. */
  readonly scope?: "process" | "cluster" | undefined;
  /**
   * How long after the end of a process that loads others wait before one of them loads; the lease is extended while the load
   * runs. With `"cluster"` alone. Default `"5s"`.
   */
  readonly lease?: Ttl | undefined;
  /**
   * For how long a load is waited for by callers that come later: after that they begin another one, and the first one answers
   * its own callers without storing. Default `"30s"`.
   */
  readonly deadline?: Ttl | undefined;
}

/** The same, checked. */
export interface SingleFlight {
  readonly deadlineMs: number;
  /** `undefined` where processes do not share loads. */
  readonly leaseMs: number | undefined;
  readonly random: () => number;
}

/** @throws CachetoryError `INVALID_DURATION`, `INVALID_OPTION` */
export function checkedSingleFlight(
  cacheName: string,
  given: "process" | "cluster" | SingleFlightOptions = "process",
  random: () => number = Math.random,
): SingleFlight {
  const { scope = "process", lease, deadline = "30s" } = typeof given === "string" ? { scope: given } : given;
  if (lease !== undefined && scope === "process") {
    throw new CachetoryError(
      "INVALID_OPTION",
      `${cacheName}: a lease is for loads that processes share. Leave it out, or write scope: "cluster".`,
    );
  }
  return {
    deadlineMs: positive(cacheName, "deadline", deadline),
    leaseMs: scope === "cluster" ? positive(cacheName, "lease", lease ?? "5s") : undefined,
    random,
  };
}

function positive(cacheName: string, name: string, ttl: Ttl): number {
  const ms = ttlMs(ttl);
  if (ms !== "forever" && ms > 0) return ms;
  throw new CachetoryError(
    "INVALID_OPTION",
    `${cacheName}: the ${name} of singleFlight has an end, and is more than zero.`,
  );
}
