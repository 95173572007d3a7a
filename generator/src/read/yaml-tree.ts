import type { Span } from "../model/declaration.ts";

/** A YAML document with every place kept; aliases and merge keys are resolved, so a node may occur more than once. */
export type YamlNode = YamlScalar | YamlList | YamlMap;

export interface YamlScalar {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  /** The text in the file, quotes included; empty where nothing is written. */
  readonly written: string;
  /** The value alone, or the key before it where nothing is written. */
  readonly span: Span;
  /** Where the value's text begins in the file, if it stands there character by character; else `undefined`. */
  readonly textStart: number | undefined;
}

export interface YamlList {
  readonly kind: "list";
  readonly items: readonly YamlNode[];
  readonly span: Span;
}

export interface YamlMap {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, YamlEntry>;
  readonly span: Span;
}

export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlNode;
}

/** A scalar that holds text. */
export interface YamlText extends YamlScalar {
  readonly value: string;
}

export function isText(node: YamlNode | undefined): node is YamlText {
  return node?.kind === "scalar" && typeof node.value === "string";
}

export function isMap(node: YamlNode | undefined): node is YamlMap {
  return node?.kind === "map";
}

/** The text under a name of a map; `undefined` where there is none, or something else. */
export function textOf(map: YamlMap | undefined, name: string): YamlText | undefined {
  const node = map?.entries.get(name)?.value;
  return isText(node) ? node : undefined;
}

/** The place of a part of a scalar's text, in offsets of its value; the whole scalar where escapes moved the text. */
export function partOf(scalar: YamlScalar, start: number, end: number): Span {
  if (scalar.textStart === undefined) return scalar.span;
  return { file: scalar.span.file, start: scalar.textStart + start, end: scalar.textStart + Math.max(end, start + 1) };
}

/** The tree as plain values, for the schema. What occurs more than once stays shared. */
export function toPlain(node: YamlNode, done: Map<YamlNode, unknown> = new Map()): unknown {
  if (node.kind === "scalar") return node.value;
  if (done.has(node)) return done.get(node);
  if (node.kind === "list") {
    const list = node.items.map((item) => toPlain(item, done));
    done.set(node, list);
    return list;
  }
  // No prototype: a key may be "__proto__" or "constructor".
  const map: Record<string, unknown> = Object.create(null);
  for (const { key, value } of node.entries.values()) map[key] = toPlain(value, done);
  done.set(node, map);
  return map;
}
