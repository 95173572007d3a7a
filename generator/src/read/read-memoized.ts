import { clip, nearest, quote } from "@cachetory/runtime/schemes";
import type {
  CacheDeclaration,
  KeySource,
  MemoizedDeclaration,
  NamedFunction,
  Span,
  UnkeyedCache,
} from "../model/declaration.ts";
import { functionName } from "../model/function-name.ts";
import { listNames } from "../model/list-names.ts";
import { knownProperties } from "./known-properties.ts";
import { findNameProblem } from "./names.ts";
import { readBatch } from "./read-batch.ts";
import type { MadeEntry } from "./read-caches.ts";
import { readFunction, readPath } from "./read-function.ts";
import type { Report } from "./report.ts";
import { isMap, isText, textOf, type YamlMap, type YamlText } from "./yaml-tree.ts";

/** An entry of `memoize` as far as it can be read without knowing the caches. */
export interface MemoizedEntry {
  readonly name: string;
  readonly nameSpan: Span;
  readonly node: YamlMap;
  /** `undefined` where it is wrong. */
  readonly function: NamedFunction | undefined;
}

export function readMemoizedEntries(section: YamlMap | undefined, report: Report): readonly MemoizedEntry[] {
  return [...(section?.entries.values() ?? [])].flatMap(({ key: name, keySpan: nameSpan, value: node }) => {
    const problem = findNameProblem("memoized function", name);
    if (problem !== undefined) report("C1301", nameSpan, problem.message, problem.hint);
    if (!isMap(node)) return [];
    const functionNode = textOf(node, "function");
    const found = functionNode && readFunction(functionNode, "C1602", report);
    return [{ name, nameSpan, node, function: problem === undefined ? found : undefined }];
  });
}

/** What a cache is made of for an entry that names none. */
export function madeEntryOf({ name, nameSpan, node, function: found }: MemoizedEntry): MadeEntry | undefined {
  if (node.entries.has("cache") || found === undefined) return undefined;
  const { module, path, isOfInstance, functionSpan } = found;
  const owner = path.slice(0, -1).join(".");
  const type = isOfInstance ? `${owner}["${path.at(-1)}"]` : `typeof ${path.join(".")}`;
  return {
    name: madeCacheName(name),
    nameSpan,
    node,
    function: functionName(found),
    // What is undefined is not stored.
    expression: `Exclude<Awaited<ReturnType<${type}>>, undefined>`,
    module,
    valueSpan: functionSpan,
  };
}

function madeCacheName(name: string): string {
  return `${name}Cache`;
}

/** The memoized functions; those are left out that are wrong, or whose cache is. */
export function readMemoized(
  entries: readonly MemoizedEntry[],
  cacheNames: readonly string[],
  caches: readonly (CacheDeclaration | UnkeyedCache)[],
  report: Report,
): readonly MemoizedDeclaration[] {
  return entries.flatMap((entry) => readEntry(entry, cacheNames, caches, report) ?? []);
}

function readEntry(
  { name, nameSpan, node, function: found }: MemoizedEntry,
  cacheNames: readonly string[],
  caches: readonly (CacheDeclaration | UnkeyedCache)[],
  report: Report,
): MemoizedDeclaration | undefined {
  const written = node.entries.get("cache")?.value;
  const cacheNode = textOf(node, "cache");
  if (cacheNode !== undefined) {
    if (!cacheNames.includes(cacheNode.value)) reportUnknownCache(cacheNode, cacheNames, report);
    reportIdle(name, node, cacheNode, report);
  }
  const cacheName = written === undefined ? madeCacheName(name) : cacheNode?.value;
  const cache = caches.find((declared) => declared.name === cacheName);
  const sources = readSources(node, cache, report);
  const ignoredNode = node.entries.get("ignore")?.value;
  const ignored = (ignoredNode?.kind === "list" ? ignoredNode.items : []).filter(isText);
  const batch = readBatch(name, node, found, cache, report);
  if (found === undefined || cache === undefined || sources === undefined || batch === "wrong") return undefined;
  return {
    name,
    nameSpan,
    ...found,
    batch,
    cache,
    sources,
    ignored: ignored.map(({ value, span }) => ({ name: value.trim(), span })),
  };
}

/** What a made cache takes of its entry, a declared one says itself. */
function reportIdle(name: string, node: YamlMap, { value: cache }: YamlText, report: Report): void {
  for (const property of ["revision", ...knownProperties.defaults]) {
    const entry = node.entries.get(property);
    if (entry === undefined) continue;
    const message = `${quote(property)} of memoized function ${quote(name)} has no effect, for it has a cache`;
    report("C1602", entry.keySpan, message, `Write it under cache ${quote(cache)}, or leave "cache" out`);
  }
}

/** `undefined` where one of them is wrong. */
function readSources(
  node: YamlMap,
  cache: CacheDeclaration | UnkeyedCache | undefined,
  report: Report,
): readonly KeySource[] | undefined {
  const parameters = node.entries.get("parameters")?.value;
  const known = cache?.key?.segments.flatMap((segment) => (segment.kind === "parameter" ? [segment.name] : []));
  const sources: KeySource[] = [];
  let isSound = true;
  for (const { key, keySpan, value } of isMap(parameters) ? parameters.entries.values() : []) {
    const path = isText(value) ? readPath(value.value) : undefined;
    if (cache !== undefined && known?.includes(key) === false) {
      const near = nearest(key, known);
      const declared = known.length === 0 ? "It has none" : `It has: ${listNames(known)}`;
      const hint = near === undefined ? declared : `Did you mean ${quote(near)}? ${declared}`;
      report("C1602", keySpan, `the key of cache ${quote(cache.name)} has no parameter ${quote(key)}`, hint);
      isSound = false;
    } else if (isText(value) && path === undefined) {
      const hint = `Write the name of one, or a property of it: ${clip(key)}: product.id`;
      report("C1602", value.span, `${quote(value.value)} names no parameter of the function`, hint);
      isSound = false;
    } else if (path !== undefined) {
      sources.push({ parameter: key, path, span: value.span });
    }
  }
  return isSound ? sources : undefined;
}

function reportUnknownCache(node: YamlText, names: readonly string[], report: Report): void {
  const near = nearest(node.value, names);
  const declared = `Declared: ${listNames(names)}`;
  const hint = near === undefined ? declared : `Did you mean ${quote(near)}? ${declared}`;
  report("C1601", node.span, `no cache is called ${quote(node.value)}`, hint);
}
