import { DummyBackend } from "../backends/dummy.ts";
import type { Batch } from "../cache/batch.ts";
import { Cache } from "../cache/cache.ts";
import type { LoadedMany } from "../cache/loaded-many.ts";
import type { LoaderContext } from "../cache/one-load.ts";
import type { BatchLoader, ItemBatchOptions } from "../cache/options.ts";
import { noop } from "../serializers/noop.ts";
import { nameOf } from "./cached.ts";
import type { CachedOptions } from "./cached-function.ts";
import { defaultKey } from "./default-key.ts";

/** What is used of a batch. */
type SingleCalls<V, I> = Pick<Batch<I, V>, "get" | "refresh">;

/** What `cachedBatch` needs of a cache; a `Cache<string, V>` has it. */
export interface BatchCacheLike<V> {
  batch<I>(load: BatchLoader<I, V>, options: ItemBatchOptions<string, I, V>): SingleCalls<V, I>;
  delete(key: string): Promise<boolean>;
}

/** A cache, or a function of a call's argument that chooses one; with `null` nothing is cached. */
export type BatchCacheChoice<V, I> = BatchCacheLike<V> | null | ((item: I) => BatchCacheLike<V> | null);

/** Options of `cachedBatch`. */
export interface CachedBatchOptions<V, I = unknown> extends CachedOptions<V, readonly [item: I], undefined> {
  /** The most items that one call of the function is given; for more, it is called more than once. Default: no limit. */
  readonly maxBatch?: number | undefined;
}

/** Single calls of a function that loads many, through a cache. */
export interface CachedBatch<I, R, F = unknown> {
  (item: I): Promise<R>;
  /** Forgets the result; whether there was one. */
  purge(item: I): Promise<boolean>;
  /** Loads anew, and stores the result whatever is stored; `undefined` leaves that alone. */
  refresh(item: I): Promise<R>;
  /** The key as the cache is given it: `cache.keyOf(fn.key(…))` is what the backend knows. */
  key(item: I): string;
  /** The function as it was given. */
  readonly original: F;
}

/** What one call gives, of what the function answers: `undefined` only where that may leave a value out. */
export type OneOf<V, Answer> = Answer extends readonly (infer Element)[]
  ? undefined extends Element
    ? V | undefined
    : [Exclude<Element, Error>] extends [V]
      ? V
      : V | undefined
  : V | undefined;

/**
 * Makes of a function that loads many one for a single item, which reads through a cache: the calls of one turn of the event
 * loop become one read of the cache, one call of the function for what is missing, and one write. An item is what the
 * function takes an array of; equal items share one load, whose result or error reaches all of them.
 *
 * The function answers with an array aligned with the items, with pairs, or with a `Map`. What it leaves out, or answers with
 * `undefined`, is `undefined` and not stored; an `Error` in place of a value rejects the calls for that item alone; what it
 * throws rejects all that it was asked for.
 *
 * @param cache - a cache with keys of text, or a function of the item that chooses one; with `null` nothing is cached, and
 * the function is still called once for all
 *
 * @throws CachetoryError `INVALID_OPTION`, from the wrapping, for a function without a name where neither `name` nor
 * `makeKey` is given
 *
 * @example
 * ```ts
 * const priceOf = cachedBatch(cache, { name: "priceOf", timeToLive: "10m" })((ids: number[]) => db.pricesOf(ids));
 * const [one, other] = await Promise.all([priceOf(42), priceOf(43)]); // one pricesOf([42, 43])
 * await priceOf.purge(42); // key "priceOf:42"
 * ```
 */
export function cachedBatch<V, I = unknown>(
  cache: BatchCacheChoice<V, I>,
  options: CachedBatchOptions<V, I> = {},
): <J extends I, Answer extends LoadedMany<J, V | Error>>(
  loadMany: (items: J[], context: LoaderContext) => Answer | PromiseLike<Answer>,
) => CachedBatch<J, OneOf<V, Answer>, typeof loadMany> {
  return (loadMany) => readBatches(cache, options, loadMany as never) as never;
}

function readBatches<V, I>(
  choice: BatchCacheChoice<V, I>,
  options: CachedBatchOptions<V, I>,
  loadMany: BatchLoader<I, V>,
): CachedBatch<I, V | undefined> {
  const name = nameOf(loadMany, options);
  const { makeKey = defaultKey, timeToLive, exclude, ifNotExists, maxBatch } = options;
  const key = (item: I): string => makeKey(name, [item], undefined);
  const cacheFor = (item: I): BatchCacheLike<V> | null => (typeof choice === "function" ? choice(item) : choice);

  const batches = new WeakMap<BatchCacheLike<V>, SingleCalls<V, I>>();
  const batchOf = (cache: BatchCacheLike<V>): SingleCalls<V, I> => {
    const known = batches.get(cache);
    if (known !== undefined) return known;
    const batch = cache.batch<I>(loadMany, {
      keyOf: key,
      maxBatch,
      ifNotExists,
      ttl: typeof timeToLive === "function" ? (value, item) => timeToLive(key(item), value) : timeToLive,
      storeIf: exclude && ((value, item) => !exclude(key(item), value)),
    });
    batches.set(cache, batch);
    return batch;
  };
  const nothing = new Cache<string, V>({ name, backend: new DummyBackend(), serializer: noop() });

  const one = (item: I): Promise<V | undefined> => {
    // Not async: a promise more for each call is what a hundred of them notice.
    try {
      const cache = cacheFor(item);
      // A call without a cache is not for what others have begun to load.
      return cache === null ? batchOf(nothing).refresh(item) : batchOf(cache).get(item);
    } catch (cause) {
      return Promise.reject(cause);
    }
  };
  Object.defineProperty(one, "name", { value: name, configurable: true });
  return Object.assign(one, {
    purge: async (item: I): Promise<boolean> => (await cacheFor(item)?.delete(key(item))) ?? false,
    refresh: async (item: I): Promise<V | undefined> => batchOf(cacheFor(item) ?? nothing).refresh(item),
    key,
    original: loadMany,
  });
}
