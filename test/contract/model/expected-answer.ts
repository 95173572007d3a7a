import type { CacheModel, Value } from "./cache-model.ts";
import { allKeys, type CacheCall, type Life, type LongCall, ownLife } from "./operation.ts";

/** What `getOrThrow` answers when it throws. */
export const miss = "a CacheMissError";

/** What a cache must answer to a call, by the model alone. */
export function expectedAnswer(model: CacheModel, call: CacheCall | LongCall): unknown {
  switch (call.call) {
    case "get":
      return orElse(model.read(call.key), call.fallback);
    case "getOrThrow":
      return orElse(model.read(call.key), miss);
    case "getMany":
      return hits(model, call.keys);
    case "has":
      return isLive(model, call.key);
    case "ttl":
      return wholeTicks(model.left(call.key));
    case "take": {
      const value = model.read(call.key);
      model.delete(call.key);
      return value;
    }
    case "delete":
      return remove(model, [call.key]) === 1;
    case "deleteMany":
      return remove(model, call.keys);
    case "clear":
      return remove(model, [...allKeys, "none"]);
    case "set":
      if (call.isNew && isLive(model, call.key)) return false;
      model.write(call.key, call.value, lifeOf(call.life));
      return true;
    case "setMany":
      for (const [key, value] of call.items) model.write(key, value, lifeOf(call.life));
      return undefined;
    case "expireIn":
    case "expireAt":
    case "touch":
      return expire(model, call.key, lifeOf(call.life));
    case "getOrSet":
      return readThrough(model, call.key, call.value, lifeOf(call.life));
    case "getOrSetMany":
      return [...new Set(call.keys)].map((key) => [key, readThrough(model, key, call.value, lifeOf(call.life))]);
    case "refresh":
      if (call.value !== undefined) model.write(call.key, call.value, lifeOf(call.life));
      return call.value;
  }
}

/** It is asked for somewhere between two ticks, so that only whole ticks can be compared. */
export function wholeTicks(left: number | undefined): number | "forever" | undefined {
  return left === undefined ? undefined : left === Number.POSITIVE_INFINITY ? "forever" : Math.floor(left);
}

function lifeOf(life: Life): number {
  return life ?? ownLife;
}

function isLive(model: CacheModel, key: string): boolean {
  return model.left(key) !== undefined;
}

// `null` is a value.
function orElse<T>(value: Value | undefined, otherwise: T): Value | T {
  return value === undefined ? otherwise : value;
}

function hits(model: CacheModel, keys: readonly string[]): unknown {
  return [...new Set(keys)].filter((key) => isLive(model, key)).map((key) => [key, model.read(key)]);
}

function remove(model: CacheModel, keys: readonly string[]): number {
  const live = [...new Set(keys)].filter((key) => isLive(model, key));
  for (const key of live) model.delete(key);
  return live.length;
}

function expire(model: CacheModel, key: string, life: number): boolean {
  const value = model.read(key);
  if (value === undefined) return false;
  model.write(key, value, life);
  return true;
}

function readThrough(model: CacheModel, key: string, loaded: Value | undefined, life: number): Value | undefined {
  const value = model.read(key);
  if (value !== undefined) return value;
  if (loaded !== undefined) model.write(key, loaded, life);
  return loaded;
}
