import type { Span } from "./declaration.ts";

/** What is declared for others to make use of, as far as declarations do not keep it. */
export interface Usage {
  readonly defaults: readonly DeclaredDefault[];
  /** The names under `environment`; `undefined` where no file has it, for then any name will do. */
  readonly environment: readonly NamedPlace[] | undefined;
  /** Variables in the URLs of backends, each as often as it is named; those of secrets stand in the declarations. */
  readonly variables: readonly NamedPlace[];
}

export interface NamedPlace {
  readonly name: string;
  readonly span: Span;
}

/** A property of `defaults`, which holds for the caches of its file. */
export interface DeclaredDefault extends NamedPlace {
  /** Whether a cache would be another one without it. */
  readonly isTaken: boolean;
}
