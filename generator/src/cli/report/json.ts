import type { Span } from "../../model/declaration.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { positionOf, type SourceTexts } from "./source-texts.ts";

/**
 * An array with an object for each finding: `code`, `severity`, `message`, `hint`, `file`, `start`, `end`, `related`. Lines and columns
 * count from one, offsets from zero; columns and offsets count UTF-16 units, and ends are not included.
 */
export function jsonReport(diagnostics: readonly Diagnostic[], sources: SourceTexts): string {
  const findings = diagnostics.map(({ code, severity, span, message, hint, related }) => ({
    code,
    severity,
    message,
    ...(hint !== undefined && { hint }),
    ...(span && placeOf(span, sources)),
    ...(related && { related: related.map((place) => ({ message: place.message, ...placeOf(place.span, sources) })) }),
  }));
  return `${JSON.stringify(findings, null, 2)}\n`;
}

function placeOf(span: Span, sources: SourceTexts): object {
  const text = sources.text(span.file) ?? "";
  return {
    file: sources.name(span.file),
    start: { offset: span.start, ...positionOf(text, span.start) },
    end: { offset: span.end, ...positionOf(text, span.end) },
  };
}
