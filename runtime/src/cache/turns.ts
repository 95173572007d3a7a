/**
 * Keeps the calls on a key in the order in which they were made, where one of them has to wait for a worker thread before
 * it can be sent. Calls on other keys overtake it.
 */
export class Turns {
  /** The last call on each key that is not sent yet. */
  readonly #last = new Map<string, Promise<void>>();
  /** The last call on all keys that is not sent yet. */
  #lastOnAll: Promise<void> | undefined;

  /** Whether nobody waits. */
  get isIdle(): boolean {
    return this.#last.size === 0 && this.#lastOnAll === undefined;
  }

  /** Sends at once, or when it is made and what came before on these keys is sent. */
  take<M, T>(texts: readonly string[], made: M | Promise<M>, send: (made: M) => Promise<T>): Promise<T> {
    const before = this.#before(texts);
    if (before.length === 0 && !(made instanceof Promise)) return send(made);
    return this.#wait(texts, before, made, send);
  }

  /** The same for a call that is sent in several steps: nobody else has its keys until it is over. */
  takeThroughout<T>(texts: readonly string[], run: () => Promise<T>): Promise<T> {
    const before = this.#before(texts);
    const whole = before.length === 0 ? run() : Promise.all(before).then(run);
    return this.#wait(texts, [], whole, (answer) => Promise.resolve(answer));
  }

  /** The same for a call on all keys. */
  takeAll<T>(send: () => Promise<T>): Promise<T> {
    const before = [...this.#last.values()];
    if (this.#lastOnAll !== undefined) before.push(this.#lastOnAll);
    if (before.length === 0) return send();
    const turn = new Turn();
    this.#lastOnAll = turn.sent;
    return turn.send(before, undefined, send, () => {
      if (this.#lastOnAll === turn.sent) this.#lastOnAll = undefined;
    });
  }

  /** The calls on these keys that are not sent yet. */
  #before(texts: readonly string[]): Promise<void>[] {
    const before = this.#last.size === 0 ? [] : texts.flatMap((text) => this.#last.get(text) ?? []);
    if (this.#lastOnAll !== undefined) before.push(this.#lastOnAll);
    return before;
  }

  #wait<M, T>(
    texts: readonly string[],
    before: readonly Promise<void>[],
    made: M | Promise<M>,
    send: (made: M) => Promise<T>,
  ): Promise<T> {
    const turn = new Turn();
    for (const text of texts) this.#last.set(text, turn.sent);
    return turn.send(before, made, send, () => {
      for (const text of texts) if (this.#last.get(text) === turn.sent) this.#last.delete(text);
    });
  }
}

/** One call that waits. */
class Turn {
  /** Resolves when it has been sent, or never will be. */
  readonly sent: Promise<void>;
  #resolve = (): void => {};

  constructor() {
    this.sent = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  async send<M, T>(
    before: readonly Promise<void>[],
    made: M | Promise<M>,
    send: (made: M) => Promise<T>,
    onSent: () => void,
  ): Promise<T> {
    let answer: Promise<T>;
    try {
      await Promise.all(before);
      answer = send(await made);
    } finally {
      onSent();
      this.#resolve();
    }
    return answer;
  }
}
