import type { Backend } from "../backends/backend.ts";
import { BackendUnavailableError, CachetoryError } from "../errors.ts";
import type { Codec } from "./codec.ts";
import type { StoreRule } from "./lifetimes.ts";
import { Miss } from "./miss.ts";
import { noteAnswer, noteFailure, noteRefusal, noteStored } from "./outage.ts";
import type { LifeMs } from "./ttl.ts";

/**
 * The entries of one cache by the text of their keys. Reads never reject because of the backend; writes do.
 */
export class Entries<V> {
  readonly #backendSource: Backend | (() => Backend);
  readonly #codec: Codec<V>;
  #backend: Backend | undefined;

  constructor(backendSource: Backend | (() => Backend), codec: Codec<V>) {
    this.#backendSource = backendSource;
    this.#codec = codec;
  }

  /** The backend, if it has been used. */
  get openBackend(): Backend | undefined {
    return this.#backend;
  }

  /** @throws CachetoryError whatever making the backend or the pipeline throws: a wrong declaration is no outage */
  get backend(): Backend {
    return this.#backend ?? this.#open();
  }

  async read(text: string): Promise<V | Miss> {
    const { backend } = this;
    try {
      const stored = await backend.get(text, this.#codec.serializer.out);
      noteAnswer(backend);
      return this.#codec.decode(stored);
    } catch (cause) {
      return this.#unavailable(backend, cause);
    }
  }

  /** One answer for each text, in the same order. */
  async readMany(texts: readonly string[]): Promise<readonly (V | Miss)[]> {
    const { backend } = this;
    if (texts.length === 0) return [];
    try {
      const stored = await backend.getMany(texts, this.#codec.serializer.out);
      noteAnswer(backend);
      return stored.map((one) => this.#decode(backend, one));
    } catch (cause) {
      const miss = this.#unavailable(backend, cause);
      return texts.map(() => miss);
    }
  }

  /** The backend's answer to a question, `otherwise` where it gives none. */
  async ask<T>(question: (backend: Backend) => Promise<T>, otherwise: T): Promise<T> {
    const { backend } = this;
    try {
      const answer = await question(backend);
      noteAnswer(backend);
      return answer;
    } catch (cause) {
      this.#unavailable(backend, cause);
      return otherwise;
    }
  }

  /** @throws CachetoryError `INVALID_VALUE` at once, before anything is sent */
  encode(value: V): unknown {
    return this.#codec.encode(value);
  }

  store(text: string, stored: unknown, lifeMs: LifeMs, ifNotExists: boolean): Promise<boolean> {
    const { backend } = this;
    if (lifeMs === "forever") return backend.set(text, stored, { ifNotExists });
    if (lifeMs > 0) return backend.set(text, stored, { ttlMs: lifeMs, ifNotExists });
    return this.#storeExpired(backend, text, ifNotExists);
  }

  /**
   * Stores what was loaded after a miss. Only an entry that was read and found unfit is replaced: an absent one may
   * be there by now, and is newer. Never rejects, for the caller has the value anyway.
   */
  async writeBack(text: string, value: V, miss: Miss, rule: StoreRule<V>): Promise<void> {
    try {
      const ifNotExists = rule.ifNotExists && miss.reason !== "unfit";
      await this.store(text, this.#codec.encode(value), rule.lifeMs(value), ifNotExists);
      noteStored(this.backend);
    } catch (cause) {
      if (cause instanceof CachetoryError && cause.code !== "UNAVAILABLE") {
        this.#codec.warn("could not store a loaded value", cause);
      } else {
        noteRefusal(this.backend, cause);
      }
    }
  }

  /** What a backend that failed to take it away holds is read as it would be by `read`. */
  async take(text: string): Promise<V | Miss> {
    const stored = await this.backend.take(text, this.#codec.serializer.out);
    return this.#codec.decode(stored);
  }

  /** The same as a deletion, which must not touch the live entry of another. */
  async #storeExpired(backend: Backend, text: string, ifNotExists: boolean): Promise<boolean> {
    if (ifNotExists) return !(await backend.has(text));
    await backend.delete(text);
    return true;
  }

  #decode(backend: Backend, stored: unknown): V | Miss {
    return stored instanceof BackendUnavailableError ? this.#unavailable(backend, stored) : this.#codec.decode(stored);
  }

  #unavailable(backend: Backend, cause: unknown): Miss {
    noteFailure(backend, cause);
    return new Miss("unavailable", cause);
  }

  #open(): Backend {
    const source = this.#backendSource;
    const backend = typeof source === "function" ? source() : source;
    this.#codec.refuseUnfit(backend);
    this.#backend = backend;
    return backend;
  }
}
