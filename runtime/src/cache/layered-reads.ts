import { nextTurn } from "../backends/next-turn.ts";
import { chunksOf } from "../chunks-of.ts";
import { BackendUnavailableError } from "../errors.ts";
import { flattened } from "../flattened.ts";
import type { AgedEntry } from "../layers/far-entries.ts";
import type { FarRead, NearLayer } from "../layers/near-layer.ts";
import type { EntryCodec } from "./entry-codec.ts";
import { Miss } from "./miss.ts";
import type { Reading } from "./reading.ts";
import { chunkSize } from "./store-in-chunks.ts";

/** How the far backend is asked; `Entries` does it. */
export interface FarQuestions<V> {
  /** Sends at once, or when it is the turn of these keys. */
  send<T>(texts: readonly string[], question: () => Promise<T>): Promise<T>;
  answered(text: string): void;
  /** What is served of what was read: something else where the backend has no entry because it has refused to store it. */
  read(text: string, key: unknown, found: Found<V>, reading: Reading): Found<V>;
  /** What is served where a key has no answer, or the miss that this is. */
  instead(text: string, key: unknown, cause: unknown, reading: Reading): Found<V>;
}

/** A value, or why there is none; a promise of it where it is offloaded. */
type Found<V> = V | Miss | Promise<V | Miss>;

/**
 * Reads of a cache whose backend has a near layer: near first, the rest far. What is read far is kept near as a cache on a
 * backend in this process would store it: as the value itself where that can be, else as what the pipeline made.
 */
export class LayeredReads<V> {
  readonly #near: NearLayer;
  readonly #codec: EntryCodec<V>;
  readonly #far: FarQuestions<V>;

  constructor(near: NearLayer, codec: EntryCodec<V>, far: FarQuestions<V>) {
    this.#near = near;
    this.#codec = codec;
    this.#far = far;
  }

  read(text: string, key: unknown, reading: Reading): Found<V> {
    const found = this.find(text, key, reading.forLoad);
    return found === undefined ? this.#fetch(text, key, reading) : found;
  }

  /** What is near; `undefined` where it has to be fetched. */
  find(text: string, key: unknown, forLoad: boolean | undefined): Found<V> | undefined {
    const { entries } = this.#near;
    const found = entries.find(text);
    if (found === undefined) return undefined;
    if (!this.#codec.isOffloaded) return this.#codec.decodeLocal(entries, found, key, forLoad);
    return this.#codec.decode(entries.read(found, this.#codec.serializer.out), key, forLoad);
  }

  async readMany(texts: readonly string[], keys: readonly unknown[], reading: Reading): Promise<readonly (V | Miss)[]> {
    const chunks: Promise<readonly Found<V>[]>[] = [];
    const keysOf = chunksOf(keys, chunkSize);
    for (const [index, chunk] of chunksOf(texts, chunkSize).entries()) {
      // To copy and decode many takes long: others have their turn between them.
      if (index > 0) await nextTurn();
      chunks.push(this.#readChunk(chunk, keysOf[index] ?? [], reading));
    }
    return Promise.all(flattened(await Promise.all(chunks)));
  }

  /** What is near at once, and the rest in one question. */
  async #readChunk(texts: readonly string[], keys: readonly unknown[], reading: Reading): Promise<readonly Found<V>[]> {
    const near = texts.map((text, index) => this.find(text, keys[index], reading.forLoad));
    const isMissing = (_: unknown, index: number): boolean => near[index] === undefined;
    const missing = texts.filter(isMissing);
    const fetched = missing.length === 0 ? [] : await this.#fetchMany(missing, keys.filter(isMissing), reading);
    let next = 0;
    // There is one for each that is missing.
    return near.map((value) => (value === undefined ? (fetched[next++] as Found<V>) : value));
  }

  async #fetch(text: string, key: unknown, reading: Reading): Promise<V | Miss> {
    const { out } = this.#codec.serializer;
    const read = this.#near.begin(text);
    try {
      const answer = await this.#send([text], () => this.#near.getAged(text, out));
      return this.#valueOf(read, text, answer, key, reading);
    } catch (cause) {
      read.drop();
      return this.#far.instead(text, key, cause, reading);
    }
  }

  async #fetchMany(texts: readonly string[], keys: readonly unknown[], reading: Reading): Promise<readonly Found<V>[]> {
    const { out } = this.#codec.serializer;
    const reads = texts.map((text) => this.#near.begin(text));
    try {
      const answers = await this.#send(texts, () => this.#near.getManyAged(texts, out));
      return texts.map((text, index) =>
        // There is one for each.
        this.#valueOf(reads[index] as FarRead, text, answers[index] ?? nothing, keys[index], reading),
      );
    } catch (cause) {
      for (const read of reads) read.drop();
      return texts.map((text, index) => this.#far.instead(text, keys[index], cause, reading));
    }
  }

  #send<T>(texts: readonly string[], question: () => Promise<T>): Promise<T> {
    const ready = this.#codec.whenReady();
    // What is needed to understand an answer comes first: what has been read must be kept or dropped.
    return this.#far.send(texts, ready === undefined ? question : () => ready.then(question));
  }

  #valueOf(
    read: FarRead,
    text: string,
    answer: AgedEntry | BackendUnavailableError,
    key: unknown,
    reading: Reading,
  ): Found<V> {
    if (answer instanceof BackendUnavailableError) {
      read.drop();
      return this.#far.instead(text, key, answer, reading);
    }
    this.#far.answered(text);
    // It is kept as it is stored, for no value is at hand.
    if (this.#codec.isOffloaded) read.keep(answer.stored, answer.lifeMs);
    const found = this.#codec.decode(answer.stored, key, reading.forLoad);
    if (!(found instanceof Promise)) return this.#far.read(text, key, this.#keep(read, answer, found), reading);
    const kept = this.#keepLater(read, answer, found).catch((cause) => {
      read.drop();
      return this.#far.instead(text, key, cause, reading);
    });
    return this.#far.read(text, key, kept, reading);
  }

  /** Keeps near what was read; what the reader is given. */
  #keep(read: FarRead, { stored, lifeMs }: AgedEntry, value: V | Miss): V | Miss {
    if (value instanceof Miss) {
      read.drop();
      return value;
    }
    const near = this.#codec.keepNear(value, stored);
    read.keep(near.kept, lifeMs);
    return near.value;
  }

  async #keepLater(read: FarRead, answer: AgedEntry, found: Promise<V | Miss>): Promise<V | Miss> {
    const value = await found;
    return this.#codec.isOffloaded ? value : this.#keep(read, answer, value);
  }
}

const nothing: AgedEntry = { stored: undefined, lifeMs: 0 };
