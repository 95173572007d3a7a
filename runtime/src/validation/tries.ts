type Try<Answer> = (value: unknown) => Answer;

/** What was found of a value: which member it fits, or that it fits none, and what the last one that was tried said. */
interface Found<Answer> {
  readonly index: number;
  readonly answer: Answer;
}

/**
 * Members of a union that nothing but trying tells apart, and that lead back to it. What a try finds is kept for the other
 * tries of what the value is in: else each level of such values would double what there is to do.
 */
export class Tries<Answer extends number | boolean> {
  readonly #members: readonly Try<Answer>[];
  readonly #found = new Map<unknown, Found<Answer>>();
  #isOpen = false;

  /** @param members - in the order in which they are tried; each says `false` or `NaN` of what it does not fit */
  constructor(members: readonly [Try<Answer>, ...Try<Answer>[]]) {
    this.#members = members;
  }

  /** What the first member says that the value fits, else what the last one says. */
  first(value: unknown): Answer {
    return this.#find(value).answer;
  }

  /** Which member is the first that the value fits, else -1. */
  index(value: unknown): number {
    return this.#find(value).index;
  }

  #find(value: unknown): Found<Answer> {
    if (this.#isOpen) return this.#look(value);
    this.#isOpen = true;
    try {
      return this.#look(value);
    } finally {
      // Values change, so nothing is known of them the next time.
      this.#found.clear();
      this.#isOpen = false;
    }
  }

  #look(value: unknown): Found<Answer> {
    const known = this.#found.get(value);
    if (known !== undefined) return known;
    const found = this.#try(value);
    this.#found.set(value, found);
    return found;
  }

  #try(value: unknown): Found<Answer> {
    let answer: Answer | undefined;
    for (const [index, member] of this.#members.entries()) {
      answer = member(value);
      if (answer !== false && !Number.isNaN(answer)) return { index, answer };
    }
    return { index: -1, answer: answer as Answer };
  }
}
