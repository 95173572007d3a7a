import { dirname } from "node:path";
import { cacheKeys } from "../check/cache-keys.ts";
import { KeyComparison } from "../check/key-comparison.ts";
import { KeyIndex } from "../check/key-index.ts";
import { isOfProcess } from "../check/same-server.ts";
import type { MemoizedDeclaration } from "../model/declaration.ts";
import type { CacheState, ConfigState, MemoizedState } from "./cache-state.ts";
import { type CacheDiff, type Change, worstOf } from "./change.ts";
import { compareCaches, isSamePlace } from "./compare-caches.ts";
import { compareFunctions } from "./compare-functions.ts";
import { haveSameKeys } from "./compare-keys.ts";
import { compareTypes } from "./compare-types.ts";

/** What has changed between two states of a YAML file and its types: caches first, then functions, each by name. */
export function compareConfigs(old: ConfigState, now: ConfigState): readonly CacheDiff[] {
  const pairsOfFunctions = pairFunctions(old.memoized, now.memoized);
  const pairs = pairCaches(old.caches, now.caches, madeBefore(pairsOfFunctions));
  const places = keysByBackend(old.caches);
  const caches = pairs.flatMap(([before, after]) => cacheDiff(before, after, places));
  const functions = pairsOfFunctions.flatMap(([before, after]) => functionDiff(before, after));
  return [...inOrder(caches), ...inOrder(functions)];
}

function inOrder(diffs: readonly CacheDiff[]): readonly CacheDiff[] {
  return [...diffs].sort((a, b) => (a.name < b.name ? -1 : 1));
}

type Pair<State> = readonly [old: State | undefined, now: State | undefined];

/** By name; and one that is gone with one that is new, where both name the same function. */
function pairFunctions(olds: readonly MemoizedState[], news: readonly MemoizedState[]): readonly Pair<MemoizedState>[] {
  const gone = olds.filter(({ declaration }) => news.every((now) => now.declaration.name !== declaration.name));
  const pairs = news.map((now): Pair<MemoizedState> => {
    const named = olds.find(({ declaration }) => declaration.name === now.declaration.name);
    if (named !== undefined) return [named, now];
    const at = gone.findIndex((old) => isSameFunction(old.declaration, now.declaration));
    const [renamed] = at < 0 ? [] : gone.splice(at, 1);
    return [renamed, now];
  });
  return [...pairs, ...gone.map((old): Pair<MemoizedState> => [old, undefined])];
}

function isSameFunction(a: MemoizedDeclaration, b: MemoizedDeclaration): boolean {
  const folderOf = ({ functionSpan }: MemoizedDeclaration): string => dirname(functionSpan.file);
  return a.module === b.module && folderOf(a) === folderOf(b) && a.path.join(".") === b.path.join(".");
}

/** The caches that are made for functions of another name now, each with the name of the one that was made before. */
function madeBefore(functions: readonly Pair<MemoizedState>[]): ReadonlyMap<string, string> {
  return new Map(
    functions.flatMap(([before, after]) => {
      const isMade = before?.declaration.cache.key === undefined && after?.declaration.cache.key === undefined;
      return before === undefined || after === undefined || !isMade
        ? []
        : [[after.declaration.cache.name, before.declaration.cache.name] as const];
    }),
  );
}

function functionDiff(old: MemoizedState | undefined, now: MemoizedState | undefined): CacheDiff[] {
  const base = { subject: "function", effect: "warm", changes: [] } as const;
  if (now === undefined) return old === undefined ? [] : [{ ...base, name: old.declaration.name, kind: "removed" }];
  const { name } = now.declaration;
  if (old === undefined) return [{ ...base, name, kind: "added" }];
  const changes = compareFunctions(old, now);
  const formerName = old.declaration.name === name ? {} : { formerName: old.declaration.name };
  if (changes.length === 0 && !("formerName" in formerName)) return [];
  return [{ ...base, name, ...formerName, kind: "changed", effect: worstOf(changes), changes }];
}

/**
 * By name; and one that is gone with one that is new, where the keys of both are the same, or both are made for the same
 * function.
 *
 * @param madeBefore - former names of made caches, by their names now
 */
function pairCaches(
  olds: readonly CacheState[],
  news: readonly CacheState[],
  madeBefore: ReadonlyMap<string, string>,
): readonly Pair<CacheState>[] {
  const gone = olds.filter(({ cache }) => news.every((now) => now.cache.name !== cache.name));
  const pairs = news.map((now): Pair<CacheState> => {
    const named = olds.find(({ cache }) => cache.name === now.cache.name);
    if (named !== undefined) return [named, now];
    const former = madeBefore.get(now.cache.name);
    const isFormer = (old: CacheState): boolean =>
      former === undefined
        ? isSamePlace(old, now) && !isOfProcess(old.backend) && haveSameKeys(old, now)
        : old.cache.name === former;
    const at = gone.findIndex(isFormer);
    const [renamed] = at < 0 ? [] : gone.splice(at, 1);
    return [renamed, now];
  });
  return [...pairs, ...gone.map((old): Pair<CacheState> => [old, undefined])];
}

function cacheDiff(old: CacheState | undefined, now: CacheState | undefined, places: Places): CacheDiff[] {
  if (now === undefined) {
    if (old === undefined) return [];
    return [{ kind: "removed", subject: "cache", name: old.cache.name, effect: "warm", changes: leftBehind(old) }];
  }
  const compared = old === undefined ? [] : compareCaches(old, now);
  const left = old !== undefined && worstOf(compared) === "cold" ? leftBehind(old) : [];
  const isMoved = old === undefined || !haveSameKeys(old, now);
  const changes = [...compared, ...left, ...(isMoved ? takenOver(now, places, old) : [])];
  const { name } = now.cache;
  const effect = worstOf(changes);
  if (old === undefined) return [{ kind: "added", subject: "cache", name, effect, changes }];
  const isRenamed = old.cache.name !== name;
  if (changes.length === 0 && !isRenamed) return [];
  const formerName = isRenamed ? { formerName: old.cache.name } : {};
  return [{ kind: "changed", subject: "cache", name, ...formerName, effect, changes }];
}

/** What nobody reads any more stays until it expires. */
function leftBehind({ cache, backend }: CacheState): readonly Change[] {
  if (isOfProcess(backend) || cache.ttl !== "forever") return [];
  const message = "entries that are there never expire: clear the cache before its keys are gone";
  return [{ what: "ttl", effect: "warm", message }];
}

/** The keys of caches, each with those of its backend. */
type Places = readonly {
  readonly first: CacheState;
  readonly index: KeyIndex;
  readonly caches: Map<string, CacheState>;
}[];

function keysByBackend(caches: readonly CacheState[]): Places {
  const comparison = new KeyComparison();
  const places = new Map<string, Places[number]>();
  for (const state of caches) {
    const { cache, backend } = state;
    if (isOfProcess(backend)) continue;
    const place = places.get(backend.name) ?? { first: state, index: new KeyIndex(comparison), caches: new Map() };
    places.set(backend.name, place);
    place.index.add(cacheKeys(cache, backend));
    place.caches.set(cache.name, state);
  }
  return [...places.values()];
}

/** Keys of this cache that were those of another one, whose entries it finds. */
function takenOver(now: CacheState, places: Places, former: CacheState | undefined): readonly Change[] {
  const keys = cacheKeys(now.cache, now.backend);
  return places
    .filter(({ first }) => isSamePlace(first, now))
    .flatMap(({ index, caches }) =>
      [...index.encounters(keys)].flatMap(({ other, encounter }): readonly Change[] => {
        const old = caches.get(other.cache.name);
        if (encounter.kind !== "meet" || old === undefined || old === former) return [];
        const effect = compareTypes(old, now).some((change) => change.effect === "misses") ? "misses" : "wrong";
        const message = `${encounter.key} was a key of ${old.cache.name}, whose entries it finds until they are gone`;
        return [{ what: "key", effect, message }];
      }),
    );
}
