import type { KeyRange } from "../backends/backend.ts";
import { CachetoryError } from "../errors.ts";
import { encodeParts } from "../keys/encode-parts.ts";
import { type KeyPattern, patternRange } from "../keys/key-pattern.ts";
import { isWellFormed } from "../serializers/utf8.ts";
import { isRecord } from "../tags/tag-records.ts";
import { cacheLabel } from "./cache-label.ts";
import { Hits } from "./hits.ts";
import { Miss } from "./miss.ts";
import type { KeySelection, KeySource } from "./options.ts";
import { RequestedKeys } from "./requested-keys.ts";

/** The keys of one cache: their text, and which keys of a backend are the cache's own. */
export class CacheKeys<K> {
  readonly #cacheName: string;
  readonly #prefix: string;
  readonly #keyText: ((key: K) => string) | undefined;
  readonly #pattern: KeyPattern | undefined;

  constructor(cacheName: string, { prefix, keyText, pattern }: KeySource<K>) {
    this.#cacheName = cacheName;
    this.#prefix = prefix ?? "";
    this.#keyText = keyText;
    this.#pattern = pattern;
  }

  /** What a key is made of, for messages. */
  get label(): string {
    return cacheLabel(this.#cacheName, this.#pattern);
  }

  /**
   * The key as the backend knows it, prefix included.
   *
   * @throws CachetoryError `INVALID_KEY`
   */
  textOf(key: K): string {
    if (this.#pattern !== undefined && (typeof key !== "object" || key === null)) {
      const found = key === null ? "null" : `of type ${typeof key}`;
      throw new CachetoryError("INVALID_KEY", `The keys of ${this.#cacheName} are objects, but this is ${found}.`);
    }
    if (this.#keyText !== undefined) return this.#prefix + this.#keyText(key);
    if (typeof key === "string" && isWellFormed(key)) return this.#prefix + key;
    if (typeof key === "string") {
      // UTF-8 has but one replacement for all of them, so two such keys would meet on Redis.
      throw new CachetoryError(
        "INVALID_KEY",
        `A key of ${this.#cacheName} holds half of a surrogate pair, which is no text.`,
      );
    }
    throw new CachetoryError(
      "INVALID_KEY",
      `The keys of ${this.#cacheName} are strings, but this is of type ${typeof key}.`,
    );
  }

  /** Each key of a request once, by its text. */
  requested(keys: Iterable<K>): RequestedKeys<K> {
    if (typeof keys === "string") {
      // It is a list, too: of its letters.
      const message = `${this.#cacheName} needs a list of keys, but was given a string. Write [key] for one.`;
      throw new CachetoryError("INVALID_KEY", message);
    }
    return new RequestedKeys(keys, (key) => this.textOf(key));
  }

  /** What was found, aligned with what was requested. */
  hits<V>(requested: RequestedKeys<K>, found: readonly (V | Miss)[]): Hits<K, V> {
    return new Hits(requested, found, (key) => this.textOf(key));
  }

  /** The values that there are after a load, `undefined` where there is none. */
  loaded<V>(requested: RequestedKeys<K>, values: readonly (V | undefined)[]): Hits<K, V> {
    return this.hits(
      requested,
      values.map((value) => (value === undefined ? Miss.absent : value)),
    );
  }

  /**
   * The keys of the cache, or those that have these parameters.
   *
   * @throws CachetoryError `INVALID_KEY` for a parameter that the key has not, `NOT_CLEARABLE` where they cannot be told
   * from others' keys in the backend
   */
  range(
    parameters: KeySelection<K> | undefined,
    backend: { readonly name: string; readonly isShared: boolean },
  ): KeyRange {
    const range = this.#rangeOf(parameters);
    if (range.head !== "" || !backend.isShared) return range;
    throw new CachetoryError(
      "NOT_CLEARABLE",
      `${this.#cacheName} cannot be cleared: its keys begin with neither a prefix nor literal text, so they cannot be ` +
        `told from other keys in ${backend.name}. Give it a prefix.`,
    );
  }

  #rangeOf(parameters: KeySelection<K> | undefined): KeyRange {
    const pattern = this.#pattern ?? { segments: [] };
    const encoded = encodeParts(this.#cacheName, pattern, parameters ?? {});
    if (this.#pattern !== undefined) return patternRange(this.#prefix, pattern, encoded);
    // Without a pattern, all is a key that begins with the prefix, but for the records of tags.
    return { head: this.#prefix, owns: (key) => key.startsWith(this.#prefix) && !isRecord(key) };
  }
}
