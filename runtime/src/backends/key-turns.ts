/** Calls for one key that are under way together: any number of reads, or one write. */
class Turn {
  readonly isRead: boolean;
  /** The turn that this one has to wait for. */
  readonly before: Promise<void> | undefined;
  readonly over: Promise<void>;
  #end: () => void = () => {};
  #running = 0;

  constructor(isRead: boolean, before: Promise<void> | undefined) {
    this.isRead = isRead;
    this.before = before;
    this.over = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  join(): void {
    this.#running += 1;
  }

  /** Whether nobody is left. */
  leave(): boolean {
    this.#running -= 1;
    if (this.#running > 0) return false;
    this.#end();
    return true;
  }
}

/** A place in the line. */
export interface Place {
  /** Resolves when it is the caller's turn; absent where it is so at once. */
  readonly turn: Promise<unknown> | undefined;
  /** Lets the next ones go on. */
  leave(): void;
}

/**
 * Makes calls for the same key take effect in the order in which they are made, where what they are made of is more than
 * one step. Reads go side by side. Calls for other keys are not held up.
 */
export class KeyTurns {
  readonly #last = new Map<string, Turn>();

  /** Whoever enters must leave. The places of one call are taken together, so that two calls never wait for each other. */
  enter(kind: "read" | "write", keys: Iterable<string>): Place {
    const isRead = kind === "read";
    const before = new Set<Promise<void>>();
    const taken = new Map<string, Turn>();
    for (const key of new Set(keys)) {
      const last = this.#last.get(key);
      const turn = isRead && last?.isRead === true ? last : new Turn(isRead, last?.over);
      turn.join();
      this.#last.set(key, turn);
      taken.set(key, turn);
      if (turn.before !== undefined) before.add(turn.before);
    }
    return {
      turn: before.size === 0 ? undefined : Promise.all(before),
      leave: () => {
        for (const [key, turn] of taken) {
          if (turn.leave() && this.#last.get(key) === turn) this.#last.delete(key);
        }
      },
    };
  }
}
