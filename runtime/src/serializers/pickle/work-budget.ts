/** How much a pickle may make of its bytes: a few of them can name the same large value a million times. */
export class WorkBudget {
  #left: number;

  constructor(bytes: number) {
    this.#left = 64 * 1024 * 1024 + 8 * bytes;
  }

  /** @throws RangeError where too much has been made */
  spend(work: number): void {
    this.#left -= work;
    if (this.#left < 0) throw new RangeError("it grows far beyond its bytes");
  }
}
