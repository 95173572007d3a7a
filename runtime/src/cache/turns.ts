/**
 * Keeps the calls on a key in the order in which they were made, where one of them has to wait for a worker thread before
 * it can be sent. Calls on other keys overtake it.
 */
export class Turns {
  /** The last call on each key that is not sent yet. */
  readonly #last = new Map<string, Promise<void>>();
  /** The calls that are sent in several steps, and are not over yet. */
  readonly #whole = new Set<WholeCall>();
  /** The last call on all keys that is not sent yet. */
  #lastOnAll: Promise<void> | undefined;

  /** Whether nobody waits. */
  get isIdle(): boolean {
    return this.#last.size === 0 && this.#whole.size === 0 && this.#lastOnAll === undefined;
  }

  /** Sends at once, or when it is made and what came before on these keys is sent. */
  take<M, T>(texts: readonly string[], made: M | Promise<M>, send: (made: M) => Promise<T>): Promise<T> {
    const before = this.#before(texts);
    if (before.length === 0 && !(made instanceof Promise)) return send(made);
    return this.#wait(texts, before, made, send);
  }

  /** The same for a call that is sent in several steps: nobody else has its keys, which are those texts, until it is over. */
  async takeThroughout<T>(texts: readonly string[], keys: KeysOfCall, run: () => Promise<T>): Promise<T> {
    const before = this.isIdle ? [] : this.#before(texts);
    const answer = before.length === 0 ? run() : Promise.all(before).then(run);
    // A call has many keys: to enter each of them would take longer than to look for those of others that come meanwhile.
    const call: WholeCall = { keys, over: answer.then(nothing, nothing) };
    this.#whole.add(call);
    try {
      return await answer;
    } finally {
      this.#whole.delete(call);
    }
  }

  /** The same for a call on all keys. */
  takeAll<T>(send: () => Promise<T>): Promise<T> {
    const before = [...this.#last.values(), ...[...this.#whole].map(({ over }) => over)];
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
    for (const call of this.#whole) if (texts.some((text) => call.keys.has(text))) before.push(call.over);
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

/** The keys of a call, to find one of many. */
export interface KeysOfCall {
  has(text: string): boolean;
}

/** A call that is sent in several steps. */
interface WholeCall {
  readonly keys: KeysOfCall;
  readonly over: Promise<void>;
}

function nothing(): void {}

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
