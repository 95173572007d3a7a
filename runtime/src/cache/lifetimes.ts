import { CachetoryError, errorOfCache } from "../errors.ts";
import { checkedJitter, jittered } from "../policies/jitter.ts";
import type { Negative } from "../policies/negative.ts";
import { formatDuration } from "../schemes/format-duration.ts";
import { calledBack } from "./called-back.ts";
import type { LoadOptions } from "./options.ts";
import { refuseNoOptions } from "./refuse-given.ts";
import { type LifeMs, outlasts, type Ttl, ttlMs } from "./ttl.ts";

/** How a loaded value is stored. */
export interface StoreRule<V> {
  readonly storeIf: ((value: V, text: string) => boolean) | undefined;
  readonly lifeMs: (value: V, text: string) => LifeMs;
  /** Whether it leaves alone what somebody else has stored since the read. */
  readonly ifNotExists: boolean;
}

/** What says how long entries live, of the options of a cache. */
export interface LifetimeOptions<V> {
  readonly ttl?: Ttl | undefined;
  readonly maxTtl?: Ttl | undefined;
  readonly ttlOf?: ((value: V) => Ttl) | undefined;
  readonly negative?: Negative | undefined;
  readonly jitter?: number | undefined;
  readonly random?: (() => number) | undefined;
}

/** How long the entries of one cache live, and the longest that a call may ask for. */
export class Lifetimes<V> {
  /** How a loaded value is stored where the call says nothing of it. */
  readonly ownRule: StoreRule<V>;
  readonly #cacheName: string;
  readonly #ownMs: LifeMs;
  readonly #maxMs: LifeMs;
  readonly #ttlOf: ((value: V) => Ttl) | undefined;
  readonly #skipsNull: boolean;
  /** Of `null`; `undefined` where it is a value like any other. */
  readonly #nullMs: LifeMs | undefined;
  readonly #jitter: number;
  readonly #random: () => number;

  /** @throws CachetoryError `INVALID_DURATION`; `INVALID_OPTION` */
  constructor(cacheName: string, { ttl, maxTtl, ttlOf, negative, jitter, random }: LifetimeOptions<V>) {
    this.#cacheName = cacheName;
    this.#ownMs = ttlMs(ttl ?? "forever");
    this.#maxMs = ttlMs(maxTtl ?? "forever");
    this.#ttlOf = ttlOf;
    this.#skipsNull = negative === "skip";
    this.#nullMs = typeof negative === "object" ? shorter(ttlMs(negative.ttl), this.#ownMs) : undefined;
    this.#jitter = checkedJitter(cacheName, jitter ?? 0);
    // Found when it is asked for: a test may replace it.
    this.#random = random ?? (() => Math.random());
    this.ownRule = this.rule({});
  }

  /** Whether all values that are stored with one ttl live as long as each other. */
  get isUniform(): boolean {
    return !this.isOfValue && this.#jitter === 0;
  }

  /** Whether it depends on the value how long it lives, where the call says no ttl. */
  get isOfValue(): boolean {
    return this.#ttlOf !== undefined || this.#nullMs !== undefined;
  }

  /**
   * What a call asks for; `undefined` where it leaves that to the cache.
   *
   * @throws CachetoryError `INVALID_OPTION` for a ttl by itself
   */
  ttlIn(options: { readonly ttl?: Ttl | undefined }): Ttl | undefined {
    refuseNoOptions(this.#cacheName, options);
    return options.ttl;
  }

  /**
   * What a call asks for, by default the cache's own, to the millisecond.
   *
   * @throws CachetoryError `INVALID_DURATION`, `TTL_TOO_LONG`
   */
  exactly(ttl: Ttl | undefined): LifeMs {
    if (ttl === undefined) return this.#ownMs;
    const lifeMs = this.#asMs(ttl);
    this.#refuseLonger(lifeMs);
    return lifeMs;
  }

  /**
   * How long a value lives that is stored now: what the call asks for, by default what is declared for such a value, and
   * less by chance where that is declared.
   *
   * @throws CachetoryError `INVALID_DURATION`, also for what `ttlOf` throws; `TTL_TOO_LONG`
   */
  of(value: V, ttl: Ttl | undefined): LifeMs {
    if (ttl !== undefined) return this.renewed(ttl);
    return jittered(this.#declared(value), this.#jitter, this.#random);
  }

  /**
   * As `of`, for what a call asks for by a function.
   *
   * @throws CachetoryError `INVALID_DURATION`, also for what `ask` throws; `TTL_TOO_LONG`
   */
  asked(value: V, ask: () => Ttl | undefined): LifeMs {
    return this.of(value, this.#calledBack(ask));
  }

  /**
   * How much longer an entry lives whose value is not looked at.
   *
   * @throws CachetoryError `INVALID_DURATION`, `TTL_TOO_LONG`
   */
  renewed(ttl: Ttl | undefined): LifeMs {
    return jittered(this.exactly(ttl), this.#jitter, this.#random);
  }

  /** @throws CachetoryError `INVALID_VALUE` for `null` where the cache is declared to hold none */
  refuseSkipped(value: V): void {
    if (!this.#skipsNull || value !== null) return;
    throw new CachetoryError(
      "INVALID_VALUE",
      `${this.#cacheName} is declared to hold no null (negative: skip). Delete the entry, or declare a ttl for null.`,
    );
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
   * @throws CachetoryError `INVALID_DURATION`, `TTL_TOO_LONG`; `INVALID_OPTION` for a ttl by itself
   */
  rule(options: Omit<LoadOptions<V>, "signal" | "timeouts">): StoreRule<V> {
    refuseNoOptions(this.#cacheName, options);
    const { ttl, ifNotExists = true } = options;
    const storeIf = this.stored(options.storeIf);
    if (typeof ttl === "function")
      return { storeIf, ifNotExists, lifeMs: (value) => this.asked(value, () => ttl(value)) };
    // A wrong ttl is told before anything is loaded, and not where the write-back would swallow it.
    const lifeMs = this.exactly(ttl);
    if (this.isUniform) return { storeIf, ifNotExists, lifeMs: () => lifeMs };
    return { storeIf, ifNotExists, lifeMs: (value) => this.of(value, ttl) };
  }

  /** Which of the values that are loaded are stored: those that the caller wants, without those that the cache holds none of. */
  stored<Rest extends readonly unknown[]>(
    storeIf: ((value: V, ...rest: Rest) => boolean) | undefined,
  ): ((value: V, ...rest: Rest) => boolean) | undefined {
    if (!this.#skipsNull) return storeIf;
    return (value, ...rest) => value !== null && storeIf?.(value, ...rest) !== false;
  }

  #asMs(ttl: Ttl): LifeMs {
    try {
      return ttlMs(ttl);
    } catch (cause) {
      throw errorOfCache(this.#cacheName, cause);
    }
  }

  /** What is longer than the cache's own is cut: that is the bound which was declared. */
  #declared(value: V): LifeMs {
    if (value === null && this.#nullMs !== undefined) return this.#nullMs;
    return this.#ttlOf === undefined ? this.#ownMs : shorter(this.#declaredOf(value, this.#ttlOf), this.#ownMs);
  }

  #declaredOf(value: V, ttlOf: (value: V) => Ttl): LifeMs {
    return this.#calledBack(() => ttlMs(ttlOf(value)));
  }

  #calledBack<T>(call: () => T): T {
    return calledBack("INVALID_DURATION", `${this.#cacheName} got no ttl for this value.`, call);
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

function shorter(a: LifeMs, b: LifeMs): LifeMs {
  return outlasts(a, b) ? b : a;
}
