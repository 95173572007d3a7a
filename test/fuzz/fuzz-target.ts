/** Something that is given any input, and must stay itself. */
export interface FuzzTarget {
  readonly name: string;
  /** What mutation begins with: inputs that are fine, or nearly. */
  readonly seeds: readonly Uint8Array[];
  /** What mutation puts in, besides bytes. */
  readonly words: readonly string[];
  /** Which files are watched for branches that no input has taken before: what their URLs hold. */
  readonly watched: readonly string[];
  /** How long one input may take, in milliseconds of the processor. */
  readonly maxCpuMs: number;
  /** By how much one input may let the heap and what is outside of it grow, in bytes. */
  readonly maxBytes: number;
  /**
   * Whether the input was taken for a good one. Throws, or rejects, where anything happens that must not: an error that is no
   * typed one, an answer that cannot be.
   */
  run(input: Uint8Array): boolean | Promise<boolean>;
}

/** What is the same of most targets, and may be said otherwise. */
export const usual: Pick<FuzzTarget, "words" | "watched" | "maxCpuMs" | "maxBytes"> = {
  words: [],
  watched: ["/runtime/dist/"],
  maxCpuMs: 100,
  maxBytes: 16 * 1024 * 1024,
};

/** A target by its name, which is made where it is run: some emit code for dozens of types first. */
export interface NamedTarget {
  readonly name: string;
  readonly make: () => FuzzTarget;
}

/** Inputs longer than this are not made. */
export const maxInputBytes = 4096;

/** UTF-8, with a mark in place of what is none; behind a byte 0xff UTF-16, so that halves of pairs occur. */
export function textOf(input: Uint8Array): string {
  const bytes = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
  return input[0] === 0xff ? bytes.toString("utf16le", 1) : bytes.toString("utf8");
}

export function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "utf8"));
}

/** Inputs that a program reads several numbers from, one after the other; zeros where there are no more. */
export class InputReader {
  readonly #input: Uint8Array;
  #position = 0;

  constructor(input: Uint8Array) {
    this.#input = input;
  }

  byte(): number {
    return this.#input[this.#position++] ?? 0;
  }

  /** The next bytes, as many as the next byte says. */
  some(): Uint8Array {
    const length = this.byte();
    this.#position += length;
    return this.#input.subarray(this.#position - length, this.#position);
  }

  rest(): Uint8Array {
    return this.#input.subarray(this.#position);
  }
}
