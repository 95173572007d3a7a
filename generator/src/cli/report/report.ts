import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Timing } from "../../timing/phase-clock.ts";
import type { ReportFormat } from "../command-options.ts";
import { githubReport } from "./github.ts";
import { jsonReport } from "./json.ts";
import { prettyReport } from "./pretty.ts";
import type { SourceTexts } from "./source-texts.ts";
import { textReport } from "./text.ts";

export interface ReportSettings {
  readonly format: ReportFormat;
  readonly sources: SourceTexts;
  /** Whether escape sequences for colours may be used; `pretty` alone does. */
  readonly hasColor: boolean;
  /** Part of `json`; with the others it is no finding. */
  readonly timing?: Timing | undefined;
}

/** All findings as one text, which ends with a line break unless it is empty. */
export function formatReport(
  diagnostics: readonly Diagnostic[],
  { format, sources, hasColor, timing }: ReportSettings,
): string {
  switch (format) {
    case "pretty":
      return prettyReport(diagnostics, sources, hasColor);
    case "text":
      return textReport(diagnostics, sources);
    case "json":
      return jsonReport(diagnostics, sources, timing);
    case "github":
      return githubReport(diagnostics, sources);
    default:
      return format satisfies never;
  }
}
