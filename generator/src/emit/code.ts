import type { ModuleReference } from "../model/resolved-type.ts";
import { type RuntimePart, runtimePartOf } from "./runtime-part.ts";

/** Text of a source file in which names are still open: {@link printSourceFile} decides what each is called. */
export type Code = string | ImportedName | LocalName | Shorthand | readonly Code[];

/** Something that another module exports. The import is written because the name is used, so none is ever unused. */
export interface ImportedName {
  readonly kind: "imported";
  readonly from: ImportSource;
  readonly name: string;
  readonly isType: boolean;
}

export type ImportSource =
  /** What generated code stands on. */
  | { readonly kind: "runtime"; readonly part: RuntimePart }
  /** A file of the output folder, named without its extension. */
  | { readonly kind: "generated"; readonly stem: string }
  | ModuleReference;

/** A name that stays within the file: a constant, a function or a parameter. */
export interface LocalName {
  readonly kind: "local";
  readonly name: string;
}

/** A property that holds what a name stands for: `shared`, or `shared: shared_1` where the name had to change. */
export interface Shorthand {
  readonly kind: "shorthand";
  readonly property: string;
  readonly of: ImportedName | LocalName;
}

/** A template tag: ``code`const a: ${type} = 1;` ``. */
export function code(strings: TemplateStringsArray, ...values: readonly Code[]): Code {
  const parts: Code[] = [];
  for (const [index, text] of strings.entries()) {
    const value = values[index];
    if (text !== "") parts.push(text);
    if (value !== undefined) parts.push(value);
  }
  return parts;
}

export function joinCode(parts: readonly Code[], separator: string): Code {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [separator, part]));
}

/** The same in one row, where texts that follow each other are one: less to keep, and to go through, of what is printed often. */
export function flatCode(code: Code): Code {
  const row: Exclude<Code, readonly Code[]>[] = [];
  addFlat(code, row);
  return row;
}

function addFlat(code: Code, row: Exclude<Code, readonly Code[]>[]): void {
  const last = row.at(-1);
  if (typeof code === "string") {
    if (typeof last === "string") row[row.length - 1] = last + code;
    else row.push(code);
  } else if ("kind" in code) row.push(code);
  else for (const part of code) addFlat(part, row);
}

/** Whether a name is somewhere in it. */
export function mentions(code: Code, name: LocalName): boolean {
  if (typeof code === "string") return false;
  if ("kind" in code) return (code.kind === "shorthand" ? code.of : code) === name;
  return code.some((part) => mentions(part, name));
}

/** Adds all names that are in it. */
export function collectNames(code: Code, names: Set<ImportedName | LocalName>): void {
  if (typeof code === "string") return;
  if ("kind" in code) names.add(code.kind === "shorthand" ? code.of : code);
  else for (const part of code) collectNames(part, names);
}

/** Names that modules mention again and again are one object each, for which there is one answer to what it is called. */
const runtimeValues = new Map<string, ImportedName>();
const runtimeTypes = new Map<string, ImportedName>();
const locals = new Map<string, LocalName>();

export function runtimeValue(name: string): ImportedName {
  return shared(runtimeValues, name, () => ({ kind: "imported", from: runtimePart(name), name, isType: false }));
}

export function runtimeType(name: string): ImportedName {
  return shared(runtimeTypes, name, () => ({ kind: "imported", from: runtimePart(name), name, isType: true }));
}

function runtimePart(name: string): ImportSource {
  return { kind: "runtime", part: runtimePartOf(name) };
}

export function generatedValue(stem: string, name: string): ImportedName {
  return { kind: "imported", from: { kind: "generated", stem }, name, isType: false };
}

export function generatedType(stem: string, name: string): ImportedName {
  return { kind: "imported", from: { kind: "generated", stem }, name, isType: true };
}

export function local(name: string): LocalName {
  return shared(locals, name, () => ({ kind: "local", name }));
}

/** The property of this name, also where the name itself has to be another one. */
export function property(of: LocalName): Shorthand {
  return { kind: "shorthand", property: of.name, of };
}

function shared<Name>(names: Map<string, Name>, name: string, make: () => Name): Name {
  const known = names.get(name);
  if (known !== undefined) return known;
  const made = make();
  names.set(name, made);
  return made;
}
