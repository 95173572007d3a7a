import { quote } from "@cachetory/runtime/schemes";
import type { Span } from "../model/declaration.ts";
import { breachAt, type Diagnostic } from "../model/diagnostic.ts";
import type { RuleSettings, Suppression } from "../model/rule-settings.ts";
import { isRuleCode, type RuleCode, rules } from "../model/rules.ts";

/**
 * The findings as the file wants them: those of rules with the severities that it says, without those that it turns off or
 * that a comment suppresses, and with one for each comment that suppresses nothing. Errors that are no rules stay.
 *
 * @param foundBy - the command that found them
 */
export function applyRules(
  found: readonly Diagnostic[],
  settings: RuleSettings,
  foundBy: "validate" | "generate",
): readonly Diagnostic[] {
  const used = new Set<Suppression>();
  const judged = found.flatMap((diagnostic) => judge(diagnostic, settings, used));
  // What an error keeps from being found may be what is suppressed.
  if (found.some(({ code, severity }) => severity === "error" && !isRuleCode(code))) return judged;
  const ofOthers = settings.suppressions.filter(({ code }) => code !== idleCode && canTell(code, foundBy));
  const idle = ofOthers.filter((suppression) => !used.has(suppression)).map(idleFinding);
  judged.push(...idle.flatMap((diagnostic) => judge(diagnostic, settings, used)));
  // A comment that suppresses this very rule lies on the lines that it covers: it may not pass for its own reason.
  const ofItself = settings.suppressions.filter(({ code }) => code === idleCode && canTell(code, foundBy));
  const stillIdle = ofItself.filter((suppression) => !used.has(suppression)).map(idleFinding);
  return [...judged, ...stillIdle.flatMap((diagnostic) => atSeverity(diagnostic, idleCode, settings))];
}

const idleCode = "C1703";

function judge(diagnostic: Diagnostic, settings: RuleSettings, used: Set<Suppression>): readonly Diagnostic[] {
  const { code, span } = diagnostic;
  if (!isRuleCode(code)) return [diagnostic];
  const suppressing = settings.suppressions.filter((each) => each.code === code && covers(each.covered, span));
  for (const suppression of suppressing) used.add(suppression);
  return suppressing.length > 0 ? [] : atSeverity(diagnostic, code, settings);
}

function atSeverity(diagnostic: Diagnostic, code: RuleCode, { severities }: RuleSettings): readonly Diagnostic[] {
  const severity = severities.get(code) ?? rules[code].severity;
  return severity === "off" ? [] : [{ ...diagnostic, severity }];
}

function covers(covered: Span, span: Span | undefined): boolean {
  return span?.file === covered.file && covered.start <= span.start && span.start <= covered.end;
}

/** Whether all that breaks the rule has been looked for. */
function canTell(code: RuleCode, foundBy: "validate" | "generate"): boolean {
  return foundBy === "generate" || rules[code].foundBy === "validate";
}

function idleFinding({ code, span }: Suppression): Diagnostic {
  const message = `nothing here breaks the rule ${quote(rules[code].name)} (${code}), so there is nothing to suppress`;
  const hint = "Leave it out, or put it on the line that a finding names, or on a line of its own above that";
  return breachAt(idleCode, span, message, hint);
}
