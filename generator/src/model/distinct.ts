import type { Diagnostic } from "./diagnostic.ts";

/** Each finding but once: an anchor that is used twice would repeat its mistakes. */
export function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const firsts = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { code, span, message } = diagnostic;
    const identity = JSON.stringify([code, span?.file, span?.start, span?.end, message]);
    if (!firsts.has(identity)) firsts.set(identity, diagnostic);
  }
  return [...firsts.values()];
}
