import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Timing } from "../../timing/phase-clock.ts";
import type { DiffReport } from "./diff-text.ts";
import { findingOf } from "./json.ts";
import type { SourceTexts } from "./source-texts.ts";

/** For programs: an object with what was compared, the worst effect, the findings, and each file with its caches. */
export function diffJson(
  { tree, configs, effect }: DiffReport,
  diagnostics: readonly Diagnostic[],
  sources: SourceTexts,
  show: (file: string) => string,
  timing: Timing | undefined,
): string {
  const data = {
    from: { ref: tree.ref, isMergeBase: tree.isMergeBase, commit: tree.commit },
    effect,
    files: configs.map(({ file, isNew, caches }) => ({ file: show(file), isNew, changes: caches })),
    findings: diagnostics.map((diagnostic) => findingOf(diagnostic, sources)),
    ...(timing !== undefined && { timing }),
  };
  return `${JSON.stringify(data, null, 2)}\n`;
}
