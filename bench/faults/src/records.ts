/** What was called. An echo asks for a fresh key once more, right after the call that stored it. */
export const kinds = ["fresh", "echo", "hot"] as const;

export type Kind = (typeof kinds)[number];

/** One call of `getOrSet`. Times by the clock of {@link trueNowMs}. */
export interface CallRecord {
  readonly kind: Kind;
  readonly id: number;
  readonly startMs: number;
  /** `undefined` where it was never answered. */
  readonly endMs: number | undefined;
  /** For how long the contender's process meanwhile waited for a processor: the machine's fault, not the contender's. */
  readonly waitedMs: number;
  readonly isError: boolean;
  /** The loader was not called. */
  readonly isHit: boolean;
  /** The value is no whole value of this key. */
  readonly isWrong: boolean;
  /** How old the value was when it was asked for; 0 where it is newer, or none. */
  readonly ageMs: number;
}

const isErrorBit = 1;
const isHitBit = 2;
const isWrongBit = 4;

/** As they pass from process to process. */
export interface RecordColumns {
  readonly count: number;
  readonly kind: Uint8Array;
  readonly id: Float64Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly waitedMs: Float64Array;
  readonly flags: Uint8Array;
  readonly ageMs: Float64Array;
}

/** Room for so many calls, made at once: the heap is one of the things that are measured. */
export class Recorder {
  #count = 0;
  readonly #kind: Uint8Array;
  readonly #id: Float64Array;
  readonly #startMs: Float64Array;
  readonly #endMs: Float64Array;
  readonly #waitedMs: Float64Array;
  readonly #flags: Uint8Array;
  readonly #ageMs: Float64Array;

  constructor(capacity: number) {
    this.#kind = new Uint8Array(capacity);
    this.#id = new Float64Array(capacity);
    this.#startMs = new Float64Array(capacity);
    this.#endMs = new Float64Array(capacity).fill(Number.NaN);
    this.#waitedMs = new Float64Array(capacity);
    this.#flags = new Uint8Array(capacity);
    this.#ageMs = new Float64Array(capacity);
  }

  /** Answers the number of the call. */
  started(kind: Kind, id: number, startMs: number): number {
    const call = this.#count;
    if (call === this.#kind.length) throw new Error("There is no room for further calls.");
    this.#count += 1;
    this.#kind[call] = kinds.indexOf(kind);
    this.#id[call] = id;
    this.#startMs[call] = startMs;
    return call;
  }

  ended(call: number, end: Omit<CallRecord, "kind" | "id" | "startMs">): void {
    const { endMs = Number.NaN, waitedMs, isError, isHit, isWrong, ageMs } = end;
    this.#endMs[call] = endMs;
    this.#waitedMs[call] = waitedMs;
    this.#flags[call] = (isError ? isErrorBit : 0) | (isHit ? isHitBit : 0) | (isWrong ? isWrongBit : 0);
    this.#ageMs[call] = ageMs;
  }

  get columns(): RecordColumns {
    return {
      count: this.#count,
      kind: this.#kind,
      id: this.#id,
      startMs: this.#startMs,
      endMs: this.#endMs,
      waitedMs: this.#waitedMs,
      flags: this.#flags,
      ageMs: this.#ageMs,
    };
  }
}

export function recordsOf({
  count,
  kind,
  id,
  startMs,
  endMs,
  waitedMs,
  flags,
  ageMs,
}: RecordColumns): readonly CallRecord[] {
  return Array.from({ length: count }, (_, call) => {
    const end = endMs[call] ?? Number.NaN;
    const bits = flags[call] ?? 0;
    return {
      kind: kinds[kind[call] ?? 0] ?? "fresh",
      id: id[call] ?? 0,
      startMs: startMs[call] ?? 0,
      endMs: Number.isNaN(end) ? undefined : end,
      waitedMs: waitedMs[call] ?? 0,
      isError: (bits & isErrorBit) !== 0,
      isHit: (bits & isHitBit) !== 0,
      isWrong: (bits & isWrongBit) !== 0,
      ageMs: ageMs[call] ?? 0,
    };
  });
}
