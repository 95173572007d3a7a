import type { Host } from "../host.ts";
import { type Diagnostic, errorAt, hasError } from "../model/diagnostic.ts";
import type { FileQuestion } from "../resolve/resolution.ts";
import { type EnterPhase, ignorePhases } from "../timing/phase.ts";
import { applyPlan } from "../write/apply-plan.ts";
import { planDrift } from "../write/plan-drift.ts";
import { showFrom } from "../write/show-path.ts";
import { refusalFinding } from "../write/write-finding.ts";
import { generateCommand } from "./generate-command.ts";
import { type PlannedOutput, prepareOutput } from "./prepare-output.ts";
import { WarmRun } from "./warm-run.ts";

/** `check` and `dry-run` write nothing; for `check`, what would be written is an error. */
export type GenerateMode = "write" | "check" | "dry-run";

export interface Generation {
  readonly diagnostics: readonly Diagnostic[];
  /** What was written, or would be; none where a YAML file has an error. */
  readonly outputs: readonly PlannedOutput[];
  /** What the YAML and the types say, as questions to the file system: while their answers hold, it is the same. */
  readonly questions: readonly FileQuestion[];
}

/**
 * From YAML files, by absolute path, to their output folders. Where any of them has an error, nothing is written.
 *
 * @param run - the same for several calls, where what has not changed shall not be done again
 */
export async function generateOutputs(
  given: readonly string[],
  mode: GenerateMode,
  host: Pick<Host, "cwd" | "files">,
  run: WarmRun = new WarmRun(),
  enter: EnterPhase = ignorePhases,
): Promise<Generation> {
  const files = [...new Set(given)];
  const show = showFrom(host.cwd);
  const diagnostics: Diagnostic[] = [];
  const outputs: PlannedOutput[] = [];
  const questions: FileQuestion[] = [];
  for (const file of files) {
    const prepared = await prepareOutput(file, host.files, show, run, enter);
    questions.push(...prepared.questions);
    diagnostics.push(...prepared.diagnostics);
    if (prepared.output !== undefined) outputs.push(prepared.output);
  }
  diagnostics.push(...sharedFolders(outputs, host));
  if (hasError(diagnostics)) return { diagnostics, outputs: [], questions };
  switch (mode) {
    case "dry-run":
      return { diagnostics, outputs, questions };
    case "check": {
      enter("compare");
      const command = generateCommand(files, show, host);
      const drift = outputs.flatMap(({ plan, declarations }) => planDrift(plan, declarations, command, show));
      return { diagnostics: [...diagnostics, ...drift], outputs, questions };
    }
    case "write": {
      enter("write");
      const written: PlannedOutput[] = [];
      for (const output of outputs) {
        const failure = applyPlan(output.plan, host.files);
        if (failure !== undefined) {
          const refusal = refusalFinding(failure.error, failure.notRestored, output.declarations, show);
          return { diagnostics: [...diagnostics, refusal], outputs: written, questions };
        }
        written.push(output);
      }
      return { diagnostics, outputs: written, questions };
    }
    default:
      return mode satisfies never;
  }
}

/** Each would delete what the other one made. */
function sharedFolders(outputs: readonly PlannedOutput[], { files }: Pick<Host, "files">): readonly Diagnostic[] {
  const owners = new Map<string, PlannedOutput>();
  return outputs.flatMap((output) => {
    const { output: path, outputSpan } = output.declarations;
    const folder = files.realPath(path);
    const owner = owners.get(folder);
    if (owner === undefined) {
      owners.set(folder, output);
      return [];
    }
    const related = [{ span: owner.declarations.outputSpan, message: "it is said here first" }];
    const hint = "Give each a folder of its own, or let one file include the other";
    return [errorAt("C3006", outputSpan, '"output" is the folder of another YAML file too', hint, related)];
  });
}
