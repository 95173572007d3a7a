/** One finding of the generator, as `--format json` prints it. */
export interface Finding {
  /** Stable: `C` and four digits, each with an entry in docs/diagnostics.md. */
  readonly code: string;
  readonly severity: "error" | "warning";
  /** What is wrong. */
  readonly message: string;
  /** What to do. */
  readonly hint?: string;
  /** The file in which it lies; absent, with `start` and `end`, where no file is to blame. */
  readonly file?: string;
  readonly start?: TextPosition;
  /** Not included. */
  readonly end?: TextPosition;
  /** Other places that matter. */
  readonly related?: readonly RelatedFinding[];
}

export interface RelatedFinding {
  readonly message: string;
  readonly file: string;
  readonly start: TextPosition;
  readonly end: TextPosition;
}

/** A place in a text, in UTF-16 units. */
export interface TextPosition {
  /** From zero. */
  readonly offset: number;
  /** From one. */
  readonly line: number;
  /** From one. */
  readonly column: number;
}
