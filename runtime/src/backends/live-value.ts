/** Who keeps values as they are, and makes of them what its pipeline would have stored. */
export interface ValueKeeper {
  /** What tells of which type the values are: the same for equal keepers alone. */
  readonly live: object | undefined;
  /** @throws CachetoryError `INVALID_VALUE` where the value has been changed into one that cannot be carried */
  encodeHere(value: unknown): unknown;
}

/**
 * A value to be kept as it is, where a pipeline would give back an equal one. Whoever asks the backend for text or bytes
 * gets what the pipeline makes of it.
 */
export class LiveValue {
  readonly value: unknown;
  /** What it takes in memory, without its entry. */
  readonly bytes: number;
  readonly keeper: ValueKeeper;

  constructor(value: unknown, bytes: number, keeper: ValueKeeper) {
    this.value = value;
    this.bytes = bytes;
    this.keeper = keeper;
  }
}
