/**
 * V8 puts what takes 128 KiB into memory of its own, which comes from the system, and is slow to touch for the first time. A
 * `Map` of more than 4,096 entries does, each time it grows.
 */
const maxEntriesOfOne = 4096;

/** Enough for the ten digits. */
const partCount = 16;

/**
 * Where each of some texts stands among those that differ, in the order in which they come first. Of thousands that takes
 * milliseconds to find out: it is done when it is first asked for.
 */
export class TextPositions {
  readonly #texts: readonly string[];
  /** One, or for many texts one for each last character in which they differ. */
  #parts: readonly Map<string, number>[] = [];
  /** How many characters stand behind that one. */
  #behind = 0;
  /** How many differ; `undefined` until that is known. */
  #size: number | undefined;

  /** @param texts - which stay as they are until they have been looked at */
  constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  /** How many differ. */
  get size(): number {
    this.#size ??= this.#lookAtAll();
    return this.#size;
  }

  get(text: string): number | undefined {
    return this.size === 0 ? undefined : this.#partOf(text).get(text);
  }

  has(text: string): boolean {
    return this.get(text) !== undefined;
  }

  #lookAtAll(): number {
    const texts = this.#texts;
    const hasParts = texts.length > maxEntriesOfOne;
    this.#behind = hasParts ? lengthOfSameEnd(texts[0] as string, texts.at(-1) as string) : 0;
    this.#parts = makeParts(hasParts ? partCount : 1);
    // Rarely does a text come twice, so one look at a map is enough for most.
    return this.#fillWithDifferent(texts) ? texts.length : this.#fill(texts);
  }

  /** Whether all of them differ; else it fills in nothing that counts. */
  #fillWithDifferent(texts: readonly string[]): boolean {
    let position = 0;
    for (const text of texts) {
      const part = this.#partOf(text);
      const before = part.size;
      part.set(text, position);
      if (part.size === before) return false;
      position += 1;
    }
    return true;
  }

  /** How many differ. */
  #fill(texts: readonly string[]): number {
    this.#parts = makeParts(this.#parts.length);
    let size = 0;
    for (const text of texts) {
      const part = this.#partOf(text);
      if (part.has(text)) continue;
      part.set(text, size);
      size += 1;
    }
    return size;
  }

  #partOf(text: string): Map<string, number> {
    const parts = this.#parts;
    // Where there is no such character, it is the first one.
    return parts[text.charCodeAt(text.length - 1 - this.#behind) & (parts.length - 1)] as Map<string, number>;
  }
}

function makeParts(count: number): Map<string, number>[] {
  return Array.from({ length: count }, () => new Map<string, number>());
}

function lengthOfSameEnd(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.at(-1 - length) === other.at(-1 - length)) length += 1;
  return length;
}
