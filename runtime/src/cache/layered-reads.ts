import { nextTurn } from "../backends/next-turn.ts";
import { chunksOf } from "../chunks-of.ts";
import { BackendUnavailableError } from "../errors.ts";
import { flattened } from "../flattened.ts";
import type { AgedEntry } from "../layers/far-entries.ts";
import type { FarRead, NearLayer } from "../layers/near-layer.ts";
import type { CallOrder } from "./call-order.ts";
import type { EntryCodec } from "./entry-codec.ts";
import { Miss } from "./miss.ts";
import type { Found, ReadAnswers } from "./read-answers.ts";
import type { Reading } from "./reading.ts";
import { chunkSize } from "./store-in-chunks.ts";

/**
 * Reads of a cache whose backend has a near layer: near first, the rest far. What is read far is kept near as a cache on a
 * backend in this process would store it: as the value itself where that can be, else as what the pipeline made.
 */
export class LayeredReads<V> {
  readonly #near: NearLayer;
  readonly #codec: EntryCodec<V>;
  readonly #order: CallOrder;
  readonly #answers: ReadAnswers<V>;

  constructor(near: NearLayer, codec: EntryCodec<V>, order: CallOrder, answers: ReadAnswers<V>) {
    this.#near = near;
    this.#codec = codec;
    this.#order = order;
    this.#answers = answers;
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
      return this.#answers.instead(text, key, cause, reading);
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
      return texts.map((text, index) => this.#answers.instead(text, keys[index], cause, reading));
    }
  }

  #send<T>(texts: readonly string[], question: () => Promise<T>): Promise<T> {
    const ready = this.#codec.whenReady();
    // What is needed to understand an answer comes first: what has been read must be kept or dropped.
    return this.#order.inTurn(texts, undefined, ready === undefined ? question : () => ready.then(question));
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
      return this.#answers.instead(text, key, answer, reading);
    }
    this.#answers.heardOf(text);
    // It is kept as it is stored, for no value is at hand.
    if (this.#codec.isOffloaded) read.keep(answer.stored, answer.lifeMs);
    const found = this.#codec.decode(answer.stored, key, reading.forLoad);
    if (!(found instanceof Promise)) return this.#answers.of(text, key, this.#keep(read, answer, found), reading);
    const kept = this.#keepLater(read, answer, found).catch((cause) => {
      read.drop();
      return this.#answers.instead(text, key, cause, reading);
    });
    return this.#answers.of(text, key, kept, reading);
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
