import type { Finding, RelatedFinding } from "../../api/finding.ts";
import type { Span } from "../../model/declaration.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Timing } from "../../timing/phase-clock.ts";
import { positionOf, type SourceTexts } from "./source-texts.ts";

/**
 * An array with an object for each finding: `code`, `severity`, `message`, `hint`, `file`, `start`, `end`, `related`. Lines and columns
 * count from one, offsets from zero; columns and offsets count UTF-16 units, and ends are not included. With a timing, an
 * object of both.
 */
export function jsonReport(diagnostics: readonly Diagnostic[], sources: SourceTexts, timing?: Timing): string {
  const findings = diagnostics.map((diagnostic) => findingOf(diagnostic, sources));
  return `${JSON.stringify(timing === undefined ? findings : { findings, timing }, null, 2)}\n`;
}

/** A finding as plain data, for programs. */
export function findingOf(diagnostic: Diagnostic, sources: SourceTexts): Finding {
  const { code, severity, span, message, hint, related } = diagnostic;
  return {
    code,
    severity,
    message,
    ...(hint !== undefined && { hint }),
    ...(span && placeOf(span, sources)),
    ...(related && { related: related.map((place) => ({ message: place.message, ...placeOf(place.span, sources) })) }),
  };
}

function placeOf(span: Span, sources: SourceTexts): Omit<RelatedFinding, "message"> {
  const text = sources.text(span.file) ?? "";
  return {
    file: sources.name(span.file),
    start: { offset: span.start, ...positionOf(text, span.start) },
    end: { offset: span.end, ...positionOf(text, span.end) },
  };
}
