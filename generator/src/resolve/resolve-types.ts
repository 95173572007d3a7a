import type { FileSystem } from "../host.ts";
import { CompilerHost } from "./compiler-host.ts";
import { readCompilerSettings, withoutBrowserLibs } from "./compiler-settings.ts";
import { RecordedFiles } from "./recorded-files.ts";
import type { Resolution, ResolveRequest } from "./resolution.ts";
import { resolveWith } from "./resolve-with.ts";

/**
 * Resolves every type of the request with the TypeScript compiler. Each gets an answer or a finding: none passes as
 * `any`. Throws only for bugs and for what `files` throws.
 */
export function resolveTypes(request: ResolveRequest, files: FileSystem): Resolution {
  const recorded = new RecordedFiles(files);
  const { options, importExtension, hasDefaultLibs, diagnostics } = readCompilerSettings(request.folder, recorded);
  if (diagnostics.length > 0) {
    return { types: new Map(), importExtension, diagnostics, questions: recorded.questions() };
  }
  const host = new CompilerHost(request.folder, recorded);
  let answer = resolveWith(hasDefaultLibs ? withoutBrowserLibs(options) : options, request, host, recorded);
  // It may have been a name of the browser.
  if (hasDefaultLibs && answer.diagnostics.length > 0) answer = resolveWith(options, request, host, recorded);
  return { ...answer, importExtension, questions: recorded.questions() };
}
