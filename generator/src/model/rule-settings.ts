import type { Span } from "./declaration.ts";
import type { RuleCode, RuleSeverity } from "./rules.ts";

/** What YAML files say of rules: what breaks them, and where that is meant. */
export interface RuleSettings {
  /** Those that are written; for the others, the default of each holds. */
  readonly severities: ReadonlyMap<RuleCode, RuleSeverity>;
  readonly suppressions: readonly Suppression[];
}

/** One rule of a comment `# cachetory-ignore`. */
export interface Suppression {
  readonly code: RuleCode;
  /** The rule as the comment names it. */
  readonly span: Span;
  /** Its own line, and of a comment that has a line to itself the next one too: what begins there is meant. */
  readonly covered: Span;
}
