import { TextPositions } from "./text-positions.ts";

/** The distinct keys of a request, in its order: equal are those of one text, and the first of them counts. */
export class RequestedKeys<K> {
  readonly keys: readonly K[];
  readonly texts: readonly string[];
  readonly #positions: TextPositions;

  constructor(given: Iterable<K>, keyOf: (key: K) => string) {
    const keys: K[] = [];
    const texts: string[] = [];
    for (const key of given) {
      keys.push(key);
      texts.push(keyOf(key));
    }
    this.#positions = new TextPositions(texts);
    this.keys = keys;
    this.texts = texts;
    if (this.#positions.size === texts.length) return;
    const distinct: number[] = [];
    for (const [index, text] of texts.entries()) if (this.positionOf(text) === distinct.length) distinct.push(index);
    // Each index is one of both.
    this.keys = distinct.map((index) => keys[index] as K);
    this.texts = distinct.map((index) => texts[index] as string);
  }

  /** What belongs to some of these texts, of a list of what belongs to each. */
  of<T>(texts: readonly string[], all: readonly T[]): T[] {
    // Each of the texts is one of the request.
    return texts.map((text) => all[this.positionOf(text)] as T);
  }

  /** Where a key of this text stands; -1 where there is none. */
  positionOf(text: string): number {
    return this.#positions.get(text) ?? -1;
  }
}
