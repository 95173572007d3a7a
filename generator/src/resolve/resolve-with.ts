import { quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import type { Diagnostic } from "../model/diagnostic.ts";
import { orderUnions } from "../model/order-unions.ts";
import type { ResolvedType } from "../model/resolved-type.ts";
import type { TypeId, TypeIr } from "../model/type-ir.ts";
import type { CompilerHost } from "./compiler-host.ts";
import type { Finding } from "./finding.ts";
import { type ModuleExports, readModuleExports } from "./module-exports.ts";
import { readGlobalNames, resolveNames } from "./name-references.ts";
import { type NamedModule, namedModules } from "./named-module.ts";
import { type Probe, type ProbedType, probeModules, probeTypes } from "./probe.ts";
import { complaintsByStatement, findInAlias, importFinding, unresolvedFindings } from "./probed-type-findings.ts";
import type { RecordedFiles } from "./recorded-files.ts";
import type { RequestedType, Resolution, ResolveRequest } from "./resolution.ts";
import { parseTypeExpression } from "./type-expression.ts";
import { TypeGraph } from "./type-graph.ts";
import { UnresolvedTypes } from "./unresolved-types.ts";

/** Resolves the types under these compiler options: first what the modules export, then what the types are. */
export function resolveWith(
  options: ts.CompilerOptions,
  request: ResolveRequest,
  host: CompilerHost,
  files: RecordedFiles,
): Pick<Resolution, "types" | "diagnostics"> {
  const moduleOf = namedModules(request.types, request.folder);
  const named = [...new Set(moduleOf.values())].sort((a, b) => (a.specifier < b.specifier ? -1 : 1));
  const modulesProbe = probeModules(named, request.folder, options, host);
  const modules = new Map(
    named.map((module, index) => [module, readModuleExports(module, index, modulesProbe, host, files)]),
  );
  const globals = readGlobalNames(modulesProbe);

  const findings = new Map<string, readonly Finding[]>();
  const probed: ProbedType[] = [];
  for (const type of request.types) {
    const { id, expression } = type;
    const module = moduleOf.get(type);
    const parsed = parseTypeExpression(expression);
    const exports = module === undefined ? undefined : modules.get(module);
    const problems: Finding[] = [];
    if (exports !== undefined && "code" in exports) problems.push(exports);
    if ("message" in parsed) problems.push(invalidExpression(expression, parsed));
    else if (exports === undefined || !("code" in exports)) {
      const { text, findings: names } = resolveNames(parsed, exports, globals);
      problems.push(...names);
      if (names.length === 0) probed.push({ id, text, module });
    }
    findings.set(id, problems);
  }

  const probe = probeTypes(probed, modulesProbe, request.folder, host);
  const graph = new TypeGraph(probe.program, probe.source);
  const roots = new Map<ProbedType, TypeId>();
  for (const [type, problems, id] of checkTypes(probed, probe, graph)) {
    findings.set(type.id, problems);
    if (problems.length === 0 && id !== undefined) roots.set(type, id);
  }
  const nodes = orderUnions(graph.nodes);
  const types = new Map(
    [...roots].map(([type, root]) => [type.id, resolvedType(type, modules, { root, nodes, files: graph.files })]),
  );
  return { types, diagnostics: request.types.flatMap((type) => toDiagnostics(type, findings.get(type.id) ?? [])) };
}

type Modules = ReadonlyMap<NamedModule, ModuleExports | Finding>;

type CheckedType = readonly [type: ProbedType, findings: readonly Finding[], id?: TypeId];

function checkTypes(types: readonly ProbedType[], probe: Probe, graph: TypeGraph): readonly CheckedType[] {
  const complaints = complaintsByStatement(probe);
  const unresolved = new UnresolvedTypes(probe.program);
  const imports = new Map<string, ts.Diagnostic>();
  for (const [statement, [complaint]] of complaints) {
    if (!ts.isImportDeclaration(statement) || complaint === undefined) continue;
    const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
    imports.set(specifier, complaint);
  }
  const aliases = probe.source.statements.filter(ts.isTypeAliasDeclaration);
  return types.map((type, index): CheckedType => {
    const module = type.text.some((part) => typeof part !== "string") ? type.module : undefined;
    const broken = imports.get(module?.specifier ?? "");
    const alias = aliases[index];
    if (alias === undefined) throw new Error(`The probe has no alias ${index}.`);
    if (module !== undefined && broken !== undefined) return [type, [importFinding(module.written, broken)]];
    const text = plainText(type);
    const found = findInAlias(alias, text, complaints.get(alias) ?? [], probe, unresolved);
    if (found.length > 0) return [type, found];
    const { id, parts } = graph.add(probe.checker.getTypeAtLocation(alias.name), text, alias.type);
    return [type, unresolvedFindings(parts, text, alias, probe), id];
  });
}

function plainText({ text }: ProbedType): string {
  return text.map((part) => (typeof part === "string" ? part : part.imported)).join("");
}

function resolvedType({ text, module }: ProbedType, modules: Modules, ir: TypeIr): ResolvedType {
  const isImporting = text.some((part) => typeof part !== "string");
  const exports = isImporting && module !== undefined ? modules.get(module) : undefined;
  return { text, module: exports === undefined || "code" in exports ? undefined : exports.reference, ir };
}

function invalidExpression(expression: string, problem: { readonly message: string; readonly hint?: string }): Finding {
  return {
    code: "C2005",
    message: `${quote(expression)} is not a valid type: ${problem.message}`,
    ...(problem.hint === undefined ? {} : { hint: problem.hint }),
  };
}

function toDiagnostics(type: RequestedType, findings: readonly Finding[]): readonly Diagnostic[] {
  return findings.map((finding) => ({ ...finding, severity: "error", span: type.span }));
}
