import { quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ResolvedType } from "../model/resolved-type.ts";
import type { CompilerHost } from "./compiler-host.ts";
import type { Finding } from "./finding.ts";
import { type ModuleExports, readModuleExports } from "./module-exports.ts";
import { readGlobalNames, resolveNames } from "./name-references.ts";
import { type ProbedType, probeModules, probeTypes } from "./probe.ts";
import { complaintsByStatement, findInAlias, importFinding } from "./probed-type-findings.ts";
import type { RecordedFiles } from "./recorded-files.ts";
import type { RequestedType, Resolution, ResolveRequest } from "./resolution.ts";
import { parseTypeExpression } from "./type-expression.ts";
import { UnresolvedTypes } from "./unresolved-types.ts";

/** Resolves the types under these compiler options: first what the modules export, then what the types are. */
export function resolveWith(
  options: ts.CompilerOptions,
  request: ResolveRequest,
  host: CompilerHost,
  files: RecordedFiles,
): Pick<Resolution, "types" | "diagnostics"> {
  const specifiers = [...new Set(request.types.flatMap((type) => type.module ?? []))].sort();
  const modulesProbe = probeModules(specifiers, request.folder, options, host);
  const modules = new Map(
    specifiers.map((specifier, index) => [specifier, readModuleExports(index, modulesProbe, host, files)]),
  );
  const globals = readGlobalNames(modulesProbe);

  const findings = new Map<string, readonly Finding[]>();
  const named: ProbedType[] = [];
  for (const { id, expression, module } of request.types) {
    const parsed = parseTypeExpression(expression);
    const exports = module === undefined ? undefined : modules.get(module);
    const problems: Finding[] = [];
    if (exports !== undefined && "code" in exports) problems.push(exports);
    if ("message" in parsed) problems.push(invalidExpression(expression, parsed));
    else if (exports === undefined || !("code" in exports)) {
      const { text, findings: names } = resolveNames(parsed, exports, globals);
      problems.push(...names);
      if (names.length === 0) named.push({ id, text, module });
    }
    findings.set(id, problems);
  }

  const types = new Map<string, ResolvedType>();
  for (const [type, problems] of checkTypes(named, probeTypes(named, modulesProbe, request.folder, host))) {
    findings.set(type.id, problems);
    if (problems.length === 0) types.set(type.id, resolvedType(type, modules));
  }
  return { types, diagnostics: request.types.flatMap((type) => toDiagnostics(type, findings.get(type.id) ?? [])) };
}

type Modules = ReadonlyMap<string, ModuleExports | Finding>;

function checkTypes(types: readonly ProbedType[], probe: ReturnType<typeof probeTypes>) {
  const complaints = complaintsByStatement(probe);
  const unresolved = new UnresolvedTypes(probe.program);
  const imports = new Map<string, Finding>();
  for (const [statement, [complaint]] of complaints) {
    if (!ts.isImportDeclaration(statement) || complaint === undefined) continue;
    const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
    imports.set(specifier, importFinding(specifier, complaint));
  }
  const aliases = probe.source.statements.filter(ts.isTypeAliasDeclaration);
  return types.map((type, index): readonly [ProbedType, readonly Finding[]] => {
    const broken = type.text.some((part) => typeof part !== "string") ? imports.get(type.module ?? "") : undefined;
    const alias = aliases[index];
    if (alias === undefined) throw new Error(`The probe has no alias ${index}.`);
    if (broken !== undefined) return [type, [broken]];
    return [type, findInAlias(alias, plainText(type), complaints.get(alias) ?? [], probe, unresolved)];
  });
}

function plainText({ text }: ProbedType): string {
  return text.map((part) => (typeof part === "string" ? part : part.imported)).join("");
}

function resolvedType({ text, module }: ProbedType, modules: Modules): ResolvedType {
  const isImporting = text.some((part) => typeof part !== "string");
  const exports = isImporting && module !== undefined ? modules.get(module) : undefined;
  return { text, module: exports === undefined || "code" in exports ? undefined : exports.reference };
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
