/** What went wrong, in one word that stays the same over releases. */
export type CachetoryErrorCode =
  | "INVALID_DURATION"
  | "INVALID_KEY"
  | "INVALID_OPTION"
  | "INVALID_PIPELINE"
  | "INVALID_SECRET"
  | "INVALID_URL"
  | "INVALID_VALUE"
  | "LOAD_TIMEOUT"
  | "MISSING_ENVIRONMENT"
  | "MISSING_PACKAGE"
  | "MISS"
  | "NOT_CLEARABLE"
  | "NOT_INVALIDATED"
  | "NOT_LOADED"
  | "NOT_REPLICATED"
  | "OVERLOADED"
  | "RECURSIVE_LOAD"
  | "TTL_TOO_LONG"
  | "UNAVAILABLE"
  | "UNKNOWN_BACKEND"
  | "UNKNOWN_SCHEME"
  | "UNREADABLE"
  | "VALUE_TOO_LARGE"
  | "WORKER_FAILED";

/** How much a rejected write may have changed: `"none"` if it was never sent, `"unknown"` if no answer came. */
export type Outcome = "none" | "unknown";

/**
 * The one error class of the runtime. `code` is stable and meant for programs, `message` for people;
 * `cause` holds the error underneath, if there is one.
 *
 * @example
 * ```ts
 * try {
 *   await cache.set("a", 1);
 * } catch (error) {
 *   if (error instanceof CachetoryError && error.code === "UNAVAILABLE") retryLater();
 * }
 * ```
 */
export class CachetoryError extends Error {
  override readonly name: string = "CachetoryError";
  readonly code: CachetoryErrorCode;
  readonly #key: string | undefined;

  constructor(
    code: CachetoryErrorCode,
    message: string,
    options: { readonly cause?: unknown; readonly key?: string | undefined } = {},
  ) {
    super(message, "cause" in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.#key = options.key;
  }

  /**
   * The text of the key that it is about, prefix included, where there is one. It may say whom the entry is about, so no message
   * has it, and whoever prints the error or turns it into JSON does not print it.
   */
  get key(): string | undefined {
    return this.#key;
  }
}

/** Makes something of one entry among many: where that fails, the `key` of the error says of which. */
export function ofEntry<T>(key: string, make: () => T): T {
  try {
    return make();
  } catch (cause) {
    throw errorOfEntry(key, cause);
  }
}

/** What is thrown where something of one entry among many has failed. */
export function errorOfEntry(key: string, error: unknown): unknown {
  if (!(error instanceof CachetoryError) || error.constructor !== CachetoryError || error.key !== undefined)
    return error;
  const message = `${error.message} The key of this error says which entry it is.`;
  return new CachetoryError(error.code, message, { key, ...("cause" in error && { cause: error.cause }) });
}

/** Thrown by `getOrThrow` where there is no entry; `cause` says why if the backend could not be asked. */
export class CacheMissError extends CachetoryError {
  override readonly name = "CacheMissError";

  constructor(message: string, options?: { readonly cause?: unknown; readonly key?: string | undefined }) {
    super("MISS", message, options);
  }
}

/** A load took longer than `timeouts.hard`, and there was no stale value to serve. It goes on, and what it gives is stored. */
export class LoadTimeoutError extends CachetoryError {
  override readonly name = "LoadTimeoutError";
  /** How long the caller has waited, in milliseconds. */
  readonly hardMs: number;

  constructor(message: string, { hardMs }: { readonly hardMs: number }) {
    super("LOAD_TIMEOUT", message);
    this.hardMs = hardMs;
  }
}

/** A cache runs as many loads as it may, and there was no stale value to serve. Nothing was loaded. */
export class OverloadError extends CachetoryError {
  override readonly name = "OverloadError";
  /** The cache, as declared. */
  readonly cache: string;
  /** How many loads it runs at once at most. */
  readonly maxLoads: number;

  constructor(message: string, { cache, maxLoads }: { readonly cache: string; readonly maxLoads: number }) {
    super("OVERLOADED", message);
    this.cache = cache;
    this.maxLoads = maxLoads;
  }
}

/** The backend did not answer, or not in time. `outcome` says whether a write may have happened all the same. */
export class BackendUnavailableError extends CachetoryError {
  override readonly name = "BackendUnavailableError";
  readonly outcome: Outcome;
  /** Whether it was its time that ran out. */
  readonly isLate: boolean;
  /** Whether it did answer, with a no that is not for the moment alone: a server that is full, or a replica. */
  readonly isRefusal: boolean;

  /** @param options - `isLate` and `isRefusal` are `false` by default */
  constructor(
    message: string,
    options: {
      readonly cause?: unknown;
      readonly outcome: Outcome;
      readonly isLate?: boolean | undefined;
      readonly isRefusal?: boolean | undefined;
    },
  ) {
    super("UNAVAILABLE", message, options);
    this.outcome = options.outcome;
    this.isLate = options.isLate ?? false;
    this.isRefusal = options.isRefusal ?? false;
  }
}

/** The same error, saying of which cache it is; errors of other kinds say more already. */
export function errorOfCache(label: string, error: unknown): unknown {
  if (!(error instanceof CachetoryError)) return error;
  const message = `${label}: ${error.message}`;
  const cause = "cause" in error && { cause: error.cause };
  if (error instanceof BackendUnavailableError) {
    const { outcome, isLate, isRefusal } = error;
    return new BackendUnavailableError(message, { ...cause, outcome, isLate, isRefusal });
  }
  if (error.constructor !== CachetoryError) return error;
  return new CachetoryError(error.code, message, { ...cause, key: error.key });
}

/**
 * Entries that a mutation makes untrue could not be deleted; `cause` says why. `"before"`: the function was not called.
 * `"after"`: it has succeeded, and `result` is what it gave.
 */
export class InvalidationError extends CachetoryError {
  override readonly name = "InvalidationError";
  readonly when: "before" | "after";
  readonly #result: unknown;

  constructor(
    message: string,
    options: { readonly cause: unknown; readonly when: "before" | "after"; readonly result?: unknown },
  ) {
    super("NOT_INVALIDATED", message, options);
    this.when = options.when;
    this.#result = options.result;
  }

  /** What the function gave; whoever prints the error does not print it. */
  get result(): unknown {
    return this.#result;
  }
}

/**
 * An entry has been deleted, and not as many replicas are known to have got that as were asked for: one that becomes master
 * could bring it back. `cause` says why where they could not be asked.
 */
export class NotReplicatedError extends CachetoryError {
  override readonly name = "NotReplicatedError";
  /** How many replicas have got it, as far as is known. */
  readonly reached: number;

  constructor(message: string, options: { readonly cause?: unknown; readonly reached: number }) {
    super("NOT_REPLICATED", message, options);
    this.reached = options.reached;
  }
}
