/** Who keeps a value, and makes of it what its pipeline would have stored. */
export interface LiveValueMaker {
  /** What tells of which type the value is: the same for equal makers alone. */
  readonly live: object | undefined;
  /** @throws CachetoryError `INVALID_VALUE` where the value has been changed into one that cannot be carried */
  encodeHere(value: unknown): unknown;
}

/**
 * A value that is kept as it is, where a pipeline would give back an equal one. Whoever asks the backend for text or bytes
 * gets what the pipeline makes of it.
 */
export class LiveValue {
  readonly value: unknown;
  /** What it takes in memory, without its entry. */
  readonly bytes: number;
  readonly maker: LiveValueMaker;

  constructor(value: unknown, bytes: number, maker: LiveValueMaker) {
    this.value = value;
    this.bytes = bytes;
    this.maker = maker;
  }
}
