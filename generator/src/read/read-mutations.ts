import { nearest, quote } from "@cachetory/runtime/schemes";
import type {
  CacheDeclaration,
  InvalidationDeclaration,
  MemoizedDeclaration,
  MutationDeclaration,
  OnInvalidationError,
  Span,
  UnkeyedCache,
} from "../model/declaration.ts";
import { listNames } from "../model/list-names.ts";
import { selectEntries } from "../model/selected-entries.ts";
import { showPath } from "../model/show-path.ts";
import { findUnclearable } from "./find-unclearable.ts";
import { findNameProblem } from "./names.ts";
import { parseTarget } from "./parse-target.ts";
import type { ReadBackend } from "./read-backends.ts";
import { readFunction } from "./read-function.ts";
import type { Source } from "./read-sources.ts";
import type { Report } from "./report.ts";
import {
  isMap,
  isText,
  partOf,
  textOf,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
  type YamlText,
} from "./yaml-tree.ts";

/** What mutations can name; there are names of which nothing else could be read. */
export interface Invalidable {
  readonly caches: readonly (CacheDeclaration | UnkeyedCache)[];
  readonly cacheNames: readonly string[];
  readonly memoized: readonly MemoizedDeclaration[];
  readonly memoizedNames: readonly string[];
  readonly backends: readonly ReadBackend[];
}

/** The mutations of these files; those are left out that are wrong, or of which a cache is. */
export function readMutations(
  sources: readonly Source[],
  known: Invalidable,
  report: Report,
): readonly MutationDeclaration[] {
  return sources.flatMap(({ root }) => {
    const onError = readOnError(sectionOf(root, "defaults")) ?? "warn";
    const section = sectionOf(root, "mutate");
    return [...(section?.entries.values() ?? [])].flatMap((entry) => readEntry(entry, onError, known, report) ?? []);
  });
}

function sectionOf(root: YamlMap, name: string): YamlMap | undefined {
  const node = root.entries.get(name)?.value;
  return isMap(node) ? node : undefined;
}

function readOnError(map: YamlMap | undefined): OnInvalidationError | undefined {
  const written = textOf(map, "on-invalidation-error")?.value;
  return written === "throw" || written === "warn" ? written : undefined;
}

function readEntry(
  { key: name, keySpan: nameSpan, value: node }: YamlEntry,
  onError: OnInvalidationError,
  known: Invalidable,
  report: Report,
): MutationDeclaration | undefined {
  const problem = findNameProblem("mutation", name);
  if (problem !== undefined) report("C1301", nameSpan, problem.message, problem.hint);
  if (!isMap(node)) return undefined;
  const functionNode = textOf(node, "function");
  const found = functionNode && readFunction(functionNode, "C1603", report);
  const isBefore = readBefore(node) ?? false;
  const list = node.entries.get("invalidates")?.value;
  const items = list?.kind === "list" ? list.items : [];
  const invalidations = items.map((item) => readInvalidation(item, isBefore, known, report));
  const whole = invalidations.flatMap((invalidation) => invalidation ?? []);
  if (problem !== undefined || found === undefined) return undefined;
  if (whole.length === 0 || whole.length < invalidations.length) return undefined;
  const onInvalidationError = readOnError(node) ?? onError;
  return { name, nameSpan, ...found, invalidations: whole, onInvalidationError };
}

function readBefore(map: YamlMap): boolean | undefined {
  const node = map.entries.get("before")?.value;
  return node?.kind === "scalar" && typeof node.value === "boolean" ? node.value : undefined;
}

function readInvalidation(
  item: YamlNode,
  isBeforeAll: boolean,
  known: Invalidable,
  report: Report,
): InvalidationDeclaration | undefined {
  const node = isText(item) ? item : textOf(isMap(item) ? item : undefined, "target");
  if (node === undefined) return undefined;
  const parsed = parseTarget(node.value);
  if ("message" in parsed) {
    report("C1603", partOf(node, parsed.start, parsed.end), parsed.message, parsed.hint);
    return undefined;
  }
  const place = ({ start, end }: { readonly start: number; readonly end: number }): Span => partOf(node, start, end);
  const { parts } = parsed;
  const cache = findCache(parsed.cache.name, place(parsed.cache), known, report);
  if (cache === undefined) return undefined;
  const invalidation: InvalidationDeclaration = {
    text: node.value.trim(),
    span: node.span,
    cache,
    parts:
      typeof parts === "string"
        ? parts
        : parts.map(({ parameter, source }) => ({
            parameter: parameter.name,
            parameterSpan: place(parameter),
            source: source.value,
            span: place(source),
          })),
    isBefore: (isMap(item) ? readBefore(item) : undefined) ?? isBeforeAll,
  };
  reportLate(invalidation, report);
  return checkSelection(invalidation, node, known.backends, report) ? invalidation : undefined;
}

/** A cache by its own name, or by that of the function that fills it. */
function findCache(
  name: string,
  span: Span,
  { caches, cacheNames, memoized, memoizedNames }: Invalidable,
  report: Report,
): CacheDeclaration | UnkeyedCache | undefined {
  const cache = caches.find((each) => each.name === name) ?? memoized.find((each) => each.name === name)?.cache;
  const names = [...cacheNames, ...memoizedNames];
  if (cache !== undefined || names.includes(name)) return cache;
  const near = nearest(name, names);
  const declared = `Declared: ${listNames(names)}`;
  const hint = near === undefined ? declared : `Did you mean ${quote(near)}? ${declared}`;
  report("C1601", span, `no cache or memoized function is called ${quote(name)}`, hint);
  return undefined;
}

/** Reports what is to be deleted before the call, and not known by then. */
function reportLate({ parts, isBefore }: InvalidationDeclaration, report: Report): void {
  if (!isBefore || typeof parts === "string") return;
  for (const { source, span } of parts) {
    if (source.kind !== "path" || source.steps[0].name !== "result") continue;
    const message = `${quote(showPath(source.steps))} is not known before the function is called`;
    report("C1603", span, message, 'Write { target: "…", before: false } for it');
  }
}

/** Whether nothing is against these entries, as far as the key is known already. */
function checkSelection(
  invalidation: InvalidationDeclaration,
  node: YamlText,
  backends: readonly ReadBackend[],
  report: Report,
): boolean {
  const { cache } = invalidation;
  if (cache.key === undefined) return true;
  const { by, problems } = selectEntries(invalidation, cache.key);
  for (const { span, message, hint } of problems) report("C1603", span, message, hint);
  const unclearable = by === "clear" ? findUnclearable(cache, backends) : undefined;
  if (unclearable !== undefined) report("C1603", node.span, unclearable.message, unclearable.hint);
  return problems.length === 0 && unclearable === undefined;
}
