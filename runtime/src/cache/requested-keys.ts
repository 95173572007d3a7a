/** The distinct keys of a request, in its order: equal are those of one text, and the first of them counts. */
export class RequestedKeys<K> {
  readonly keys: readonly K[];
  readonly texts: readonly string[];
  readonly #positions = new Map<string, number>();

  constructor(keys: Iterable<K>, keyOf: (key: K) => string) {
    const distinct: K[] = [];
    const texts: string[] = [];
    for (const key of keys) {
      const text = keyOf(key);
      // Keys are rarely asked for twice, so one look at the map is enough for most.
      this.#positions.set(text, texts.length);
      if (this.#positions.size > texts.length) {
        distinct.push(key);
        texts.push(text);
      } else {
        this.#positions.set(text, texts.indexOf(text));
      }
    }
    this.keys = distinct;
    this.texts = texts;
  }

  /** The keys of some of these texts. */
  of(texts: readonly string[]): K[] {
    // Each of the texts is one of the request.
    return texts.map((text) => this.keys[this.positionOf(text)] as K);
  }

  /** Where a key of this text stands; -1 where there is none. */
  positionOf(text: string): number {
    return this.#positions.get(text) ?? -1;
  }
}
