import { dirname, join } from "node:path";
import { ts } from "ts-morph";
import type { FileSystem } from "../host.ts";
import type { DiagnosticCode } from "../model/diagnostic.ts";
import { compilerHostFor } from "./compiler-host.ts";
import { readCompilerSettings, stagesOf } from "./compiler-settings.ts";
import { ParsedSources } from "./parsed-sources.ts";
import type { Probe } from "./probe.ts";
import { RecordedFiles } from "./recorded-files.ts";
import type { Resolution, ResolveRequest } from "./resolution.ts";
import type { ResolvedProgram } from "./resolve-changed.ts";
import { resolveWith } from "./resolve-with.ts";
import { readTypeFiles } from "./type-files.ts";

/**
 * Resolves every type of the request with the TypeScript compiler. Each gets an answer or a finding: none passes as
 * `any`. Throws only for bugs and for what `files` throws.
 *
 * @param parsed - what resolutions before have parsed, which goes faster then
 */
export function resolveTypes(
  request: ResolveRequest,
  files: FileSystem,
  parsed: ParsedSources = new ParsedSources(),
): Resolution {
  return resolve(request, files, parsed).resolution;
}

/** The same, for `resolveChanged` after it; without a `program` where there are findings. */
export function resolveProgram(
  request: ResolveRequest,
  files: FileSystem,
  parsed: ParsedSources,
): { readonly resolution: Resolution; readonly program: ResolvedProgram | undefined } {
  const { resolution, probe, isWhole } = resolve(request, files, parsed);
  if (probe === undefined || resolution.diagnostics.length > 0) return { resolution, program: undefined };
  const options = probe.program.getCompilerOptions();
  return { resolution, program: { resolution, options, isWhole, typeFiles: readTypeFiles(probe) } };
}

function resolve(
  request: ResolveRequest,
  files: FileSystem,
  parsed: ParsedSources,
): { readonly resolution: Resolution; readonly probe: Probe | undefined; readonly isWhole: boolean } {
  const recorded = new RecordedFiles(files);
  const { options, importExtension, roots, diagnostics } = readCompilerSettings(request, recorded);
  const none = { types: new Map(), memoized: new Map(), mutated: new Map(), ttlFunctions: new Map(), diagnostics };
  if (diagnostics.length > 0) {
    const resolution = { ...none, importExtension, questions: recorded.questions() };
    return { resolution, probe: undefined, isWhole: true };
  }
  parsed.begin(options);
  const host = compilerHostFor(request, recorded, parsed);
  let answer: Omit<Resolution, "importExtension" | "questions"> = none;
  let isWhole = false;
  let probe: Probe | undefined;
  // What a function gives may be inferred from its body, where a type that is not loaded passes as any.
  const functionCount = request.memoized.length + request.mutations.length + request.ttlFunctions.length;
  const stages = functionCount > 0 || addsToModules(options, host) ? [options] : [...stagesOf(options)];
  for (let stage = stages.shift(); stage !== undefined; stage = stages.shift()) {
    isWhole = stages.length === 0;
    const { isComplete, ...found } = resolveWith(stage, request, host, recorded, roots);
    ({ probe, ...answer } = found);
    if (isWhole) break;
    if (answer.diagnostics.some(({ code }) => mayBeMissing.has(code)) || !isComplete()) continue;
    if (!isOfGlobals(answer, roots, probe)) break;
    stages.splice(0, stages.length - 1);
  }
  return { resolution: { ...answer, importExtension, questions: recorded.questions() }, probe, isWhole };
}

/** Whether one of the packages that the tsconfig names for all files adds to modules, as its own text tells. */
function addsToModules(options: ts.CompilerOptions, host: ts.CompilerHost): boolean {
  const { types = [], configFilePath } = options;
  // They are named by no file; the compiler looks for them as if one beside the tsconfig did.
  const from = typeof configFilePath === "string" ? join(dirname(configFilePath), "types.ts") : undefined;
  return types.some((name) => {
    if (name === "*" || name === "node") return false;
    const { resolvedTypeReferenceDirective: found } = ts.resolveTypeReferenceDirective(name, from, options, host);
    const text = found?.resolvedFileName && host.readFile(found.resolvedFileName);
    return typeof text === "string" && /\bdeclare\s+module\s+["']/.test(text);
  });
}

/** Whether a type is made of what the project declares for all, to which libraries may add that are not loaded yet. */
function isOfGlobals({ types }: Pick<Resolution, "types">, roots: readonly string[], { program }: Probe): boolean {
  const declaring = new Set(roots.filter((path) => declaresGlobals(program.getSourceFile(path))));
  return [...types.values()].some(({ ir }) => ir.files.some((path) => declaring.has(path)));
}

function declaresGlobals(source: ts.SourceFile | undefined): boolean {
  return source !== undefined && (!ts.isExternalModule(source) || /\bglobal\b/.test(source.text));
}

/** Findings that more declarations may make up for. */
const mayBeMissing: ReadonlySet<DiagnosticCode> = new Set(["C2001", "C2002", "C2004", "C2005"]);
