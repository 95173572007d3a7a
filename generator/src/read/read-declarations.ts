import { checkKeys } from "../check/check-keys.ts";
import type { FileSystem } from "../host.ts";
import type { Declarations, MemoizedDeclaration, NamedValue } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { findUnclearable } from "./find-unclearable.ts";
import { type DeclaredName, reportCollisions } from "./name-collisions.ts";
import type { NamedSubject } from "./names.ts";
import { parseYaml } from "./parse-yaml.ts";
import { readBackends } from "./read-backends.ts";
import { readCaches } from "./read-caches.ts";
import { madeEntryOf, readMemoized, readMemoizedEntries } from "./read-memoized.ts";
import { readOutput } from "./read-output.ts";
import { reportTo } from "./report.ts";
import { findSchemaProblems } from "./schema-findings.ts";
import { readSourceText } from "./source-text.ts";
import { isMap, textOf, type YamlMap, type YamlNode } from "./yaml-tree.ts";

export interface ReadDeclarations {
  /** `undefined` where an error was found. */
  readonly declarations: Declarations | undefined;
  /** The values that could be read, whatever else is wrong: their types can be looked at in the same run. */
  readonly values: readonly NamedValue[];
  /** The memoized functions that could be read with their caches, likewise. */
  readonly memoized: readonly MemoizedDeclaration[];
  /** All findings of the file, in the order of its text. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a YAML file, of which `path` is the absolute path, and finds all that can be found without TypeScript. */
export function readDeclarations(path: string, files: FileSystem): ReadDeclarations {
  const source = readSourceText(path, files);
  if (!("text" in source)) return nothing([source]);
  const { root, diagnostics: syntax } = parseYaml(path, source.text);
  if (root === undefined) return nothing(inOrder(syntax));

  const found: Diagnostic[] = [...syntax, ...findSchemaProblems(root)];
  const content = isMap(root) ? readContent(path, root, found) : undefined;
  const hasErrors = found.some(({ severity }) => severity === "error");
  return {
    declarations: hasErrors ? undefined : content?.declarations,
    values: content?.values ?? [],
    memoized: content?.memoized ?? [],
    diagnostics: inOrder(found),
  };
}

function nothing(diagnostics: readonly Diagnostic[]): ReadDeclarations {
  return { declarations: undefined, values: [], memoized: [], diagnostics };
}

type Content = Omit<ReadDeclarations, "diagnostics">;

function readContent(path: string, root: YamlMap, found: Diagnostic[]): Content {
  const report = reportTo(found);
  const outputNode = textOf(root, "output");
  const output = outputNode && readOutput(path, outputNode, report);
  const backendSection = mapOf(root, "backends");
  const cacheSection = mapOf(root, "caches");
  const backends = readBackends(backendSection, report);
  for (const { warnings } of backends) found.push(...warnings);
  const memoizedSection = mapOf(root, "memoize");
  const entries = readMemoizedEntries(memoizedSection, report);
  const madeEntries = entries.flatMap((entry) => madeEntryOf(entry) ?? []);
  const { declared: caches, made } = readCaches(cacheSection, mapOf(root, "defaults"), madeEntries, backends, report);
  for (const { warnings } of [...caches, ...made]) found.push(...warnings);
  const wholeCaches = caches.map(({ declaration }) => declaration).filter((cache) => cache !== undefined);
  const madeCaches = made.map(({ declaration }) => declaration).filter((cache) => cache !== undefined);
  const cacheNames = [...(cacheSection?.entries.keys() ?? [])];
  const memoized = [...readMemoized(entries, cacheNames, [...wholeCaches, ...madeCaches], report)].sort(byName);
  const names: readonly DeclaredName[] = [
    ...namesOf("backend", backendSection),
    ...namesOf("cache", cacheSection),
    ...namesOf("memoized function", memoizedSection),
    ...madeEntries.map(({ name, nameSpan: span }) => ({ subject: "cache", name, span }) as const),
  ];
  reportCollisions(names, report);

  const values = [...caches, ...made]
    .map(({ value }) => value)
    .filter((value) => value !== undefined)
    .sort(byName);
  const wholeBackends = backends.map(({ declaration }) => declaration).filter((backend) => backend !== undefined);
  const keyed = caches.map((cache) => cache.keyed).filter((cache) => cache !== undefined);
  found.push(...checkKeys(keyed, wholeBackends));
  if (outputNode === undefined || output === undefined) return { declarations: undefined, values, memoized };
  found.push(...wholeCaches.flatMap((cache) => findUnclearable(cache, backends) ?? []));
  const declarations: Declarations = {
    file: path,
    output,
    outputSpan: outputNode.span,
    backends: wholeBackends.sort(byName),
    caches: [...wholeCaches].sort(byName),
    memoized,
  };
  return { declarations, values, memoized };
}

function mapOf(root: YamlMap, name: string): YamlMap | undefined {
  const node: YamlNode | undefined = root.entries.get(name)?.value;
  return isMap(node) ? node : undefined;
}

function namesOf(subject: NamedSubject, section: YamlMap | undefined): readonly DeclaredName[] {
  return [...(section?.entries.values() ?? [])].map(({ key, keySpan }) => ({ subject, name: key, span: keySpan }));
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

/** By place, and each but once: an anchor that is used twice would repeat its mistakes. */
function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const distinct = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { code, span, message } = diagnostic;
    const identity = JSON.stringify([code, span?.start, span?.end, message]);
    if (!distinct.has(identity)) distinct.set(identity, diagnostic);
  }
  return [...distinct.values()].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
}
