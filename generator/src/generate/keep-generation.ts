import { type KeptOutput, outputHash, saveGeneration } from "../cache/generation-store.ts";
import { checkOutputFolder } from "../check/check-output-folder.ts";
import type { Host } from "../host.ts";
import { hasError } from "../model/diagnostic.ts";
import type { FileQuestion } from "../resolve/resolution.ts";
import { isUnchanged } from "../write/output-plan.ts";
import { planOutput } from "../write/plan-output.ts";
import { readOutput } from "../write/read-output.ts";
import { showFrom } from "../write/show-path.ts";
import { askedFiles } from "./asked-files.ts";
import type { Generation } from "./generate-outputs.ts";

/** Keeps a run for the next one, if the output folders now hold what they shall: which is looked at again, on the disk. */
export function keepGeneration(
  files: readonly string[],
  { diagnostics, outputs, questions }: Generation,
  host: Pick<Host, "cwd" | "files">,
): void {
  if (hasError(diagnostics)) return;
  const asked: FileQuestion[] = [];
  const disk = askedFiles(host.files, asked);
  const kept: KeptOutput[] = [];
  for (const { declarations, generated } of outputs) {
    if (checkOutputFolder(declarations, disk, showFrom(host.cwd)).length > 0) return;
    const folder = declarations.output;
    const names = generated.map(({ name }) => name);
    const entries = readOutput(folder, names, host.files);
    const plan = planOutput(folder, generated, entries);
    if (!isUnchanged(plan)) return;
    kept.push({ folder, names: plan.files.map(({ name }) => name), hash: outputHash(entries) });
  }
  const packages = outputs.flatMap((output) => output.packages);
  saveGeneration(files, { diagnostics, outputs: kept, questions: [...questions, ...packages, ...asked] }, host);
}
