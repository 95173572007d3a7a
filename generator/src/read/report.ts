import type { Span } from "../model/declaration.ts";
import { type Diagnostic, type ErrorCode, errorAt, type RelatedPlace } from "../model/diagnostic.ts";

/** Takes findings as they are made: a reader of one property goes on after a mistake, so that one run shows all. */
export type Report = (
  code: ErrorCode,
  span: Span,
  message: string,
  hint?: string,
  related?: readonly RelatedPlace[],
) => void;

/** A report that appends errors to a list. */
export function reportTo(list: Diagnostic[]): Report {
  return (code, span, message, hint, related) => {
    list.push(errorAt(code, span, message, hint, related));
  };
}
