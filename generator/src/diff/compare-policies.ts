import type { Pipeline } from "../model/declaration.ts";
import { hasEnvelope } from "../model/freshness.ts";
import type { CacheState } from "./cache-state.ts";
import type { Change } from "./change.ts";
import { sizeOf } from "./compare-pipelines.ts";

/** What becomes of entries by policies: those that put a line before each, and layers. */
export function comparePolicies(old: CacheState, now: CacheState): readonly Change[] {
  return [...compareEnvelopes(old, now), ...compareLayers(old, now)];
}

function compareEnvelopes(old: CacheState, now: CacheState): readonly Change[] {
  const [before, after] = [hasEnvelope(old.cache), hasEnvelope(now.cache)];
  if (before && after) return compareTags(old, now);
  if (before === after) return [];
  // Who knows nothing of the line takes it for a part of the value, where it takes anything.
  const isWrong = takesAnything((after ? old : now).cache.serializer);
  const [gain, loss] = ["a line of policies before each entry", "no line of policies before each entry any more"];
  const there = "entries that are there";
  const message = after
    ? `${gain}: ${there} are misses; the release before ${isWrong ? "reads the line as a part of the value" : "misses those of the new one"}`
    : `${loss}: ${there} ${isWrong ? "are read with the line as a part of the value" : "are misses"}; the release before misses those of the new one`;
  return [{ what: "policy", effect: isWrong ? "wrong" : "misses", message }];
}

function compareTags(old: CacheState, now: CacheState): readonly Change[] {
  const [before, after] = [tagsOf(old), tagsOf(now)];
  if (before === after) return [];
  const message = `tags ${before} → ${after}: entries that are there are misses; the release before misses those of the new one`;
  return [{ what: "policy", effect: "misses", message }];
}

function tagsOf({ cache }: CacheState): string {
  return cache.tags.length === 0 ? "none" : cache.tags.map(({ text }) => text).join(", ");
}

function compareLayers(old: CacheState, now: CacheState): readonly Change[] {
  const [before, after] = [layersText(old), layersText(now)];
  if (before === after) return [];
  const isUnheard = now.cache.layers?.invalidation === "bus" && old.cache.layers?.invalidation !== "bus";
  const doubt = isUnheard ? ": what the release before changes is stale in them until it ends there" : "";
  return [{ what: "policy", effect: "warm", message: `layers ${before} → ${after}${doubt}` }];
}

function layersText({ cache: { layers, backend } }: CacheState): string {
  return layers === undefined ? "none" : `${layers.near}, ${backend}, invalidation ${layers.invalidation}`;
}

/** Whether there is nothing that a step would refuse. A compressor with a `min-size` takes anything for a value that was too small. */
function takesAnything([first, ...others]: Pipeline): boolean {
  return (
    first !== undefined &&
    ["text", "bytes"].includes(first.scheme) &&
    others.every((step) => sizeOf(step, "min-size") > 0)
  );
}
