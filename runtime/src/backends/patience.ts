/** How long callers wait for a backend whose answer they could do without. */
export interface Patience {
  /** How long one call waits in all, in milliseconds, for so many keys. */
  budgetMs(keyCount: number): number;
  /** When the backend could first be asked, by `performance.now()`: connecting has a limit of its own. */
  readonly readySinceMs: number;
  /** Whether the server that has the key is out of reach, or left alone for now since it did not answer others. */
  isOut(key: string): boolean;
  /** Nobody waits any more for a change of these keys: they are deleted behind it. */
  invalidate(keys: readonly string[]): void;
  /** The addresses of servers that are left alone. */
  readonly leftAlone: readonly string[];
  /** What is promised, or a rejection with a `BackendUnavailableError` when so many milliseconds have passed. */
  within<T>(promised: Promise<T>, limitMs: number): Promise<T>;
}
