/** What is declared for outages and for many loads at once, so that not all falls on what is behind a cache. */
export interface Protection {
  /** What a process keeps of what it loads while the backend is out; `"none"` for nothing, `undefined` where nothing is said. */
  readonly gutter: GutterDeclaration | "none" | undefined;
  /** How many loads run at once in one process; `undefined` for any number. */
  readonly maxLoads: number | undefined;
  /** What becomes of reads that the backend does not answer; `undefined` where they are misses. */
  readonly onBackendError: "throw" | undefined;
}

/** What is not written is `undefined`. */
export interface GutterDeclaration {
  readonly ttlMs: number | undefined;
  readonly maxEntries: number | undefined;
}
