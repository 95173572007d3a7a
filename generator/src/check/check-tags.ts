import { quote } from "@cachetory/runtime/schemes";
import type { CacheDeclaration } from "../model/declaration.ts";
import { type Diagnostic, errorAt } from "../model/diagnostic.ts";
import type { ResolvedType } from "../model/resolved-type.ts";
import type { TagDeclaration, TagPartDeclaration, TagPartKind } from "../model/tag.ts";
import { findTagField, tagKindOfKey } from "../model/tag-fields.ts";
import type { TypeIr } from "../model/type-ir.ts";
import { valueIr } from "../model/value-ir.ts";

/** A tag, with the kinds of its parts. */
interface KnownTag {
  readonly cache: string;
  readonly tag: TagDeclaration;
  readonly kinds: readonly TagPartKind[];
}

/** Tags whose parts are no fields of the values, and families of which two caches mean two different things. */
export function checkTags(
  caches: readonly CacheDeclaration[],
  types: ReadonlyMap<string, ResolvedType>,
): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const known = new Map<string, KnownTag>();
  for (const cache of caches) {
    // What cannot be resolved has a finding of its own.
    const ir = valueIr(cache, types);
    if (ir === undefined && cache.value.kind !== "bytes") continue;
    for (const tag of cache.tags) {
      const kinds = tag.parts.map((part) => kindOf(part, cache, ir));
      found.push(...kinds.filter((kind) => typeof kind !== "string"));
      const whole = kinds.filter((kind) => typeof kind === "string");
      if (whole.length < kinds.length) continue;
      const first = known.get(tag.family);
      if (first === undefined) known.set(tag.family, { cache: cache.name, tag, kinds: whole });
      else if (whole.join() !== first.kinds.join()) found.push(otherMeaning(tag, whole, first));
    }
  }
  return found;
}

function kindOf(
  part: TagPartDeclaration,
  { key, name }: CacheDeclaration,
  ir: TypeIr | undefined,
): TagPartKind | Diagnostic {
  if (part.kind === "key") {
    const parameter = key.segments.find((segment) => segment.kind === "parameter" && segment.name === part.name);
    const kind = parameter?.kind === "parameter" ? tagKindOfKey(parameter.type) : undefined;
    if (kind === undefined) throw new Error(`The key of ${name} has no such parameter.`);
    return kind;
  }
  if (ir === undefined) {
    return errorAt("C1923", part.span, "bytes have no fields", "Take a parameter of the key");
  }
  const field = findTagField(ir, part.steps);
  return "message" in field ? errorAt("C1923", part.span, field.message, field.hint) : field.kind;
}

function otherMeaning(tag: TagDeclaration, kinds: readonly TagPartKind[], first: KnownTag): Diagnostic {
  const message = `the tags ${quote(tag.family)} have ${partsText(kinds)} here, and ${partsText(first.kinds)} in cache ${quote(first.cache)}`;
  const hint = "Give tags that mean two things two names, or let both have the same parts";
  return errorAt("C1924", tag.span, message, hint, [{ span: first.tag.span, message: "they are first declared here" }]);
}

function partsText(kinds: readonly TagPartKind[]): string {
  return kinds.length === 0 ? "no parts" : `parts that are ${kinds.join(", ")}`;
}
