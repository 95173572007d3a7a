import { answersHold } from "../cache/answers-hold.ts";
import { resolveTypesCached } from "../cache/resolve-types-cached.ts";
import { type Generation, generateOutputs } from "../generate/generate-outputs.ts";
import { type Resolver, WarmRun } from "../generate/warm-run.ts";
import type { Host } from "../host.ts";
import { type Diagnostic, errorAt } from "../model/diagnostic.ts";
import { ParsedSources } from "../resolve/parsed-sources.ts";
import { ChangeHints } from "./change-hints.ts";

export interface WatchedGeneration extends Generation {
  readonly tookMs: number;
}

/**
 * Generates, and again whenever a YAML file, a tsconfig or a file that the types depend on has another content, or is
 * there or gone. Where there is an error, what was written last stays. Ends only where the system watches no more files.
 */
export async function* watchOutputs(files: readonly string[], host: Host): AsyncGenerator<WatchedGeneration, void> {
  const hints = new ChangeHints(host);
  const run = new WarmRun(warmResolver());
  try {
    for (;;) {
      const startedMs = host.nowMs();
      const generation = await generateOutputs(files, "write", host, run);
      const tookMs = host.nowMs() - startedMs;
      let refusal = listen(hints, generation);
      yield { ...generation, diagnostics: [...generation.diagnostics, ...refusal], tookMs };
      // Asked before the first hint, for what changed before there was anybody to listen.
      while (refusal.length === 0 && answersHold(generation.questions, host.files)) {
        await hints.next();
        refusal = listen(hints, generation);
        if (refusal.length > 0) yield { ...generation, diagnostics: refusal, outputs: [], tookMs: 0 };
      }
      if (refusal.length > 0) return;
    }
  } finally {
    hints.close();
  }
}

function listen(hints: ChangeHints, { questions }: Generation): readonly Diagnostic[] {
  try {
    hints.listen(questions);
    return [];
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    const hint = "Raise the system's limit (fs.inotify.max_user_watches, ulimit -n), or generate without --watch";
    return [errorAt("C3007", undefined, `the files cannot be watched: ${error.message}`, hint)];
  }
}

/** Resolves the first time, whatever was kept by runs before: then the compiler is there, and has parsed, when it counts. */
function warmResolver(): Resolver {
  const parsed = new ParsedSources();
  const warm = new Set<string>();
  return async (request, files) => {
    const resolver = await import("../resolve/resolve-types.ts");
    const resolveTypes: typeof resolver.resolveTypes = (types, disk) => resolver.resolveTypes(types, disk, parsed);
    if (warm.has(request.folder)) return resolveTypesCached(request, files, async () => ({ resolveTypes }));
    warm.add(request.folder);
    return resolveTypes(request, files);
  };
}
