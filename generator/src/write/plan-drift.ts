import path from "node:path";
import type { Declarations, Span } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { OutputPlan, PlannedFile } from "./output-plan.ts";
import type { ShowPath } from "./show-path.ts";

/** One finding for every file that is not as it would be generated now. */
export function planDrift(
  plan: OutputPlan,
  { file, outputSpan }: Declarations,
  command: string,
  show: ShowPath,
): readonly Diagnostic[] {
  return plan.files.flatMap((planned) => {
    if (planned.kind === "same") return [];
    const generated = path.join(plan.folder, planned.name);
    const span: Span = planned.kind === "create" ? outputSpan : { file: generated, start: 0, end: 0 };
    const message = driftMessage(planned.kind, show(generated), show(file));
    return [{ code: "C3001", severity: "error", span, message, hint: `Run ${command}` }];
  });
}

function driftMessage(kind: Exclude<PlannedFile["kind"], "same">, generated: string, source: string): string {
  switch (kind) {
    case "create":
      return `${generated} is missing: it has not been generated, or not been committed`;
    case "update":
      return `${generated} is outdated: ${source} or a type that it names has changed since, or it was edited`;
    case "orphan":
      return `${generated} is orphaned: nothing in ${source} makes it any more`;
  }
}
