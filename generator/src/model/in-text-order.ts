import type { Diagnostic } from "./diagnostic.ts";

/** File by file as they come, and within a file by place; what has no place comes first. */
export function inTextOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const files = [...new Set(diagnostics.map(({ span }) => span?.file))];
  const rank = ({ span }: Diagnostic): number => (span === undefined ? -1 : files.indexOf(span.file));
  return [...diagnostics].sort((a, b) => rank(a) - rank(b) || (a.span?.start ?? 0) - (b.span?.start ?? 0));
}
