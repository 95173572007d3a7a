import { cacheKeys } from "../check/cache-keys.ts";
import { KeyComparison } from "../check/key-comparison.ts";
import { KeyIndex } from "../check/key-index.ts";
import { isOfProcess } from "../check/same-server.ts";
import type { CacheState, ConfigState } from "./cache-state.ts";
import { type CacheDiff, type Change, worstOf } from "./change.ts";
import { compareCaches, isSamePlace } from "./compare-caches.ts";
import { compareFunctions } from "./compare-functions.ts";
import { haveSameKeys } from "./compare-keys.ts";
import { compareTypes } from "./compare-types.ts";

/** What has changed between two states of a YAML file and its types: caches first, then functions, each by name. */
export function compareConfigs(old: ConfigState, now: ConfigState): readonly CacheDiff[] {
  const pairs = pairCaches(old.caches, now.caches);
  const places = keysByBackend(old.caches);
  const caches = pairs.flatMap(([before, after]) => cacheDiff(before, after, places));
  const names = new Set([...old.memoized, ...now.memoized].map(({ declaration }) => declaration.name));
  const functions = [...names].sort().flatMap((name): readonly CacheDiff[] => {
    const [before, after] = [old, now].map(({ memoized }) => memoized.find((each) => each.declaration.name === name));
    const base = { subject: "function", name, effect: "warm", changes: [] } as const;
    if (after === undefined) return [{ ...base, kind: "removed" }];
    if (before === undefined) return [{ ...base, kind: "added" }];
    const changes = compareFunctions(before, after);
    return changes.length === 0 ? [] : [{ ...base, kind: "changed", effect: worstOf(changes), changes }];
  });
  return [...caches.sort((a, b) => (a.name < b.name ? -1 : 1)), ...functions];
}

type Pair = readonly [old: CacheState | undefined, now: CacheState | undefined];

/** By name; and one that is gone with one that is new, where the keys of both are the same. */
function pairCaches(olds: readonly CacheState[], news: readonly CacheState[]): readonly Pair[] {
  const gone = olds.filter(({ cache }) => news.every((now) => now.cache.name !== cache.name));
  const pairs = news.map((now): Pair => {
    const named = olds.find(({ cache }) => cache.name === now.cache.name);
    if (named !== undefined) return [named, now];
    const at = gone.findIndex((old) => isSamePlace(old, now) && !isOfProcess(old.backend) && haveSameKeys(old, now));
    const [renamed] = at < 0 ? [] : gone.splice(at, 1);
    return [renamed, now];
  });
  return [...pairs, ...gone.map((old): Pair => [old, undefined])];
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
