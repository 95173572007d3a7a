import { CachetoryError } from "../errors.ts";
import type { AnyFunction, CacheChoice, CachedMethods, CachedOptions, CacheLike } from "./cached-function.ts";
import { defaultKey } from "./default-key.ts";

type Fn<V> = AnyFunction<V | undefined | Promise<V | undefined>>;

const methodsOf = new WeakMap<object, (self: unknown) => CachedMethods<AnyFunction>>();

/**
 * The function that reads through a cache, as `cached` and `Cached` hand it out.
 *
 * @param nameOf - the first part of the keys, for a call with this `this`
 */
export function readThrough<V, Args extends readonly unknown[], This>(
  fn: Fn<V>,
  choice: CacheChoice<V, Args, This>,
  options: CachedOptions<V, Args, This>,
  nameOf: (self: unknown) => string,
): unknown {
  const { makeKey = defaultKey, timeToLive, ifNotExists, exclude } = options;

  // The signatures that callers see say what `this` is, and that these are arguments of the function.
  const cacheFor = (self: unknown, args: readonly unknown[]): CacheLike<V> | null =>
    typeof choice === "function" ? Reflect.apply(choice, self as This, args as unknown as Args) : choice;
  const keyOf = (self: unknown, args: readonly unknown[]): string =>
    makeKey(nameOf(self), args as unknown as Args, self as This);
  const ruleFor = (key: string) => ({
    ttl: typeof timeToLive === "function" ? (value: V) => timeToLive(key, value) : timeToLive,
    storeIf: exclude === undefined ? undefined : (value: V) => !exclude(key, value),
  });
  // Async, so that what is thrown at once rejects as well.
  const call = async (self: unknown, args: readonly unknown[]): Promise<V | undefined> =>
    fn.apply(self as never, args as never);

  async function wrapped(this: unknown, ...args: unknown[]): Promise<V | undefined> {
    const cache = cacheFor(this, args);
    if (cache === null) return call(this, args);
    const key = keyOf(this, args);
    return cache.getOrSet(key, () => call(this, args), { ...ruleFor(key), ifNotExists });
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

  // In fn.purge(…), `this` is the function itself, which says nothing of the `this` of its calls.
  const selfOf = (self: unknown): unknown => (self === wrapped ? undefined : self);
  Object.defineProperties(wrapped, {
    name: { value: fn.name, configurable: true },
    length: { value: fn.length, configurable: true },
  });
  methodsOf.set(wrapped, (self) => ({
    purge: (...args: readonly unknown[]) => purge(self, args),
    refresh: (...args: readonly unknown[]) => refresh(self, args) as Promise<never>,
    key: (...args: readonly unknown[]) => keyOf(self, args),
    original: fn,
  }));
  return Object.assign(wrapped, {
    purge(this: unknown, ...args: unknown[]): Promise<boolean> {
      return purge(selfOf(this), args);
    },
    refresh(this: unknown, ...args: unknown[]): Promise<V | undefined> {
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
export function cachedMethod<T extends object, N extends keyof T>(
  owner: T,
  name: N,
): T[N] extends AnyFunction ? CachedMethods<T[N]> : never {
  const method: unknown = owner[name];
  const methods = typeof method === "function" ? methodsOf.get(method) : undefined;
  if (methods === undefined) {
    const hint = "Decorate it with Cached, above all other decorators.";
    throw new CachetoryError("INVALID_OPTION", `${String(name)} is no cached method. ${hint}`);
  }
  return methods(owner) as never;
}
