import type { Ttl } from "../cache/ttl.ts";
import { CachetoryError } from "../errors.ts";
import { defaultKey } from "./default-key.ts";

/** What {@link cached} needs of a cache; a `Cache<string, V>` has it. */
export interface CacheLike<V> {
  getOrSet(
    key: string,
    loader: () => V | undefined | Promise<V | undefined>,
    options: {
      readonly ttl?: Ttl | ((value: V) => Ttl) | undefined;
      readonly storeIf?: ((value: V) => boolean) | undefined;
      readonly ifNotExists?: boolean | undefined;
    },
  ): Promise<V | undefined>;
  delete(key: string): Promise<boolean>;
}

/** Options of {@link cached}. */
export interface CachedOptions<V, Args extends readonly unknown[] = readonly unknown[]> {
  /** First part of the keys. Default: the name of the function, so two functions of one cache must not share theirs. */
  readonly name?: string | undefined;
  /** The key of a call. Default {@link defaultKey}; `defaultHashedKey` makes short ones. */
  readonly makeKey?: ((name: string, args: Args) => string) | undefined;
  /** How long a result lives. Default: the cache's ttl. */
  readonly timeToLive?: Ttl | ((key: string, value: V) => Ttl) | undefined;
  /** Whether a value that somebody stored during the call stays, and the result is not stored. Default `true`. */
  readonly ifNotExists?: boolean | undefined;
  /** Results for which it is `true` are not stored. */
  readonly exclude?: ((key: string, value: V) => boolean) | undefined;
}

/** A function that reads through a cache: the same parameters and `this`, and a promise of the same result. */
export interface CachedFunction<F extends AnyFunction> {
  (this: ThisParameterType<F>, ...args: Parameters<F>): Promise<Awaited<ReturnType<F>>>;
  /** Forgets the result for these arguments; whether there was one. */
  purge(...args: Parameters<F>): Promise<boolean>;
}

type AnyFunction<R = unknown> = (this: never, ...args: never) => R;

/** `unknown` where what takes `Args` takes the parameters of `F` too. */
type Takes<Args extends readonly unknown[], F extends AnyFunction> = ((...args: Args) => void) extends (
  ...args: Parameters<F>
) => void
  ? unknown
  : never;

/**
 * Lets a function read through a cache. Concurrent calls with the same arguments share one; a result of `undefined`
 * is not stored; an error is not stored either. `this` is passed on, but is no part of the key.
 *
 * @param cache - a cache with keys of text, or a function of the arguments that chooses one; with `null` the function
 * is called every time
 *
 * @throws CachetoryError `INVALID_OPTION`, from the wrapping, for a function without a name where neither `name` nor
 * `makeKey` is given
 *
 * @example
 * ```ts
 * const priceOf = cached(cache, { timeToLive: "10m" })(async function priceOf(id: number) {
 *   return (await db.product(id)).price;
 * });
 * await priceOf(42); // key "priceOf:42"
 * await priceOf.purge(42);
 * ```
 */
export function cached<V, Args extends readonly unknown[] = readonly unknown[]>(
  cache: CacheLike<V> | null | ((...args: Args) => CacheLike<V> | null),
  options: CachedOptions<V, Args> = {},
): <F extends AnyFunction<V | undefined | Promise<V | undefined>>>(fn: F & Takes<Args, F>) => CachedFunction<F> {
  return (fn) => wrap(fn, cache, options) as never;
}

function wrap<V, Args extends readonly unknown[]>(
  fn: AnyFunction<V | undefined | Promise<V | undefined>>,
  cache: CacheLike<V> | null | ((...args: Args) => CacheLike<V> | null),
  options: CachedOptions<V, Args>,
): unknown {
  const { makeKey = defaultKey, timeToLive, ifNotExists, exclude } = options;
  const name = options.name ?? fn.name;
  if (name === "" && options.makeKey === undefined) {
    throw new CachetoryError("INVALID_OPTION", "cached needs a name for its keys: give the function one, or name.");
  }
  const cacheFor = typeof cache === "function" ? cache : () => cache;

  async function wrapped(this: unknown, ...args: unknown[]): Promise<V | undefined> {
    const call = async (): Promise<V | undefined> => fn.apply(this as never, args as never);
    // The signature that callers see says that these are arguments of the function.
    const chosen = cacheFor(...(args as unknown as Args));
    if (chosen === null) return call();
    const key = makeKey(name, args as unknown as Args);
    return chosen.getOrSet(key, call, {
      ttl: typeof timeToLive === "function" ? (value) => timeToLive(key, value) : timeToLive,
      storeIf: exclude === undefined ? undefined : (value) => !exclude(key, value),
      ifNotExists,
    });
  }

  async function purge(...args: unknown[]): Promise<boolean> {
    const chosen = cacheFor(...(args as unknown as Args));
    return chosen === null ? false : chosen.delete(makeKey(name, args as unknown as Args));
  }

  Object.defineProperty(wrapped, "name", { value: fn.name, configurable: true });
  return Object.assign(wrapped, { purge });
}
