import { clip, nearest, quote } from "@cachetory/runtime/schemes";
import type { CacheDeclaration, KeySource, MemoizedDeclaration } from "../model/declaration.ts";
import { listNames } from "../model/list-names.ts";
import { propertyExamples } from "./known-properties.ts";
import { findNameProblem } from "./names.ts";
import type { ReadCache } from "./read-caches.ts";
import { checkModule } from "./read-value.ts";
import type { Report } from "./report.ts";
import { isMap, isText, textOf, type YamlEntry, type YamlMap, type YamlText } from "./yaml-tree.ts";

/** The entries of `memoize`, of which those are left out that are wrong, or whose cache is. */
export function readMemoized(
  section: YamlMap | undefined,
  cacheSection: YamlMap | undefined,
  caches: readonly ReadCache[],
  report: Report,
): readonly MemoizedDeclaration[] {
  const names = [...(cacheSection?.entries.keys() ?? [])];
  const whole = caches.flatMap(({ declaration }) => declaration ?? []);
  return [...(section?.entries.values() ?? [])].flatMap((entry) => readEntry(entry, names, whole, report) ?? []);
}

function readEntry(
  { key: name, keySpan: nameSpan, value: node }: YamlEntry,
  cacheNames: readonly string[],
  caches: readonly CacheDeclaration[],
  report: Report,
): MemoizedDeclaration | undefined {
  const problem = findNameProblem("memoized function", name);
  if (problem !== undefined) report("C1301", nameSpan, problem.message, problem.hint);
  if (!isMap(node)) return undefined;
  const functionNode = textOf(node, "function");
  const reference = functionNode && readFunction(functionNode, report);
  const cacheNode = textOf(node, "cache");
  if (cacheNode !== undefined && !cacheNames.includes(cacheNode.value))
    reportUnknownCache(cacheNode, cacheNames, report);
  const cache = caches.find((declared) => declared.name === cacheNode?.value);
  const sources = readSources(node, cache, report);
  const ignoredNode = node.entries.get("ignore")?.value;
  const ignored = (ignoredNode?.kind === "list" ? ignoredNode.items : []).filter(isText);
  if (problem !== undefined || functionNode === undefined || reference === undefined || cache === undefined) {
    return undefined;
  }
  if (sources === undefined) return undefined;
  return {
    name,
    nameSpan,
    ...reference,
    functionSpan: functionNode.span,
    cache,
    sources,
    ignored: ignored.map(({ value, span }) => ({ name: value.trim(), span })),
  };
}

function readFunction(node: YamlText, report: Report): Pick<MemoizedDeclaration, "module" | "path"> | undefined {
  const [, module, written = ""] = /^([^#]*)#(.*)$/s.exec(node.value.trim()) ?? [];
  const path = readPath(written);
  if (module === undefined || path === undefined) {
    const message = `${quote(node.value)} names no function`;
    const hint = `Write a module, #, and the name of an exported function: ${propertyExamples["function"]}`;
    report("C1602", node.span, message, hint);
    return undefined;
  }
  return checkModule(node, module, report) ? { module, path } : undefined;
}

/** `product.id`; `undefined` for what is none. */
function readPath(text: string): readonly [string, ...string[]] | undefined {
  const [first, ...others] = text.trim().split(".");
  const path = [first ?? "", ...others] as const;
  return path.every((name) => /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u.test(name)) ? path : undefined;
}

/** `undefined` where one of them is wrong. */
function readSources(
  node: YamlMap,
  cache: CacheDeclaration | undefined,
  report: Report,
): readonly KeySource[] | undefined {
  const parameters = node.entries.get("parameters")?.value;
  const known = cache?.key.segments.flatMap((segment) => (segment.kind === "parameter" ? [segment.name] : []));
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
