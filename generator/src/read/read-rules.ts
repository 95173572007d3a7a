import { quote } from "@cachetory/runtime/schemes";
import type { Span } from "../model/declaration.ts";
import type { RuleCode, RuleSeverity } from "../model/rules.ts";
import { findRule } from "./find-rule.ts";
import type { Report } from "./report.ts";
import { isText, type YamlMap } from "./yaml-tree.ts";

/** The severities under `rules`. A rule has a code and a name, and may be written by either of them. */
export function readRules(section: YamlMap | undefined, report: Report): ReadonlyMap<RuleCode, RuleSeverity> {
  const severities = new Map<RuleCode, RuleSeverity>();
  const places = new Map<RuleCode, Span>();
  for (const { key, keySpan, value } of section?.entries.values() ?? []) {
    const code = findRule(key, keySpan, report);
    if (code === undefined) continue;
    const first = places.get(code);
    if (first !== undefined) {
      const related = [{ span: first, message: "it is set here first" }];
      report("C1005", keySpan, `${quote(key)} sets a rule that is set already`, "Keep one of them", related);
      continue;
    }
    places.set(code, keySpan);
    // Anything else has a finding of the schema.
    if (isText(value) && isSeverity(value.value)) severities.set(code, value.value);
  }
  return severities;
}

function isSeverity(text: string): text is RuleSeverity {
  return text === "off" || text === "warning" || text === "error";
}
