import { clip } from "@cachetory/runtime/schemes";
import { isUnchecked } from "../emit/checked-type.ts";
import type { CacheDeclaration } from "../model/declaration.ts";
import { isDescribing, isTyped } from "../model/describing-steps.ts";
import { knownFingerprints } from "../model/type-fingerprints.ts";
import type { TypeIr } from "../model/type-ir.ts";
import type { CacheState } from "./cache-state.ts";
import type { Change } from "./change.ts";
import type { DescribingStep } from "./refused-value.ts";
import { type TypeChange, typeChanges } from "./type-changes.ts";

/** Whether entries of each release fit the type of the other one, where both read the bytes. */
export function compareTypes(old: CacheState, now: CacheState): readonly Change[] {
  const [before, after] = [irOf(old), irOf(now)];
  if (before === undefined || after === undefined) {
    const message = "the type of before does not resolve with the packages that are installed now";
    return [{ what: "type", effect: isChecked(now, after) ? "misses" : "wrong", message }];
  }
  if (fingerprintOf(before) === fingerprintOf(after)) return [];
  const step = stepOf(now.cache);
  const name = nameOf(now.typeName);
  const refused = typeChanges(before, after, step);
  const back = typeChanges(after, before, step);
  if (isMadeForType(now) && isMadeForType(old)) return ofMadeCode(name, refused);
  const changes: Change[] = [];
  if (refused.length > 0) {
    const isMiss = isChecked(now, after);
    changes.push({
      what: "type",
      effect: isMiss ? "misses" : "wrong",
      message: isMiss
        ? "entries that do not fit the new type are misses"
        : "entries that do not fit the new type are taken for it, as nothing looks into them",
      details: refused.map((change) => detailOf(name, change, true)),
    });
  }
  if (back.length > 0) {
    const isMiss = isChecked(old, before);
    changes.push({
      what: "type",
      effect: isMiss ? "rollout" : "wrong",
      message: isMiss
        ? "the release before misses those of the new one that do not fit its type"
        : "the release before takes for its type whatever the new one writes",
      details: back.map((change) => detailOf(name, change, false)),
    });
  }
  if (changes.length > 0) return changes;
  return [
    { what: "type", effect: "warm", message: "the type has changed; both releases read what the other one writes" },
  ];
}

/** Whether entries are read by code for their very type, which tells those of any other one by how they begin. */
function isMadeForType({ cache }: CacheState): boolean {
  return isTyped(cache.serializer);
}

function ofMadeCode(name: string, refused: readonly TypeChange[]): readonly Change[] {
  const details = refused.map((change) => detailOf(name, change, true));
  return [
    {
      what: "type",
      effect: "misses",
      message: "typed reads entries of the very same type alone, so those of the other release are misses, both ways",
      ...(details.length > 0 && { details }),
    },
  ];
}

/** As `UserProfile.address.zip: was optional, is required`. */
function detailOf(name: string, { path, from, to, example }: TypeChange, isForward: boolean): string {
  const [before, after] = isForward ? [from, to] : [to, from];
  const shown = example === undefined ? "" : `; ${example} is refused`;
  return `${name}${path}: was ${before}, is ${after}${shown}`;
}

/** Whether what is read is held against the type. */
function isChecked({ cache }: CacheState, type: TypeIr | undefined): boolean {
  if (!cache.isValidated || !isDescribing(cache.serializer)) return false;
  return type === undefined || !isUnchecked(type.root, type.nodes);
}

/** Of what does not tell its type, values are what JSON could say of them. */
function stepOf({ serializer }: CacheDeclaration): DescribingStep {
  const scheme = serializer[0]?.scheme;
  return scheme === "msgpack" || scheme === "pickle" || scheme === "v8" ? scheme : "json";
}

const bytes: TypeIr = { root: 0, nodes: [{ kind: "builtin", name: "Uint8Array" }], files: [] };

function irOf({ cache, ir }: CacheState): TypeIr | undefined {
  return cache.value.kind === "bytes" ? bytes : ir;
}

function fingerprintOf({ root, nodes }: TypeIr): string | undefined {
  return knownFingerprints(nodes)[root];
}

/** As generated code has it, where that is a name; else what a path begins with. */
function nameOf(text: string): string {
  return /^[\w.<>, ]+$/.test(text) ? clip(text) : "value";
}
