/** What is declared about loads; what is not declared, or has no effect, is `undefined`. */
export interface LoadPolicies {
  readonly singleFlight: SingleFlight | undefined;
  /** Whether a loaded value is stored only if nobody has changed the key since. */
  readonly isGuarded: boolean;
}

/** Who shares the load of a key. */
export interface SingleFlight {
  readonly scope: "process" | "cluster";
  readonly leaseMs: number | undefined;
  readonly deadlineMs: number | undefined;
}
