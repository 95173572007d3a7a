import type { KeyedCache } from "../check/cache-keys.ts";
import type { FileSystem } from "../host.ts";
import type {
  CacheDeclaration,
  KeyPattern,
  NamedValue,
  Span,
  UnkeyedCache,
  ValueDeclaration,
} from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { findAmbiguities } from "./key-ambiguity.ts";
import { parseKeyPattern } from "./key-pattern.ts";
import { findNameProblem } from "./names.ts";
import type { ReadBackend } from "./read-backends.ts";
import { chooseKeySecret } from "./read-key-secret.ts";
import { checkSharedOffload } from "./read-offload.ts";
import { type Defaults, readDefaults, readStorage, setting, type Unkeyed } from "./read-storage.ts";
import { readTags } from "./read-tags.ts";
import { readValue } from "./read-value.ts";
import type { Report } from "./report.ts";
import { isMap, partOf, textOf, type YamlEntry, type YamlMap, type YamlText } from "./yaml-tree.ts";

/** A cache as far as it could be read. */
export interface ReadCache {
  /** As it is written; `undefined` where that is no mapping. */
  readonly node: YamlMap | undefined;
  /** `undefined` where anything of it is wrong. */
  readonly declaration: CacheDeclaration | undefined;
  /** Its value also where something else of it is wrong, so that the type can be looked at all the same. */
  readonly value: NamedValue | undefined;
  /** Its key, likewise. */
  readonly keyed: KeyedCache | undefined;
  readonly warnings: readonly Diagnostic[];
}

/** An entry of `memoize` without a cache, for which one is made. */
export interface MadeEntry {
  /** Of the cache. */
  readonly name: string;
  readonly nameSpan: Span;
  /** The entry, which says where and how results are stored. */
  readonly node: YamlMap;
  /** The function, as the YAML names it. */
  readonly function: string;
  /** The type of the values, over the exports of `module`. */
  readonly expression: string;
  readonly module: string;
  readonly valueSpan: Span;
}

export interface ReadMadeCache {
  readonly node: YamlMap;
  /** `undefined` where anything of it is wrong. */
  readonly declaration: UnkeyedCache | undefined;
  readonly value: NamedValue | undefined;
  readonly warnings: readonly Diagnostic[];
}

export interface ReadCaches {
  readonly declared: readonly ReadCache[];
  /** In the order of the entries. */
  readonly made: readonly ReadMadeCache[];
}

export function readCaches(
  section: YamlMap | undefined,
  defaults: YamlMap | undefined,
  made: readonly MadeEntry[],
  backends: readonly ReadBackend[],
  files: FileSystem,
  report: Report,
): ReadCaches {
  const shared = readDefaults(defaults, backends, report);
  const declared = [...(section?.entries.values() ?? [])].map((entry) =>
    readCache(entry, shared, backends, files, report),
  );
  const unkeyed = made.map((entry) => readMadeCache(entry, shared, backends, report));
  const promising = [...declared, ...unkeyed].filter(({ declaration }) => declaration?.mode !== "sync");
  const pipelines = promising.map(({ declaration }) => declaration?.serializer);
  checkSharedOffload(shared.offload, pipelines, report);
  return { declared, made: unkeyed };
}

function readCache(
  { key: name, keySpan: nameSpan, value: node }: YamlEntry,
  defaults: Defaults,
  backends: readonly ReadBackend[],
  files: FileSystem,
  report: Report,
): ReadCache {
  const problem = findNameProblem("cache", name);
  if (problem !== undefined) report("C1301", nameSpan, problem.message, problem.hint);
  if (!isMap(node)) {
    return { node: undefined, declaration: undefined, value: undefined, keyed: undefined, warnings: [] };
  }

  const keyNode = textOf(node, "key");
  const key = keyNode && readKey(keyNode, report);
  const value = setting(node, "value", (written) => readValue(written, files, report));
  const read = readStorage({ name, nameSpan, node, value }, defaults, backends, report);
  const { storage, named, warnings } = read;
  const keyed: KeyedCache | undefined =
    key === undefined || keyNode === undefined || read.backend === undefined
      ? undefined
      : { name, nameSpan, backend: read.backend, key, keySpan: keyNode.span, revision: read.revision };
  const keySecret = keyed && chooseKeySecret(keyed, read.keySecret, defaults.keySecret, report);
  if (problem !== undefined || keyed === undefined || storage === undefined) {
    return { node, declaration: undefined, value: named, keyed, warnings };
  }
  const description = textOf(node, "description")?.value;
  const tagged = { name, mode: storage.mode, key: keyed.key, hasLayers: storage.layers !== undefined };
  const tags = readTags(node, tagged, report);
  const declaration = { ...keyed, ...storage, keySecret, description, tags };
  return { node, declaration, value: named, keyed, warnings };
}

/** A cache of which the key is made of a function, and the value too. */
function readMadeCache(
  made: MadeEntry,
  defaults: Defaults,
  backends: readonly ReadBackend[],
  report: Report,
): ReadMadeCache {
  const value: ValueDeclaration = { kind: "type", expression: made.expression, module: made.module };
  const unkeyed: Unkeyed = { ...made, value: { value, span: made.valueSpan } };
  const { storage, named, warnings } = readStorage(unkeyed, defaults, backends, report);
  const description = `Results of \`${made.function}\`.`;
  const declaration = storage && { ...storage, description, key: undefined, keySpan: made.nameSpan };
  return { node: made.node, declaration, value: named, warnings };
}

function readKey(node: YamlText, report: Report): KeyPattern | undefined {
  const parsed = parseKeyPattern(node.value);
  for (const { start, end, message, hint } of parsed.problems) report("C1201", partOf(node, start, end), message, hint);
  if (parsed.problems.length > 0) return undefined;
  const ambiguities = findAmbiguities(parsed);
  for (const { start, end, message, hint } of ambiguities) report("C1202", partOf(node, start, end), message, hint);
  return ambiguities.length > 0 ? undefined : parsed.pattern;
}
