import type { Backend } from "../backends/backend.ts";
import type { LocalEntries, LocalEntry } from "../backends/local-entries.ts";
import type { Serializer } from "../serializers/serializer.ts";
import type { Miss } from "./miss.ts";
import type { Stamp } from "./versions.ts";

/** A value that was read elsewhere, on its way into this process. */
export interface NearForm<V> {
  /** In the form in which a backend in this process stores. */
  readonly kept: unknown;
  /** For its reader. */
  readonly value: V;
}

/** Between the values of a cache and what its backend stores: `Codec`, or `EnvelopingCodec` where entries have an envelope. */
export interface EntryCodec<V> {
  /** Whether values are made and read by worker threads, so that nothing is at hand. */
  readonly isOffloaded: boolean;
  /** Whether what is stored may be a promise of it. */
  readonly mayWait: boolean;
  /** Whether entries have an envelope, so that what is stored is more than a value. */
  readonly hasEnvelope: boolean;
  /** Whether a backend in this process stores something else than others. */
  readonly hasLocalForm: boolean;
  readonly serializer: Serializer<V>;
  /** Whether it reads what is large in several turns, and text from its UTF-8. */
  readonly readsInTurns: boolean;
  /** The same for values alone. */
  readonly withoutEnvelope: EntryCodec<V>;
  /** @throws CachetoryError `INVALID_PIPELINE`, `INVALID_OPTION` */
  refuseUnfit(backend: Backend): void;
  /** Called before a backend is used. Throws where a step of the pipeline cannot work, such as without its secret. */
  prepare(): void;
  /** What operations are sent to. */
  faceOf(backend: Backend): Backend;
  /**
   * What a new entry remembers, before it is loaded; `undefined` where that is nothing.
   *
   * @param miss - what was read of the key before
   */
  stamp(key: unknown, miss?: Miss): Stamp | Promise<Stamp> | undefined;
  /** Runs what calls `stamp` or `encode` for many keys, so that what they remember is asked for in one step. */
  together<T>(run: () => T): T;
  /**
   * What is stored, or a promise of it. What the caller can change is made at once.
   *
   * @param stamp - what `stamp` gave before the load. Default: what holds now
   * @throws CachetoryError `INVALID_VALUE`
   */
  encode(value: V, key: unknown, stamp?: Stamp): unknown;
  /** The same for a backend in this process. */
  encodeLocal(value: V, key: unknown, stamp?: Stamp): unknown;
  /** `undefined` where it can decode; else a promise that resolves when it can, or rejects when the backend does not answer. */
  whenReady(): Promise<void> | undefined;
  /**
   * Reads by `ask`, with whatever else `decode` needs.
   *
   * @param isChange - whether `ask` changes what is there, and may take longer than a read. Default `false`
   */
  fetch(backend: Backend, key: unknown, ask: () => Promise<unknown>, isChange?: boolean): Promise<unknown>;
  /** The same for many keys. */
  fetchMany(
    backend: Backend,
    keys: readonly unknown[],
    ask: () => Promise<readonly unknown[]>,
  ): Promise<readonly unknown[]>;
  has(backend: Backend, text: string, key: unknown): Promise<boolean>;
  /** Of the live entry; milliseconds, `"forever"`, `undefined` where there is none. */
  ttl(backend: Backend, text: string, key: unknown): Promise<number | "forever" | undefined>;
  /**
   * Whether an entry may be given another lifetime, as far as the codec can tell: `false` where it has been made untrue. What it
   * depends on lives as long as it may from then on.
   */
  renew(backend: Backend, text: string, key: unknown): Promise<boolean> | true;
  /**
   * The value of what was fetched, or a promise of it, which does not reject.
   *
   * @param forLoad - whether a fresh entry that is due for a refresh is told apart. Default `false`
   */
  decode(fetched: unknown, key: unknown, forLoad?: boolean): V | Miss | Promise<V | Miss>;
  /** The value of an entry in this process. */
  decodeLocal(local: LocalEntries, entry: LocalEntry, key: unknown, forLoad?: boolean): V | Miss;
  /** What is kept in this process of a value that was read elsewhere, and what its reader is given. */
  keepNear(value: V, stored: unknown): NearForm<V>;
  /** The value as it is now, whoever changes it later; `undefined` where only what `encode` makes of it is that. */
  lasting(value: V): V | undefined;
  /** As `encode` for what `lasting` gave, at once and without a refusal; `undefined` where that cannot be promised. */
  readonly encodeLasting: ((value: V) => unknown) | undefined;
  /** Gives to each who calls it what one of several callers has of a value that was loaded, as it is now. */
  copiesOf(value: V | undefined): () => V | undefined;
  /** Once for each cache: a second message would say nothing new. */
  warn(what: string, cause: unknown): void;
}
