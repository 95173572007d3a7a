/** What is no longer as it was: some keys, all that begin with a text, or all. */
export type Change =
  | { readonly kind: "keys"; readonly keys: readonly string[] }
  | { readonly kind: "head"; readonly head: string }
  | { readonly kind: "all" };

/** Who holds copies of entries, and has to know of every change. */
export interface FeedListener {
  /** From now on every change is told. */
  opened(): void;
  /** From now on changes may be missed, so that no copy holds any more. */
  closed(): void;
  changed(change: Change): void;
}

/** Tells of every change that any process makes to the entries of a shared backend, as long as it is open. */
export interface Feed {
  /** How long a copy may be kept, in milliseconds, where more has to be feared than a gap that is noticed. */
  readonly longestMs: number;
  /**
   * Opens it for the first listener.
   *
   * @param heads - what the listener's keys begin with
   */
  listen(listener: FeedListener, heads: readonly string[]): void;
  /** Tells other processes what was changed here, unless the server does. */
  announce(change: Change): void;
  /** Resolves when it is open, or cannot be for good; rejects with `UNAVAILABLE` where that takes too long. */
  ready(): Promise<void>;
}

/** By what processes hear of one another's changes: the server itself, or messages between them. */
export type FeedKind = "tracking" | "bus";
