import { type KeptOutput, loadGeneration } from "../cache/generation-store.ts";
import type { Host } from "../host.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { type EnterPhase, ignorePhases } from "../timing/phase.ts";
import type { OutputPlan } from "../write/output-plan.ts";
import type { GenerateMode } from "./generate-outputs.ts";

export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  /** What was done in each output folder, or would be; none where a YAML file has an error. */
  readonly plans: readonly OutputPlan[];
}

/**
 * Does what `generateOutputs` does. Where nothing has changed that the last run depended on, it comes to the same, and
 * neither the YAML nor a type is looked into.
 */
export async function generateKept(
  given: readonly string[],
  mode: GenerateMode,
  host: Pick<Host, "cwd" | "files">,
  enter: EnterPhase = ignorePhases,
): Promise<Outcome> {
  enter("look");
  const files = [...new Set(given)];
  const kept = loadGeneration(files, host);
  if (kept !== undefined) return { diagnostics: kept.diagnostics, plans: kept.outputs.map(unchangedPlan) };
  // Loaded only now: what parses, checks and emits takes longer to load than all that an unchanged project needs.
  const [{ generateOutputs }, { keepGeneration }] = await Promise.all([
    import("./generate-outputs.ts"),
    import("./keep-generation.ts"),
  ]);
  const generation = await generateOutputs(files, mode, host, undefined, enter);
  keepGeneration(files, generation, host);
  return { diagnostics: generation.diagnostics, plans: generation.outputs.map(({ plan }) => plan) };
}

function unchangedPlan({ folder, names }: KeptOutput): OutputPlan {
  return { folder, files: names.map((name) => ({ kind: "same", name })), inTheWay: [], leftovers: [] };
}
