import type { CacheDeclaration, KeyParameter } from "../model/declaration.ts";
import type { ResolvedType } from "../model/resolved-type.ts";
import { isOfValue, type TagDeclaration, type TagPartDeclaration, type TagStep } from "../model/tag.ts";
import { findTagField } from "../model/tag-fields.ts";
import { valueIr } from "../model/value-ir.ts";
import { type Code, code, joinCode, local, mentions, runtimeValue } from "./code.ts";
import { stringLiteral } from "./literal.ts";

/** The property of a definition that says which tags entries have; nothing where they have none. */
export function tagsProperty(cache: CacheDeclaration, types: ReadonlyMap<string, ResolvedType>): Code {
  const { tags } = cache;
  if (tags.length === 0) return "";
  const ofKey = tags.filter((tag) => !isOfValue(tag));
  const ofValue = tags.filter(isOfValue);
  const families = [...new Set(ofValue.map(({ family }) => family))].sort();
  const lines: readonly Code[] = [
    ...(ofKey.length === 0 ? [] : [keyTags(ofKey, cache)]),
    ...(ofValue.length === 0 ? [] : [valueTags(ofValue, cache, types)]),
    ...(ofValue.length === 0 ? [] : [`    valueFamilies: [${families.map(stringLiteral).join(", ")}],\n`]),
  ];
  return code`  tags: {\n${lines}  },\n`;
}

function keyTags(tags: readonly TagDeclaration[], cache: CacheDeclaration): Code {
  const all = list(tags.map((tag) => keyTag(tag, cache)));
  return code`    ofKey: (${mentions(all, local("key")) ? local("key") : ""}) => [${all}],\n`;
}

function keyTag(tag: TagDeclaration, cache: CacheDeclaration): Code {
  const parts = tag.parts.map((part) => (part.kind === "key" ? keyPart(part.name, cache) : ""));
  return code`${runtimeValue("tag")}(${list([stringLiteral(tag.family), ...parts])})`;
}

function valueTags(
  tags: readonly TagDeclaration[],
  cache: CacheDeclaration,
  types: ReadonlyMap<string, ResolvedType>,
): Code {
  const ir = valueIr(cache, types);
  const partOf = (part: TagPartDeclaration): Code => {
    if (part.kind === "key") return keyPart(part.name, cache);
    const field = ir && findTagField(ir, part.steps);
    if (field === undefined || "message" in field) throw new Error(`The tags of ${cache.name} have not been checked.`);
    return fieldOf(local("value"), part.steps, field.mayBeAbsent);
  };
  const made = tags.map(
    (tag) => code`...${runtimeValue("tagsOf")}(${list([stringLiteral(tag.family), ...tag.parts.map(partOf)])})`,
  );
  const all = list(made);
  const given = mentions(all, local("key")) ? code`${local("value")}, ${local("key")}` : local("value");
  return code`    ofValue: (${given}) => [${all}],\n`;
}

/** A UUID in its one form, as in the key. */
function keyPart(name: string, { key, name: cacheName }: CacheDeclaration): Code {
  const value = code`${local("key")}.${name}`;
  const parameter = key.segments.find(
    (segment): segment is KeyParameter => segment.kind === "parameter" && segment.name === name,
  );
  if (parameter?.type.kind !== "uuid") return value;
  return code`${runtimeValue("uuidPart")}(${value}, ${stringLiteral(`${cacheName}.${name}`)})`;
}

function fieldOf(from: Code, steps: readonly TagStep[], mayBeAbsent: readonly boolean[]): Code {
  const [step, ...rest] = steps;
  if (step === undefined) return from;
  const [isAbsent = false, ...others] = mayBeAbsent;
  const access = isAbsent ? "?." : ".";
  if (step.kind === "property") return fieldOf(code`${from}${access}${step.name}`, rest, others);
  // Items themselves are taken as they are.
  if (rest.length === 0) return from;
  const item = local("item");
  return code`${from}${access}map((${item}) => ${fieldOf(item, rest, others)})`;
}

function list(items: readonly Code[]): Code {
  return joinCode(items, ", ");
}
