import type { LocalEntry } from "../backends/local-entries.ts";

/** Reads one parameter of a key, of which equal values make equal text. */
export type KeyPart<K> = (key: K) => unknown;

type Level = Map<unknown, Level | LocalEntry>;

/**
 * Entries that were found earlier, by the parameters of their keys: to put the text of a key together, and to look that
 * up, takes several times as long. It only ever holds what was found by its text, so a wrong parameter finds nothing
 * here, and two that have the same text lead to the same entry.
 */
export class KeyIndex<K> {
  readonly #parts: readonly KeyPart<K>[];
  readonly #last: KeyPart<K>;
  #root: Level = new Map();
  #count = 0;

  /** @param parts - at least one */
  constructor(parts: readonly [KeyPart<K>, ...KeyPart<K>[]]) {
    this.#parts = parts.slice(0, -1);
    this.#last = parts[parts.length - 1] ?? parts[0];
  }

  /** The entry that was found, which may be gone by now. */
  get(key: K): LocalEntry | undefined {
    let level = this.#root;
    for (let index = 0; index < this.#parts.length; index++) {
      // Below each part but the last there are levels.
      const next = level.get(this.#parts[index]?.(key)) as Level | undefined;
      if (next === undefined) return undefined;
      level = next;
    }
    return level.get(this.#last(key)) as LocalEntry | undefined;
  }

  /** @param maxEntries - where it has taken more, those before are forgotten: many of them are gone */
  set(key: K, entry: LocalEntry, maxEntries: number): void {
    if (this.#count >= maxEntries) {
      this.#root = new Map();
      this.#count = 0;
    }
    let level = this.#root;
    for (const part of this.#parts) {
      const value = part(key);
      const next = level.get(value) as Level | undefined;
      if (next !== undefined) level = next;
      else {
        const made: Level = new Map();
        level.set(value, made);
        level = made;
      }
    }
    level.set(this.#last(key), entry);
    this.#count += 1;
  }
}
