import type { NamedFunction, Span, Ttl } from "./declaration.ts";

/** What is declared about how long single values live, and which are stored; what is not declared is `undefined`. */
export interface ValuePolicies {
  /** Says how long a value lives, no longer than the ttl of the cache. */
  readonly ttlFunction: NamedFunction | undefined;
  readonly jitter: Jitter | undefined;
  readonly negative: Negative | undefined;
  /** Where the cache itself says that; `undefined` where it takes the default. */
  readonly negativeSpan: Span | undefined;
  readonly maxValueSize: MaxValueSize | undefined;
}

/** How much of each lifetime chance may take away. */
export interface Jitter {
  /** As written in the YAML: `10%`. */
  readonly text: string;
  /** From 0 to less than 1. */
  readonly share: number;
}

/** What becomes of `null`. */
export type Negative = { readonly kind: "store" | "skip" } | { readonly kind: "ttl"; readonly ttl: Ttl };

export interface MaxValueSize {
  /** As written in the YAML: `1mb`. */
  readonly text: string;
  readonly bytes: number;
}
