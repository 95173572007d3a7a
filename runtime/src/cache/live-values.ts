/**
 * How values of one type are kept in this process as they are, and not as what the serializer makes of them: functions
 * that the generator writes for a type of which it can tell that nobody will see a difference.
 */
export interface LiveValues {
  /** The bytes that a value takes; `NaN` for one that the serializer would refuse, or give back as another one. */
  readonly size: (value: unknown) => number;
  /** What is kept of a value that is stored. Default: the value itself. */
  readonly keep?: ((value: unknown) => unknown) | undefined;
  /** What a reader is given of it. Default: what is kept, the same for all. */
  readonly give?: ((kept: unknown) => unknown) | undefined;
}
