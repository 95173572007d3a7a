import { nextTurn } from "../backends/next-turn.ts";
import { chunksOf } from "../chunks-of.ts";
import { BackendUnavailableError } from "../errors.ts";
import type { FarRead, NearLayer } from "../layers/near-layer.ts";
import type { EntryCodec } from "./entry-codec.ts";
import { Miss } from "./miss.ts";
import { chunkSize } from "./store-in-chunks.ts";

/** How the far backend is asked; `Entries` does it. */
export interface FarQuestions {
  /** The answer, or the miss that all of it is. */
  ask<T>(texts: readonly string[], question: () => Promise<T>): Promise<T | Miss>;
  /** Of what was not answered of many. */
  unavailable(cause: unknown): Miss;
}

/**
 * Reads of a cache whose backend has a near layer: near first, the rest far. What is read far is kept near as a cache on a
 * backend in this process would store it: as the value itself where that can be, else as what the pipeline made.
 */
export class LayeredReads<V> {
  readonly #near: NearLayer;
  readonly #codec: EntryCodec<V>;
  readonly #far: FarQuestions;

  constructor(near: NearLayer, codec: EntryCodec<V>, far: FarQuestions) {
    this.#near = near;
    this.#codec = codec;
    this.#far = far;
  }

  async read(text: string, key: unknown, forLoad: boolean | undefined): Promise<V | Miss> {
    const found = this.#find(text, key, forLoad);
    if (found !== undefined) return found;
    const { out } = this.#codec.serializer;
    const read = await this.#ask([text], () => this.#near.fetch(text, out));
    return read instanceof Miss ? read : this.#valueOf(read, key, forLoad);
  }

  async readMany(
    texts: readonly string[],
    keys: readonly unknown[],
    forLoad: boolean | undefined,
  ): Promise<readonly (V | Miss)[]> {
    const found: (V | Miss | Promise<V | Miss>)[] = [];
    for (const chunk of chunksOf(texts, chunkSize)) {
      // To copy and decode many takes long: others have their turn between them.
      if (found.length > 0) await nextTurn();
      found.push(...this.#readChunk(chunk, keys.slice(found.length, found.length + chunk.length), forLoad));
    }
    return Promise.all(found);
  }

  /** What is near at once, and the rest in one question. */
  #readChunk(
    texts: readonly string[],
    keys: readonly unknown[],
    forLoad: boolean | undefined,
  ): readonly (V | Miss | Promise<V | Miss>)[] {
    const near = texts.map((text, index) => this.#find(text, keys[index], forLoad));
    const missing = texts.filter((_, index) => near[index] === undefined);
    if (missing.length === 0) return near as readonly (V | Miss | Promise<V | Miss>)[];
    const { out } = this.#codec.serializer;
    const fetched = this.#ask(missing, () => this.#near.fetchMany(missing, out));
    let count = 0;
    return near.map((value, place) => {
      if (value !== undefined) return value;
      const index = count++;
      return fetched.then((reads) =>
        reads instanceof Miss ? reads : this.#valueOf(reads[index] as FarRead, keys[place], forLoad),
      );
    });
  }

  #find(text: string, key: unknown, forLoad: boolean | undefined): V | Miss | Promise<V | Miss> | undefined {
    const { entries } = this.#near;
    const found = entries.find(text);
    if (found === undefined) return undefined;
    if (!this.#codec.isOffloaded) return this.#codec.decodeLocal(entries, found, key, forLoad);
    return this.#codec.decode(entries.read(found, this.#codec.serializer.out), key, forLoad);
  }

  #ask<T>(texts: readonly string[], question: () => Promise<T>): Promise<T | Miss> {
    const ready = this.#codec.whenReady();
    // What is needed to understand an answer comes first: what has been read must be kept or dropped.
    return this.#far.ask(texts, ready === undefined ? question : () => ready.then(question));
  }

  #valueOf(read: FarRead, key: unknown, forLoad: boolean | undefined): V | Miss | Promise<V | Miss> {
    if (read.stored instanceof BackendUnavailableError) {
      read.drop();
      return this.#far.unavailable(read.stored);
    }
    const value = this.#codec.decode(read.stored, key, forLoad);
    return value instanceof Promise ? value.then((decoded) => this.#kept(read, decoded)) : this.#kept(read, value);
  }

  #kept(read: FarRead, value: V | Miss): V | Miss {
    if (value instanceof Miss) {
      read.drop();
      return value;
    }
    if (this.#codec.isOffloaded) {
      read.keep(read.stored);
      return value;
    }
    const near = this.#codec.keepNear(value, read.stored);
    read.keep(near.kept);
    return near.value;
  }
}
