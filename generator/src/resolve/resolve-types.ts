import type { FileSystem } from "../host.ts";
import { CompilerHost } from "./compiler-host.ts";
import { leanOptions, readCompilerSettings } from "./compiler-settings.ts";
import { RecordedFiles } from "./recorded-files.ts";
import type { Resolution, ResolveRequest } from "./resolution.ts";
import { resolveWith } from "./resolve-with.ts";

/**
 * Resolves every type of the request with the TypeScript compiler. Each gets an answer or a finding: none passes as
 * `any`. Throws only for bugs and for what `files` throws.
 */
export function resolveTypes(request: ResolveRequest, files: FileSystem): Resolution {
  const recorded = new RecordedFiles(files);
  const { options, importExtension, diagnostics } = readCompilerSettings(request.folder, recorded);
  if (diagnostics.length > 0) {
    return { types: new Map(), importExtension, diagnostics, questions: recorded.questions() };
  }
  const host = new CompilerHost(request.folder, recorded);
  const lean = resolveWith(leanOptions(options), request, host, recorded);
  const answer = lean.diagnostics.length === 0 ? lean : resolveWith(options, request, host, recorded);
  return { ...answer, importExtension, questions: recorded.questions() };
}
