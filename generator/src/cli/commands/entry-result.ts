import { type DeclaredValue, type EntryReport, entryText } from "../../inspect/entry-report.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import { valueIr } from "../../model/value-ir.ts";
import { valueName } from "../../model/value-name.ts";
import type { AskedCache } from "../asked-cache.ts";
import { type CommandResult, exitCodeOf } from "../command-result.ts";
import { printable } from "../report/printable.ts";

/** An entry, as far as it could be read, and what is wrong with it. */
export function entryResult(
  report: EntryReport | undefined,
  diagnostics: readonly Diagnostic[],
  isJson: boolean,
  notes: readonly string[] = [],
): CommandResult {
  const result: CommandResult = { diagnostics, notes, exitCode: exitCodeOf(diagnostics) };
  if (report === undefined) return result;
  const text = isJson ? `${JSON.stringify(report, null, 2)}\n` : entryText(report);
  return { ...result, output: text.split("\n").map(printable).join("\n") };
}

/** What an entry of the cache is held against. */
export function declaredValue({ cache, types }: AskedCache): DeclaredValue {
  return { cache, ir: valueIr(cache, types), typeName: valueName(cache, types) };
}
