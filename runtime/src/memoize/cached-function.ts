import type { Ttl } from "../cache/ttl.ts";

export type AnyFunction<R = unknown> = (this: never, ...args: never) => R;

/** As `AnyFunction`; a function that is inferred for it keeps type parameters, because it has one itself. */
export type GenericFunction<R> = <_>(this: never, ...args: never) => R;

/** What `cached` needs of a cache; a `Cache<string, V>` has it. */
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
  refresh(
    key: string,
    loader: () => V | undefined | Promise<V | undefined>,
    options: {
      readonly ttl?: Ttl | ((value: V) => Ttl) | undefined;
      readonly storeIf?: ((value: V) => boolean) | undefined;
    },
  ): Promise<V | undefined>;
  delete(key: string): Promise<boolean>;
}

/** What `cachedSync` needs of a cache; a `SyncCache<string, V>` has it. */
export interface SyncCacheLike<V> {
  getOrSet(
    key: string,
    loader: () => V | undefined,
    options: {
      readonly ttl?: Ttl | ((value: V) => Ttl) | undefined;
      readonly storeIf?: ((value: V) => boolean) | undefined;
      readonly ifNotExists?: boolean | undefined;
    },
  ): V | undefined;
  refresh(
    key: string,
    loader: () => V | undefined,
    options: {
      readonly ttl?: Ttl | ((value: V) => Ttl) | undefined;
      readonly storeIf?: ((value: V) => boolean) | undefined;
    },
  ): V | undefined;
  delete(key: string): boolean;
}

/** A cache, or a function of a call's arguments and `this` that chooses one; with `null` nothing is cached. */
export type CacheChoice<V, Args extends readonly unknown[], This> = Choice<CacheLike<V>, Args, This>;

/** As {@link CacheChoice}, of a cache without promises. */
export type SyncCacheChoice<V, Args extends readonly unknown[], This> = Choice<SyncCacheLike<V>, Args, This>;

type Choice<C, Args extends readonly unknown[], This> = C | null | ((this: This, ...args: Args) => C | null);

/** Options of `cached`, `Cached`, `cachedSync` and `CachedSync`. */
export interface CachedOptions<V, Args extends readonly unknown[] = readonly unknown[], This = unknown> {
  /**
   * First part of the keys, so two functions of one cache must not share theirs. Default: the name of the function; of
   * a method `Class#method`, of a static one `Class.method`.
   */
  readonly name?: string | undefined;
  /** The key of a call. Default `defaultKey`, which takes no notice of `self`; `defaultHashedKey` makes short ones. */
  readonly makeKey?: ((name: string, args: Args, self: This) => string) | undefined;
  /** How long a result lives. Default: the cache's ttl. */
  readonly timeToLive?: Ttl | ((key: string, value: V) => Ttl) | undefined;
  /** Whether a value that somebody stored during the call stays, and the result is not stored. Default `true`. */
  readonly ifNotExists?: boolean | undefined;
  /** Results for which it is `true` are not stored. */
  readonly exclude?: ((key: string, value: V) => boolean) | undefined;
}

/** What is known of the calls of a function that reads through a cache with keys of type `K`. */
interface CachedCalls<F extends AnyFunction, K> {
  /**
   * The key as the cache is given it: `cache.keyOf(fn.key(…))` is what the backend knows.
   *
   * @throws CachetoryError `INVALID_KEY` where none can be made of the arguments
   */
  key(...args: Parameters<F>): K;
  /** The function as it was given, without a cache. */
  readonly original: F;
}

/** What can be done about the result for certain arguments. */
export interface CachedMethods<F extends AnyFunction, K = string> extends CachedCalls<F, K> {
  /** Forgets the result; whether there was one. */
  purge(...args: Parameters<F>): Promise<boolean>;
  /** Calls the function, and stores its result whatever is stored; `undefined` leaves that alone. */
  refresh(...args: Parameters<F>): Promise<Awaited<ReturnType<F>>>;
}

/** As {@link CachedMethods}, without promises. */
export interface SyncCachedMethods<F extends AnyFunction, K = string> extends CachedCalls<F, K> {
  /** Forgets the result; whether there was one. */
  purge(...args: Parameters<F>): boolean;
  /** Calls the function, and stores its result whatever is stored; `undefined` leaves that alone. */
  refresh(...args: Parameters<F>): ReturnType<F>;
}

/** A function that reads through a cache without promises: of the type that it had, and with {@link SyncCachedMethods}. */
export type SyncCachedFunction<F extends AnyFunction, K = string> = F & SyncCachedMethods<F, K>;

/**
 * A function that reads through a cache. One that gives a promise keeps its type as it is, overloads, type parameters
 * and `this` included. Any other becomes one that gives a promise, and there TypeScript has no way to keep more than
 * the last overload, with type parameters replaced by their constraints; so it is with the parameters of
 * {@link CachedMethods}. Properties that the function had of its own are not carried over.
 */
export type CachedFunction<F extends AnyFunction, K = string> = Promising<F> & CachedMethods<F, K>;

/** A function as it is if it gives a promise; else one that does. */
export type Promising<F extends AnyFunction> = [ReturnType<F>] extends [Promise<unknown>]
  ? F
  : (this: ThisParameterType<F>, ...args: Parameters<F>) => Promise<Awaited<ReturnType<F>>>;

/** `unknown` where what takes `Args` takes the parameters of `F` too. */
export type Takes<Args extends readonly unknown[], F extends AnyFunction> = ((...args: Args) => void) extends (
  ...args: Parameters<F>
) => void
  ? unknown
  : never;

/** `unknown` where what expects `This` may be given `Self`. */
export type Serves<This, Self> = [Self] extends [This] ? unknown : never;
