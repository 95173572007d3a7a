import path from "node:path";
import type { Declarations } from "../model/declaration.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { listNames } from "../model/list-names.ts";
import type { OutputPlan } from "./output-plan.ts";
import type { ShowPath } from "./show-path.ts";

/** One finding for every name that something else has taken. */
export function inTheWayFindings(
  plan: OutputPlan,
  { outputSpan }: Declarations,
  show: ShowPath,
): readonly Diagnostic[] {
  return plan.inTheWay.map((name) => ({
    code: "C3003",
    severity: "error",
    span: outputSpan,
    message: `${show(path.join(plan.folder, name))} is in the way: cachetory did not make it and so does not replace it`,
    hint: "Move it away, or name another output folder; nothing was written",
  }));
}

/** The finding for what the file system refused; what is no such error is a fault of cachetory and thrown on. */
export function refusalFinding(
  error: unknown,
  notRestored: readonly string[],
  { output, outputSpan }: Declarations,
  show: ShowPath,
): Diagnostic {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") throw error;
  const state =
    notRestored.length === 0
      ? "nothing was changed"
      : `until then these are newer than the rest, for they could not be put back: ${listNames(notRestored)}`;
  return {
    code: "C3002",
    severity: "error",
    span: outputSpan,
    message: `${show(output)} cannot be written: ${error.message}`,
    hint: `${advice(error.code)}; ${state}`,
  };
}

function advice(code: string): string {
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return "Make room on the disk and run the command again";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "Give yourself the right to write there, or name another output folder";
    default:
      return "Mend that and run the command again";
  }
}
