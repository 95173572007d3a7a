import { asIs } from "../as-is.ts";

/** One turn of the event loop: what began in it ends at the same moment. */
interface Turn {
  /** Infinite until the turn is over. */
  expiresAtMs: number;
}

interface Watched {
  readonly turn: Turn;
  /** Gone once the promise is settled. */
  reject: ((error: Error) => void) | undefined;
}

/**
 * One time limit for any number of promises, with one timer: they expire in the order in which they came, so the timer
 * is for the oldest alone. The limit counts from the end of the turn in which a promise came: a command leaves then, and
 * a loop that was busy until then is no slow server.
 */
export class Deadline {
  readonly #limitMs: number;
  readonly #error: (limitMs: number) => Error;
  #watched: Watched[] = [];
  #pending = 0;
  #oldest = 0;
  #timer: NodeJS.Timeout | undefined;
  #turn: Turn | undefined;

  constructor(limitMs: number, error: (limitMs: number) => Error) {
    this.#limitMs = limitMs;
    this.#error = error;
  }

  /** How many have not been settled, those that have expired included. */
  get pending(): number {
    return this.#pending;
  }

  /** The promise, or a rejection when the limit is reached first. */
  watch<T>(promise: Promise<T>): Promise<T> {
    return this.limit(() => promise, asIs, thrown);
  }

  /**
   * The same for what `begin` begins, with what becomes of its result, or of a failure: every promise more on the way costs
   * a per cent of a command.
   *
   * @param failed - throws what is rejected with
   */
  limit<Result, Answer>(
    begin: () => Promise<Result>,
    answer: (result: Result) => Answer,
    failed: (cause: unknown) => Answer,
  ): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      const watched: Watched = { turn: this.#turn ?? this.#begin(), reject };
      this.#watched.push(watched);
      this.#pending += 1;
      const become = <T>(answerTo: (settled: T) => Answer, settled: T): void => {
        this.#settle(watched);
        try {
          resolve(answerTo(settled));
        } catch (cause) {
          reject(cause);
        }
      };
      begun(begin).then(
        (result) => become(answer, result),
        (cause: unknown) => become(failed, cause),
      );
    });
  }

  #begin(): Turn {
    const turn: Turn = { expiresAtMs: Number.POSITIVE_INFINITY };
    this.#turn = turn;
    process.nextTick(() => {
      this.#turn = undefined;
      turn.expiresAtMs = performance.now() + this.#limitMs;
      this.#arm();
    });
    return turn;
  }

  #settle(watched: Watched): void {
    watched.reject = undefined;
    this.#pending -= 1;
    this.#forgetSettled();
  }

  #forgetSettled(): void {
    while (this.#oldest < this.#watched.length && this.#watched[this.#oldest]?.reject === undefined) this.#oldest += 1;
    if (this.#oldest === this.#watched.length) {
      this.#watched = [];
      this.#oldest = 0;
    } else if (this.#oldest > 1024 && this.#oldest * 2 > this.#watched.length) {
      this.#watched = this.#watched.slice(this.#oldest);
      this.#oldest = 0;
    }
  }

  #arm(): void {
    const oldest = this.#watched[this.#oldest];
    if (this.#timer !== undefined || oldest === undefined) return;
    const timer = setTimeout(
      () => {
        const nowMs = performance.now();
        // A busy loop lets the timer run before it has looked at the socket: an answer may be waiting there.
        setImmediate(() => {
          this.#timer = undefined;
          this.#expire(nowMs);
          this.#arm();
        });
      },
      Math.max(1, Math.ceil(oldest.turn.expiresAtMs - performance.now())),
    );
    // The connection keeps the process alive while it waits; a timer left over must not.
    timer.unref();
    this.#timer = timer;
  }

  #expire(nowMs: number): void {
    for (let index = this.#oldest; index < this.#watched.length; index += 1) {
      const watched = this.#watched[index];
      if (watched === undefined || watched.turn.expiresAtMs > nowMs) break;
      watched.reject?.(this.#error(this.#limitMs));
      watched.reject = undefined;
    }
    this.#forgetSettled();
  }
}

function begun<T>(begin: () => Promise<T>): Promise<T> {
  try {
    return begin();
  } catch (cause) {
    return Promise.reject(cause);
  }
}

function thrown(cause: unknown): never {
  throw cause;
}
