import { clip, nearest, quote } from "@cachetory/runtime/schemes";
import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap } from "yaml";
import type { Span } from "../model/declaration.ts";
import { type Diagnostic, errorAt } from "../model/diagnostic.ts";
import { explainSyntaxError } from "./syntax-error.ts";
import type { YamlEntry, YamlMap, YamlNode } from "./yaml-tree.ts";

export interface ParsedYaml {
  /** `undefined` where the text is not one well-formed document. */
  readonly root: YamlNode | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const minimalFile = "version: 1, output: src/caches, backends: { local: memory:// }, caches: { … }";

/** What to do about an empty file with which a project begins. */
const startHint = `Run npx cachetory init for a file to begin with, or write: ${minimalFile}`;

/**
 * Reads the text of a YAML file into a tree. Everything that YAML itself forbids is found here.
 *
 * @param emptyHint - what to do where the file holds nothing
 */
export function parseYaml(file: string, text: string, emptyHint: string = startHint): ParsedYaml {
  try {
    const document = parseDocument(text, { prettyErrors: false, uniqueKeys: false, merge: false });
    const problems = [...document.errors, ...document.warnings];
    if (problems.some(({ code }) => code === "RESOURCE_EXHAUSTION")) return tooDeep(file);
    if (problems.length > 0) {
      return { root: undefined, diagnostics: problems.map((problem) => explainSyntaxError(file, text, problem)) };
    }
    const { contents } = document;
    if (contents === null || (isScalar(contents) && contents.value === null)) {
      const message = "the file declares nothing";
      return { root: undefined, diagnostics: [errorAt("C1003", { file, start: 0, end: 0 }, message, emptyHint)] };
    }
    const reader = new TreeReader(file, text);
    const root = reader.node(contents as Node, { file, start: 0, end: 0 });
    return {
      root: reader.diagnostics.length > 0 && root === undefined ? undefined : root,
      diagnostics: reader.diagnostics,
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return tooDeep(file);
  }
}

/** The parser descends by recursion: a file of brackets alone exhausts the stack. */
function tooDeep(file: string): ParsedYaml {
  const diagnostic = errorAt("C1002", { file, start: 0, end: 0 }, "the file is nested too deeply", "Flatten it");
  return { root: undefined, diagnostics: [diagnostic] };
}

/** Turns the nodes of the yaml package into a tree, in the order of the text, which is what anchors go by. */
class TreeReader {
  readonly diagnostics: Diagnostic[] = [];
  readonly #file: string;
  readonly #text: string;
  /** What each anchor stands for; `undefined` while it is being read. */
  readonly #anchors: Map<string, YamlNode | undefined> = new Map();

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
  }

  node(node: Node | null, parent: Span): YamlNode | undefined {
    if (node === null) return { kind: "scalar", value: null, written: "", span: parent, textStart: undefined };
    if (isAlias(node)) return this.#alias(node);
    const anchor = (node as { anchor?: string }).anchor;
    if (anchor !== undefined) this.#anchors.set(anchor, undefined);
    const read = this.#content(node, parent);
    if (anchor !== undefined) this.#anchors.set(anchor, read);
    return read;
  }

  #content(node: Node, parent: Span): YamlNode | undefined {
    const span = this.#span(node);
    if (isMap(node)) return this.#map(node, span);
    if (isSeq(node)) {
      const items = node.items.map((item) => this.node(item as Node | null, span));
      return { kind: "list", items: items.filter((item) => item !== undefined), span };
    }
    if (!isScalar(node)) return undefined;
    const written = this.#text.slice(span.start, span.end);
    return {
      kind: "scalar",
      value: scalarValue(node.value, written),
      written,
      span: written === "" ? parent : span,
      textStart: textStart(node.value, written, span.start),
    };
  }

  #alias(alias: Alias): YamlNode | undefined {
    const name = alias.source;
    const shown = clip(name);
    const node = this.#anchors.get(name);
    if (node !== undefined) return node;
    if (this.#anchors.has(name)) {
      this.#report(alias, `*${shown} stands inside of what it names`, `Move the anchor &${shown} elsewhere`);
    } else {
      const near = nearest(name, [...this.#anchors.keys()]);
      const hint = near === undefined ? `Write &${shown} before a value above` : `Did you mean *${clip(near)}?`;
      this.#report(alias, `no anchor &${shown} stands above *${shown}`, hint);
    }
    return undefined;
  }

  #map(map: YAMLMap, span: Span): YamlMap {
    const own = new Map<string, YamlEntry>();
    const merged: YamlMap[] = [];
    let merge: Span | undefined;
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      const keySpan = this.#span(pair.key);
      const key = this.#key(pair.key, keySpan);
      const value = this.node(pair.value, keySpan);
      if (key === undefined || value === undefined) continue;
      if (this.#isMerge(pair.key)) {
        if (merge !== undefined) this.#duplicate("<<", keySpan, merge, "Merge several at once: <<: [*a, *b]");
        merge = keySpan;
        merged.push(...this.#mergedMaps(value, keySpan));
        continue;
      }
      const first = own.get(key);
      if (first === undefined) own.set(key, { key, keySpan, value });
      else this.#duplicate(key, keySpan, first.keySpan, "Keep one of them");
    }
    // What is written wins over what is merged, and of what is merged the first.
    for (const { entries } of merged) for (const [key, entry] of entries) if (!own.has(key)) own.set(key, entry);
    return { kind: "map", entries: own, span };
  }

  #key(node: Node | null, span: Span): string | undefined {
    const key = isAlias(node) ? this.#alias(node) : undefined;
    if (key?.kind === "scalar") return String(key.value ?? key.written);
    if (isScalar(node)) {
      const anchor = node.anchor;
      if (anchor !== undefined) this.node(node, span);
      return typeof node.value === "string" ? node.value : this.#text.slice(span.start, span.end);
    }
    if (!isAlias(node)) {
      this.diagnostics.push(
        errorAt("C1008", span, "a key must be a name", "Put it in quotes if it begins with { or ["),
      );
    }
    return undefined;
  }

  #isMerge(key: Node | null): boolean {
    return isScalar(key) && key.type === "PLAIN" && key.source === "<<";
  }

  #mergedMaps(value: YamlNode, keySpan: Span): readonly YamlMap[] {
    const maps = value.kind === "list" ? value.items : [value];
    const wrong = maps.find((map) => map.kind !== "map");
    if (wrong !== undefined) {
      this.diagnostics.push(
        errorAt("C1008", keySpan, "<< must be followed by a mapping, or a list of mappings", "Write <<: *name"),
      );
    }
    return maps.filter((map) => map.kind === "map");
  }

  #duplicate(key: string, span: Span, first: Span, hint: string): void {
    const related = [{ span: first, message: `${quote(key)} is first written here` }];
    this.diagnostics.push(errorAt("C1005", span, `${quote(key)} is written twice`, hint, related));
  }

  #report(node: Node, message: string, hint: string): void {
    this.diagnostics.push(errorAt("C1002", this.#span(node), message, hint));
  }

  #span(node: Node | null): Span {
    const [start, end] = node?.range ?? [0, 0];
    return { file: this.#file, start, end };
  }
}

/** Numbers that a double cannot hold, dates and other values of exotic tags are read as the text that they are. */
function scalarValue(value: unknown, written: string): string | number | boolean | null {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "number":
      return value;
    default:
      return value === null ? null : written;
  }
}

function textStart(value: unknown, written: string, start: number): number | undefined {
  if (written === value) return start;
  const isQuoted = /^(["']).*\1$/s.test(written);
  return isQuoted && written.slice(1, -1) === value ? start + 1 : undefined;
}
