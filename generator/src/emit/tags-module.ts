import type { CacheDeclaration, KeyParameter } from "../model/declaration.ts";
import { reservedWords } from "../model/reserved-words.ts";
import { type TagDeclaration, type TagPartKind, tagPartName } from "../model/tag.ts";
import { findTagField, tagKindOfKey } from "../model/tag-fields.ts";
import { valueIr } from "../model/value-ir.ts";
import { type Code, code, joinCode, local, runtimeType, runtimeValue } from "./code.ts";
import { codeSpan, docstring } from "./docstring.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { stringLiteral } from "./literal.ts";
import type { OutputModel } from "./output-model.ts";
import { relativePath } from "./relative-path.ts";
import { printSourceFile } from "./source-file.ts";

/** The module of tags, without its extension. */
export const tagsStem = "tags.gen";

/** Whether some cache has tags. */
export function hasTags({ declarations }: OutputModel): boolean {
  return declarations.caches.some(({ tags }) => tags.length > 0);
}

/** A family, as the first cache that has it declares it. */
interface Family {
  readonly name: string;
  readonly parts: readonly { readonly name: string; readonly kind: TagPartKind }[];
  /** As each cache declares it, for people. */
  readonly texts: readonly string[];
}

/** `tags.gen.ts`: what makes each tag that the YAML declares, so that no other one compiles. */
export function tagsModule(model: OutputModel): GeneratedFile {
  const { output, file } = model.declarations;
  const families = familiesOf(model);
  const types = families.map(
    ({ name, parts, texts }) => code`  ${comment(texts)}
  ${name}(${joinCode(
    parts.map((part) => `${part.name}: ${typeOf(part.kind)}`),
    ", ",
  )}): ${runtimeType("Tag")};\n`,
  );
  const makers = families.map(({ name, parts }) => {
    const given = parts.map((part) => partOf(name, part));
    const names = joinCode(
      parts.map((part) => local(part.name)),
      ", ",
    );
    return code`  ${name}: (${names}) => ${runtimeValue("tag")}(${joinCode([stringLiteral(name), ...given], ", ")}),\n`;
  });
  const text = printSourceFile({
    source: relativePath(output, file),
    folder: output,
    importExtension: model.importExtension,
    exports: ["Tags", "tags"],
    globals: ["Date"],
    blocks: [
      code`/** What makes tags, by their families. */\nexport interface Tags {\n${types}}`,
      code`${docstring("Tags of entries: `await cache.invalidateTags(tags.…)` makes all entries untrue that have one, of all caches of its backend.")}
export const tags: Tags = {\n${makers}};`,
    ],
  });
  return { name: `${tagsStem}.ts`, text };
}

function comment(texts: readonly string[]): string {
  return `/** ${texts.join(", ")} */`;
}

function familiesOf(model: OutputModel): readonly Family[] {
  const families = new Map<string, Family>();
  for (const cache of model.declarations.caches) {
    for (const tag of cache.tags) {
      const known = families.get(tag.family) ?? { name: tag.family, parts: partsOf(tag, cache, model), texts: [] };
      const text = `${codeSpan(tag.text)} of ${codeSpan(cache.name)}`;
      families.set(tag.family, { ...known, texts: [...known.texts, text] });
    }
  }
  return [...families.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function partsOf(tag: TagDeclaration, cache: CacheDeclaration, { types }: OutputModel): Family["parts"] {
  const taken = new Set<string>();
  return tag.parts.map((part) => {
    const called = tagPartName(part);
    // It is a parameter, which may not be called as a property may.
    const wanted = reservedWords.has(called) ? `${called}Value` : called;
    let name = wanted;
    for (let number = 2; taken.has(name); number++) name = `${wanted}${number}`;
    taken.add(name);
    return { name, kind: kindOf(part, cache, types) };
  });
}

function kindOf(
  part: TagDeclaration["parts"][number],
  cache: CacheDeclaration,
  types: OutputModel["types"],
): TagPartKind {
  const ir = valueIr(cache, types);
  const isOfName = (segment: CacheDeclaration["key"]["segments"][number]): segment is KeyParameter =>
    segment.kind === "parameter" && part.kind === "key" && segment.name === part.name;
  const parameter = cache.key.segments.find(isOfName);
  const field = part.kind === "value" && ir !== undefined ? findTagField(ir, part.steps) : undefined;
  const kind = parameter === undefined ? field && "kind" in field && field.kind : tagKindOfKey(parameter.type);
  if (kind === undefined || kind === false) throw new Error(`The tags of ${cache.name} have not been checked.`);
  return kind;
}

function typeOf(kind: TagPartKind): string {
  return kind === "uuid" ? "string" : kind;
}

function partOf(family: string, { name, kind }: Family["parts"][number]): Code {
  if (kind !== "uuid") return local(name);
  return code`${runtimeValue("uuidPart")}(${local(name)}, ${stringLiteral(`tags.${family}.${name}`)})`;
}
