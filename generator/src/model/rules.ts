/** What the file may say of a rule: whether what breaks it is passed over, told, or refused. */
export type RuleSeverity = "off" | "warning" | "error";

export type RuleCode =
  | "C1401"
  | "C1402"
  | "C1403"
  | "C1504"
  | "C1604"
  | "C1703"
  | "C1704"
  | "C1705"
  | "C1706"
  | "C1707"
  | "C1708"
  | "C1709"
  | "C1710"
  | "C1711"
  | "C1712"
  | "C1713"
  | "C1714"
  | "C1715"
  | "C1730"
  | "C1740"
  | "C2009"
  | "C3005"
  | "C3008";

interface Rule {
  /** As people write it, beside the code. */
  readonly name: string;
  /** Where the file says nothing of it. */
  readonly severity: Exclude<RuleSeverity, "off">;
  /** The command that finds all that breaks it: `validate` sees the YAML alone. */
  readonly foundBy: "validate" | "generate";
}

/**
 * Findings that are a matter of judgement: the code that is generated does what it says all the same. Every other finding
 * is an error that nobody can take back, so a code that is missing here can be neither set nor suppressed.
 */
export const rules: Readonly<Record<RuleCode, Rule>> = {
  C1401: { name: "process-local-fallback", severity: "warning", foundBy: "validate" },
  C1402: { name: "unclearable-cache", severity: "warning", foundBy: "validate" },
  C1403: { name: "unused-development-url", severity: "warning", foundBy: "validate" },
  C1504: { name: "unused-blocking", severity: "warning", foundBy: "validate" },
  C1604: { name: "uninvalidated-cache", severity: "warning", foundBy: "validate" },
  C1703: { name: "unused-suppression", severity: "warning", foundBy: "generate" },
  C1704: { name: "unused-backend", severity: "warning", foundBy: "validate" },
  C1705: { name: "unused-default", severity: "warning", foundBy: "validate" },
  C1706: { name: "unknown-environment-name", severity: "error", foundBy: "validate" },
  C1707: { name: "unused-environment-name", severity: "warning", foundBy: "validate" },
  C1708: { name: "unreachable-ttl", severity: "warning", foundBy: "validate" },
  C1709: { name: "unbounded-memory", severity: "warning", foundBy: "validate" },
  C1710: { name: "useless-memory", severity: "warning", foundBy: "validate" },
  // Caches that are made for memoized functions are whole only when the types are known.
  C1711: { name: "forever-without-eviction", severity: "warning", foundBy: "generate" },
  C1712: { name: "useless-compressor", severity: "warning", foundBy: "generate" },
  C1713: { name: "unused-isolation", severity: "warning", foundBy: "validate" },
  C1714: { name: "undecided-null", severity: "warning", foundBy: "generate" },
  C1715: { name: "unused-negative", severity: "warning", foundBy: "generate" },
  C1730: { name: "unused-invalidation", severity: "warning", foundBy: "validate" },
  C1740: { name: "useless-hmac", severity: "warning", foundBy: "generate" },
  C2009: { name: "unused-allow-any", severity: "warning", foundBy: "generate" },
  C3005: { name: "missing-package", severity: "warning", foundBy: "generate" },
  C3008: { name: "missing-runtime", severity: "warning", foundBy: "generate" },
};

export const ruleCodes: readonly RuleCode[] = Object.keys(rules).filter(isRuleCode);

export function isRuleCode(code: string): code is RuleCode {
  return Object.hasOwn(rules, code);
}
