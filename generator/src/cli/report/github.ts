import { type Diagnostic, diagnosticCodes } from "../../model/diagnostic.ts";
import { printable } from "./printable.ts";
import { positionOf, type SourceTexts } from "./source-texts.ts";

/** Workflow commands of GitHub Actions, which become annotations in a pull request. */
export function githubReport(diagnostics: readonly Diagnostic[], sources: SourceTexts): string {
  return diagnostics.map((diagnostic) => `${commandFor(diagnostic, sources)}\n`).join("");
}

function commandFor({ code, severity, span, message, hint }: Diagnostic, sources: SourceTexts): string {
  const properties: [string, string | number][] = [];
  if (span !== undefined) {
    const text = sources.text(span.file) ?? "";
    const start = positionOf(text, span.start);
    const end = positionOf(text, span.end);
    properties.push(["file", sources.name(span.file)], ["line", start.line], ["col", start.column]);
    if (end.line === start.line) properties.push(["endColumn", end.column]);
    else properties.push(["endLine", end.line]);
  }
  properties.push(["title", `${code} ${diagnosticCodes[code]}`]);
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(String(value))}`).join(",");
  const text = hint === undefined ? message : `${message}\n${hint}`;
  return `::${severity} ${list}::${escapeMessage(text.replace(/[^\r\n]+/g, printable))}`;
}

// The runner reads %25, %0D and %0A back in messages, and %3A and %2C in properties as well.
function escapeMessage(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
