import { clip, nearest, quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import { listNames } from "../model/list-names.ts";
import type { ResolvedType } from "../model/resolved-type.ts";
import { type Finding, nameOrNode, placeOf } from "./finding.ts";
import type { ModuleExports } from "./module-exports.ts";
import type { Probe } from "./probe.ts";
import type { Meaning, Reference, TypeExpression } from "./type-expression.ts";

/** The names that are there without an import, by what they mean. */
type GlobalNames = Readonly<Record<Meaning, ReadonlySet<string>>>;

const flagsOf: Readonly<Record<Meaning, ts.SymbolFlags>> = {
  type: ts.SymbolFlags.Type,
  namespace: ts.SymbolFlags.Namespace,
  value: ts.SymbolFlags.Value,
};

export function readGlobalNames(probe: Probe): GlobalNames {
  const names = (meaning: Meaning): ReadonlySet<string> => {
    const symbols = probe.checker.getSymbolsInScope(probe.source, flagsOf[meaning]);
    return new Set(symbols.map((symbol) => symbol.name).filter((name) => !name.startsWith("$module")));
  };
  return { type: names("type"), namespace: names("namespace"), value: names("value") };
}

/** Decides for each name of the expression whether it is imported from `module` or global; the rest are findings. */
export function resolveNames(
  expression: TypeExpression,
  module: ModuleExports | undefined,
  globals: GlobalNames,
): { readonly text: ResolvedType["text"]; readonly findings: readonly Finding[] } {
  const text: (string | { readonly imported: string })[] = [];
  const findings = new Map<string, Finding>();
  for (const part of expression.text) {
    if (typeof part === "string") {
      text.push(part);
      continue;
    }
    if (part.name === "default") {
      findings.set(part.name, defaultExport);
      continue;
    }
    const exported = module?.flags.get(part.name);
    const isGlobal = globals[part.meaning].has(part.name);
    if (exported !== undefined && (fits(exported, part.meaning) || !isGlobal)) {
      const misfit = fits(exported, part.meaning) ? undefined : wrongMeaning(part, module);
      if (misfit !== undefined) findings.set(part.name, misfit);
      text.push({ imported: part.name });
    } else if (isGlobal) {
      text.push(part.name);
    } else {
      findings.set(part.name, module === undefined ? unknownGlobal(part, globals) : missingExport(part, module));
    }
  }
  return { text: joinStrings(text), findings: [...findings.values()] };
}

const defaultExport: Finding = {
  code: "C2002",
  message: '"default" cannot be imported: a type is imported by its name',
  hint: "Export the type by name as well, and write that name",
};

function fits(flags: ts.SymbolFlags, meaning: Meaning): boolean {
  // An export that leads to nothing has no flag of a meaning; that is found later, with the place that breaks it.
  const isBroken = (flags & (flagsOf.type | flagsOf.namespace | flagsOf.value)) === ts.SymbolFlags.Property;
  return isBroken || (flags & flagsOf[meaning]) !== 0;
}

function joinStrings(parts: ResolvedType["text"]): ResolvedType["text"] {
  const joined: (string | { readonly imported: string })[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === "string" && typeof last === "string") joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}

function wrongMeaning({ name, meaning }: Reference, module: ModuleExports | undefined): Finding {
  const subject = `${quote(name)} of ${quote(module?.specifier ?? "")}`;
  switch (meaning) {
    case "type":
      return {
        code: "C2005",
        message: `${subject} is a value, not a type`,
        hint: `For its type write typeof ${clip(name)}`,
      };
    case "value":
      return { code: "C2005", message: `${subject} is a type, not a value`, hint: "Name it without typeof" };
    case "namespace":
      return {
        code: "C2005",
        message: `${subject} is not a namespace`,
        hint: `For the type of a property write ${clip(name)}["property"]`,
      };
  }
}

const keywordTypes = ["string", "number", "boolean", "bigint", "null", "unknown"];

function unknownGlobal({ name, meaning }: Reference, globals: GlobalNames): Finding {
  const similar = nearest(name, [...(meaning === "type" ? keywordTypes : []), ...globals[meaning]]);
  const byModule = `If it is your own, name its file: ./file.ts#${meaning === "value" ? "typeof " : ""}${clip(name)}`;
  return {
    code: "C2004",
    message: `there is no global ${meaning} ${quote(name)}`,
    hint: similar === undefined ? byModule : `Did you mean ${quote(similar)}? ${byModule}`,
  };
}

/** That a module has no such export, and what is meant perhaps. */
export function missingExport({ name }: Reference, module: ModuleExports): Finding {
  const { specifier, source } = module;
  const declared = source === undefined ? undefined : findDeclaration(source, name);
  if (declared !== undefined) return notExported(name, specifier, declared);
  const names = [...module.flags.keys()].filter((exported) => exported !== "default").sort();
  const similar = nearest(name, names);
  const hint = similar === undefined ? `Exported: ${listNames(names)}` : `Did you mean ${quote(similar)}?`;
  return {
    code: "C2002",
    message: `${quote(specifier)} has no export ${quote(name)}`,
    hint: names.length === 0 ? "It exports nothing by name" : hint,
  };
}

function notExported(name: string, specifier: string, declaration: ts.Node): Finding {
  const related = [placeOf(nameOrNode(declaration), `${quote(name)} is declared here`)];
  if (ts.isImportSpecifier(declaration)) {
    return {
      code: "C2002",
      message: `${quote(specifier)} imports ${quote(name)}, but does not export it`,
      hint: `Name the module that exports it, or export it from this one too: export type { ${clip(name)} }`,
      related,
    };
  }
  const isDefault = (ts.getCombinedModifierFlags(declaration as ts.Declaration) & ts.ModifierFlags.Default) !== 0;
  return {
    code: "C2002",
    message: isDefault
      ? `${quote(specifier)} exports ${quote(name)} as its default, not by name`
      : `${quote(name)} is declared in ${quote(specifier)}, but not exported`,
    hint: isDefault ? `Export it by name as well: export { ${clip(name)} }` : "Write export before its declaration",
    related,
  };
}

/** What a file declares, or imports, at its top level under `name`. */
function findDeclaration(source: ts.SourceFile, name: string): ts.Declaration | undefined {
  for (const statement of source.statements) {
    const found = declarationsOf(statement).find((declaration) => {
      const declared = ts.getNameOfDeclaration(declaration);
      return declared !== undefined && ts.isIdentifier(declared) && declared.text === name;
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

function declarationsOf(statement: ts.Statement): readonly ts.Declaration[] {
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations;
  if (ts.isImportDeclaration(statement)) {
    const bindings = statement.importClause?.namedBindings;
    return bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements : [];
  }
  const isDeclaration =
    ts.isInterfaceDeclaration(statement) ||
    ts.isTypeAliasDeclaration(statement) ||
    ts.isClassDeclaration(statement) ||
    ts.isEnumDeclaration(statement) ||
    ts.isFunctionDeclaration(statement) ||
    ts.isModuleDeclaration(statement);
  return isDeclaration ? [statement] : [];
}
