import { ts } from "ts-morph";
import { type Finding, nameOrNode, placeOf } from "./finding.ts";
import { type Probe, plainMessage } from "./probe.ts";
import { findUncacheable } from "./uncacheable-type.ts";
import type { UnresolvedPart, UnresolvedTypes } from "./unresolved-types.ts";

/** More unresolved parts of one type than these are rarely more causes. */
const maxUnresolved = 5;

/** What the compiler has against each statement of the probe. */
export function complaintsByStatement(probe: Probe): ReadonlyMap<ts.Statement, readonly ts.Diagnostic[]> {
  const complaints = new Map<ts.Statement, ts.Diagnostic[]>();
  const { program, source } = probe;
  for (const diagnostic of [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]) {
    const start = diagnostic.start ?? 0;
    const statement = source.statements.find((candidate) => start < candidate.end);
    if (statement === undefined) continue;
    complaints.set(statement, [...(complaints.get(statement) ?? []), diagnostic]);
  }
  return complaints;
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
  if (parts.length > 0) {
    return parts.slice(0, maxUnresolved).map((part) => unresolvedFinding(part, text, alias, probe));
  }
  const uncacheable = findUncacheable(type, text, probe.program);
  return uncacheable === undefined ? [] : [uncacheable];
}

/** What the compiler says of an import of the probe, and would say of that import in the generated module. */
export function importFinding(specifier: string, complaint: ts.Diagnostic): Finding {
  return { code: "C2001", message: `\`${specifier}\` cannot be imported: ${plainMessage(complaint.messageText)}` };
}

function complaintFinding(
  complaint: ts.Diagnostic,
  alias: ts.TypeAliasDeclaration,
  text: string,
  probe: Probe,
): Finding {
  const message = plainMessage(complaint.messageText);
  // Generic type '{0}' requires {1} type argument(s), or between {1} and {2} of them.
  if (complaint.code === 2314 || complaint.code === 2707) {
    const generic = genericAt(alias.type, complaint.start ?? 0, probe);
    if (generic !== undefined) {
      return {
        code: "C2003",
        message: `\`${generic.name}\` is generic, and \`${text}\` leaves out its type arguments.`,
        hint: `It takes \`${generic.name}<${generic.parameters.join(", ")}>\`.`,
        related: generic.declarations.map((node) => placeOf(nameOrNode(node), `\`${generic.name}\` is declared here.`)),
      };
    }
  }
  // Namespace '{0}' has no exported member '{1}'.
  if (complaint.code === 2694 || complaint.code === 2724) return { code: "C2002", message };
  return { code: "C2005", message: `\`${text}\` is not a valid type: ${message}` };
}

function genericAt(type: ts.TypeNode, start: number, { checker, program }: Probe) {
  const reference = findNode(type, (node) => ts.isTypeReferenceNode(node) && node.getStart() === start);
  if (reference === undefined || !ts.isTypeReferenceNode(reference)) return undefined;
  const symbol = checker.getSymbolAtLocation(reference.typeName);
  if (symbol === undefined) return undefined;
  const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const declared = target.declarations?.find(isGeneric);
  if (declared === undefined) return undefined;
  const parameters = declared.typeParameters?.map((parameter) => parameter.getText().replace(/\s+/g, " ")) ?? [];
  const isLibrary = program.isSourceFileDefaultLibrary(declared.getSourceFile());
  return { name: target.name, parameters, declarations: isLibrary ? [] : [declared] };
}

function isGeneric(node: ts.Node): node is ts.InterfaceDeclaration | ts.ClassDeclaration | ts.TypeAliasDeclaration {
  return ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) || ts.isTypeAliasDeclaration(node);
}

function findNode(node: ts.Node, test: (node: ts.Node) => boolean): ts.Node | undefined {
  return test(node) ? node : ts.forEachChild(node, (child) => findNode(child, test));
}

function unresolvedFinding(
  { path, place }: UnresolvedPart,
  text: string,
  alias: ts.TypeAliasDeclaration,
  { checker }: Probe,
): Finding {
  const isProbe = place.getSourceFile() === alias.getSourceFile();
  const reference = isProbe || nameOrNode(place) !== place ? undefined : place.getText();
  const subject = path === text ? `\`${text}\`` : `\`${path}\` in \`${text}\``;
  return {
    code: "C2004",
    message:
      reference === undefined
        ? `${subject} has a type that cannot be resolved.`
        : `${subject} refers to \`${reference}\`, which cannot be resolved.`,
    hint: isProbe ? "Compile the project: the compiler says what is missing." : hintFor(place, checker),
    ...(isProbe ? {} : { related: [placeOf(nameOrNode(place), "It is named here.")] }),
  };
}

/** Names that come with @types/node. */
const nodeNames = new Set(["Buffer", "NodeJS", "NonSharedBuffer"]);

function hintFor(place: ts.Node, checker: ts.TypeChecker): string {
  const first = findNode(place, ts.isIdentifier);
  const name = first === undefined ? "" : first.getText();
  if (nodeNames.has(name)) return "Install the types of Node: `npm install -D @types/node`.";
  const imported = first && checker.getSymbolAtLocation(first)?.declarations?.find(isImport);
  const from = imported && ts.findAncestor(imported, ts.isImportDeclaration)?.moduleSpecifier.getText();
  if (from !== undefined) return `It is imported from ${from}: is that there, built if need be, and does it export it?`;
  return "The compiler takes it for `any`. Import or declare it there.";
}

function isImport(node: ts.Node): boolean {
  return ts.isImportSpecifier(node) || ts.isImportClause(node) || ts.isNamespaceImport(node);
}
