import type { Diagnostic } from "../../model/diagnostic.ts";
import { printableLine } from "./printable.ts";
import { type SourceTexts, startOf } from "./source-texts.ts";

/** One line for each finding: `file:line:col: error C1101: message (hint)`. */
export function textReport(diagnostics: readonly Diagnostic[], sources: SourceTexts): string {
  return diagnostics.map((diagnostic) => `${printableLine(lineOf(diagnostic, sources))}\n`).join("");
}

function lineOf({ code, severity, span, message, hint }: Diagnostic, sources: SourceTexts): string {
  const finding = `${severity} ${code}: ${message}${hint === undefined ? "" : ` (${hint})`}`;
  if (span === undefined) return finding;
  const { line, column } = startOf(span, sources);
  return `${sources.name(span.file)}:${line}:${column}: ${finding}`;
}
