import { type Diagnostic, hasError } from "../model/diagnostic.ts";
import type { Timing } from "../timing/phase-clock.ts";

/** 0 clean, 1 findings, 2 wrong usage or an error of cachetory itself. */
export type ExitCode = 0 | 1 | 2;

/** What a command found and did. Printing it, in the format asked for, is the task of `main`. */
export interface CommandResult {
  readonly diagnostics: readonly Diagnostic[];
  /** Lines for people (what was written, a diff, a summary): to stderr after the findings, whatever the format. May hold line breaks. */
  readonly notes: readonly string[];
  readonly exitCode: ExitCode;
  /** What was asked for, where that is no file: to stdout. Ends with a line break. A function where the timing is part of it. */
  readonly output?: string | ((timing: Timing | undefined) => string);
  /** How long it took, where that was asked for. */
  readonly timing?: Timing;
}

/** 1 where an error is among the findings; warnings alone change nothing. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): ExitCode {
  return hasError(diagnostics) ? 1 : 0;
}
