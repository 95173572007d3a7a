import type { LocalEntries, LocalEntry } from "../backends/local-entries.ts";
import type { CacheKeys } from "./cache-keys.ts";
import type { EntryCodec } from "./entry-codec.ts";
import { KeyIndex, type KeyPath } from "./key-index.ts";
import type { Lifetimes } from "./lifetimes.ts";
import { Miss } from "./miss.ts";

/** What is used of the entries of a cache; `Entries` and `SyncEntries` have it. */
interface NearEntries {
  /** Opens the backend. */
  readonly local: LocalEntries | undefined;
  /** Where only some of them are. */
  readonly near?: { readonly entries: LocalEntries } | undefined;
  find(local: LocalEntries, text: string): LocalEntry | Miss;
}

/** How values become entries of this process, and back. */
export type LocalCodec<V> = Pick<EntryCodec<V>, "decodeLocal" | "encodeLocal" | "hasEnvelope">;

/** Calls of one cache that need no promise, as far as its backend keeps entries in this process. */
export class NearReads<K, V> {
  /** What it is called, where only some entries are here: then what is not here may be farther away. */
  nearLayer: "near" | undefined;
  readonly #entries: NearEntries;
  readonly #codec: LocalCodec<V>;
  readonly #keys: CacheKeys<K>;
  readonly #index: KeyIndex<K> | undefined;
  /** `undefined` until it is known, `null` where entries are elsewhere. */
  #local: LocalEntries | null | undefined;

  constructor(entries: NearEntries, codec: LocalCodec<V>, keys: CacheKeys<K>, path: KeyPath<K> | undefined) {
    this.#entries = entries;
    this.#codec = codec;
    this.#keys = keys;
    this.#index = path === undefined ? undefined : new KeyIndex(path);
  }

  /** Whether the backend has to be asked each time. */
  get isElsewhere(): boolean {
    return this.#local === null;
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
    const known = this.#known(key, local);
    if (known === undefined) return this.#readByText(key, local, forLoad);
    return this.#codec.decodeLocal(local, known, key, forLoad);
  }

  /**
   * Stores at once, where entries are nowhere else; whether they are. Of a key that was read before, without its text.
   *
   * @throws CachetoryError `INVALID_KEY`, `INVALID_VALUE`, `VALUE_TOO_LARGE`, `INVALID_DURATION`; whatever making the backend throws
   */
  store(key: K, value: V, lifetimes: Lifetimes<V>): boolean {
    const local = this.#local === undefined ? this.#open(key) : this.#local;
    if (local?.replace === undefined || this.nearLayer !== undefined || this.#codec.hasEnvelope) return false;
    // What has ended meanwhile is replaced as well.
    const known = this.#indexed(key);
    if (known === undefined) return this.#put(local, key, value, lifetimes);
    lifetimes.refuseSkipped(value);
    const stored = this.#codec.encodeLocal(value, key);
    const lifeMs = lifetimes.of(value, undefined);
    if (lifeMs !== "forever" && lifeMs <= 0) return false;
    local.replace(known, stored, lifeMs === "forever" ? undefined : lifeMs);
    return true;
  }

  #put(local: LocalEntries, key: K, value: V, lifetimes: Lifetimes<V>): boolean {
    const text = this.#keys.textOf(key);
    lifetimes.refuseSkipped(value);
    const stored = this.#codec.encodeLocal(value, key);
    const lifeMs = lifetimes.of(value, undefined);
    if (local.put === undefined || (lifeMs !== "forever" && lifeMs <= 0)) return false;
    local.put(text, stored, lifeMs === "forever" ? undefined : lifeMs);
    return true;
  }

  /** The entry that was found earlier, if it still is that of its key. */
  #known(key: K, local: LocalEntries): LocalEntry | undefined {
    const known = this.#indexed(key);
    return known !== undefined && local.isCurrent(known) ? known : undefined;
  }

  #indexed(key: K): LocalEntry | undefined {
    return this.#index === undefined || typeof key !== "object" || key === null ? undefined : this.#index.get(key);
  }

  #readFirst(key: K, forLoad: boolean | undefined): V | Miss | undefined {
    this.#open(key);
    return this.read(key, forLoad);
  }

  #open(key: K): LocalEntries | null {
    // A wrong key opens nothing.
    this.#keys.textOf(key);
    const { local, near } = this.#entries;
    this.#local = local ?? near?.entries ?? null;
    if (local === undefined && near !== undefined) this.nearLayer = "near";
    return this.#local;
  }

  #readByText(key: K, local: LocalEntries, forLoad: boolean | undefined): V | Miss | undefined {
    const found = this.#entries.find(local, this.#keys.textOf(key));
    if (found instanceof Miss) return this.nearLayer === undefined ? found : undefined;
    // What is gone lingers in the index, a few words for each: no more of it than there are entries.
    this.#index?.set(key, found, 2 * local.size + 64);
    return this.#codec.decodeLocal(local, found, key, forLoad);
  }
}
