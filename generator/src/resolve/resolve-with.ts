import { quote } from "@cachetory/runtime/schemes";
import { ts } from "ts-morph";
import type { NamedFunction, Span } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { MemoizedFunction } from "../model/memoized-function.ts";
import type { MutatedFunction } from "../model/mutated-function.ts";
import { orderUnions } from "../model/order-unions.ts";
import type { ResolvedType } from "../model/resolved-type.ts";
import type { TtlFunction } from "../model/ttl-function.ts";
import type { TypeId, TypeIr } from "../model/type-ir.ts";
import { withoutSecrets } from "../model/without-secrets.ts";
import type { CompilerHost } from "./compiler-host.ts";
import { compilerMessage } from "./compiler-message.ts";
import type { Finding, PlacedFinding } from "./finding.ts";
import { leadsNowhere } from "./leads-nowhere.ts";
import { type ModuleExports, readModuleExports } from "./module-exports.ts";
import { readGlobalNames, resolveNames } from "./name-references.ts";
import { type NamedModule, namedModules } from "./named-module.ts";
import { type Probe, type ProbedConstant, type ProbedType, probeModules, probeTypes } from "./probe.ts";
import { probedBatch } from "./probed-batch.ts";
import { probedFunction, probedMutation } from "./probed-function.ts";
import { complaintsByStatement, findInAlias, importFinding, unresolvedFindings } from "./probed-type-findings.ts";
import type { RecordedFiles } from "./recorded-files.ts";
import type { RequestedType, Resolution, ResolveRequest } from "./resolution.ts";
import { resolveBatch } from "./resolve-batch.ts";
import { resolveMemoized } from "./resolve-memoized.ts";
import { resolveMutated } from "./resolve-mutated.ts";
import { probedTtlFunction, resolveTtlFunction } from "./resolve-ttl-function.ts";
import { parseTypeExpression } from "./type-expression.ts";
import { TypeGraph } from "./type-graph.ts";
import { UnresolvedTypes } from "./unresolved-types.ts";

/** With the probe that imports all modules. */
interface Answer extends Omit<Resolution, "importExtension" | "questions"> {
  readonly probe: Probe;
  /** Whether the types name nothing that more declarations may say: takes some time to find out. */
  readonly isComplete: () => boolean;
}

/**
 * Resolves the types under these compiler options: first what the modules export, then what the types are.
 *
 * @param farReaching - files that count although no module leads to them
 */
export function resolveWith(
  options: ts.CompilerOptions,
  request: ResolveRequest,
  host: CompilerHost,
  files: RecordedFiles,
  farReaching: readonly string[] = [],
): Answer {
  const batchFunctions = request.memoized.flatMap(({ batch }) => batch ?? []);
  const functionsOfUser = [...request.memoized, ...batchFunctions, ...request.mutations, ...request.ttlFunctions];
  const allNamed = [...request.types, ...functionsOfUser];
  const moduleOf = namedModules(allNamed, request.folder);
  const named = [...new Set(moduleOf.values())].sort((a, b) => (a.specifier < b.specifier ? -1 : 1));
  const modulesProbe = probeModules(named, request.folder, options, host, farReaching);
  const modules = new Map(
    named.map((module, index) => [module, readModuleExports(module, index, modulesProbe, host, files)]),
  );
  const globals = readGlobalNames(modulesProbe);

  const findings = new Map<RequestedType | NamedFunction, readonly PlacedFinding[]>();
  const probed = new Map<string, NamedType>();
  for (const type of request.types) {
    const { expression } = type;
    const module = moduleOf.get(type);
    const parsed = parseTypeExpression(expression);
    const exports = module === undefined ? undefined : modules.get(module);
    const problems: Finding[] = [];
    if (exports !== undefined && "code" in exports) problems.push(exports);
    if ("message" in parsed) problems.push(invalidExpression(expression, parsed));
    else if (exports === undefined || !("code" in exports)) {
      const { text, findings: names } = resolveNames(parsed, exports, globals);
      problems.push(...names);
      if (names.length === 0) addRequest(type, text, module, probed);
    }
    findings.set(type, problems);
  }

  const namedTypes = [...probed.values()];
  const inProbe = <Probed extends object>(
    each: NamedFunction,
    make: (module: NamedModule, exports: ModuleExports) => Probed | Finding,
  ): readonly Probed[] => {
    const module = moduleOf.get(each);
    const exports = module && modules.get(module);
    if (module === undefined || exports === undefined) throw new Error(`The module ${each.module} was not asked for.`);
    const candidate = "code" in exports ? exports : make(module, exports);
    if (!("code" in candidate)) return [candidate];
    findings.set(each, [candidate]);
    return [];
  };
  const functions = request.memoized.flatMap((each, index) =>
    inProbe(each, (module, exports) => probedFunction(each, index, namedTypes, module, exports)),
  );
  const batches = functions.flatMap((single, index) => {
    const { batch } = single.named;
    if (batch === undefined) return [];
    return inProbe(batch, (module, exports) => probedBatch(batch, index, single, module, exports));
  });
  const mutations = request.mutations.flatMap((each, index) =>
    inProbe(each, (module, exports) => probedMutation(each, request.memoized.length + index, module, exports)),
  );
  const firstTtl = request.memoized.length + request.mutations.length;
  const ttls = request.ttlFunctions.flatMap((each, index) =>
    inProbe(each, (module, exports) => probedTtlFunction(each, firstTtl + index, namedTypes, module, exports)),
  );

  const constants = [...functions, ...batches, ...mutations, ...ttls];
  const probe = probeTypes(namedTypes, constants, modulesProbe, request.folder, host);
  const complaints = complaintsByStatement(probe);
  const broken = brokenImports(complaints);
  const graph = new TypeGraph(probe.program, probe.source);
  const roots = new Map<NamedType, TypeId>();
  for (const [type, problems, id] of checkTypes(namedTypes, probe, graph, complaints, broken)) {
    for (const each of type.requests) findings.set(each, problems);
    if (problems.length === 0 && id !== undefined) roots.set(type, id);
  }
  const memoized = new Map<string, MemoizedFunction>();
  for (const candidate of functions) {
    const { named } = candidate;
    const resolved = inImport(candidate, broken) ?? resolveMemoized(candidate, probe, complaints);
    findings.set(named, resolved.findings);
    if (resolved.found !== undefined) memoized.set(named.name, resolved.found);
  }
  for (const candidate of batches) {
    const { name } = candidate.single.named;
    const single = memoized.get(name);
    const resolved = inImport(candidate, broken) ?? resolveBatch(candidate, single, probe, complaints);
    findings.set(candidate.named, resolved.findings);
    if (single !== undefined && resolved.found !== undefined) memoized.set(name, { ...single, batch: resolved.found });
  }
  const madeKeys = new Map(
    request.memoized.flatMap(({ name, cache }) => {
      const key = memoized.get(name)?.madeKey;
      return key === undefined ? [] : [[cache.name, key]];
    }),
  );
  const mutated = new Map<string, MutatedFunction>();
  for (const candidate of mutations) {
    const { named } = candidate;
    const resolved = inImport(candidate, broken) ?? resolveMutated(candidate, madeKeys, probe, complaints);
    findings.set(named, resolved.findings);
    if (resolved.found !== undefined) mutated.set(named.name, resolved.found);
  }
  const ttlFunctions = new Map<string, TtlFunction>();
  for (const candidate of ttls) {
    const { named } = candidate;
    const resolved = inImport(candidate, broken) ?? resolveTtlFunction(candidate, probe, complaints);
    findings.set(named, resolved.findings);
    if (resolved.found !== undefined) ttlFunctions.set(named.cache.name, resolved.found);
  }
  const nodes = orderUnions(graph.nodes);
  const types = new Map(
    [...roots].flatMap(([type, root]) => {
      const resolved = resolvedType(type, modules, { root, nodes, files: graph.files });
      return type.requests.map(({ id }) => [id, resolved] as const);
    }),
  );
  // The value of a made cache is what its function gives: what is wrong with that need not be said twice.
  const isSaid = ({ id }: RequestedType): boolean =>
    request.memoized.some(
      (each) => each.cache.key === undefined && each.cache.name === id && (findings.get(each) ?? []).length > 0,
    );
  const diagnostics = [
    ...brokenSources(probe.program),
    ...request.types
      .filter((type) => !isSaid(type))
      .flatMap((type) => toDiagnostics(type.span, findings.get(type) ?? [])),
    ...functionsOfUser.flatMap((each) => toDiagnostics(each.functionSpan, findings.get(each) ?? [])),
  ];
  const isComplete = (): boolean => !leadsNowhere(probe.source.statements.filter(ts.isTypeAliasDeclaration), probe);
  return { types, memoized, mutated, ttlFunctions, diagnostics, probe: modulesProbe, isComplete };
}

/** What the compiler reads of a file that is half-written is a guess. */
function brokenSources(program: ts.Program): readonly Diagnostic[] {
  return program.getSourceFiles().flatMap((source) => {
    const isOwn = !program.isSourceFileFromExternalLibrary(source) && !program.isSourceFileDefaultLibrary(source);
    const [broken] = isOwn && /\.[cm]?tsx?$/.test(source.fileName) ? program.getSyntacticDiagnostics(source) : [];
    if (broken === undefined) return [];
    const span = { file: source.fileName, start: broken.start, end: broken.start + broken.length };
    const message = `this is not TypeScript: ${compilerMessage(broken)}`;
    return [
      {
        code: "C2001",
        severity: "error",
        span,
        message,
        hint: "Types are made of this file. Mend it and generate again",
      },
    ];
  });
}

type Modules = ReadonlyMap<NamedModule, ModuleExports | Finding>;

/** A type of the probe, which is looked at once however often it is asked for. */
interface NamedType extends ProbedType {
  readonly requests: RequestedType[];
}

function addRequest(
  request: RequestedType,
  text: ProbedType["text"],
  module: NamedModule | undefined,
  types: Map<string, NamedType>,
): void {
  const key = JSON.stringify([module?.specifier, text]);
  const known = types.get(key);
  if (known === undefined) types.set(key, { text, module, requests: [request] });
  else known.requests.push(request);
}

type CheckedType = readonly [type: NamedType, findings: readonly Finding[], id?: TypeId];

type Complaints = ReadonlyMap<ts.Statement, readonly ts.Diagnostic[]>;

/** What is against the imports of the probe, by the module as the probe imports it. */
function brokenImports(complaints: Complaints): ReadonlyMap<string, ts.Diagnostic> {
  const imports = new Map<string, ts.Diagnostic>();
  for (const [statement, [complaint]] of complaints) {
    if (!ts.isImportDeclaration(statement) || complaint === undefined) continue;
    const specifier = (statement.moduleSpecifier as ts.StringLiteral).text;
    imports.set(specifier, complaint);
  }
  return imports;
}

/** What is against importing the module of a function, of which then nothing else is asked. */
function inImport(
  { module: { written, specifier } }: ProbedConstant,
  broken: ReadonlyMap<string, ts.Diagnostic>,
): { readonly findings: readonly Finding[]; readonly found: undefined } | undefined {
  const problem = broken.get(specifier);
  return problem && { findings: [importFinding(written, problem)], found: undefined };
}

function checkTypes(
  types: readonly NamedType[],
  probe: Probe,
  graph: TypeGraph,
  complaints: Complaints,
  imports: ReadonlyMap<string, ts.Diagnostic>,
): readonly CheckedType[] {
  const unresolved = new UnresolvedTypes(probe.program);
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

function toDiagnostics(span: Span, findings: readonly PlacedFinding[]): readonly Diagnostic[] {
  return findings.map(({ hint, ...finding }) => ({
    span,
    ...finding,
    severity: "error",
    message: withoutSecrets(finding.message),
    ...(hint !== undefined && { hint: withoutSecrets(hint) }),
  }));
}
