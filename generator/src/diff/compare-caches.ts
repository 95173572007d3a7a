import { isOfProcess, samenessOf } from "../check/same-server.ts";
import { redactUrl } from "../emit/redact-url.ts";
import { ttlText } from "../emit/ttl-text.ts";
import type { Ttl } from "../model/declaration.ts";
import type { TypeNode } from "../model/type-ir.ts";
import type { CacheState } from "./cache-state.ts";
import { type Change, type Effect, worstOf } from "./change.ts";
import { compareKeys } from "./compare-keys.ts";
import { pipelineText, type Readability, readability } from "./compare-pipelines.ts";
import { comparePolicies } from "./compare-policies.ts";
import { compareTypes } from "./compare-types.ts";

/** All that has changed of a cache, and what becomes of its entries. */
export function compareCaches(old: CacheState, now: CacheState): readonly Change[] {
  const found = [...comparePlaces(old, now), ...compareKeys(old, now)];
  const contents = [...compareSerializers(old, now), ...comparePolicies(old, now), ...compareValidation(old, now)];
  const others = [...compareTtls(old, now), ...compareModes(old, now)];
  if (isOfProcess(old.backend)) {
    const all = [...found, ...contents, ...others].map(asWarm);
    return all.length === 0 ? [] : [{ what: "place", effect: "warm", message: inMemory }, ...all];
  }
  // What nobody finds nobody reads, and no release finds the entries of the other.
  const isCold = worstOf(found) === "cold";
  return [...found, ...(isCold ? contents.map(asWarm) : contents), ...others];
}

/** Whether the entries of both certainly lie in one place. */
export function isSamePlace(old: CacheState, now: CacheState): boolean {
  return placeOf(old, now) === "same";
}

const inMemory = "in the memory of each process, with which entries go anyway";

function asWarm(change: Change): Change {
  return { ...change, effect: "warm" };
}

function placeOf(old: CacheState, now: CacheState): "same" | "possible" | "different" {
  // Each as production has it; names of backends say nothing of servers.
  const [before, after] = [old, now].map(({ backend }, index) => ({
    ...backend,
    name: `${index}`,
    development: undefined,
  }));
  if (before === undefined || after === undefined) return "different";
  if (isOfProcess(before) && isOfProcess(after)) return "same";
  return samenessOf(before, after);
}

function comparePlaces(old: CacheState, now: CacheState): readonly Change[] {
  const place = placeOf(old, now);
  if (place === "same") return [];
  const [before, after] = [redactUrl(old.backend.url.text), redactUrl(now.backend.url.text)];
  const doubt = place === "possible" ? "perhaps another server" : "another server";
  return [{ what: "place", effect: "cold", message: `${before} → ${after}: ${doubt}` }];
}

/** The pipelines; and where both read the bytes of the other, the types. */
function compareSerializers(old: CacheState, now: CacheState): readonly Change[] {
  const [before, after] = [old.cache.serializer, now.cache.serializer];
  const texts = [pipelineText(before), pipelineText(after)];
  const forward = readability(before, after, rootKinds(old));
  const back = readability(after, before, rootKinds(now));
  const types = forward === "same" || forward === "some" ? compareTypes(old, now) : [];
  if (texts[0] === texts[1]) return types;
  const effect = worstOf([{ effect: forwardEffects[forward] }, { effect: backEffects[back] }]);
  const message = `${texts.join(" → ")}: ${forwardWords[forward]}${back === "same" ? "" : `; ${backWords[back]}`}`;
  return [{ what: "serializer", effect, message }, ...types];
}

const forwardEffects: Readonly<Record<Readability, Effect>> = {
  same: "warm",
  some: "misses",
  error: "misses",
  wrong: "wrong",
};

const forwardWords: Readonly<Record<Readability, string>> = {
  same: "entries that are there are read",
  some: "entries that are there are misses where they are beyond the new limits",
  error: "entries that are there are misses",
  wrong: "entries that are there may be read as other values",
};

const backEffects: Readonly<Record<Readability, Effect>> = {
  same: "warm",
  some: "rollout",
  error: "rollout",
  wrong: "wrong",
};

const backWords: Readonly<Record<Readability, string>> = {
  same: "",
  some: "the release before misses those of the new one beyond its limits",
  error: "the release before misses those of the new one",
  wrong: "the release before may read those of the new one as other values",
};

function rootKinds({ ir, cache }: CacheState): readonly TypeNode["kind"][] {
  if (ir === undefined) return cache.value.kind === "bytes" ? ["builtin"] : ["unknown"];
  const { root, nodes } = ir;
  const node = nodes[root];
  const members = node?.kind === "union" ? node.members.map((member) => nodes[member]) : [node];
  return members.flatMap((member) => member?.kind ?? []);
}

function compareValidation(old: CacheState, now: CacheState): readonly Change[] {
  const [before, after] = [old.cache.isValidated, now.cache.isValidated];
  if (before === after) return [];
  const message = after
    ? "on: entries that do not fit their type become misses"
    : "off: entries that do not fit their type are no longer found out";
  return [{ what: "validation", effect: "warm", message }];
}

function compareTtls(old: CacheState, now: CacheState): readonly Change[] {
  const ttls = changeOf("ttl", old.cache.ttl, now.cache.ttl);
  const longest = changeOf("max-ttl", old.cache.maxTtl ?? old.cache.ttl, now.cache.maxTtl ?? now.cache.ttl);
  // Where no max-ttl is written it is the ttl, of which all is said.
  const isOwn = old.cache.maxTtl !== undefined || now.cache.maxTtl !== undefined;
  return [...ttls, ...(isOwn ? longest : [])];
}

function changeOf(name: string, before: Ttl, after: Ttl): readonly Change[] {
  const [shown, next] = [ttlText(before), ttlText(after)];
  if (shown === next) return [];
  const kept = before === "forever" ? "entries that are there stay for ever" : "entries that are there keep theirs";
  return [{ what: "ttl", effect: "warm", message: `${name} ${shown} → ${next}${name === "ttl" ? `: ${kept}` : ""}` }];
}

function compareModes(old: CacheState, now: CacheState): readonly Change[] {
  const { mode } = old.cache;
  return mode === now.cache.mode ? [] : [{ what: "mode", effect: "warm", message: `${mode} → ${now.cache.mode}` }];
}
