import { isAtLeast, worstOf } from "../../diff/change.ts";
import { type Difference, diffConfigs } from "../../diff/diff-configs.ts";
import { commitText } from "../../git/git-tree.ts";
import type { Host } from "../../host.ts";
import { type Diagnostic, errorAt, hasError } from "../../model/diagnostic.ts";
import type { EnterPhase } from "../../timing/phase.ts";
import { showFrom } from "../../write/show-path.ts";
import type { DiffOptions } from "../command-options.ts";
import type { CommandResult } from "../command-result.ts";
import { count } from "../count.ts";
import { diffJson } from "../report/diff-json.ts";
import { diffMarkdown } from "../report/diff-markdown.ts";
import { diffText } from "../report/diff-text.ts";
import { hasColors } from "../report/has-colors.ts";
import { sourceTexts, startOf } from "../report/source-texts.ts";

/** Shows what has changed since a commit, and what becomes of the entries that are there. Writes nothing. */
export async function diff(
  { files, ref, format, failOn }: DiffOptions,
  host: Host,
  enter: EnterPhase,
): Promise<CommandResult> {
  const found = await diffConfigs(files, ref, host, enter);
  if ("code" in found) return { diagnostics: [found], notes: [], exitCode: 2 };
  const diagnostics = [...found.diagnostics, ...formerFindings(found, host)];
  const effect = worstOf(found.configs.flatMap(({ caches }) => caches));
  const isFailing = hasError(diagnostics) || (failOn !== "never" && isAtLeast(effect, failOn));
  const result: CommandResult = { diagnostics, notes: notesOf(found), exitCode: isFailing ? 1 : 0 };
  const show = showFrom(host.cwd);
  const report = { ...found, effect };
  switch (format) {
    case "json": {
      const sources = sourceTexts(host.files, host.cwd);
      return { ...result, output: (timing) => diffJson(report, diagnostics, sources, show, timing) };
    }
    case "markdown":
      return hasError(diagnostics) ? result : { ...result, output: diffMarkdown(report, show) };
    case "pretty":
      if (hasError(diagnostics)) return result;
      return { ...result, output: diffText(report, show, hasColors(host.stdout, host.env)) };
    default:
      return format satisfies never;
  }
}

function notesOf({ unresolved, tree }: Difference): readonly string[] {
  if (unresolved === 0) return [];
  const findings = count(unresolved, "error");
  return [
    `Of ${commitText(tree)}, not all types resolve with the packages that are installed now (${findings}); functions may count as new.`,
  ];
}

/** Where an error lay is told in words: a place in a text that is no more cannot be shown. */
function formerFindings({ former, formerFiles, tree }: Difference, host: Host): readonly Diagnostic[] {
  const sources = sourceTexts(formerFiles, host.cwd);
  return former
    .filter(({ severity }) => severity === "error")
    .map(({ code, span, message }) => {
      const place = span === undefined ? "" : `${sources.name(span.file)}:${startOf(span, sources).line}: `;
      const hint = "Compare with a commit that could be generated from";
      return errorAt("C4002", undefined, `in ${commitText(tree)}, ${place}${code} ${message}`, hint);
    });
}
