import { errorOfEntry } from "../errors.ts";
import type { Encoded } from "./store-in-chunks.ts";
import { type KeysOfCall, Turns } from "./turns.ts";

/** The order of the calls of one cache, where one of them may have to wait before it is sent: most caches never need it. */
export class CallOrder {
  /** Whether what calls send is made by worker threads. */
  readonly #isAlwaysNeeded: boolean;
  /** Absent where nothing has had to wait yet, for a worker thread or for its turn. */
  #turns: Turns | undefined;

  constructor(isAlwaysNeeded: boolean) {
    this.#isAlwaysNeeded = isAlwaysNeeded;
    this.#turns = isAlwaysNeeded ? new Turns() : undefined;
  }

  /** Whether a call may have to wait for its turn. */
  get isNeeded(): boolean {
    return this.#turns !== undefined;
  }

  /** Whether a call waits for its turn: who comes now may have to wait for it, also for what is in this process. */
  get isBusy(): boolean {
    return this.#turns !== undefined && !this.#turns.isIdle;
  }

  /** Sends at once; where offloaded work is under way for it or for its keys, when that has been sent. */
  inTurn<M, T>(texts: readonly string[], made: M | Promise<M>, send: (made: M) => Promise<T>): Promise<T> {
    // Without offloading, nothing that is made is a promise of what is stored.
    return this.#turns === undefined ? send(made as M) : this.#turns.take(texts, made, send);
  }

  /** As `inTurn`, for what is sent in several steps: calls on these keys that come meanwhile wait until it is over. */
  async throughout<T>(texts: readonly string[], keys: KeysOfCall, run: () => Promise<T>): Promise<T> {
    this.#turns ??= new Turns();
    try {
      return await this.#turns.takeThroughout(texts, keys, run);
    } finally {
      // Whoever comes then is spared the question.
      if (!this.#isAlwaysNeeded && this.#turns?.isIdle === true) this.#turns = undefined;
    }
  }

  /** As `inTurn`, for what concerns all keys. */
  afterAll<T>(send: () => Promise<T>): Promise<T> {
    return this.#turns === undefined ? send() : this.#turns.takeAll(send);
  }

  /** The same with everything made; a promise of it where a part is offloaded. */
  allMade(encoded: readonly Encoded[]): readonly Encoded[] | Promise<readonly Encoded[]> {
    if (this.#turns === undefined || !encoded.some(([, stored]) => stored instanceof Promise)) return encoded;
    const madeOf = async ([text, stored]: Encoded): Promise<Encoded> => {
      try {
        return [text, await stored];
      } catch (cause) {
        throw errorOfEntry(text, cause);
      }
    };
    const made = Promise.all(encoded.map(madeOf));
    // Whoever waits for it may first wait for something else.
    made.catch(() => {});
    return made;
  }
}
