import path from "node:path";
import { resolveTypesCached } from "../../cache/resolve-types-cached.ts";
import { checkKeys } from "../../check/check-keys.ts";
import { checkOptionalPackages } from "../../check/check-optional-packages.ts";
import { checkOutputFolder } from "../../check/check-output-folder.ts";
import { checkRuntime } from "../../check/check-runtime.ts";
import { checkShadowedTypes } from "../../check/check-shadowed-types.ts";
import { checkValues } from "../../check/check-values.ts";
import { emitOutput } from "../../emit/emit-output.ts";
import type { Host } from "../../host.ts";
import type { Declarations, NamedValue } from "../../model/declaration.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { inTextOrder } from "../../model/in-text-order.ts";
import { madeCaches, withMadeCaches } from "../../model/made-caches.ts";
import { readDeclarations } from "../../read/read-declarations.ts";
import type { RequestedType, Resolution } from "../../resolve/resolution.ts";
import { applyPlan } from "../../write/apply-plan.ts";
import type { OutputPlan } from "../../write/output-plan.ts";
import { planDiff } from "../../write/plan-diff.ts";
import { planDrift } from "../../write/plan-drift.ts";
import { planOutput } from "../../write/plan-output.ts";
import { listChanges, summarizePlan } from "../../write/plan-summary.ts";
import { readOutput } from "../../write/read-output.ts";
import { showFrom } from "../../write/show-path.ts";
import { inTheWayFindings, refusalFinding } from "../../write/write-finding.ts";
import type { GenerateOptions } from "../command-options.ts";
import { type CommandResult, exitCodeOf } from "../command-result.ts";
import { generateCommand } from "../generate-command.ts";

/** From the YAML to the output folder. Where there is any error, nothing is written. */
export async function generate(options: GenerateOptions, host: Host): Promise<CommandResult> {
  const startedMs = host.nowMs();
  const { declarations: declared, values, memoized, diagnostics } = readDeclarations(options.file, host.files);
  const request = { folder: path.dirname(options.file), types: typesOf(values), memoized };
  if (declared === undefined) {
    // The types are looked at all the same: who mends the YAML should not meet the rest in a second run.
    if (request.types.length === 0 && memoized.length === 0) return result(diagnostics);
    const { types, diagnostics: unresolved } = await resolveTypesCached(request, host.files);
    return result(inTextOrder([...diagnostics, ...unresolved, ...checkValues(values, types)]));
  }

  const resolution = await resolveTypesCached(request, host.files);
  const made = madeCaches(declared, resolution.memoized);
  const declarations = withMadeCaches(declared, made);
  const show = showFrom(host.cwd);
  const findings = inTextOrder([
    ...diagnostics,
    ...resolution.diagnostics,
    ...checkOutputFolder(declarations, host.files, show),
    ...checkRuntime(declarations, host.files),
    ...checkOptionalPackages(declarations, host.files),
    ...checkShadowedTypes(declarations, resolution.types),
    ...checkValues(values, resolution.types),
    // Those made come first, for only of those declared the key can be changed.
    ...(made.length === 0 ? [] : checkKeys([...made, ...declared.caches], declared.backends)),
  ]);
  if (hasError(findings)) return result(findings);

  let plan: OutputPlan;
  try {
    plan = planFor(declarations, resolution, host);
  } catch (error) {
    return result([...findings, refusalFinding(error, [], declarations, show)]);
  }
  const inTheWay = inTheWayFindings(plan, declarations, show);
  if (inTheWay.length > 0) return result([...findings, ...inTheWay]);

  const tookMs = (): number => host.nowMs() - startedMs;
  if (options.check) {
    const command = generateCommand(options.file, show(options.file), host);
    const drift = planDrift(plan, declarations, command, show);
    const notes = [...(await planDiff(plan, show)), summarizePlan(plan, "check", tookMs(), show)];
    return result([...findings, ...drift], drift.length === 0 ? notes : [...notes, `Run: ${command}`]);
  }
  if (options.dryRun) {
    return result(findings, [...listChanges(plan, "dry-run", show), summarizePlan(plan, "dry-run", tookMs(), show)]);
  }
  const failure = applyPlan(plan, host.files);
  if (failure !== undefined) {
    return result([...findings, refusalFinding(failure.error, failure.notRestored, declarations, show)]);
  }
  return result(findings, [...listChanges(plan, "done", show), summarizePlan(plan, "done", tookMs(), show)]);
}

function typesOf(values: readonly NamedValue[]): readonly RequestedType[] {
  return values.flatMap(({ name, value, span }) =>
    value.kind === "type" ? [{ id: name, expression: value.expression, module: value.module, span }] : [],
  );
}

function planFor(
  declarations: Declarations,
  { types, memoized, importExtension }: Resolution,
  { files }: Host,
): OutputPlan {
  const generated = emitOutput({ declarations, types, memoized, importExtension });
  const names = generated.map((file) => file.name);
  return planOutput(declarations.output, generated, readOutput(declarations.output, names, files));
}

function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return exitCodeOf(diagnostics) !== 0;
}

function result(diagnostics: readonly Diagnostic[], notes: readonly string[] = []): CommandResult {
  return { diagnostics, notes, exitCode: exitCodeOf(diagnostics) };
}
