/** A read that is under way. What changes its key meanwhile makes it one whose answer may be given, and not kept. */
export interface ReadUnderWay {
  readonly isOvertaken: boolean;
}

interface Reads extends ReadUnderWay {
  isOvertaken: boolean;
  count: number;
}

/**
 * The reads of a near layer that are under way. The answer to a read and the news of a change travel by different sockets
 * and overtake each other, so an old value could be kept after the news that it is old.
 */
export class InFlight {
  readonly #byKey = new Map<string, Reads>();

  begin(key: string): ReadUnderWay {
    const known = this.#byKey.get(key);
    if (known !== undefined) {
      known.count += 1;
      return known;
    }
    const reads = { isOvertaken: false, count: 1 };
    this.#byKey.set(key, reads);
    return reads;
  }

  end(key: string, read: ReadUnderWay): void {
    const reads = this.#byKey.get(key);
    // Those that were overtaken are forgotten already.
    if (reads === undefined || reads !== read) return;
    reads.count -= 1;
    if (reads.count === 0) this.#byKey.delete(key);
  }

  /** Reads of the key that begin from now on see the change. */
  overtake(key: string): void {
    const reads = this.#byKey.get(key);
    if (reads === undefined) return;
    reads.isOvertaken = true;
    this.#byKey.delete(key);
  }

  overtakeWhere(isChanged: (key: string) => boolean): void {
    for (const key of this.#byKey.keys()) if (isChanged(key)) this.overtake(key);
  }
}
