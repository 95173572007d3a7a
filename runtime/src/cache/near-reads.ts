import type { LocalEntries, LocalEntry } from "../backends/local-entries.ts";
import type { CacheKeys } from "./cache-keys.ts";
import type { EntryCodec } from "./entry-codec.ts";
import { KeyIndex, type KeyPath } from "./key-index.ts";
import { Miss } from "./miss.ts";

/** What is used of the entries of a cache; `Entries` and `SyncEntries` have it. */
interface NearEntries {
  /** Opens the backend. */
  readonly local: LocalEntries | undefined;
  /** Where only some of them are. */
  readonly near?: { readonly entries: LocalEntries } | undefined;
  find(local: LocalEntries, text: string): LocalEntry | Miss;
}

type LocalDecoder<V> = Pick<EntryCodec<V>, "decodeLocal">;

/** Reads of one cache without a promise, as far as its backend keeps entries in this process. */
export class NearReads<K, V> {
  /** What the layers are called, where only some entries are here: then what is not here may be farther away. */
  nearLayer: "near" | undefined;
  farLayer: "far" | undefined;
  readonly #entries: NearEntries;
  readonly #codec: LocalDecoder<V>;
  readonly #keys: CacheKeys<K>;
  readonly #index: KeyIndex<K> | undefined;
  /** `undefined` until it is known, `null` where entries are elsewhere. */
  #local: LocalEntries | null | undefined;

  constructor(entries: NearEntries, codec: LocalDecoder<V>, keys: CacheKeys<K>, path: KeyPath<K> | undefined) {
    this.#entries = entries;
    this.#codec = codec;
    this.#keys = keys;
    this.#index = path === undefined ? undefined : new KeyIndex(path);
  }

  /**
   * The value, or why there is none; `undefined` where entries are elsewhere, and the backend has to be asked.
   *
   * @param forLoad - whether a fresh entry that is due for a refresh is told apart. Default `false`
   * @throws CachetoryError `INVALID_KEY`; whatever making the backend throws
   */
  read(key: K, forLoad?: boolean): V | Miss | undefined {
    const local = this.#local;
    if (local === null) return undefined;
    if (local === undefined) return this.#readFirst(key, forLoad);
    if (this.#index !== undefined && typeof key === "object" && key !== null) {
      const known = this.#index.get(key);
      if (known !== undefined && local.isCurrent(known)) return this.#codec.decodeLocal(local, known, key, forLoad);
    }
    return this.#readByText(key, local, forLoad);
  }

  #readFirst(key: K, forLoad: boolean | undefined): V | Miss | undefined {
    // A wrong key opens nothing.
    this.#keys.textOf(key);
    const { local, near } = this.#entries;
    this.#local = local ?? near?.entries ?? null;
    if (local === undefined && near !== undefined) [this.nearLayer, this.farLayer] = ["near", "far"];
    return this.read(key, forLoad);
  }

  #readByText(key: K, local: LocalEntries, forLoad: boolean | undefined): V | Miss | undefined {
    const found = this.#entries.find(local, this.#keys.textOf(key));
    if (found instanceof Miss) return this.nearLayer === undefined ? found : undefined;
    // What is gone lingers in the index, a few words for each: no more of it than there are entries.
    this.#index?.set(key, found, 2 * local.size + 64);
    return this.#codec.decodeLocal(local, found, key, forLoad);
  }
}
