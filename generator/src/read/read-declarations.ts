import { checkKeys } from "../check/check-keys.ts";
import { findUninvalidated } from "../check/find-uninvalidated.ts";
import type { FileSystem } from "../host.ts";
import type { Declarations, MemoizedDeclaration, MutationDeclaration, NamedValue } from "../model/declaration.ts";
import { type Diagnostic, hasError } from "../model/diagnostic.ts";
import { distinct } from "../model/distinct.ts";
import type { RuleSettings } from "../model/rule-settings.ts";
import type { Usage } from "../model/usage.ts";
import { type DefaultTaker, declaredDefaults } from "./declared-defaults.ts";
import { findUnclearable } from "./find-unclearable.ts";
import { propertyExamples } from "./known-properties.ts";
import { type DeclaredName, reportCollisions } from "./name-collisions.ts";
import type { NamedSubject } from "./names.ts";
import { readBackends } from "./read-backends.ts";
import { type ReadCache, type ReadMadeCache, readCaches } from "./read-caches.ts";
import { readEnvironment } from "./read-environment.ts";
import { readLongLived } from "./read-long-lived.ts";
import { madeEntryOf, readMemoized, readMemoizedEntries } from "./read-memoized.ts";
import { readMutations } from "./read-mutations.ts";
import { readOutput } from "./read-output.ts";
import { reportUnrecoverable } from "./read-recovery.ts";
import { readRules } from "./read-rules.ts";
import { readSources, type Source } from "./read-sources.ts";
import { reportTagsName } from "./read-tags.ts";
import { type Report, reportTo } from "./report.ts";
import { isMap, textOf, type YamlMap, type YamlNode } from "./yaml-tree.ts";

export interface ReadDeclarations {
  /** `undefined` where an error was found. */
  readonly declarations: Declarations | undefined;
  /** What of them could be read, whatever else is wrong; `undefined` without an output folder. */
  readonly readable: Declarations | undefined;
  /** The values that could be read, whatever else is wrong: their types can be looked at in the same run. */
  readonly values: readonly NamedValue[];
  /** The memoized functions that could be read with their caches, likewise. */
  readonly memoized: readonly MemoizedDeclaration[];
  readonly mutations: readonly MutationDeclaration[];
  /** All findings, file by file, in the order of the text; those of rules as if the file said nothing of them. */
  readonly diagnostics: readonly Diagnostic[];
  readonly rules: RuleSettings;
  readonly usage: Usage;
}

/**
 * Reads a YAML file, of which `path` is the absolute path, and those that it includes, and finds all that can be found
 * without TypeScript.
 */
export function readDeclarations(path: string, files: FileSystem): ReadDeclarations {
  const { sources, isWhole, diagnostics } = readSources(path, files);
  const found = [...diagnostics];
  const [main, ...included] = sources;
  const severities = readRules(mapOf(main?.root, "rules"), reportTo(found));
  const content = main !== undefined && isWhole ? readContent(main, included, files, found) : undefined;
  return {
    declarations: hasError(found) ? undefined : content?.readable,
    readable: content?.readable,
    values: content?.values ?? [],
    memoized: content?.memoized ?? [],
    mutations: content?.mutations ?? [],
    usage: content?.usage ?? { defaults: [], environment: undefined, variables: [] },
    diagnostics: inOrder(found, sources),
    rules: { severities, suppressions: sources.flatMap(({ suppressions }) => suppressions) },
  };
}

type Content = Omit<ReadDeclarations, "declarations" | "diagnostics" | "rules">;

function readContent(main: Source, included: readonly Source[], files: FileSystem, found: Diagnostic[]): Content {
  const sources = [main, ...included];
  const report = reportTo(found);
  checkSections(main, included, report);
  const outputNode = textOf(main.root, "output");
  const output = outputNode && readOutput(main.path, outputNode, report);
  const backends = sources.flatMap(({ root }) => readBackends(mapOf(root, "backends"), report));
  for (const { warnings } of backends) found.push(...warnings);
  const read = sources.map(({ root }) => {
    const entries = readMemoizedEntries(mapOf(root, "memoize"), report);
    const madeEntries = entries.flatMap((entry) => madeEntryOf(entry) ?? []);
    const defaults = mapOf(root, "defaults");
    const caches = readCaches(mapOf(root, "caches"), defaults, madeEntries, backends, files, report);
    const longLived = readLongLived(defaults, report);
    const takers = [...caches.declared, ...caches.made].flatMap(takerOf);
    return { entries, madeEntries, longLived, defaults: declaredDefaults(defaults, takers, backends), ...caches };
  });
  const caches = read.flatMap(({ declared }) => declared);
  const made = read.flatMap((source) => source.made);
  for (const { warnings } of [...caches, ...made]) found.push(...warnings);
  const wholeCaches = caches.flatMap(({ declaration }) => declaration ?? []);
  const madeCaches = made.flatMap(({ declaration }) => declaration ?? []);
  const cacheNames = namesOf("cache", sources);
  const memoizedFunctions = readMemoized(
    read.flatMap(({ entries }) => entries),
    cacheNames.map(({ name }) => name),
    [...wholeCaches, ...madeCaches],
    report,
  );
  const memoized = firstOfName(memoizedFunctions).sort(byName);
  const mutations = firstOfName(
    readMutations(
      sources,
      {
        cacheNames: [
          ...cacheNames.map(({ name }) => name),
          ...read.flatMap(({ madeEntries }) => madeEntries.map(({ name }) => name)),
        ],
        caches: [...wholeCaches, ...madeCaches],
        memoized,
        memoizedNames: read.flatMap(({ entries }) => entries.map(({ name }) => name)),
        backends,
      },
      report,
    ),
  ).sort(byName);
  const madeNames = firstOfName(read.flatMap(({ madeEntries }) => madeEntries));
  const names: readonly DeclaredName[] = [
    ...namesOf("backend", sources),
    ...cacheNames,
    ...namesOf("memoized function", sources),
    ...namesOf("mutation", sources),
    ...madeNames.map(({ name, nameSpan: span }) => ({ subject: "cache", name, span, isMade: true }) as const),
  ];
  reportCollisions(names, report);
  reportTagsName(wholeCaches, names, report);

  const values = firstOfName([...caches, ...made].flatMap(({ value }) => value ?? [])).sort(byName);
  const wholeBackends = backends.map(({ declaration }) => declaration).filter((backend) => backend !== undefined);
  const keyed = caches.map((cache) => cache.keyed).filter((cache) => cache !== undefined);
  found.push(...checkKeys(keyed, wholeBackends));
  const usage: Usage = {
    defaults: read.flatMap(({ defaults }) => defaults),
    environment: readEnvironment(
      sources.map(({ root }) => root),
      report,
    ),
    variables: backends.flatMap(({ variables }) => variables),
  };
  if (outputNode === undefined || output === undefined) {
    return { readable: undefined, values, memoized, mutations, usage };
  }
  for (const cache of wholeCaches) reportUnrecoverable(cache, backends, report);
  found.push(...wholeCaches.flatMap((cache) => findUnclearable(cache, backends) ?? []));
  if (!hasError(found)) {
    const living = read.flatMap((source) =>
      [...source.declared, ...source.made].flatMap(({ declaration }) =>
        declaration === undefined ? [] : [{ ...declaration, longLived: source.longLived }],
      ),
    );
    found.push(...findUninvalidated(living, memoized, mutations));
  }
  const readable: Declarations = {
    file: main.path,
    included: included.map((source) => source.path),
    output,
    outputSpan: outputNode.span,
    backends: wholeBackends.sort(byName),
    caches: [...wholeCaches].sort(byName),
    memoized,
    mutations,
  };
  return { readable, values, memoized, mutations, usage };
}

/** What is wrong takes no defaults, and has a finding of its own. */
function takerOf({ node, declaration }: ReadCache | ReadMadeCache): readonly DefaultTaker[] {
  return node === undefined || declaration === undefined ? [] : [{ node, declaration }];
}

/** There is one output, of the file that includes the others; backends and caches may stand in any of them. */
function checkSections(main: Source, included: readonly Source[], report: Report): void {
  const [first] = main.root.entries.values();
  const span = first?.keySpan ?? main.root.span;
  const lacks = (name: string, sources: readonly Source[]): void => {
    if (sources.some(({ root }) => root.entries.has(name))) return;
    const where = sources.length === 1 ? "" : ", and no file that it includes has any";
    report("C1007", span, `the file has no "${name}"${where}`, `For example: ${propertyExamples[name]}`);
  };
  lacks("output", [main]);
  lacks("backends", [main, ...included]);
  lacks("caches", [main, ...included]);
  const hints = {
    output: "Leave it out here, or do not include the file, and name it with -c too",
    rules: "Write it there; what is meant in this file alone is suppressed by a comment: # cachetory-ignore",
  };
  for (const { root } of included) {
    for (const [name, hint] of Object.entries(hints)) {
      const entry = root.entries.get(name);
      if (entry === undefined) continue;
      report("C1015", entry.keySpan, `"${name}" is for the file that includes this one to say`, hint);
    }
  }
}

function mapOf(root: YamlMap | undefined, name: string): YamlMap | undefined {
  const node: YamlNode | undefined = root?.entries.get(name)?.value;
  return isMap(node) ? node : undefined;
}

function namesOf(subject: NamedSubject, sources: readonly Source[]): readonly DeclaredName[] {
  const sections = sources.map(({ root }) => mapOf(root, sectionNames[subject]));
  const entries = sections.flatMap((section) => [...(section?.entries.values() ?? [])]);
  return entries.map(({ key, keySpan }) => ({ subject, name: key, span: keySpan }));
}

const sectionNames: Readonly<Record<NamedSubject, string>> = {
  backend: "backends",
  cache: "caches",
  "memoized function": "memoize",
  mutation: "mutate",
};

/** What has a name that is taken has a finding, and does not hide the first. */
function firstOfName<Named extends { readonly name: string }>(all: readonly Named[]): Named[] {
  return [...new Map([...all].reverse().map((each) => [each.name, each])).values()];
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

/** By place, and each but once. */
function inOrder(diagnostics: readonly Diagnostic[], sources: readonly Source[]): readonly Diagnostic[] {
  const ranks = new Map(sources.map(({ path }, index) => [path, index]));
  // What is no mapping is no source: its findings come last.
  const rank = ({ span }: Diagnostic): number => (span === undefined ? -1 : (ranks.get(span.file) ?? sources.length));
  return [...distinct(diagnostics)].sort((a, b) => rank(a) - rank(b) || (a.span?.start ?? 0) - (b.span?.start ?? 0));
}
