import { refuseAborted } from "../abort.ts";
import type { Backend } from "../backends/backend.ts";
import { nextTurn } from "../backends/next-turn.ts";
import { ofEntry } from "../errors.ts";
import type { Changes } from "./changes.ts";
import type { Entries } from "./entries.ts";
import { type Items, pairsOf } from "./items.ts";
import type { Lifetimes } from "./lifetimes.ts";
import type { TtlOptions } from "./options.ts";
import { chunkSize, type Encoded, makeInChunks, makeWhenAsked, storeInChunks } from "./store-in-chunks.ts";
import type { LifeMs, Ttl } from "./ttl.ts";

/** What is to be stored. */
interface Given<K, V> {
  readonly text: string;
  readonly key: K;
  value: V;
}

type Store = (backend: Backend, entries: Iterable<Encoded>) => Promise<void>;

/** Stores many values in one call: a few in one step, thousands in many. */
export class WritesOfMany<K, V> {
  readonly #entries: Entries<V>;
  readonly #lifetimes: Lifetimes<V>;
  readonly #changes: Changes<V>;
  readonly #textOf: (key: K) => string;

  constructor(entries: Entries<V>, lifetimes: Lifetimes<V>, changes: Changes<V>, textOf: (key: K) => string) {
    this.#entries = entries;
    this.#lifetimes = lifetimes;
    this.#changes = changes;
    this.#textOf = textOf;
  }

  async set(items: Items<K, V>, options: TtlOptions): Promise<void> {
    const byText = new Map<string, Given<K, V>>();
    for (const [key, value] of pairsOf<K, V>(items)) {
      const text = this.#textOf(key);
      ofEntry(text, () => this.#lifetimes.refuseSkipped(value));
      byText.set(text, { text, key, value });
    }
    const given = [...byText.values()];
    const texts = [...byText.keys()];
    const store = this.#storeOf(given, texts, options.ttl);
    if (texts.length === 0) return;
    if (texts.length <= chunkSize || this.#entries.local !== undefined) {
      await this.#changes.run("setMany", texts, options, store, this.#changes.orInvalid(texts, this.#made(given)));
      return;
    }
    // To make thousands for nobody takes long.
    refuseAborted(options.signal);
    // In several turns only where nobody can change a value meanwhile.
    const areLasting = this.#makeLasting(given);
    const made = areLasting ? undefined : this.#made(given);
    await this.#changes.runThroughout("setMany", byText, options, async (backend) => {
      if (!areLasting || !this.#entries.makesSurely) {
        const all = made ?? makeInChunks(given, (some) => this.#made(some));
        return store(backend, await this.#changes.orInvalid(texts, all));
      }
      // Nothing can be refused any more: so the server works on the first ones while others are made.
      await nextTurn();
      return store(
        backend,
        makeWhenAsked(given, (one) => this.#encoded(one)),
      );
    });
  }

  /** @throws CachetoryError where a ttl is wrong */
  #storeOf(given: readonly Given<K, V>[], texts: readonly string[], ttl: Ttl | undefined): Store {
    const lifeMs = this.#lifetimes.exactly(ttl);
    const lives = this.#lifetimes.isUniform ? undefined : this.#livesOf(given, ttl);
    const count = texts.length;
    return async (backend, entries) => {
      if (lives !== undefined) await storeInChunks(backend, entries, count, lives);
      else if (lifeMs === "forever") await storeInChunks(backend, entries, count, { ttlMs: undefined });
      else if (lifeMs > 0) await storeInChunks(backend, entries, count, { ttlMs: lifeMs });
      else await backend.deleteMany(texts);
    };
  }

  #livesOf(given: readonly Given<K, V>[], ttl: Ttl | undefined): ReadonlyMap<string, LifeMs> {
    return new Map(given.map(({ text, value }) => [text, ofEntry(text, () => this.#lifetimes.of(value, ttl))]));
  }

  /** Keeps them as they are now, whoever changes them later; `false` where that holds only for what is stored. */
  #makeLasting(given: readonly Given<K, V>[]): boolean {
    for (const one of given) {
      const lasting = this.#entries.lasting(one.value);
      if (lasting === undefined) return false;
      one.value = lasting;
    }
    return true;
  }

  #made(given: readonly Given<K, V>[]): readonly Encoded[] | Promise<readonly Encoded[]> {
    return this.#entries.allMade(this.#entries.together(() => given.map((one) => this.#encoded(one))));
  }

  #encoded({ text, key, value }: Given<K, V>): Encoded {
    return [text, ofEntry(text, () => this.#entries.encode(value, key))];
  }
}
