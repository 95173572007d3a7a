import { join } from "node:path";
import type { FileSystem } from "../host.ts";
import type { DiagnosticCode } from "../model/diagnostic.ts";
import { CompilerHost } from "./compiler-host.ts";
import { readCompilerSettings, stagesOf } from "./compiler-settings.ts";
import { ParsedSources } from "./parsed-sources.ts";
import { RecordedFiles } from "./recorded-files.ts";
import type { GeneratedModules, Resolution, ResolveRequest } from "./resolution.ts";
import { resolveWith } from "./resolve-with.ts";

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
  const recorded = new RecordedFiles(files);
  const { options, importExtension, diagnostics } = readCompilerSettings(request.folder, recorded);
  if (diagnostics.length > 0) {
    return {
      types: new Map(),
      memoized: new Map(),
      mutated: new Map(),
      importExtension,
      diagnostics,
      questions: recorded.questions(),
    };
  }
  parsed.begin(options);
  const host = new CompilerHost(request.folder, recorded, parsed);
  if (request.generated !== undefined) setGenerated(request.generated, host);
  let answer: ReturnType<typeof resolveWith> = {
    types: new Map(),
    memoized: new Map(),
    mutated: new Map(),
    diagnostics: [],
  };
  // What a function gives may be inferred from its body, where a type that is not loaded passes as any.
  const stages = request.memoized.length + request.mutations.length === 0 ? stagesOf(options) : [options];
  for (const stage of stages) {
    answer = resolveWith(stage, request, host, recorded);
    if (!answer.diagnostics.some(({ code }) => mayBeMissing.has(code))) break;
  }
  return { ...answer, importExtension, questions: recorded.questions() };
}

function setGenerated({ output, files }: GeneratedModules, host: CompilerHost): void {
  const folder = host.realpath(output);
  const index = join(folder, "index.ts");
  // What a module exports by name goes before what it exports with a star: of a name that is there, nothing changes.
  const exports = files.map(({ name }) => `export * from ${JSON.stringify(`./${name.replace(/\.ts$/, ".js")}`)};\n`);
  host.setVirtualFile(index, [host.readFile(index) ?? "", ...exports].join("\n"));
  for (const { name, text } of files) host.setVirtualFile(join(folder, name), text);
}

/** Findings that more declarations may make up for. */
const mayBeMissing: ReadonlySet<DiagnosticCode> = new Set(["C2001", "C2002", "C2004", "C2005"]);
