// Not the global one, which tests replace together with the clock: there is nothing in it to wait for.
import { setImmediate } from "node:timers";

/**
 * Hands over at the end of each turn of the event loop what was added in it. That is when what had come in is served: all
 * promise chains that it set off have run as far as they can, also those of other sockets that were ready in the same turn.
 */
export class TurnCollector<T> {
  readonly #handOver: (added: readonly T[]) => void;
  #added: T[] = [];

  constructor(handOver: (added: readonly T[]) => void) {
    this.#handOver = handOver;
  }

  add(one: T): void {
    this.#added.push(one);
    if (this.#added.length > 1) return;
    setImmediate(() => {
      const added = this.#added;
      this.#added = [];
      this.#handOver(added);
    });
  }
}
