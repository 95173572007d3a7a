import { basename, dirname, join } from "node:path";
import { clip, nearest, quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import type { ModuleReference } from "../model/resolved-type.ts";
import type { CompilerHost } from "./compiler-host.ts";
import { type Finding, installNodeTypes } from "./finding.ts";
import { isPath, type NamedModule } from "./named-module.ts";
import type { Probe } from "./probe.ts";
import type { RecordedFiles } from "./recorded-files.ts";

/** What a module exports. */
export interface ModuleExports {
  /** As the YAML names it. */
  readonly specifier: string;
  readonly reference: ModuleReference;
  /** What each exported name stands for, aliases followed. */
  readonly flags: ReadonlyMap<string, ts.SymbolFlags>;
  /** `undefined` for a module that is declared in a file of another name. */
  readonly source: ts.SourceFile | undefined;
}

/** What `module` exports, which the probe's import with this index names, or why there is none. */
export function readModuleExports(
  module: NamedModule,
  index: number,
  probe: Probe,
  host: CompilerHost,
  files: RecordedFiles,
): ModuleExports | Finding {
  const specifier = specifierOf(probe, index);
  const found = probe.checker.getSymbolAtLocation(specifier);
  if (found === undefined) return missingModule(module, specifier, probe, host, files);
  const flags = new Map<string, ts.SymbolFlags>();
  for (const symbol of probe.checker.getExportsOfModule(found)) {
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    flags.set(symbol.name, isAlias ? probe.checker.getAliasedSymbol(symbol).flags : symbol.flags);
  }
  const source = found.declarations?.find(ts.isSourceFile);
  return { specifier: module.written, reference: referenceTo(specifier.text, source), flags, source };
}

function specifierOf(probe: Probe, index: number): ts.StringLiteral {
  const statement = probe.source.statements[index];
  if (statement === undefined || !ts.isImportDeclaration(statement))
    throw new Error(`The probe has no import ${index}.`);
  // The specifier of a declaration that was parsed from our own text is a string.
  return statement.moduleSpecifier as ts.StringLiteral;
}

function referenceTo(specifier: string, source: ts.SourceFile | undefined): ModuleReference {
  return source !== undefined && isPath(specifier)
    ? { kind: "file", path: source.fileName }
    : { kind: "package", specifier };
}

function missingModule(
  { written: specifier, folder }: NamedModule,
  literal: ts.StringLiteral,
  probe: Probe,
  host: CompilerHost,
  files: RecordedFiles,
): Finding {
  const { program, source } = probe;
  const options = program.getCompilerOptions();
  const mode = program.getModeForUsageLocation(source, literal);
  const { resolvedModule } = ts.resolveModuleName(
    literal.text,
    source.fileName,
    options,
    host,
    undefined,
    undefined,
    mode,
  );
  if (resolvedModule === undefined) {
    return isPath(specifier) ? missingFile(specifier, folder, files) : missingPackage(specifier, folder, files);
  }
  if (program.getSourceFile(resolvedModule.resolvedFileName) !== undefined) {
    return {
      code: "C2002",
      message: `${quote(specifier)} exports nothing`,
      hint: "Write export before the types that are cached",
    };
  }
  return {
    code: "C2001",
    message: `${quote(specifier)} is JavaScript without type declarations`,
    hint: isPath(specifier)
      ? "Name a TypeScript file, or put a .d.ts file beside it"
      : `Try npm install -D ${typesPackage(specifier)}, or declare the module in a .d.ts file`,
  };
}

function missingFile(specifier: string, folder: string, files: RecordedFiles): Finding {
  const path = join(folder, specifier);
  const around = dirname(path);
  const message = `there is no file ${quote(specifier)}`;
  if (files.kind(around) !== "folder") {
    const hint = `There is no folder ${quote(dirname(specifier))} either; paths start at the folder of the YAML file`;
    return { code: "C2001", message, hint };
  }
  const inFolder = (name: string): string => `${specifier.slice(0, specifier.length - basename(path).length)}${name}`;
  const names = files.list(around).filter((name) => isTypeScript(name));
  const similar = names.find((name) => stem(name) === stem(basename(path))) ?? nearest(basename(path), names);
  if (files.kind(path) === "folder") {
    const index = files.list(path).find((name) => isTypeScript(name) && stem(name) === "index");
    const hint =
      index === undefined ? "It is a folder: name a file in it" : `Did you mean ${quote(`${specifier}/${index}`)}?`;
    return { code: "C2001", message, hint };
  }
  if (similar !== undefined) return { code: "C2001", message, hint: `Did you mean ${quote(inFolder(similar))}?` };
  return { code: "C2001", message, hint: "Paths start at the folder of the YAML file" };
}

function missingPackage(specifier: string, folder: string, files: RecordedFiles): Finding {
  const message = `the module ${quote(specifier)} cannot be found`;
  if (files.kind(join(folder, specifier)) === "file") {
    return { code: "C2001", message, hint: `For a file beside the YAML file write ${clip(`./${specifier}`)}` };
  }
  if (specifier.startsWith("node:")) {
    return { code: "C2001", message, hint: installNodeTypes };
  }
  const name = packageName(specifier);
  for (let current = folder; ; current = dirname(current)) {
    if (files.kind(join(current, "node_modules", name)) === "folder") {
      const hint = `The package ${quote(name)} is installed, but has no types under this name: see "exports" in its package.json`;
      return { code: "C2001", message, hint };
    }
    if (current === dirname(current)) break;
  }
  return { code: "C2001", message, hint: `If it is a package, install it: npm install ${clip(name)}` };
}

function packageName(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function typesPackage(specifier: string): string {
  return `@types/${clip(packageName(specifier).replace(/^@/, "").replace("/", "__"))}`;
}

function isTypeScript(name: string): boolean {
  return /\.[cm]?tsx?$/.test(name);
}

function stem(name: string): string {
  return name.replace(/(\.d)?\.[cm]?[jt]sx?$/, "");
}
