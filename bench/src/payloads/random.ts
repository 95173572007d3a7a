/** Numbers, words and names from a seed: every run and every Node makes the same values of them. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** An integer from 0, below `count`. */
  below(count: number): number {
    // Mulberry32: an LCG's low bits repeat at once, and what is picked among two would alternate.
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * count);
  }

  /** True once in `times`. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }

  pick<const T>(choices: readonly T[]): T {
    // There is one at each index below the length.
    return choices[this.below(choices.length)] as T;
  }

  many<T>(count: number, make: (index: number) => T): T[] {
    return Array.from({ length: count }, (_, index) => make(index));
  }

  words(count: number): string {
    return this.many(count, () => this.pick(words)).join(" ");
  }

  hex(length: number): string {
    return this.many(length, () => this.below(16).toString(16)).join("");
  }

  uuid(): string {
    return [8, 4, 4, 4, 12].map((length) => this.hex(length)).join("-");
  }

  date(): Date {
    return new Date(1.6e12 + this.below(1.5e11));
  }

  isoDate(): string {
    return this.date().toISOString();
  }
}

const words =
  "amber bridge canvas delta ember forest garden harbour island jacket kettle lantern meadow needle orchard paper quarry river saddle timber umbrella valley window yarn zephyr".split(
    " ",
  );
