import type { KeySelection } from "../../cache/options.ts";
import type { AnyFunction, Promising } from "../../memoize/cached-function.ts";
import { type FailedDeletion, InvalidationErrors, type OnInvalidationError } from "./invalidation-errors.ts";

/** What a mutation needs of a cache, with promises or without. */
interface InvalidableCache<K> {
  keyOf(key: K): string;
  deleteMany(keys: readonly K[]): number | Promise<number>;
  clear(parameters: KeySelection<K>): number | Promise<number>;
}

interface SyncInvalidableCache<K> extends InvalidableCache<K> {
  deleteMany(keys: readonly K[]): number;
  clear(parameters: KeySelection<K>): number;
}

/** Caches by name; `Keys` has the type of the keys of each. */
type CachesOf<Keys> = { readonly [Name in keyof Keys]: InvalidableCache<Keys[Name]> };
type SyncCachesOf<Keys> = { readonly [Name in keyof Keys]: SyncInvalidableCache<Keys[Name]> };

/** As `Parameters`, which knows nothing of a function that takes a readonly list and nothing else. */
type ArgumentsOf<F extends AnyFunction> = F extends (
  this: never,
  ...args: infer Args extends readonly unknown[]
) => unknown
  ? Args
  : never;

/** Entries of one cache that a mutation makes untrue: by their keys, or all that have these parts of a key. */
type UntrueEntries<F extends AnyFunction, Keys> = {
  readonly [Name in keyof Keys]: { readonly cache: Name } & (
    | FoundBy<F, "keys", Keys[Name]>
    | FoundBy<F, "parts", KeySelection<Keys[Name]>>
  );
}[keyof Keys];

type FoundBy<F extends AnyFunction, How extends string, Selected> =
  // Without `strictNullChecks` the compiler tells nothing apart by what is absent.
  undefined extends string
    ? { readonly of?: "result"; readonly before?: true } & FoundInAll<F, How, Selected>
    :
        | ({ readonly of?: undefined; readonly before?: true } & {
            readonly [_ in How]: (args: ArgumentsOf<F>) => readonly Selected[];
          })
        /** Those that only the result tells cannot be deleted before. */
        | ({ readonly of: "result" } & FoundInAll<F, How, Selected>);

type FoundInAll<F extends AnyFunction, How extends string, Selected> = {
  readonly [_ in How]: (args: ArgumentsOf<F>, result: Awaited<ReturnType<F>>) => readonly Selected[];
};

interface MutationOptions {
  /** What a call does whose entries could not be deleted. Default `"warn"`. */
  readonly onError?: OnInvalidationError;
  /** The `this` of a method; without it, `this` is passed on. */
  readonly owner?: () => unknown;
}

/** A function that deletes what it has made untrue: of the type that it had, if it gave a promise. */
export type MutatingFunction<F extends AnyFunction, Keys> = Promising<F> & {
  /** The same, which deletes in these caches: those of a set that `createCaches` made. */
  on(caches: CachesOf<Keys>): MutatingFunction<F, Keys>;
  /** The function as it was given, which deletes nothing. */
  readonly original: F;
};

/** As {@link MutatingFunction}, without promises. */
export type SyncMutatingFunction<F extends AnyFunction, Keys> = F & {
  /** The same, which deletes in these caches: those of a set that `createCaches` made. */
  on(caches: SyncCachesOf<Keys>): SyncMutatingFunction<F, Keys>;
  /** The function as it was given, which deletes nothing. */
  readonly original: F;
};

/**
 * A function of the user's, after whose success entries of declared caches are deleted.
 *
 * @param name - of the mutation, for messages
 * @param original - gives the function when it is called: modules that import each other may not have it any sooner
 */
export function mutateFunction<F extends AnyFunction, Keys extends object>(
  name: string,
  caches: CachesOf<Keys>,
  original: () => F,
  entries: readonly UntrueEntries<F, Keys>[],
  options: MutationOptions = {},
): MutatingFunction<F, Keys> {
  const errors = new InvalidationErrors(name, options.onError);
  const call = callOf(original, options);

  async function mutating(this: unknown, ...args: ArgumentsOf<F>): Promise<unknown> {
    const deletions = deletionsOf(entries, caches, args);
    errors.refuseBefore(await failuresOf(deletions.filter(({ isBefore }) => isBefore)));
    const result = await call(this, args);
    errors.refuseAfter(await failuresOf(deletions, result), result);
    return result;
  }

  const on = (others: CachesOf<Keys>): unknown => mutateFunction(name, others, original, entries, options);
  return withOriginal(Object.assign(mutating, { on }), original) as never;
}

/** As `mutateFunction`, without promises. */
export function mutateSyncFunction<F extends AnyFunction, Keys extends object>(
  name: string,
  caches: SyncCachesOf<Keys>,
  original: () => F,
  entries: readonly UntrueEntries<F, Keys>[],
  options: MutationOptions = {},
): SyncMutatingFunction<F, Keys> {
  const errors = new InvalidationErrors(name, options.onError);
  const call = callOf(original, options);

  function mutating(this: unknown, ...args: ArgumentsOf<F>): unknown {
    const deletions = deletionsOf(entries, caches, args);
    errors.refuseBefore(syncFailuresOf(deletions.filter(({ isBefore }) => isBefore)));
    const result = call(this, args);
    errors.refuseAfter(syncFailuresOf(deletions, result), result);
    return result;
  }

  const on = (others: SyncCachesOf<Keys>): unknown => mutateSyncFunction(name, others, original, entries, options);
  return withOriginal(Object.assign(mutating, { on }), original) as never;
}

/** Entries of any function and key. */
interface AnyEntries {
  readonly cache: string;
  readonly keys?: (args: readonly unknown[], result: unknown) => readonly unknown[];
  readonly parts?: (args: readonly unknown[], result: unknown) => readonly never[];
  readonly of?: "result";
  readonly before?: true;
}

type AnyCaches = Readonly<Record<string, InvalidableCache<unknown>>>;

interface Deletion {
  readonly cache: string;
  readonly isBefore: boolean;
  /** Counts, or promises of such. */
  run(result: unknown): readonly unknown[];
}

/**
 * What one call makes untrue. Keys that its arguments tell are made at once: one that is none fails the call before
 * anything has happened, and the function may change its arguments later.
 */
function deletionsOf(entries: readonly object[], caches: object, args: readonly unknown[]): readonly Deletion[] {
  // Each is given what its own types ask for: the arguments and the result of its function, and keys of its cache.
  return (entries as readonly AnyEntries[]).map(({ cache: name, keys, parts, of, before }): Deletion => {
    const cache = (caches as AnyCaches)[name];
    if (cache === undefined) throw new TypeError(`There is no cache ${name} in what "on" was given.`);
    const find = (result?: unknown): (() => readonly unknown[]) => {
      const selected = parts?.(args, result);
      if (selected !== undefined) return () => selected.map((each) => cache.clear(each));
      const found = keys?.(args, result) ?? [];
      for (const key of found) cache.keyOf(key);
      return () => [cache.deleteMany(found)];
    };
    const isBefore = before === true;
    if (of === "result") return { cache: name, isBefore, run: (result) => find(result)() };
    return { cache: name, isBefore, run: find() };
  });
}

/** Runs all of them, whichever fail. */
async function failuresOf(deletions: readonly Deletion[], result?: unknown): Promise<readonly FailedDeletion[]> {
  const settled = await Promise.allSettled(deletions.map(async (deletion) => Promise.all(deletion.run(result))));
  return settled.flatMap((each, index) =>
    each.status === "fulfilled" ? [] : [{ cache: deletions[index]?.cache ?? "", reason: each.reason }],
  );
}

function syncFailuresOf(deletions: readonly Deletion[], result?: unknown): readonly FailedDeletion[] {
  return deletions.flatMap((deletion): readonly FailedDeletion[] => {
    try {
      deletion.run(result);
      return [];
    } catch (reason) {
      return [{ cache: deletion.cache, reason }];
    }
  });
}

function callOf(
  original: () => AnyFunction,
  { owner }: MutationOptions,
): (self: unknown, args: readonly unknown[]) => unknown {
  return (self, args) => Reflect.apply(original(), owner === undefined ? self : owner(), args);
}

function withOriginal(mutating: AnyFunction, original: () => unknown): unknown {
  return Object.defineProperty(mutating, "original", { get: original, enumerable: true });
}
