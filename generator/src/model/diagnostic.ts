import type { Span } from "./declaration.ts";

export type Severity = "error" | "warning";

/** One finding. Plain data: printing it is a reporter's task. */
export interface Diagnostic {
  /** Stable, `C` and four digits; each has an entry in docs/diagnostics.md. */
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** Where; absent only where no file is to blame. */
  readonly span?: Span;
  /** One sentence: what is wrong, with the offending text. */
  readonly message: string;
  /** One sentence: what to do. */
  readonly hint?: string;
  /** Other places that matter. */
  readonly related?: readonly RelatedPlace[];
}

export interface RelatedPlace {
  readonly span: Span;
  readonly message: string;
}

export type DiagnosticCode = keyof typeof diagnosticCodes;

/** Every code with the short title that heads its entry in docs/diagnostics.md. 1xxx: YAML, 2xxx: types, 3xxx: output. */
export const diagnosticCodes = {
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
  C1101: "Invalid duration",
  C1102: "Invalid URL",
  C1103: "Unknown scheme",
  C1104: "Invalid URL option",
  C1105: "Invalid pipeline",
  C1106: "Unknown backend",
  C1107: "Output outside of the project",
  C1201: "Malformed key pattern",
  C1202: "Ambiguous key pattern",
  C1301: "Unusable name",
  C1302: "Names that collide",
  C2001: "Missing module",
  C2002: "Missing export",
  C2003: "Type arguments missing",
  C2004: "Unresolved type",
  C2005: "Invalid type expression",
  C2006: "Type that cannot be cached",
  C2007: "Invalid tsconfig",
  C3001: "Generated code is out of date",
  C3002: "Output cannot be written",
  C3003: "File in the way",
  C3004: "Runtime missing or too old",
} as const satisfies Record<`C${number}`, string>;
