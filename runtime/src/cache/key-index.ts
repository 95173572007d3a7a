import type { LocalEntry } from "../backends/local-entries.ts";

/** Maps within maps, one level for each parameter of a key; in the last one there are entries. */
export interface KeyLevel {
  get(part: unknown): KeyLevel | undefined;
}

/** How an entry is found by the parameters of its key, of which equal values make equal text. */
export interface KeyPath<K> {
  /** Follows all of them. A function for each cache is compiled for the types of its own parameters. */
  readonly find: (level: KeyLevel, key: K) => KeyLevel | undefined;
  /** The parameters in the order in which `find` follows them; at least one. */
  readonly parts: readonly ((key: K) => unknown)[];
}

type Level = Map<unknown, Level | LocalEntry>;

/**
 * Entries that were found earlier, by the parameters of their keys: to put the text of a key together, and to look that
 * up, takes several times as long. It only ever holds what was found by its text, so a wrong parameter finds nothing
 * here, and two that have the same text lead to the same entry.
 */
export class KeyIndex<K> {
  readonly #path: KeyPath<K>;
  #root: Level = new Map();
  #count = 0;

  constructor(path: KeyPath<K>) {
    this.#path = path;
  }

  /** The entry that was found, which may be gone by now. */
  get(key: K): LocalEntry | undefined {
    // Below the last parameter there are entries, and levels nowhere else.
    return this.#path.find(this.#root as unknown as KeyLevel, key) as unknown as LocalEntry | undefined;
  }

  /** @param maxEntries - where it has taken more, those before are forgotten: many of them are gone */
  set(key: K, entry: LocalEntry, maxEntries: number): void {
    if (this.#count >= maxEntries) {
      this.#root = new Map();
      this.#count = 0;
    }
    const { parts } = this.#path;
    const values = parts.map((part) => part(key));
    const last = values.pop();
    const level = values.reduce((above: Level, value) => levelBelow(above, value), this.#root);
    level.set(last, entry);
    this.#count += 1;
  }
}

function levelBelow(above: Level, value: unknown): Level {
  // Below each parameter but the last there are levels.
  const known = above.get(value) as Level | undefined;
  if (known !== undefined) return known;
  const made: Level = new Map();
  above.set(value, made);
  return made;
}
