/** How long callers wait for a backend whose answer they could do without. */
export interface Patience {
  /** How long one call waits in all, in milliseconds, for so many keys. */
  budgetMs(keyCount: number): number;
  /** Since when the backend can be asked, by `performance.now()`: connecting has a limit of its own. */
  readonly readySinceMs: number;
  /** Whether the one who has the key is left alone for now, since he did not answer others. */
  isOut(key: string): boolean;
  /** What is promised, or a rejection with a `BackendUnavailableError` when so many milliseconds have passed. */
  within<T>(promised: Promise<T>, limitMs: number): Promise<T>;
}
