import { applyRules } from "../check/apply-rules.ts";
import { checkCoherence } from "../check/check-coherence.ts";
import { checkKeys } from "../check/check-keys.ts";
import { checkOptionalPackages } from "../check/check-optional-packages.ts";
import { checkOutputFolder } from "../check/check-output-folder.ts";
import { checkRuntime } from "../check/check-runtime.ts";
import { checkShadowedTypes } from "../check/check-shadowed-types.ts";
import { checkTags } from "../check/check-tags.ts";
import { checkValues } from "../check/check-values.ts";
import { findIdleNegatives, findUndecidedNulls } from "../check/find-undecided-nulls.ts";
import { emitOutput } from "../emit/emit-output.ts";
import type { GeneratedFile } from "../emit/generated-file.ts";
import type { FileSystem } from "../host.ts";
import type { Declarations } from "../model/declaration.ts";
import { type Diagnostic, hasError } from "../model/diagnostic.ts";
import { inTextOrder } from "../model/in-text-order.ts";
import { madeCaches, withMadeCaches } from "../model/made-caches.ts";
import type { FileQuestion } from "../resolve/resolution.ts";
import { type EnterPhase, ignorePhases } from "../timing/phase.ts";
import type { OutputPlan } from "../write/output-plan.ts";
import { planOutput } from "../write/plan-output.ts";
import { readOutput } from "../write/read-output.ts";
import type { ShowPath } from "../write/show-path.ts";
import { inTheWayFindings, refusalFinding } from "../write/write-finding.ts";
import { askedFiles } from "./asked-files.ts";
import { resolveRequest } from "./resolve-request.ts";
import type { WarmRun } from "./warm-run.ts";

/** What a YAML file comes to, before anything is written. */
export interface PreparedOutput {
  readonly diagnostics: readonly Diagnostic[];
  /** `undefined` where there is an error among the findings. */
  readonly output: PlannedOutput | undefined;
  /** What was asked of the file system about the YAML and the types, with the answers: while they hold, all this does. */
  readonly questions: readonly FileQuestion[];
}

export interface PlannedOutput {
  readonly declarations: Declarations;
  /** All that the folder shall hold. */
  readonly generated: readonly GeneratedFile[];
  readonly plan: OutputPlan;
  /** What was asked of the file system about installed packages, with the answers. */
  readonly packages: readonly FileQuestion[];
}

/** From a YAML file to the plan of its output folder. */
export async function prepareOutput(
  file: string,
  files: FileSystem,
  show: ShowPath,
  run: WarmRun,
  enter: EnterPhase = ignorePhases,
): Promise<PreparedOutput> {
  enter("read");
  const { found: read, questions: asked } = run.read(file, files);
  const { declarations: declared, values, diagnostics, rules, usage } = read;
  const judged = (found: readonly Diagnostic[]): readonly Diagnostic[] =>
    inTextOrder(applyRules(found, rules, "generate"));
  const request = resolveRequest(file, read);
  if (declared === undefined) {
    // The types are looked at all the same: who mends the YAML should not meet the rest in a second run.
    const functionCount = request.memoized.length + request.mutations.length + request.ttlFunctions.length;
    if (request.types.length + functionCount === 0)
      return { diagnostics: judged(diagnostics), output: undefined, questions: asked };
    enter("resolve");
    const { types, diagnostics: unresolved, questions } = await run.resolve(request, files);
    enter("check");
    const found = judged([...diagnostics, ...unresolved, ...checkValues(values, types, run.checkValue)]);
    return { diagnostics: found, output: undefined, questions: [...asked, ...questions] };
  }

  enter("resolve");
  const resolution = await run.resolve(request, files);
  enter("check");
  const questions = [...asked, ...resolution.questions];
  const made = madeCaches(declared, resolution.memoized);
  const declarations = withMadeCaches(declared, made);
  const packages: FileQuestion[] = [];
  const askedPackages = askedFiles(files, packages);
  const findings = judged([
    ...diagnostics,
    ...resolution.diagnostics,
    ...checkCoherence(declarations, usage),
    ...checkOutputFolder(declarations, files, show),
    ...checkRuntime(declarations, askedPackages),
    ...checkOptionalPackages(declarations, askedPackages),
    ...checkShadowedTypes(declarations, resolution.types),
    ...checkValues(values, resolution.types, run.checkValue),
    ...checkTags(declarations.caches, resolution.types),
    ...findUndecidedNulls(declarations.caches, resolution.types),
    ...findIdleNegatives(declarations.caches, resolution.types),
    // Those made come first, for only of those declared the key can be changed.
    ...(made.length === 0 ? [] : checkKeys([...made, ...declared.caches], declared.backends)),
  ]);
  if (hasError(findings)) return { diagnostics: findings, output: undefined, questions };

  enter("emit");
  const generated = emitOutput({ ...resolution, declarations }, run);
  let plan: OutputPlan;
  try {
    plan = planFor(declarations, generated, files);
  } catch (error) {
    const refusal = refusalFinding(error, [], declarations, show);
    return { diagnostics: [...findings, refusal], output: undefined, questions };
  }
  const inTheWay = inTheWayFindings(plan, declarations, show);
  if (inTheWay.length > 0) return { diagnostics: [...findings, ...inTheWay], output: undefined, questions };
  return { diagnostics: findings, output: { declarations, generated, plan, packages }, questions };
}

/** What must change so that the folder holds exactly what was generated. */
function planFor(
  { output }: Pick<Declarations, "output">,
  generated: readonly GeneratedFile[],
  files: FileSystem,
): OutputPlan {
  const names = generated.map((file) => file.name);
  return planOutput(output, generated, readOutput(output, names, files));
}
