import { CachetoryError } from "../errors.ts";
import type { AnyFunction, CacheChoice, CachedOptions, Serves, SyncCacheChoice, Takes } from "./cached-function.ts";
import { readThrough, readThroughSync } from "./read-through.ts";

/** What is used of a standard decorator's context; `ClassMethodDecoratorContext` has it. */
export interface MethodContext<Self = unknown> {
  readonly kind: "method";
  readonly name: string | symbol;
  readonly static: boolean;
  readonly private: boolean;
  addInitializer(initializer: (this: Self) => void): void;
}

/**
 * Lets a method that gives a promise read through a cache, as `cached` does with a function: a standard decorator, for
 * methods of instances and static ones. All instances share the entries, those of subclasses too: `this` is passed on,
 * but is no part of the key unless `makeKey` makes it one.
 *
 * Keys begin with `Class#method`, or `Class.method` for a static one, after the class that declares it. Give `name`
 * where that does not stay the same: in code whose classes a bundler renames, and for two classes of one name.
 *
 * The method has `purge`, `refresh`, `key` and `original`; `cachedMethod(shop, "priceOf")` gives them with their types
 * and with `shop` as `this`.
 *
 * @throws CachetoryError `INVALID_OPTION`, when the class is declared, for anything but a method, and for a private or
 * symbol-named one where neither `name` nor `makeKey` is given
 *
 * @example
 * ```ts
 * class Shop {
 *   @Cached(cache, { timeToLive: "10m" })
 *   async priceOf(id: number): Promise<number> {
 *     return (await db.product(id)).price;
 *   }
 * }
 * await new Shop().priceOf(42); // key "Shop#priceOf:42"
 * ```
 */
export function Cached<V, Args extends readonly unknown[] = readonly unknown[], This = unknown>(
  cache: CacheChoice<V, Args, This>,
  options: CachedOptions<V, Args, This> = {},
): <F extends AnyFunction<Promise<V | undefined>>, Self>(
  method: F & Takes<Args, F>,
  context: MethodContext<Self> & Serves<This, Self>,
) => F {
  return (method, context) =>
    decorate(context, options, (nameFor) => readThrough(method, cache, options, nameFor)) as never;
}

/**
 * As {@link Cached}, for a method that gives no promise, and a cache without promises.
 *
 * @throws CachetoryError `INVALID_OPTION` as {@link Cached}
 *
 * @example
 * ```ts
 * class Templates {
 *   @CachedSync(cache)
 *   compile(name: string): string {
 *     return compileSlowly(name);
 *   }
 * }
 * new Templates().compile("mail"); // key "Templates#compile:mail"
 * ```
 */
export function CachedSync<V, Args extends readonly unknown[] = readonly unknown[], This = unknown>(
  cache: SyncCacheChoice<V, Args, This>,
  options: CachedOptions<V, Args, This> = {},
): <F extends AnyFunction<V | undefined>, Self>(
  method: F & Takes<Args, F>,
  context: MethodContext<Self> & Serves<This, Self>,
) => F {
  return (method, context) =>
    decorate(context, options, (nameFor) => readThroughSync(method, cache, options, nameFor)) as never;
}

/** The wrapped method, which learns the first part of its keys when there is something that knows its class. */
function decorate(
  context: MethodContext<never>,
  options: { readonly name?: string | undefined; readonly makeKey?: unknown },
  wrap: (nameFor: (self: unknown) => string) => unknown,
): unknown {
  refuseUnfit(context, options);
  let { name } = options;
  const wrapped = wrap((self) => {
    name ??= qualifiedName(self, context, wrapped);
    return name ?? nameless(context, options);
  });
  if (name === undefined) {
    context.addInitializer(function (this: unknown) {
      name ??= qualifiedName(this, context, wrapped);
    });
  }
  return wrapped;
}

function refuseUnfit(context: MethodContext, options: { readonly name?: unknown; readonly makeKey?: unknown }): void {
  // Code without types, or compiled for the decorators of before the standard, gets here too.
  if (typeof context !== "object" || context.kind !== "method") {
    const hint = "It is a standard decorator: experimentalDecorators must be off.";
    throw new CachetoryError("INVALID_OPTION", `Cached is for methods alone. ${hint}`);
  }
  if (options.name !== undefined || options.makeKey !== undefined) return;
  if (context.private || typeof context.name === "symbol") {
    throw new CachetoryError(
      "INVALID_OPTION",
      `Cached needs a name for the keys of ${String(context.name)}: give name.`,
    );
  }
}

/** The method's name after that of the class that declares it; `undefined` where that cannot be told for sure. */
function qualifiedName(self: unknown, context: MethodContext, wrapped: unknown): string | undefined {
  if (context.private || typeof context.name === "symbol") return undefined;
  const owners = prototypesOf(self, context.static).filter((owner) => Object.hasOwn(owner, String(context.name)));
  const own = owners.find((owner) => Object.getOwnPropertyDescriptor(owner, context.name)?.value === wrapped);
  // Where another decorator stands above, only a method that nobody overrides is surely this one.
  const owner = own ?? (owners.length === 1 ? owners[0] : undefined);
  if (owner === undefined) return undefined;
  const declaring: unknown = context.static ? owner : owner.constructor;
  if (typeof declaring !== "function" || declaring.name === "") return undefined;
  return `${declaring.name}${context.static ? "." : "#"}${context.name}`;
}

function prototypesOf(self: unknown, isStatic: boolean): readonly object[] {
  const found: object[] = [];
  let next: unknown = isStatic || self === undefined || self === null ? self : Object.getPrototypeOf(self);
  while ((typeof next === "object" && next !== null) || typeof next === "function") {
    found.push(next);
    next = Object.getPrototypeOf(next);
  }
  return found;
}

function nameless(context: MethodContext, options: { readonly makeKey?: unknown }): string {
  if (options.makeKey !== undefined) return String(context.name);
  throw new CachetoryError(
    "INVALID_OPTION",
    `Cached cannot tell which class ${String(context.name)} is of, as its keys need: there is no instance yet, the class ` +
      "has no name, or other decorators hide it. Give name.",
  );
}
