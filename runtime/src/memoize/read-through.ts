import type { Ttl } from "../cache/ttl.ts";
import { CachetoryError } from "../errors.ts";
import type {
  AnyFunction,
  CacheChoice,
  CachedMethods,
  CachedOptions,
  CacheLike,
  SyncCacheChoice,
  SyncCachedMethods,
  SyncCacheLike,
} from "./cached-function.ts";
import { defaultKey } from "./default-key.ts";

/** What a wrapped function needs to know of each call. */
interface Calls<C, V> {
  /** `null` where the call is not cached. */
  cacheFor(self: unknown, args: readonly unknown[]): C | null;
  keyOf(self: unknown, args: readonly unknown[]): string;
  /** How the result is stored under this key. */
  ruleFor(key: string): Rule<V>;
}

interface Rule<V> {
  readonly ttl: Ttl | ((value: V) => Ttl) | undefined;
  readonly storeIf: ((value: V) => boolean) | undefined;
}

/** What stands on a wrapped function, for a call with this `this` and these arguments. */
interface Operations {
  purge(self: unknown, args: readonly unknown[]): unknown;
  refresh(self: unknown, args: readonly unknown[]): unknown;
  keyOf(self: unknown, args: readonly unknown[]): string;
}

const methodsOf = new WeakMap<object, (self: unknown) => object>();

/**
 * The function that reads through a cache, as `cached` and `Cached` hand it out.
 *
 * @param nameOf - the first part of the keys, for a call with this `this`
 */
export function readThrough<V, Args extends readonly unknown[], This>(
  fn: AnyFunction<V | undefined | Promise<V | undefined>>,
  choice: CacheChoice<V, Args, This>,
  options: CachedOptions<V, Args, This>,
  nameOf: (self: unknown) => string,
): unknown {
  const { cacheFor, keyOf, ruleFor } = callsOf<CacheLike<V>, V, Args, This>(choice, options, nameOf);
  // Async, so that what is thrown at once rejects as well.
  const call = async (self: unknown, args: readonly unknown[]): Promise<V | undefined> =>
    fn.apply(self as never, args as never);

  async function wrapped(this: unknown, ...args: unknown[]): Promise<V | undefined> {
    const cache = cacheFor(this, args);
    if (cache === null) return call(this, args);
    const key = keyOf(this, args);
    return cache.getOrSet(key, () => call(this, args), { ...ruleFor(key), ifNotExists: options.ifNotExists });
  }

  async function purge(self: unknown, args: readonly unknown[]): Promise<boolean> {
    const cache = cacheFor(self, args);
    return cache === null ? false : cache.delete(keyOf(self, args));
  }

  async function refresh(self: unknown, args: readonly unknown[]): Promise<V | undefined> {
    const cache = cacheFor(self, args);
    if (cache === null) return call(self, args);
    const key = keyOf(self, args);
    return cache.refresh(key, () => call(self, args), ruleFor(key));
  }

  return withMethods(wrapped, fn, { purge, refresh, keyOf });
}

/** As `readThrough`, for `cachedSync` and `CachedSync`. */
export function readThroughSync<V, Args extends readonly unknown[], This>(
  fn: AnyFunction<V | undefined>,
  choice: SyncCacheChoice<V, Args, This>,
  options: CachedOptions<V, Args, This>,
  nameOf: (self: unknown) => string,
): unknown {
  const { cacheFor, keyOf, ruleFor } = callsOf<SyncCacheLike<V>, V, Args, This>(choice, options, nameOf);
  const call = (self: unknown, args: readonly unknown[]): V | undefined => fn.apply(self as never, args as never);

  function wrapped(this: unknown, ...args: unknown[]): V | undefined {
    const cache = cacheFor(this, args);
    if (cache === null) return call(this, args);
    const key = keyOf(this, args);
    return cache.getOrSet(key, () => call(this, args), { ...ruleFor(key), ifNotExists: options.ifNotExists });
  }

  function purge(self: unknown, args: readonly unknown[]): boolean {
    return cacheFor(self, args)?.delete(keyOf(self, args)) ?? false;
  }

  function refresh(self: unknown, args: readonly unknown[]): V | undefined {
    const cache = cacheFor(self, args);
    if (cache === null) return call(self, args);
    const key = keyOf(self, args);
    return cache.refresh(key, () => call(self, args), ruleFor(key));
  }

  return withMethods(wrapped, fn, { purge, refresh, keyOf });
}

function callsOf<C extends object, V, Args extends readonly unknown[], This>(
  choice: C | null | ((this: This, ...args: Args) => C | null),
  options: CachedOptions<V, Args, This>,
  nameOf: (self: unknown) => string,
): Calls<C, V> {
  const { makeKey = defaultKey, timeToLive, exclude } = options;
  // The signatures that callers see say what `this` is, and that these are arguments of the function.
  return {
    cacheFor: (self, args) =>
      typeof choice === "function" ? Reflect.apply(choice, self as This, args as unknown as Args) : choice,
    keyOf: (self, args) => makeKey(nameOf(self), args as unknown as Args, self as This),
    ruleFor: (key) => ({
      ttl: typeof timeToLive === "function" ? (value) => timeToLive(key, value) : timeToLive,
      storeIf: exclude === undefined ? undefined : (value) => !exclude(key, value),
    }),
  };
}

function withMethods(wrapped: AnyFunction, fn: AnyFunction, { purge, refresh, keyOf }: Operations): unknown {
  // In fn.purge(…), `this` is the function itself, which says nothing of the `this` of its calls.
  const selfOf = (self: unknown): unknown => (self === wrapped ? undefined : self);
  Object.defineProperties(wrapped, {
    name: { value: fn.name, configurable: true },
    length: { value: fn.length, configurable: true },
  });
  methodsOf.set(wrapped, (self) => ({
    purge: (...args: readonly unknown[]) => purge(self, args),
    refresh: (...args: readonly unknown[]) => refresh(self, args),
    key: (...args: readonly unknown[]) => keyOf(self, args),
    original: fn,
  }));
  return Object.assign(wrapped, {
    purge(this: unknown, ...args: unknown[]): unknown {
      return purge(selfOf(this), args);
    },
    refresh(this: unknown, ...args: unknown[]): unknown {
      return refresh(selfOf(this), args);
    },
    key(this: unknown, ...args: unknown[]): string {
      return keyOf(selfOf(this), args);
    },
    original: fn,
  });
}

/**
 * `purge`, `refresh`, `key` and `original` of a cached method, with their types, which a decorator cannot give to the
 * method itself, and with the owner as `this`.
 *
 * @throws CachetoryError `INVALID_OPTION` where the owner has no cached method of this name
 *
 * @example
 * ```ts
 * await cachedMethod(shop, "priceOf").refresh(42);
 * ```
 */
export function cachedMethod<T extends object, N extends keyof T>(owner: T, name: N): MethodsOf<T[N]> {
  const method: unknown = owner[name];
  const methods = typeof method === "function" ? methodsOf.get(method) : undefined;
  if (methods === undefined) {
    const hint = "Decorate it with Cached or CachedSync, above all other decorators.";
    throw new CachetoryError("INVALID_OPTION", `${String(name)} is no cached method. ${hint}`);
  }
  return methods(owner) as never;
}

type MethodsOf<F> =
  F extends AnyFunction<Promise<unknown>> ? CachedMethods<F> : F extends AnyFunction ? SyncCachedMethods<F> : never;
