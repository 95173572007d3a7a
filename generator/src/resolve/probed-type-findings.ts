import { clip, quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import { compilerMessage } from "./compiler-message.ts";
import { type Finding, installNodeTypes, nameOrNode, placeOf } from "./finding.ts";
import type { Probe } from "./probe.ts";
import { findUncacheable } from "./uncacheable-type.ts";
import type { UnresolvedPart, UnresolvedTypes } from "./unresolved-types.ts";

/** More unresolved parts of one type than these are rarely more causes. */
const maxUnresolved = 5;

/** What the compiler has against each statement of the probe. */
export function complaintsByStatement(probe: Probe): ReadonlyMap<ts.Statement, readonly ts.Diagnostic[]> {
  const complaints = new Map<ts.Statement, ts.Diagnostic[]>();
  const { program, source } = probe;
  for (const diagnostic of [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]) {
    if (isOfDefaultRootDir(diagnostic, program)) continue;
    const start = diagnostic.start ?? 0;
    const statement = source.statements.find((candidate) => start < candidate.end);
    if (statement === undefined) continue;
    complaints.set(statement, [...(complaints.get(statement) ?? []), diagnostic]);
  }
  return complaints;
}

/** Where a tsconfig says no rootDir, 6 takes its folder; a project written for TypeScript 5 counts on that of all its files. */
function isOfDefaultRootDir({ code }: ts.Diagnostic, program: ts.Program): boolean {
  return code === 6059 && program.getCompilerOptions().rootDir === undefined;
}

/** The findings about one alias of the probe; `text` is the type as the YAML has it. */
export function findInAlias(
  alias: ts.TypeAliasDeclaration,
  text: string,
  complaints: readonly ts.Diagnostic[],
  probe: Probe,
  unresolved: UnresolvedTypes,
): readonly Finding[] {
  if (complaints.length > 0) {
    const findings = complaints.map((complaint) => complaintFinding(complaint, alias, text, probe));
    return [...new Map(findings.map((finding) => [finding.message, finding])).values()];
  }
  const type = probe.checker.getTypeAtLocation(alias.name);
  const parts = unresolved.find(type, alias.type, text);
  if (parts.length > 0) return unresolvedFindings(parts, text, alias, probe);
  const uncacheable = findUncacheable(type, text, probe.program);
  return uncacheable === undefined ? [] : [uncacheable];
}

/** What the compiler says of an import of the probe, and would say of that import in the generated module. */
export function importFinding(specifier: string, complaint: ts.Diagnostic): Finding {
  return {
    code: "C2001",
    message: `${quote(specifier)} cannot be imported: ${compilerMessage(complaint)}`,
    hint: 'Generated code imports it as well; "type" in package.json and "module" in tsconfig.json decide how',
  };
}

function complaintFinding(
  complaint: ts.Diagnostic,
  alias: ts.TypeAliasDeclaration,
  text: string,
  probe: Probe,
): Finding {
  // Generic type '{0}' requires {1} type argument(s), or between {1} and {2} of them.
  if (complaint.code === 2314 || complaint.code === 2707) {
    const generic = genericAt(alias.type, complaint.start ?? 0, probe);
    if (generic !== undefined) return argumentsFinding(generic, text);
  }
  const message = compilerMessage(complaint);
  // Namespace '{0}' has no exported member '{1}'.
  if (complaint.code === 2694 || complaint.code === 2724) return { code: "C2002", message };
  return { code: "C2005", message: `${quote(text)} is not a valid type: ${message}` };
}

/** A generic type, as it is declared and as it is used. */
interface Generic {
  readonly name: string;
  readonly parameters: readonly string[];
  /** How many type arguments it is given. */
  readonly given: number;
  /** Empty for a type of the language. */
  readonly declarations: readonly ts.Node[];
}

function argumentsFinding({ name, parameters, given, declarations }: Generic, text: string): Finding {
  const isTooMany = given > parameters.length;
  const within = text === name ? "" : ` in ${quote(text)}`;
  return {
    code: isTooMany ? "C2005" : "C2003",
    message: `${quote(name)} ${isTooMany ? "has too many" : "lacks"} type arguments${within}`,
    hint: `It takes ${clip(`${name}<${parameters.join(", ")}>`)}`,
    related: declarations.map((node) => placeOf(nameOrNode(node), `${quote(name)} is declared here`)),
  };
}

function genericAt(type: ts.TypeNode, start: number, { checker, program }: Probe): Generic | undefined {
  const reference = findNode(type, (node) => ts.isTypeReferenceNode(node) && node.getStart() === start);
  if (reference === undefined || !ts.isTypeReferenceNode(reference)) return undefined;
  const symbol = checker.getSymbolAtLocation(reference.typeName);
  if (symbol === undefined) return undefined;
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const declared = target.declarations?.find(isGeneric);
  if (declared === undefined) return undefined;
  const parameters = declared.typeParameters?.map((parameter) => parameter.getText().replace(/\s+/g, " ")) ?? [];
  const isLibrary = program.isSourceFileDefaultLibrary(declared.getSourceFile());
  const given = reference.typeArguments?.length ?? 0;
  return { name: target.name, parameters, given, declarations: isLibrary ? [] : [declared] };
}

function isGeneric(node: ts.Node): node is ts.InterfaceDeclaration | ts.ClassDeclaration | ts.TypeAliasDeclaration {
  return ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) || ts.isTypeAliasDeclaration(node);
}

function findNode(node: ts.Node, test: (node: ts.Node) => boolean): ts.Node | undefined {
  return test(node) ? node : ts.forEachChild(node, (child) => findNode(child, test));
}

/** The findings about parts of an alias that the compiler could not resolve. */
export function unresolvedFindings(
  parts: readonly UnresolvedPart[],
  text: string,
  alias: ts.TypeAliasDeclaration,
  probe: Probe,
): readonly Finding[] {
  return parts.slice(0, maxUnresolved).map((part) => unresolvedFinding(part, text, alias, probe));
}

function unresolvedFinding(
  { path, place }: UnresolvedPart,
  text: string,
  alias: ts.TypeAliasDeclaration,
  { checker }: Probe,
): Finding {
  const isProbe = place.getSourceFile() === alias.getSourceFile();
  const reference = isProbe || nameOrNode(place) !== place ? undefined : place.getText();
  // A path begins with the text itself, or with the name of a part of it.
  const subject = path.startsWith(text) ? quote(path) : `${quote(path)} in ${quote(text)}`;
  const relatedMessage = reference === undefined ? "it is declared here" : `${quote(reference)} is named here`;
  return {
    code: "C2004",
    message:
      reference === undefined
        ? `${subject} has a type that cannot be resolved`
        : `${subject} refers to ${quote(reference)}, which cannot be resolved`,
    hint: isProbe ? "Compile the project: the compiler says what is missing" : hintFor(place, checker),
    ...(isProbe ? {} : { related: [placeOf(nameOrNode(place), relatedMessage)] }),
  };
}

/** Names that come with @types/node. */
const nodeNames = new Set(["Buffer", "NodeJS", "NonSharedBuffer"]);

function hintFor(place: ts.Node, checker: ts.TypeChecker): string {
  const first = findNode(place, ts.isIdentifier);
  const name = first === undefined ? "" : first.getText();
  if (nodeNames.has(name)) return installNodeTypes;
  const imported = first && checker.getSymbolAtLocation(first)?.declarations?.find(isImport);
  const from = imported && ts.findAncestor(imported, ts.isImportDeclaration)?.moduleSpecifier;
  if (from !== undefined && ts.isStringLiteral(from)) {
    return `It is imported from ${quote(from.text)}: check that this is there, is built, and exports it`;
  }
  return "Import it or declare it there; as it is, the compiler takes it for any";
}

function isImport(node: ts.Node): boolean {
  return ts.isImportSpecifier(node) || ts.isImportClause(node) || ts.isNamespaceImport(node);
}
