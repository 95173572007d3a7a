import { quote } from "@cachetory/runtime/schemes";
import type { KeyParameter, KeySegment, KeyType } from "../model/declaration.ts";
import { listNames } from "../model/list-names.ts";
import type { CacheState } from "./cache-state.ts";
import type { Change } from "./change.ts";

/** What has changed of the text of keys, for parameters that have the same values. */
export function compareKeys(old: CacheState, now: CacheState): readonly Change[] {
  const [before, after] = [keyTextOf(old), keyTextOf(now)];
  const reason = differenceOf(before, after);
  if (reason === undefined && hasOtherSecret(old, now)) {
    const variables = `${old.cache.keySecret?.variable} → ${now.cache.keySecret?.variable}`;
    const message = `${variables}: another secret makes other keys of the same values`;
    return [{ what: "key", effect: "cold", message }];
  }
  if (reason !== undefined) {
    const texts = `${quote(patternText(old))} → ${quote(patternText(now))}`;
    return [{ what: "key", effect: "cold", message: `${texts}: ${reason}` }];
  }
  const [olds, news] = [parametersOf(before), parametersOf(after)];
  return [...renamed(olds, news), ...retyped(olds, news)];
}

/** Whether both make the same keys of the same values, whatever the parameters are called. */
export function haveSameKeys(a: CacheState, b: CacheState): boolean {
  return differenceOf(keyTextOf(a), keyTextOf(b)) === undefined && !hasOtherSecret(a, b);
}

function hasOtherSecret(a: CacheState, b: CacheState): boolean {
  return a.cache.keySecret?.variable !== b.cache.keySecret?.variable;
}

/** The pattern as its keys are stored. */
function patternText({ cache, backend }: CacheState): string {
  return `${backend.prefix}${cache.key.text}${suffixOf(cache)}`;
}

function suffixOf({ revision }: CacheState["cache"]): string {
  return revision === undefined ? "" : `~r${revision}`;
}

/** Literals and parameters in turn: the prefix and the revision are text like any other. */
function keyTextOf({ cache, backend }: CacheState): readonly KeySegment[] {
  const ends = (text: string): readonly KeySegment[] => (text === "" ? [] : [{ kind: "literal", text }]);
  const joined: KeySegment[] = [];
  for (const segment of [...ends(backend.prefix), ...cache.key.segments, ...ends(suffixOf(cache))]) {
    const last = joined.at(-1);
    if (last?.kind === "literal" && segment.kind === "literal") {
      joined[joined.length - 1] = { kind: "literal", text: last.text + segment.text };
    } else joined.push(segment);
  }
  return joined;
}

/** Why keys are others; `undefined` where they are the same. */
function differenceOf(before: readonly KeySegment[], after: readonly KeySegment[]): string | undefined {
  if (before.length !== after.length) return "another text";
  for (const [index, segment] of after.entries()) {
    const old = before[index];
    if (segment.kind === "literal" || old?.kind !== "parameter") {
      if (old?.kind !== "literal" || segment.kind !== "literal" || old.text !== segment.text) return "another text";
    } else if (!mayHaveSameText(old.type, segment.type)) {
      return `no ${typeText(old.type)} has the text of a ${typeText(segment.type)}`;
    }
  }
  return undefined;
}

function parametersOf(segments: readonly KeySegment[]): readonly KeyParameter[] {
  return segments.filter((segment) => segment.kind === "parameter");
}

function renamed(olds: readonly KeyParameter[], news: readonly KeyParameter[]): readonly Change[] {
  const moved = news.filter(({ name }, index) => name !== olds[index]?.name);
  if (moved.length === 0) return [];
  const names = moved.map(({ name }) => `${olds[news.findIndex((each) => each.name === name)]?.name} → ${name}`);
  // What stands somewhere else now has the entries that were of other parameters.
  const isSwapped = moved.some(({ name }) => olds.some((old) => old.name === name));
  const what = isSwapped
    ? "parameters have changed places, so a key that is there is now of other parameters"
    : "the same text under another name";
  return [{ what: "key", effect: isSwapped ? "wrong" : "warm", message: `${listNames(names)}: ${what}` }];
}

function retyped(olds: readonly KeyParameter[], news: readonly KeyParameter[]): readonly Change[] {
  return news.flatMap(({ name, type }, index): readonly Change[] => {
    const old = olds[index]?.type;
    if (old === undefined || typeText(old) === typeText(type)) return [];
    const types = `${name}: ${typeText(old)} → ${typeText(type)}`;
    return [{ what: "key", effect: "warm", message: `${types}: values that both can say have the same text` }];
  });
}

function typeText(type: KeyType): string {
  return type.kind === "union" ? type.members.join("|") : type.kind;
}

/** Whether some value of one type is written as some value of the other is; some have forms of their own. */
function mayHaveSameText(a: KeyType, b: KeyType): boolean {
  if (ownForms.has(a.kind) || ownForms.has(b.kind)) return a.kind === b.kind;
  if (a.kind === "string" || b.kind === "string") return true;
  const [texts, others] = [membersOf(a), membersOf(b)];
  if (texts !== undefined) return texts.some((text) => isTextOf(text, b));
  if (others !== undefined) return others.some((text) => isTextOf(text, a));
  return (a.kind === "uuid") === (b.kind === "uuid");
}

const ownForms: ReadonlySet<KeyType["kind"]> = new Set(["date", "hash", "secret"]);

/** `undefined` where there are too many. */
function membersOf(type: KeyType): readonly string[] | undefined {
  if (type.kind === "union") return type.members;
  return type.kind === "bool" ? ["true", "false"] : undefined;
}

function isTextOf(text: string, type: KeyType): boolean {
  const members = membersOf(type);
  if (members !== undefined) return members.includes(text);
  return type.kind === "uuid" ? /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/.test(text) : numeric.test(text);
}

const numeric = /^-?\d+(?:\.\d+)?$/;
