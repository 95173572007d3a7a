import type { Span } from "./declaration.ts";
import { type RuleCode, rules } from "./rules.ts";
import { withoutSecrets } from "./without-secrets.ts";

export type Severity = "error" | "warning";

/**
 * One finding. Plain data: printing it is a reporter's task.
 *
 * A message is a lower-case fragment, a hint begins with a capital, and neither ends in a full stop. What somebody wrote
 * stands in double quotes (`quote`, which clips it); paths of files, commands and code to type stand bare.
 */
export interface Diagnostic {
  /** Stable, `C` and four digits; each has an entry in docs/diagnostics.md. */
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** Where; absent only where no file is to blame. */
  readonly span?: Span;
  /** What is wrong, with the offending text. */
  readonly message: string;
  /** What to do. */
  readonly hint?: string;
  /** Other places that matter. */
  readonly related?: readonly RelatedPlace[];
}

export interface RelatedPlace {
  readonly span: Span;
  readonly message: string;
}

/** 1xxx: YAML, 2xxx: types, 3xxx: output, 4xxx: entries that are there. A code keeps its meaning for good. */
export type DiagnosticCode = ErrorCode | RuleCode;

/** Those that are always errors. */
export type ErrorCode =
  | "C1001"
  | "C1002"
  | "C1003"
  | "C1004"
  | "C1005"
  | "C1006"
  | "C1007"
  | "C1008"
  | "C1009"
  | "C1010"
  | "C1011"
  | "C1012"
  | "C1013"
  | "C1014"
  | "C1015"
  | "C1016"
  | "C1017"
  | "C1018"
  | "C1101"
  | "C1102"
  | "C1103"
  | "C1104"
  | "C1105"
  | "C1106"
  | "C1107"
  | "C1201"
  | "C1202"
  | "C1203"
  | "C1204"
  | "C1205"
  | "C1240"
  | "C1241"
  | "C1301"
  | "C1302"
  | "C1404"
  | "C1501"
  | "C1502"
  | "C1503"
  | "C1505"
  | "C1506"
  | "C1507"
  | "C1508"
  | "C1516"
  | "C1530"
  | "C1531"
  | "C1532"
  | "C1533"
  | "C1534"
  | "C1601"
  | "C1602"
  | "C1603"
  | "C1701"
  | "C1702"
  | "C1801"
  | "C1802"
  | "C1803"
  | "C1804"
  | "C1805"
  | "C1920"
  | "C1921"
  | "C1922"
  | "C1923"
  | "C1924"
  | "C1925"
  | "C2001"
  | "C2002"
  | "C2003"
  | "C2004"
  | "C2005"
  | "C2006"
  | "C2007"
  | "C2008"
  | "C2010"
  | "C2101"
  | "C2102"
  | "C2103"
  | "C2104"
  | "C2105"
  | "C2106"
  | "C3001"
  | "C3002"
  | "C3003"
  | "C3004"
  | "C3006"
  | "C3007"
  | "C3009"
  | "C4001"
  | "C4002"
  | "C4003"
  | "C4004"
  | "C4005"
  | "C4006";

/** Every code with the short title that heads its entry in docs/diagnostics.md. */
export const diagnosticCodes: Readonly<Record<DiagnosticCode, string>> = {
  C1001: "The file cannot be read",
  C1002: "Invalid YAML",
  C1003: "Empty file",
  C1004: "Several documents",
  C1005: "Duplicate key",
  C1006: "Unknown property",
  C1007: "Missing property",
  C1008: "Wrong kind of value",
  C1009: "Unsupported version",
  C1010: "Not known yet",
  C1011: "Two YAML files to choose from",
  C1012: "File exists already",
  C1013: "Include that leads nowhere",
  C1014: "Circular include",
  C1015: "Not for an included file to say",
  C1016: "Unknown cache",
  C1017: "Parameters that make no key",
  C1018: "Type without a JSON Schema",
  C1101: "Invalid duration",
  C1102: "Invalid URL",
  C1103: "Unknown scheme",
  C1104: "Invalid URL option",
  C1105: "Invalid pipeline",
  C1106: "Unknown backend",
  C1107: "Output outside of the project",
  C1201: "Malformed key pattern",
  C1202: "Ambiguous key pattern",
  C1203: "Malformed prefix",
  C1204: "Caches whose keys meet",
  C1205: "Clear that reaches another cache",
  C1240: "Secret parameter without a secret",
  C1241: "Secret without a secret parameter",
  C1301: "Unusable name",
  C1302: "Names that collide",
  C1401: "Cache of each process by default",
  C1402: "Cache that cannot be cleared",
  C1403: "Development URL that never serves",
  C1404: "Scheme that is not among schemes",
  C1501: "Synchronous cache on a network",
  C1502: "Invalid offload",
  C1503: "Nothing to offload",
  C1504: "Blocking without effect",
  C1505: "Nothing to validate",
  C1506: "Values that cannot be isolated so",
  C1507: "Invalid policy",
  C1508: "Policy that its cache cannot have",
  C1516: "Policies that do not go together",
  C1530: "Backends that make no layers",
  C1531: "Layers of a synchronous cache",
  C1532: "Near entries that outlive their cache's",
  C1533: "Near entries that nothing ends",
  C1534: "Backend beside layers",
  C1601: "Unknown cache",
  C1602: "Invalid memoize entry",
  C1603: "Invalid mutate entry",
  C1604: "Long-lived cache that nothing invalidates",
  C1701: "Unknown rule",
  C1702: "Rule that cannot be set",
  C1703: "Suppression without effect",
  C1704: "Unused backend",
  C1705: "Unused default",
  C1706: "Unknown environment name",
  C1707: "Unused environment name",
  C1708: "Unreachable ttl",
  C1709: "Memory without a bound",
  C1710: "Memory that keeps nothing",
  C1711: "Entries without end",
  C1712: "Compressor that compresses nothing",
  C1713: "Isolation without effect",
  C1714: "Null without a decision",
  C1715: "Negative without effect",
  C1730: "Invalidation without effect",
  C1740: "Signature that tells nothing",
  C1801: "Keyword of JSON Schema that is not supported",
  C1802: "Invalid JSON Schema",
  C1803: "JSON Schema that no type says",
  C1804: "JSON Schema that nothing fits",
  C1805: "JSON Schema in a file",
  C1920: "Recovery that cannot be",
  C1921: "Replicas that cannot be read",
  C1922: "Invalid tag",
  C1923: "Field that is no part of a tag",
  C1924: "Tags of two meanings",
  C1925: "Protection without effect",
  C2001: "Missing module",
  C2002: "Missing export",
  C2003: "Type arguments missing",
  C2004: "Unresolved type",
  C2005: "Invalid type expression",
  C2006: "Type that cannot be cached",
  C2007: "Invalid tsconfig",
  C2008: "Value that its serializer does not carry",
  C2009: "Permission that nothing needs",
  C2010: "Type that cannot be isolated so",
  C2101: "Function that cannot be wrapped",
  C2102: "Parameters that do not make the key",
  C2103: "Result that is not the cache's value",
  C2104: "Value that names no entries",
  C2105: "Batch function that does not fit",
  C2106: "Function that says no ttl",
  C3001: "Generated code is out of date",
  C3002: "Output cannot be written",
  C3003: "File in the way",
  C3004: "Runtime too old",
  C3005: "Package missing",
  C3006: "Output of two files",
  C3007: "Files that cannot be watched",
  C3008: "Runtime missing",
  C3009: "Settings of the editor that cannot be read",
  C4001: "Nothing to compare with",
  C4002: "Declarations of before that cannot be read",
  C4003: "No entry",
  C4004: "Backend that cannot be read",
  C4005: "Entry that cannot be decoded",
  C4006: "Entry that does not fit its type",
};

/** Whether any of them is an error: then nothing may come of what they were found in. */
export function hasError(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}

/** An error, as most findings are. */
export function errorAt(
  code: ErrorCode,
  span: Span | undefined,
  message: string,
  hint?: string,
  related?: readonly RelatedPlace[],
): Diagnostic {
  return finding(code, "error", span, message, hint, related);
}

/** What breaks a rule; how severe that is in the end is for `applyRules` to say. */
export function breachAt(
  code: RuleCode,
  span: Span,
  message: string,
  hint?: string,
  related?: readonly RelatedPlace[],
): Diagnostic {
  return finding(code, rules[code].severity, span, message, hint, related);
}

function finding(
  code: DiagnosticCode,
  severity: Severity,
  span: Span | undefined,
  message: string,
  hint: string | undefined,
  related: readonly RelatedPlace[] | undefined,
): Diagnostic {
  return {
    code,
    severity,
    ...(span && { span }),
    message: withoutSecrets(message),
    ...(hint !== undefined && { hint: withoutSecrets(hint) }),
    ...(related && { related }),
  };
}
