import { createColors } from "picocolors";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { count } from "../count.ts";
import { codeFrame } from "./code-frame.ts";
import { printable, printableLine } from "./printable.ts";
import { type SourceTexts, startOf } from "./source-texts.ts";

/**
 * For people: place, code and message of each finding, the line with the offending text underlined, and what to do.
 *
 * ```text
 * cachetory.yaml:12:10 error C1101 "ttl" must be a duration, not "soon"
 *
 *   11 |     key: user:{id}
 *   12 |     ttl: soon
 *      |          ^^^^
 *   hint: Durations are written 500ms, 30s, 10m, 1h, 7d or PT5M; forever has no end
 * ```
 */
export function prettyReport(diagnostics: readonly Diagnostic[], sources: SourceTexts, hasColor: boolean): string {
  const colors = createColors(hasColor);
  const findings = diagnostics.map((diagnostic) => `${findingLines(diagnostic, sources, colors).join("\n")}\n\n`);
  return findings.length === 0 ? "" : `${findings.join("")}${totals(diagnostics)}\n`;
}

function totals(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const warnings = diagnostics.length - errors;
  const parts = [errors > 0 ? count(errors, "error") : "", warnings > 0 ? count(warnings, "warning") : ""];
  return `${parts.filter((part) => part !== "").join(", ")}.`;
}

type Colors = ReturnType<typeof createColors>;

function findingLines(
  { code, severity, span, message, hint, related }: Diagnostic,
  sources: SourceTexts,
  colors: Colors,
): string[] {
  const paint = severity === "error" ? colors.red : colors.yellow;
  const place = span === undefined ? "" : `${colors.cyan(placeText(span, sources))} `;
  const lines = [`${place}${paint(colors.bold(severity))} ${colors.dim(code)} ${printable(message)}`];
  const text = span && sources.text(span.file);
  if (span !== undefined && text !== undefined && text !== "") {
    const frame = codeFrame(text, span);
    const number = String(frame.line);
    const gutter = (label: string): string => colors.dim(`  ${label.padStart(number.length)} | `);
    lines.push("");
    if (frame.before !== undefined) lines.push(gutter(String(frame.line - 1)) + frame.before);
    lines.push(gutter(number) + frame.text, gutter("") + paint(frame.underline));
  }
  if (hint !== undefined) lines.push(`  ${colors.bold("hint:")} ${printable(hint)}`);
  for (const other of related ?? []) {
    lines.push(`  ${colors.bold("see:")} ${colors.cyan(placeText(other.span, sources))} ${printable(other.message)}`);
  }
  return lines;
}

function placeText(span: NonNullable<Diagnostic["span"]>, sources: SourceTexts): string {
  const { line, column } = startOf(span, sources);
  return printableLine(`${sources.name(span.file)}:${line}:${column}`);
}
