import type { ImportExtension } from "../model/resolved-type.ts";
import { type Code, collectNames, type ImportedName, type LocalName } from "./code.ts";
import { generatedMarker } from "./generated-file.ts";
import { importSpecifier } from "./import-specifier.ts";
import { escapeInvisible, stringLiteral } from "./literal.ts";

export interface SourceFile {
  /** The YAML, relative to the file. */
  readonly source: string;
  /** Absolute path of the folder that the file is in. */
  readonly folder: string;
  readonly importExtension: ImportExtension;
  /** Names that the file declares for others; they are called so whatever else there is. */
  readonly exports: readonly string[];
  /** Names of the language's own library that the body relies on: nothing else is called so. */
  readonly globals: readonly string[];
  /** Words of a type that the user wrote: they may mean global types, so no type of the runtime is called so. */
  readonly typeWords?: readonly string[];
  /** Parted by empty lines. */
  readonly blocks: readonly Code[];
}

/** The file's text in its final layout: header, sorted imports of what is used, then the blocks. */
export function printSourceFile(file: SourceFile): string {
  const mentioned = new Set<Name>();
  for (const block of file.blocks) collectNames(block, mentioned);
  const names = distinctNames(mentioned);
  const called = callNames(names, file);
  const calledBy = new Map([...mentioned].map((name) => [name, called.get(identity(name)) ?? name.name]));
  const header = [
    `${generatedMarker}(codegen v1) from ${escapeInvisible(file.source)}. Do not edit; run \`npx cachetory generate\`.`,
    "/* eslint-disable */",
    ...printImports(names, called, file),
  ].join("\n");
  return `${[header, ...file.blocks.map((block) => printCode(block, calledBy))].join("\n\n")}\n`;
}

type Name = ImportedName | LocalName;

/** By identity: two mentions of one name are the same name. */
function distinctNames(mentioned: Iterable<Name>): ReadonlyMap<string, Name> {
  const names = new Map<string, Name>();
  for (const name of mentioned) {
    const known = names.get(identity(name));
    // A class may be the type of one thing and the value of another.
    if (known?.kind !== "imported" || known.isType) names.set(identity(name), name);
  }
  return names;
}

function identity(name: Name): string {
  if (name.kind === "local") return `local ${name.name}`;
  const { from } = name;
  switch (from.kind) {
    case "runtime":
      return `runtime ${name.name}`;
    case "generated":
      return `generated ${from.stem} ${name.name}`;
    case "file":
      return `file ${from.path} ${name.name}`;
    case "package":
      return `package ${from.specifier} ${name.name}`;
  }
}

/** Own names come first, what the user's modules export last: who comes later gives way. */
const precedence = { local: 0, runtime: 1, generated: 2, file: 3, package: 3 } as const;

function callNames(names: ReadonlyMap<string, Name>, file: SourceFile): ReadonlyMap<string, string> {
  const taken = new Set([...file.exports, ...file.globals]);
  const typeWords = new Set(file.typeWords);
  const rank = (name: Name): number => precedence[name.kind === "local" ? "local" : name.from.kind];
  const called = new Map<string, string>();
  for (const [id, name] of [...names].sort((a, b) => rank(a[1]) - rank(b[1]) || compare(a[0], b[0]))) {
    let free = name.name;
    const isTaken = (): boolean => taken.has(free) || (isRuntimeType(name) && typeWords.has(free));
    for (let count = 1; isTaken(); count++) free = `${name.name}_${count}`;
    taken.add(free);
    called.set(id, free);
  }
  return called;
}

function isRuntimeType(name: Name): boolean {
  return name.kind === "imported" && name.isType && name.from.kind === "runtime";
}

function printCode(code: Code, called: ReadonlyMap<Name, string>): string {
  if (typeof code === "string") return code;
  if ("kind" in code) {
    if (code.kind !== "shorthand") return called.get(code) ?? code.name;
    const name = called.get(code.of);
    return name === code.property ? code.property : `${code.property}: ${name}`;
  }
  let text = "";
  for (const part of code) text += printCode(part, called);
  return text;
}

function printImports(
  names: ReadonlyMap<string, Name>,
  called: ReadonlyMap<string, string>,
  file: SourceFile,
): string[] {
  const modules = new Map<string, Map<string, ImportedName>>();
  for (const name of names.values()) {
    if (name.kind === "local") continue;
    const specifier = importSpecifier(name.from, file.folder, file.importExtension);
    const imported = modules.get(specifier) ?? new Map<string, ImportedName>();
    modules.set(specifier, imported);
    imported.set(name.name, name);
  }
  const isRelative = (specifier: string): number => Number(specifier.startsWith("."));
  return [...modules]
    .sort(([a], [b]) => isRelative(a) - isRelative(b) || compare(a, b))
    .map(([specifier, imported]) => printImport(specifier, [...imported.values()], called));
}

function printImport(
  specifier: string,
  imported: readonly ImportedName[],
  called: ReadonlyMap<string, string>,
): string {
  const isTypeOnly = imported.every((name) => name.isType);
  const bindings = [...imported]
    .sort((a, b) => compare(a.name, b.name))
    .map((name) => {
      const as = called.get(identity(name));
      return `${name.isType && !isTypeOnly ? "type " : ""}${name.name}${as === name.name ? "" : ` as ${as}`}`;
    });
  const list = bindings.length === 1 ? `{ ${bindings[0]} }` : `{\n${bindings.map((b) => `  ${b},\n`).join("")}}`;
  return `import ${isTypeOnly ? "type " : ""}${list} from ${stringLiteral(specifier)};`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
