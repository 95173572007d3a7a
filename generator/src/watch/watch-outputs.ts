import { answersHold } from "../cache/answers-hold.ts";
import { type Generation, generateOutputs } from "../generate/generate-outputs.ts";
import { WarmRun } from "../generate/warm-run.ts";
import type { Host } from "../host.ts";
import { type Diagnostic, errorAt } from "../model/diagnostic.ts";
import { ChangeHints } from "./change-hints.ts";
import { WarmResolver } from "./warm-resolver.ts";

export interface WatchedGeneration extends Generation {
  readonly tookMs: number;
}

/**
 * Generates, and again whenever a YAML file, a tsconfig or a file that the types depend on has another content, or is
 * there or gone. Where there is an error, what was written last stays. Ends only where the system watches no more files.
 */
export async function* watchOutputs(files: readonly string[], host: Host): AsyncGenerator<WatchedGeneration, void> {
  const hints = new ChangeHints(host);
  const resolver = new WarmResolver();
  const run = new WarmRun((request, disk) => resolver.resolve(request, disk));
  try {
    for (;;) {
      const startedMs = host.nowMs();
      const generation = await generateOutputs(files, "write", host, run);
      const tookMs = host.nowMs() - startedMs;
      let refusal = listen(hints, generation);
      yield { ...generation, diagnostics: [...generation.diagnostics, ...refusal], tookMs };
      resolver.store(host.files);
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
