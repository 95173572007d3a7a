import { BackendUnavailableError } from "../errors.ts";
import type { CacheEvents } from "../observe/cache-events.ts";
import type { Kept } from "../policies/gutter.ts";
import type { Entries } from "./entries.ts";
import type { StoreRule } from "./lifetimes.ts";
import type { Miss } from "./miss.ts";
import { noteStored } from "./outage.ts";
import { type LoadedEntry, storeMany } from "./store-many.ts";

/** What is kept of what was loaded. */
type Loaded<V> = Pick<LoadedEntry<V>, "text" | "key" | "value">;

/** How a cache stores what was loaded; and what it keeps of that in this process, for a short time, where the backend does not. */
export class WriteBacks<V> {
  readonly #entries: Entries<V>;
  readonly #events: CacheEvents<never>;

  constructor(entries: Entries<V>, events: CacheEvents<never>) {
    this.#entries = entries;
    this.#events = events;
  }

  /**
   * Stores what was loaded after a miss. Never rejects, for the caller has the value anyway.
   *
   * @param isAnswered - whether the backend has answered the read before
   */
  async store(loaded: LoadedEntry<V>, rule: StoreRule<V>, isAnswered: boolean): Promise<void> {
    const loadedAtMs = performance.now();
    try {
      // It would wait for a server that is out of reach, and be old by then.
      if (this.#entries.patience?.isOut(loaded.text) === true) return;
      const isStored = await this.#events.change("getOrSet", [loaded.text], () => this.storeUnless(loaded, rule));
      if (isStored === false) await this.#keepBesideForeign(loaded, rule, loadedAtMs);
      noteStored(this.#entries.backend);
    } catch (cause) {
      this.#entries.noteUnstored(cause);
      if (isAnswered) this.#keepRefused(loaded, rule, loadedAtMs, cause);
    }
  }

  /** As `store`, for many. */
  async storeMany(loaded: readonly LoadedEntry<V>[], rule: StoreRule<V>, isAnswered: boolean): Promise<void> {
    const { patience } = this.#entries;
    const storable = patience === undefined ? loaded : loaded.filter(({ text }) => !patience.isOut(text));
    if (storable.length === 0) return;
    const texts = storable.map(({ text }) => text);
    const loadedAtMs = performance.now();
    const store = (): Promise<ReadonlyMap<string, unknown>> => storeMany(this.#entries, storable, rule);
    const problems = await this.#events.changeMany("getOrSetMany", texts, store);
    for (const cause of problems.values()) this.#entries.noteUnstored(cause);
    if (isAnswered && problems.size > 0) {
      for (const one of storable) this.#keepRefused(one, rule, loadedAtMs, problems.get(one.text));
    }
    if (problems.size === 0) noteStored(this.#entries.backend);
  }

  /** Stores what was loaded, unless a change of the key overtakes it while it is made. */
  storeUnless(loaded: LoadedEntry<V>, rule: StoreRule<V>): Promise<unknown> {
    const { text, key, value, stamp, ifNotExists, isVoid, guard } = loaded;
    const encoded = this.#entries.encode(value, key, stamp);
    const lifeMs = rule.lifeMs(value, text);
    return this.#entries.order.inTurn([text], encoded, (stored) =>
      isVoid() ? Promise.resolve(false) : this.#entries.storeLoaded([[text, stored, lifeMs, guard]], ifNotExists),
    );
  }

  /** What was loaded and is not stored in time is deleted behind: stored later, it would live on from then. */
  invalidateLate(texts: readonly string[]): void {
    this.#entries.patience?.invalidate(texts);
  }

  /** As `keepMeanwhile`, of what was loaded after a read that the backend did not answer. */
  keepUnasked(loaded: Loaded<V>, rule: StoreRule<V>, { cause }: Miss): void {
    // To leave a guard is a change, which a server that is full or a replica refuses: it will do so again, and reads are answered.
    const isRefused = this.#entries.isGuarded && cause instanceof BackendUnavailableError && cause.isRefusal;
    this.keepMeanwhile(loaded, rule, { isRefused });
  }

  /** Keeps in this process, for a short time, what was loaded while the backend did not answer, or did not store it. */
  keepMeanwhile({ text, key, value }: Loaded<V>, rule: StoreRule<V>, kept?: Kept): void {
    const { gutter } = this.#entries;
    if (gutter === undefined) return;
    try {
      gutter.keep(text, key, value, rule.lifeMs(value, text), kept);
    } catch {
      // It has no lifetime, which is told when it cannot be stored.
    }
  }

  /** A list or a hash under the key is there to stay: the value would be loaded for each caller. */
  async #keepBesideForeign(loaded: LoadedEntry<V>, rule: StoreRule<V>, loadedAtMs: number): Promise<void> {
    if (this.#entries.gutter === undefined || loaded.isVoid()) return;
    if (!(await this.#entries.hasForeign(loaded.text)) || loaded.isVoid()) return;
    this.keepMeanwhile(loaded, rule, { loadedAtMs, isRefused: true });
  }

  /** Where the backend has said no. */
  #keepRefused(loaded: LoadedEntry<V>, rule: StoreRule<V>, loadedAtMs: number, cause: unknown): void {
    const isRefused = cause instanceof BackendUnavailableError && cause.outcome === "none";
    if (isRefused && !loaded.isVoid()) this.keepMeanwhile(loaded, rule, { loadedAtMs, isRefused });
  }
}
