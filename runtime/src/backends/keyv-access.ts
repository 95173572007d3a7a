import { BackendUnavailableError, CachetoryError } from "../errors.ts";
import type { KeyvLike } from "./keyv-like.ts";

/** What a key holds. `value` is `undefined` where Keyv cannot read it. */
export interface KeyvEntry {
  readonly value: unknown;
  /** Milliseconds since 1970; infinite for ever. */
  readonly expiresAtMs: number;
}

const unreadable: KeyvEntry = { value: undefined, expiresAtMs: Number.POSITIVE_INFINITY };

/** What is used of a store that Keyv stands on. */
interface Store {
  readonly getMany?: unknown;
  readonly iterator?: (namespace?: string) => AsyncIterable<readonly [key: string, ...unknown[]]>;
  /** Of a store of Keyv 6: what it wraps. */
  readonly capabilities?: { readonly store?: string; readonly methods?: { readonly iterator?: { exists?: boolean } } };
}

type Listed = AsyncIterable<readonly [key: string, ...unknown[]]> | Iterable<readonly [key: string, ...unknown[]]>;

/**
 * A Keyv in which what fails rejects. Keyv and most of its stores tell of a failure by the event "error" alone, and
 * answer a miss to a read and success to a write. An event does not say whose it is: with several calls under way, one
 * that succeeded may be rejected as well, never the other way round.
 */
export class KeyvAccess {
  readonly #keyv: KeyvLike;
  readonly #note = (error: unknown): void => {
    if (error instanceof SyntaxError) return;
    this.#failures += 1;
    this.#lastFailure = error;
  };
  #failures = 0;
  #lastFailure: unknown;

  /** @throws CachetoryError `INVALID_OPTION` */
  constructor(keyv: KeyvLike) {
    // Keyv 5 keeps its options in `opts`, whose type the two versions do not share.
    const options = keyv.opts as { readonly emitErrors?: boolean } | undefined;
    if (options?.emitErrors === false) {
      throw new CachetoryError(
        "INVALID_OPTION",
        "The Keyv was made with emitErrors: false, so that nobody would hear what its store refused. Leave that out.",
      );
    }
    this.#keyv = keyv;
    keyv.on("error", this.#note);
  }

  async read(key: string): Promise<KeyvEntry | undefined> {
    const failures = this.#failures;
    try {
      const entry = entryOf(await this.#keyv.getRaw(this.#single(key)));
      if (entry === undefined) this.#expectNoFailureSince(failures);
      return entry;
    } catch (cause) {
      if (cause instanceof SyntaxError) return unreadable;
      throw failed(cause);
    }
  }

  /** In one call of the store, where it has one for that. Aligned with `keys`. */
  async readMany(keys: readonly string[]): Promise<(KeyvEntry | undefined)[]> {
    // Without a store's own, Keyv 5 makes misses of what fails.
    if (this.#isPrefixing && typeof this.#store.getMany !== "function") return this.#readEach(keys);
    const failures = this.#failures;
    try {
      const found = this.#isPrefixing
        ? await this.#keyv.getMany([...keys], { raw: true })
        : await this.#keyv.getManyRaw([...keys]);
      const entries = keys.map((_, index) => entryOf(found[index]));
      if (entries.includes(undefined)) this.#expectNoFailureSince(failures);
      return entries;
    } catch (cause) {
      // One entry that cannot be read must not hide the others.
      if (cause instanceof SyntaxError) return this.#readEach(keys);
      throw failed(cause);
    }
  }

  async write(key: string, value: unknown, ttlMs: number | undefined): Promise<void> {
    await this.#change(() => this.#keyv.set(this.#single(key), value, keyvTtl(ttlMs)), refuses);
  }

  /** In one call of the store, where it has one for that. No key twice. */
  async writeMany(entries: Iterable<readonly [key: string, value: unknown]>, ttlMs: number | undefined): Promise<void> {
    const ttl = keyvTtl(ttlMs);
    const written = [...entries].map(([key, value]) => ({ key: this.#single(key), value, ttl }));
    await this.#change(
      () => this.#keyv.setMany(written),
      (answer) => Array.isArray(answer) && answer.some(refuses),
    );
  }

  async remove(key: string): Promise<void> {
    await this.#change(() => this.#keyv.delete(this.#single(key)));
  }

  /** In one call of the store, where it has one for that. */
  async removeMany(keys: readonly string[]): Promise<void> {
    await this.#change(() => this.#keyv.deleteMany([...keys]));
  }

  /**
   * The keys of the namespace, also those whose entry has expired.
   *
   * @throws CachetoryError `NOT_CLEARABLE` where the store cannot tell them
   */
  async *keys(): AsyncGenerator<string, void> {
    const failures = this.#failures;
    const { prefix, entries } = this.#listing();
    try {
      for await (const [key] of entries) if (key.startsWith(prefix)) yield key.slice(prefix.length);
    } catch (cause) {
      throw failed(cause);
    }
    this.#expectNoFailureSince(failures);
  }

  close(): void {
    this.#keyv.off("error", this.#note);
  }

  get #isPrefixing(): boolean {
    return this.#keyv.useKeyPrefix !== undefined;
  }

  get #prefix(): string {
    const { namespace, useKeyPrefix = false } = this.#keyv;
    return useKeyPrefix && namespace ? `${namespace}:` : "";
  }

  get #store(): Store {
    // Keyv refuses whatever is neither a Map nor a store of its shape.
    return this.#keyv.store as Store;
  }

  /** Keyv 5.6 takes a key that begins with the namespace for a prefixed one, in calls with one key and in `setMany`. */
  #single(key: string): string {
    const prefix = this.#prefix;
    return prefix !== "" && key.startsWith(prefix) ? `${prefix}${key}` : key;
  }

  /** The iterator of Keyv 5 knows few stores, and mixes up namespaces that hold one another: its store is asked itself. */
  #listing(): { readonly prefix: string; readonly entries: Listed } {
    const store = this.#store;
    if (store instanceof Map) return { prefix: this.#prefix, entries: store };
    if (!canList(store)) {
      throw new CachetoryError(
        "NOT_CLEARABLE",
        "The store of this Keyv cannot list its keys (it has no iterator), so none can be found by its beginning. " +
          "Delete by key, change the prefix, or use a store that has an iterator.",
      );
    }
    if (this.#isPrefixing) return { prefix: this.#prefix, entries: store.iterator(this.#keyv.namespace) };
    // What Keyv 6 has in place of the property of Keyv 5: a method, always.
    const iterate = this.#keyv.iterator as NonNullable<Store["iterator"]>;
    return { prefix: "", entries: iterate.call(this.#keyv) };
  }

  #readEach(keys: readonly string[]): Promise<(KeyvEntry | undefined)[]> {
    return Promise.all(keys.map((key) => this.read(key)));
  }

  async #change(call: () => Promise<unknown>, isRefusal: (answer: unknown) => boolean = () => false): Promise<void> {
    const failures = this.#failures;
    let answer: unknown;
    try {
      answer = await call();
    } catch (cause) {
      throw failed(cause);
    }
    this.#expectNoFailureSince(failures);
    if (isRefusal(answer)) throw failed(undefined);
  }

  #expectNoFailureSince(failures: number): void {
    if (this.#failures !== failures) throw failed(this.#lastFailure);
  }
}

/** Every store of Keyv 6 has an iterator, which finds nothing where what it wraps has none and is no Map. */
function canList(store: Store): store is Store & Required<Pick<Store, "iterator">> {
  const { capabilities } = store;
  if (typeof store.iterator !== "function") return false;
  return capabilities?.store === "mapLike" || capabilities?.methods?.iterator?.exists !== false;
}

/** Keyv keeps `{ value, expires }`, and JSON makes `null` of some that never expire. */
function entryOf(raw: unknown): KeyvEntry | undefined {
  if (raw === undefined || raw === null) return undefined;
  if (typeof raw !== "object") return unreadable;
  const { value, expires }: { readonly value?: unknown; readonly expires?: unknown } = raw;
  return { value, expiresAtMs: typeof expires === "number" ? expires : Number.POSITIVE_INFINITY };
}

/** Zero is for ever; absent would be the default of the Keyv. */
function keyvTtl(ttlMs: number | undefined): number {
  return ttlMs === undefined ? 0 : Math.ceil(ttlMs);
}

function refuses(answer: unknown): boolean {
  return answer === false;
}

function failed(cause: unknown): CachetoryError {
  if (cause instanceof CachetoryError) return cause;
  const reason = cause instanceof Error ? `: ${cause.message}` : ", and did not say why.";
  return new BackendUnavailableError(`The store of the Keyv failed${reason}`, { cause, outcome: "unknown" });
}
