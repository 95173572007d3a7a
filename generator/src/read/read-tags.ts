import { nearest, quote } from "@cachetory/runtime/schemes";
import type { CacheDeclaration, KeyPattern, Mode } from "../model/declaration.ts";
import { listNames } from "../model/list-names.ts";
import type { TagDeclaration, TagPartDeclaration, TagStep } from "../model/tag.ts";
import { tagKindOfKey } from "../model/tag-fields.ts";
import type { Report } from "./report.ts";
import { isText, partOf, type YamlMap, type YamlText } from "./yaml-tree.ts";

const example = "For example: product:{id}, or brand:{value.brandId}";

/** What of a cache its tags must fit. */
interface TaggedCache {
  readonly name: string;
  readonly mode: Mode;
  readonly key: KeyPattern;
  readonly hasLayers: boolean;
}

/** The tags of a cache, without those that are wrong. */
export function readTags(map: YamlMap, cache: TaggedCache, report: Report): readonly TagDeclaration[] {
  const list = map.entries.get("tags")?.value;
  if (list?.kind !== "list") return [];
  const why =
    cache.mode === "sync" ? "is synchronous" : cache.hasLayers ? "has layers, which are not told of tags" : undefined;
  if (why !== undefined) {
    report("C1922", list.span, `cache ${quote(cache.name)} cannot have tags: it ${why}`, "Leave them out");
    return [];
  }
  const tags = list.items.filter(isText).flatMap((item) => readTag(item, cache, report) ?? []);
  return tags.filter((tag, index) => {
    const isNew = tags.findIndex(({ text }) => text === tag.text) === index;
    if (!isNew) report("C1922", tag.span, `the tag ${quote(tag.text)} is written twice`, "Leave one of them out");
    return isNew;
  });
}

function readTag(node: YamlText, { key, name }: TaggedCache, report: Report): TagDeclaration | undefined {
  const text = node.value;
  const found = /^([A-Za-z][A-Za-z0-9_]*)((?::\{[^{}]*\})*)$/.exec(text);
  if (found === null) {
    report("C1922", node.span, `${quote(text)} is no tag: it is a name, then parts in braces`, example);
    return undefined;
  }
  const [, family = "", rest = ""] = found;
  const parts: TagPartDeclaration[] = [];
  let isWhole = true;
  for (const part of rest.matchAll(/\{([^{}]*)\}/g)) {
    const start = family.length + part.index + 1;
    const source = part[1] ?? "";
    const span = partOf(node, start, start + source.length);
    const read = readPart(source, key);
    if ("message" in read) {
      report("C1922", span, read.message(name), read.hint);
      isWhole = false;
    } else parts.push({ ...read, span });
  }
  return isWhole ? { text, span: node.span, family, parts } : undefined;
}

type Source =
  | { readonly kind: "key"; readonly name: string }
  | { readonly kind: "value"; readonly steps: readonly TagStep[] };

function readPart(
  source: string,
  { segments }: KeyPattern,
): Source | { message(cacheName: string): string; readonly hint: string } {
  const parameters = segments.filter((segment) => segment.kind === "parameter");
  const parameter = parameters.find(({ name }) => name === source);
  if (parameter !== undefined) {
    if (tagKindOfKey(parameter.type) !== undefined) return { kind: "key", name: source };
    const hint = "Take a parameter that is kept as it is, or a field of the value";
    return { message: () => `${quote(source)} is kept in keys as a hash, which says nothing to others`, hint };
  }
  if (/^value(?:\.[A-Za-z_$][\w$]*|\[\])*$/.test(source)) {
    const steps = [...source.matchAll(/\.([\w$]+)|\[\]/g)].map(
      ([, name]): TagStep => (name === undefined ? { kind: "each" } : { kind: "property", name }),
    );
    return { kind: "value", steps };
  }
  const names = parameters.map(({ name }) => name);
  const near = nearest(source, names);
  const known = names.length === 0 ? "It has none" : `It has: ${listNames(names)}`;
  const hint = `${near === undefined ? "" : `Did you mean ${quote(near)}? `}${known}; of the value write {value.${/^\w+$/.test(source) ? source : "name"}}`;
  return { message: (name) => `the key of cache ${quote(name)} has no parameter ${quote(source)}`, hint };
}

/** Reports what else is called `tags`, where that is the name of what makes them. */
export function reportTagsName(
  caches: readonly Pick<CacheDeclaration, "tags">[],
  named: readonly { readonly subject: string; readonly name: string; readonly span: TagDeclaration["span"] }[],
  report: Report,
): void {
  if (!caches.some(({ tags }) => tags.length > 0)) return;
  for (const { subject, name, span } of named) {
    if (name.toLowerCase() !== "tags") continue;
    report("C1302", span, `${subject} ${quote(name)} has the name of what makes tags`, "Rename it");
  }
}
