import { quote } from "@cachetory/runtime/schemes";
import type { FileSystem } from "../host.ts";
import type { Span } from "../model/declaration.ts";
import { type Diagnostic, errorAt } from "../model/diagnostic.ts";
import type { Suppression } from "../model/rule-settings.ts";
import { parseYaml } from "./parse-yaml.ts";
import { readInclude } from "./read-include.ts";
import { readSuppressions } from "./read-suppressions.ts";
import { type Report, reportTo } from "./report.ts";
import { findSchemaProblems } from "./schema-findings.ts";
import { readSourceText, unreadableHint } from "./source-text.ts";
import { isMap, isText, type YamlMap } from "./yaml-tree.ts";

/** A YAML file that holds a mapping. */
export interface Source {
  /** Absolute. */
  readonly path: string;
  readonly root: YamlMap;
  /** What its comments suppress. */
  readonly suppressions: readonly Suppression[];
}

export interface ReadSources {
  /** The file asked for, then those that it includes, and each once: in the order of the text, depth first. */
  readonly sources: readonly Source[];
  /** Whether each of them could be read as a mapping: of a part, what it lacks cannot be told. */
  readonly isWhole: boolean;
  /** What each file says against YAML, against the schema, and of files that it includes. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a YAML file and all that it includes. */
export function readSources(path: string, files: FileSystem): ReadSources {
  const reader = new SourceReader(files);
  reader.read(path);
  return reader;
}

/** Files within files: deeper than any project, and less deep than the stack. */
const maxDepth = 100;

/** A file that is being read, and where it includes the next one. */
interface Including {
  readonly realPath: string;
  /** As it is written. */
  readonly next: string;
  readonly span: Span;
}

class SourceReader implements ReadSources {
  readonly sources: Source[] = [];
  readonly diagnostics: Diagnostic[] = [];
  isWhole = true;
  readonly #files: FileSystem;
  /** Without links: by one that leads to its own folder, a file has names without end. */
  readonly #read = new Set<string>();
  readonly #report: Report;

  constructor(files: FileSystem) {
    this.#files = files;
    this.#report = reportTo(this.diagnostics);
  }

  read(path: string): void {
    const source = readSourceText(path, this.#files);
    if ("text" in source) this.#parse(path, this.#files.realPath(path), source.text, []);
    else this.#stop(source);
  }

  #parse(path: string, realPath: string, text: string, chain: readonly Including[]): void {
    this.#read.add(realPath);
    const { root, diagnostics } = parseYaml(path, text, chain.length === 0 ? undefined : emptyHint);
    this.diagnostics.push(...diagnostics);
    if (root !== undefined) this.diagnostics.push(...findSchemaProblems(root));
    if (!isMap(root)) {
      this.isWhole = false;
      return;
    }
    this.sources.push({ path, root, suppressions: readSuppressions(path, text, this.#report) });
    const list = root.entries.get("include")?.value;
    for (const item of list?.kind === "list" ? list.items.filter(isText) : []) {
      const included = readInclude(path, item, this.#report);
      if (included === undefined) this.isWhole = false;
      else this.#include(included, [...chain, { realPath, next: item.value, span: item.span }]);
    }
  }

  #include(path: string, chain: readonly Including[]): void {
    const realPath = this.#files.realPath(path);
    const from = chain.findIndex((including) => including.realPath === realPath);
    if (from >= 0) this.#stop(circle(chain.slice(from)));
    else if (chain.length > maxDepth) this.#stop(tooDeep(chain.at(-1)));
    else if (!this.#read.has(realPath)) {
      const source = readSourceText(path, this.#files);
      if ("text" in source) this.#parse(path, realPath, source.text, chain);
      else this.#stop(unreadable(source, chain.at(-1), path, this.#files));
    }
  }

  #stop(diagnostic: Diagnostic): void {
    this.isWhole = false;
    this.diagnostics.push(diagnostic);
  }
}

/** What to do about an empty file that another one includes. */
const emptyHint = 'Write version: 1 and what it is to declare, or take it out of "include"';

function unreadable(
  source: Diagnostic,
  including: Including | undefined,
  path: string,
  files: Pick<FileSystem, "kind">,
): Diagnostic {
  const subject = quote(including?.next ?? "");
  const message = `${subject} cannot be included: ${source.message}`;
  return errorAt("C1013", including?.span, message, unreadableHint(source, path, files));
}

function tooDeep(including: Including | undefined): Diagnostic {
  const message = `${quote(including?.next ?? "")} cannot be included: ${maxDepth} files include one another before it`;
  return errorAt("C1013", including?.span, message, "Include it from a file further up");
}

/** @param chain - each file of the circle, with the place where it includes the next one */
function circle(chain: readonly Including[]): Diagnostic {
  const last = chain.at(-1);
  if (chain.length < 2) return errorAt("C1014", last?.span, "the file includes itself", "Leave it out");
  const related = chain.slice(0, -1).map(({ span, next }) => ({ span, message: `${quote(next)} is included here` }));
  const message = `${quote(last?.next ?? "")} includes this file, which includes it again`;
  return errorAt("C1014", last?.span, message, "Put what both need into a third file", related);
}
