import { AwaitingDeletion } from "../backends/awaiting-deletion.ts";
import type { Backend } from "../backends/backend.ts";
import { nextTurn } from "../backends/next-turn.ts";
import { sizeOf } from "../backends/value-sizes.ts";
import { chunksOf } from "../chunks-of.ts";
import { BackendUnavailableError } from "../errors.ts";
import { Background } from "./background.ts";
import type { CallOrder } from "./call-order.ts";
import type { EntryCodec } from "./entry-codec.ts";
import type { Miss } from "./miss.ts";
import type { Found, ReadAnswers } from "./read-answers.ts";
import type { Reading } from "./reading.ts";
import { chunkSize } from "./store-in-chunks.ts";

/** So much is decoded in one turn of the event loop, of texts and bytes. */
const maxDecodedSize = 256 * 1024;

/** So many chunks of a large read are asked for before the first of them is answered. */
const chunksUnderWay = 8;

/** What is stored, or why nothing is known of it. */
type Answer = readonly unknown[] | { readonly cause: unknown };

/** Reads of many keys of a backend that others share: asked for in chunks, and decoded with turns of the event loop between. */
export class ReadsOfMany<V> {
  readonly #codec: EntryCodec<V>;
  readonly #order: CallOrder;
  readonly #answers: ReadAnswers<V>;
  readonly #large = new Background();

  constructor(codec: EntryCodec<V>, order: CallOrder, answers: ReadAnswers<V>) {
    this.#codec = codec;
    this.#order = order;
    this.#answers = answers;
  }

  /** One answer for each text, in the same order. */
  read(
    backend: Backend,
    texts: readonly string[],
    keys: readonly unknown[],
    reading: Reading,
  ): Promise<readonly (V | Miss)[]> {
    if (texts.length <= chunkSize) return this.#readChunk(backend, texts, keys, reading);
    const read = this.#readChunks(backend, texts, keys, reading);
    this.#large.run(read);
    return read;
  }

  /** Resolves when no large read is under way, which asks in several steps, or when that takes too long. */
  idleWithin(limitMs: number): Promise<void> {
    return this.#large.idleWithin(limitMs);
  }

  async #readChunk(
    backend: Backend,
    texts: readonly string[],
    keys: readonly unknown[],
    reading: Reading,
  ): Promise<readonly (V | Miss)[]> {
    return this.#decodeAll(texts, keys, await this.#fetch(backend, texts, keys), reading);
  }

  async #readChunks(
    backend: Backend,
    texts: readonly string[],
    keys: readonly unknown[],
    reading: Reading,
  ): Promise<readonly (V | Miss)[]> {
    const chunks = chunksOf(texts, chunkSize);
    const keysOf = chunksOf(keys, chunkSize);
    const asked: Promise<Answer>[] = [];
    const found: (V | Miss)[] = [];
    let answer: Answer = [];
    for (const [index, chunk] of chunks.entries()) {
      // Many may have come at once: others have their turn between them.
      if (index > 0) await nextTurn();
      // To ask for many takes long as well, and so does to wait for one after the other of whom does not answer.
      while (!isUnanswered(answer) && asked.length < Math.min(chunks.length, index + chunksUnderWay)) {
        asked.push(this.#fetch(backend, chunks[asked.length] ?? [], keysOf[asked.length] ?? []));
      }
      answer = (await asked[index]) ?? answer;
      found.push(...(await this.#decodeAll(chunk, keysOf[index] ?? [], answer, reading)));
    }
    return found;
  }

  async #fetch(backend: Backend, texts: readonly string[], keys: readonly unknown[]): Promise<Answer> {
    if (texts.length === 0) return [];
    const { serializer } = this.#codec;
    const ask = (): Promise<readonly unknown[]> => backend.getMany(texts, serializer.out);
    try {
      const stored = await this.#order.inTurn(texts, undefined, () => this.#codec.fetchMany(backend, keys, ask));
      this.#answers.heard();
      return stored;
    } catch (cause) {
      return { cause };
    }
  }

  async #decodeAll(
    texts: readonly string[],
    keys: readonly unknown[],
    answer: Answer,
    reading: Reading,
  ): Promise<readonly (V | Miss)[]> {
    if ("cause" in answer) {
      const { cause } = answer;
      return Promise.all(texts.map((text, index) => this.#answers.instead(text, keys[index], cause, reading)));
    }
    const found: Found<V>[] = [];
    let isReady = true;
    let size = 0;
    // By index: what an iterator holds would outlive each turn, so no compiler does without it.
    for (let index = 0; index < texts.length; index += 1) {
      const stored = answer[index];
      const oneSize = sizeOf(stored);
      size += oneSize;
      // Much takes as long as many.
      if (size > maxDecodedSize && index > 0) {
        await nextTurn();
        size = oneSize;
      }
      const one = this.#decode(texts[index] as string, stored, keys[index], reading);
      if (one instanceof Promise) isReady = false;
      found.push(one);
    }
    // Where none is a promise, all are values.
    return isReady ? (found as readonly (V | Miss)[]) : Promise.all(found);
  }

  #decode(text: string, stored: unknown, key: unknown, reading: Reading): Found<V> {
    if (stored instanceof BackendUnavailableError) return this.#answers.instead(text, key, stored, reading);
    this.#answers.gutter?.answered(text);
    return this.#answers.of(text, key, this.#codec.decode(stored, key, reading.forLoad), reading);
  }
}

/** What waits to be deleted was not even asked for, and says nothing of the rest. */
function isUnanswered(answer: Answer): boolean {
  return "cause" in answer && !(answer.cause instanceof AwaitingDeletion);
}
