import { generateCommand } from "../../generate/generate-command.ts";
import { generateKept } from "../../generate/generate-kept.ts";
import type { Host } from "../../host.ts";
import { type EnterPhase, ignorePhases } from "../../timing/phase.ts";
import { planDiff } from "../../write/plan-diff.ts";
import { listChanges, summarizePlans } from "../../write/plan-summary.ts";
import { showFrom } from "../../write/show-path.ts";
import type { GenerateOptions } from "../command-options.ts";
import { type CommandResult, exitCodeOf } from "../command-result.ts";

/** From the YAML to the output folder. Where there is any error, nothing is written. */
export async function generate(
  { files, mode }: GenerateOptions,
  host: Host,
  enter: EnterPhase = ignorePhases,
): Promise<CommandResult> {
  const startedMs = host.nowMs();
  const { diagnostics, plans } = await generateKept(files, mode, host, enter);
  const show = showFrom(host.cwd);
  const mood = mode === "write" ? "done" : mode;
  const notes: string[] = [];
  for (const plan of plans) {
    const changes = mode === "check" ? await planDiff(plan, show) : listChanges(plan, mood, show);
    notes.push(...changes, summarizePlans([plan], mood, host.nowMs() - startedMs, show));
  }
  const isOutdated = diagnostics.some(({ code }) => code === "C3001");
  if (isOutdated) notes.push(`Run: ${generateCommand(files, show, host)}`);
  return { diagnostics, notes, exitCode: exitCodeOf(diagnostics) };
}
