import { CachetoryError } from "../errors.ts";
import { formatDuration } from "../schemes/format-duration.ts";
import type { LoadOptions } from "./options.ts";
import { type LifeMs, outlasts, type Ttl, ttlMs } from "./ttl.ts";

/** How a loaded value is stored. */
export interface StoreRule<V> {
  readonly storeIf: ((value: V, text: string) => boolean) | undefined;
  readonly lifeMs: (value: V, text: string) => LifeMs;
  /** Whether it leaves alone what somebody else has stored since the read. */
  readonly ifNotExists: boolean;
}

/** How long the entries of one cache live, and the longest that a call may ask for. */
export class Lifetimes {
  readonly #cacheName: string;
  readonly #ownMs: LifeMs;
  readonly #maxMs: LifeMs;

  /** @throws CachetoryError `INVALID_DURATION` */
  constructor(cacheName: string, ttl: Ttl | undefined, maxTtl: Ttl | undefined) {
    this.#cacheName = cacheName;
    this.#ownMs = ttlMs(ttl ?? "forever");
    this.#maxMs = ttlMs(maxTtl ?? "forever");
  }

  /** The cache's own, as a ttl of a call. */
  get own(): Ttl {
    return this.#ownMs === "forever" ? this.#ownMs : { ms: this.#ownMs };
  }

  /**
   * What a call asks for, by default the cache's own.
   *
   * @throws CachetoryError `INVALID_DURATION`, `TTL_TOO_LONG`
   */
  of(ttl: Ttl | undefined): LifeMs {
    if (ttl === undefined) return this.#ownMs;
    const lifeMs = ttlMs(ttl);
    this.#refuseLonger(lifeMs);
    return lifeMs;
  }

  /**
   * A moment in milliseconds since 1970.
   *
   * @throws CachetoryError `INVALID_DURATION`, `TTL_TOO_LONG`
   */
  until(at: Date): number {
    const atMs = at instanceof Date ? at.getTime() : Number.NaN;
    if (Number.isNaN(atMs)) throw new CachetoryError("INVALID_DURATION", "expireAt needs a valid Date.");
    this.#refuseLonger(atMs - Date.now());
    return atMs;
  }

  /**
   * How what is loaded is stored.
   *
   * @throws CachetoryError `INVALID_DURATION`, `TTL_TOO_LONG`
   */
  rule<V>(options: Omit<LoadOptions<V>, "signal">): StoreRule<V> {
    const { ttl, storeIf, ifNotExists = true } = options;
    if (typeof ttl === "function") return { storeIf, ifNotExists, lifeMs: (value) => this.of(ttl(value)) };
    // A wrong ttl is told before anything is loaded, and not where the write-back would swallow it.
    const lifeMs = this.of(ttl);
    return { storeIf, ifNotExists, lifeMs: () => lifeMs };
  }

  #refuseLonger(lifeMs: LifeMs): void {
    if (!outlasts(lifeMs, this.#maxMs)) return;
    throw new CachetoryError(
      "TTL_TOO_LONG",
      `${this.#cacheName} keeps entries for ${formatDuration(this.#maxMs)} at most, but was asked for ` +
        `${formatDuration(lifeMs)}. Declare a longer max-ttl if that is meant.`,
    );
  }
}
