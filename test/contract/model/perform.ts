import { CacheMissError, type Ttl } from "@cachetory/runtime";
import type { Value } from "./cache-model.ts";
import type { Clock } from "./clock.ts";
import { miss, wholeTicks } from "./expected-answer.ts";
import type { CacheCall, Life, LongCall } from "./operation.ts";

type Answer<T> = T | Promise<T>;
type Pairs = Iterable<readonly [string, Value]>;

/** The operations of a cache; one that answers at once has them, too. */
export interface CacheUnderTest {
  get(key: string, fallback?: Value): Answer<Value | undefined>;
  getOrThrow(key: string): Answer<Value>;
  getMany(keys: readonly string[]): Answer<Pairs>;
  set(key: string, value: Value, options: { readonly ttl?: Ttl; readonly ifNotExists: boolean }): Answer<boolean>;
  setMany(items: readonly (readonly [string, Value])[], options: { readonly ttl?: Ttl }): Answer<void>;
  expireIn(key: string, ttl: Ttl): Answer<boolean>;
  expireAt(key: string, at: Date): Answer<boolean>;
  touch(key: string, options: { readonly ttl?: Ttl }): Answer<boolean>;
  ttl(key: string): Answer<number | "forever" | undefined>;
  has(key: string): Answer<boolean>;
  take(key: string): Answer<Value | undefined>;
  delete(key: string): Answer<boolean>;
  deleteMany(keys: readonly string[]): Answer<number>;
  clear(): Answer<number>;
  getOrSet(key: string, loader: () => Value | undefined, options: { readonly ttl?: Ttl }): Answer<Value | undefined>;
  getOrSetMany(
    keys: readonly string[],
    loadMissing: (keys: readonly string[]) => readonly Value[],
    options: { readonly ttl?: Ttl },
  ): Answer<Pairs>;
  refresh(key: string, loader: () => Value | undefined, options: { readonly ttl?: Ttl }): Answer<Value | undefined>;
}

/** Makes the call, and gives its answer in the words of the model. */
export async function perform(cache: CacheUnderTest, call: CacheCall | LongCall, clock: Clock): Promise<unknown> {
  switch (call.call) {
    case "get":
      return call.fallback === undefined ? cache.get(call.key) : cache.get(call.key, call.fallback);
    case "getOrThrow":
      return orMiss(cache, call.key);
    case "getMany":
      return [...(await cache.getMany(call.keys))];
    case "has":
      return cache.has(call.key);
    case "ttl":
      return ticksOf(await cache.ttl(call.key), clock);
    case "take":
      return cache.take(call.key);
    case "delete":
      return cache.delete(call.key);
    case "deleteMany":
      return cache.deleteMany(call.keys);
    case "clear":
      return cache.clear();
    case "set":
      return cache.set(call.key, call.value, { ...ttlOf(call.life, clock), ifNotExists: call.isNew });
    case "setMany":
      return cache.setMany(call.items, ttlOf(call.life, clock));
    case "expireIn":
      return cache.expireIn(call.key, ttl(call.life, clock));
    case "expireAt":
      return expireAt(cache, call.key, call.life, clock);
    case "touch":
      return cache.touch(call.key, ttlOf(call.life, clock));
    case "getOrSet":
      return cache.getOrSet(call.key, () => call.value, ttlOf(call.life, clock));
    case "getOrSetMany":
      return [...(await cache.getOrSetMany(call.keys, (keys) => keys.map(() => call.value), ttlOf(call.life, clock)))];
    case "refresh":
      return cache.refresh(call.key, () => call.value, ttlOf(call.life, clock));
  }
}

async function orMiss(cache: CacheUnderTest, key: string): Promise<unknown> {
  try {
    return await cache.getOrThrow(key);
  } catch (error) {
    if (error instanceof CacheMissError) return miss;
    throw error;
  }
}

/** There is no moment for ever: an entry is given one by `expireIn`. */
function expireAt(cache: CacheUnderTest, key: string, life: number, clock: Clock): Answer<boolean> {
  if (life === Number.POSITIVE_INFINITY) return cache.expireIn(key, "forever");
  return cache.expireAt(key, new Date(clock.now() + life * clock.tickMs));
}

function ttlOf(life: Life, clock: Clock): { readonly ttl?: Ttl } {
  return life === undefined ? {} : { ttl: ttl(life, clock) };
}

export function ttl(life: number, { tickMs }: Clock): Ttl {
  return life === Number.POSITIVE_INFINITY ? "forever" : { ms: life * tickMs };
}

function ticksOf(leftMs: number | "forever" | undefined, { tickMs }: Clock): number | "forever" | undefined {
  return leftMs === "forever" ? leftMs : wholeTicks(leftMs === undefined ? undefined : leftMs / tickMs);
}
