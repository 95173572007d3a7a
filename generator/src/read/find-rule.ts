import { nearest, quote } from "@cachetory/runtime/schemes";
import type { Span } from "../model/declaration.ts";
import { diagnosticCodes } from "../model/diagnostic.ts";
import { isRuleCode, type RuleCode, ruleCodes, rules } from "../model/rules.ts";
import type { Report } from "./report.ts";

/** The rule that has this code or name; what is none is reported. */
export function findRule(written: string, span: Span, report: Report): RuleCode | undefined {
  if (isRuleCode(written)) return written;
  const named = ruleCodes.find((code) => rules[code].name === written);
  if (named !== undefined) return named;
  if (Object.hasOwn(diagnosticCodes, written)) {
    const hint = "Mend what it finds, and leave this out";
    report("C1702", span, `${quote(written)} is no rule but an error, which cannot be set or suppressed`, hint);
    return undefined;
  }
  const names = ruleCodes.map((code) => rules[code].name);
  const near = nearest(written, /^c\d+$/i.test(written) ? ruleCodes : names);
  const hint = near === undefined ? `Rules: ${names.join(", ")}` : `Did you mean ${quote(near)}?`;
  report("C1701", span, `no rule is called ${quote(written)}`, hint);
  return undefined;
}
