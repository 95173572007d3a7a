/** What several entries need of the records of their tags, to be asked for in one step, and each of them once. */
export class Gathering {
  readonly #positions = new Map<string, number>();
  readonly #extended = new Set<string>();
  readonly #tokens: Promise<readonly string[]>;
  #settle: (tokens: Promise<readonly string[]>) => void = () => {};

  constructor() {
    this.#tokens = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** Of all records that it takes. */
  get keys(): readonly string[] {
    return [...this.#positions.keys()];
  }

  /** Of those that are to live longer. */
  get extended(): readonly string[] {
    return [...this.#extended];
  }

  /** The tokens of these records, once there are those of all. */
  async tokensOf(keys: readonly string[]): Promise<readonly string[]> {
    const positions = keys.map((key) => this.#positionOf(key));
    const tokens = await this.#tokens;
    // There is one for each key.
    return positions.map((position) => tokens[position] as string);
  }

  extend(keys: readonly string[]): void {
    for (const key of keys) this.#extended.add(key);
  }

  /** @param tokens - of `keys`, in their order */
  end(tokens: Promise<readonly string[]>): void {
    this.#settle(tokens);
  }

  #positionOf(key: string): number {
    const position = this.#positions.get(key) ?? this.#positions.size;
    this.#positions.set(key, position);
    return position;
  }
}
