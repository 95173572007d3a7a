import { asIs } from "../as-is.ts";

/** One turn of the event loop: what began in it began at the same moment. */
export interface Turn {
  /** Infinite until the turn is over. */
  endedAtMs: number;
}

/** Who is told how what is watched ends: once, and once more of an answer that comes after its time. */
export interface Watcher {
  /** Whether this failure says nothing but that it is to be begun again. */
  beginsAgain(cause: unknown): boolean;
  answered(result: unknown, isInTime: boolean): void;
  failed(cause: unknown, turn: Turn, isInTime: boolean): void;
  /** @param wasBusy - whether the loop was held up meanwhile, so that this says nothing of whoever was to answer */
  expired(turn: Turn, wasBusy: boolean, error: Error): void;
}

/** What deadlines have in common that count together. */
export interface Pending {
  /** How many have not been settled. */
  count: number;
  /** The one that is not over. */
  turn: Turn | undefined;
}

interface Watched {
  readonly turn: Turn;
  readonly watcher: Watcher | undefined;
  /** Gone once the promise is settled. */
  reject: ((error: Error) => void) | undefined;
}

/** So late timers come, and what follows from them: they are set for that much before the limit, which is met so. */
export const latenessMs = 3;
/** A timer that is later than this was held up by the loop: an answer may be on its way to what left in between. */
const heldUpMs = 10;
/** So long that answer has then, and so often. */
const graceMs = 5;
const maxGraces = 2;

/**
 * One time limit for any number of promises, with one timer: they expire in the order in which they came, so the timer
 * is for the oldest alone. The limit counts from the end of the turn in which a promise came: a command leaves then, and
 * a loop that was busy until then is no slow server.
 */
export class Deadline {
  readonly #limitMs: number;
  /** When its time is over, counted from the end of the turn. */
  readonly #dueMs: number;
  readonly #error: (limitMs: number) => Error;
  readonly #pending: Pending;
  /** From the oldest on there is one in each place. */
  #watched: (Watched | undefined)[] = [];
  #oldest = 0;
  #timer: NodeJS.Timeout | undefined;
  #turn: Turn | undefined;

  constructor(limitMs: number, error: (limitMs: number) => Error, pending: Pending = { count: 0, turn: undefined }) {
    this.#limitMs = limitMs;
    this.#dueMs = limitMs - Math.min(latenessMs, limitMs / 10);
    this.#error = error;
    this.#pending = pending;
  }

  /** How many have not been settled, those that have expired included. */
  get pending(): number {
    return this.#pending.count;
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
   * @param again - begins it again within the same time, where the watcher wants that
   */
  limit<Result, Answer>(
    begin: () => Promise<Result>,
    answer: (result: Result) => Answer,
    failed: (cause: unknown) => Answer,
    watcher?: Watcher,
    again?: () => Promise<Result>,
  ): Promise<Answer> {
    let follow!: (promise: Promise<Result>) => void;
    const answered = new Promise<Answer>((resolve, reject) => {
      const watched: Watched = { turn: this.#turnNow(), watcher, reject };
      this.#watched.push(watched);
      this.#pending.count += 1;
      // Settled before anybody is told: what follows from a failure may be that all else is given up.
      const settle = (): boolean => {
        const isInTime = watched.reject !== undefined;
        this.#settle(watched);
        return isInTime;
      };
      const become = <T>(answerTo: (settled: T) => Answer, settled: T): void => {
        try {
          resolve(answerTo(settled));
        } catch (cause) {
          reject(cause);
        }
      };
      follow = (promise): void => {
        promise.then(
          (result) => {
            const isInTime = settle();
            watcher?.answered(result, isInTime);
            become(answer, result);
          },
          (cause: unknown) => {
            if (again !== undefined && watched.reject !== undefined && watcher?.beginsAgain(cause) === true) {
              follow(begun(again));
              return;
            }
            const isInTime = settle();
            watcher?.failed(cause, watched.turn, isInTime);
            become(failed, cause);
          },
        );
      };
    });
    // Out here, where no function keeps it: what thousands of values are written of would stay until they are answered.
    follow(begun(begin));
    return answered;
  }

  /** Of what has been neither settled nor given up. */
  *watchers(): IterableIterator<Watcher> {
    for (let index = this.#oldest; index < this.#watched.length; index += 1) {
      const { watcher, reject } = this.#watched[index] as Watched;
      if (reject !== undefined && watcher !== undefined) yield watcher;
    }
  }

  /** Gives up what is left of these, as if its time were over. */
  giveUp(isMeant: (watcher: Watcher) => boolean, error: Error): void {
    for (const watched of this.#watched.slice(this.#oldest) as Watched[]) {
      const { watcher, reject } = watched;
      if (reject === undefined || watcher === undefined || !isMeant(watcher)) continue;
      watched.reject = undefined;
      watcher.expired(watched.turn, true, error);
      reject(error);
    }
    this.#forgetSettled();
  }

  #turnNow(): Turn {
    const pending = this.#pending;
    let { turn } = pending;
    if (turn !== undefined && turn === this.#turn) return turn;
    const isFirst = turn === undefined;
    turn ??= { endedAtMs: Number.POSITIVE_INFINITY };
    pending.turn = turn;
    this.#turn = turn;
    const ended = turn;
    process.nextTick(() => {
      if (isFirst) {
        pending.turn = undefined;
        ended.endedAtMs = performance.now();
      }
      this.#arm();
    });
    return turn;
  }

  #settle(watched: Watched): void {
    watched.reject = undefined;
    this.#pending.count -= 1;
    this.#forgetSettled();
  }

  #forgetSettled(): void {
    while (this.#oldest < this.#watched.length && this.#watched[this.#oldest]?.reject === undefined) {
      // Its place is there until there are many of them, and would keep the keys of a command.
      this.#watched[this.#oldest] = undefined;
      this.#oldest += 1;
    }
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
    if (this.#timer === undefined && oldest !== undefined) this.#wakeAt(oldest.turn.endedAtMs + this.#dueMs, 0);
  }

  #wakeAt(dueMs: number, graces: number): void {
    const timer = setTimeout(
      () => {
        if (this.#watched[this.#oldest] === undefined) {
          this.#timer = undefined;
          return;
        }
        const nowMs = performance.now();
        const isHeldUp = nowMs - dueMs > heldUpMs;
        // A busy loop lets the timer run before it has looked at the socket: an answer may be waiting there.
        setImmediate(() => {
          if (isHeldUp && graces < maxGraces && this.#isDue(nowMs)) {
            // What left between two long turns has had no time of its own.
            this.#wakeAt(performance.now() + graceMs, graces + 1);
            return;
          }
          this.#timer = undefined;
          this.#expire(nowMs, isHeldUp || graces > 0);
          this.#arm();
        });
      },
      // It comes a millisecond later than it is told to, or more; what it is too early for gets another one.
      Math.max(1, Math.floor(dueMs - performance.now())),
    );
    // The connection keeps the process alive while it waits; a timer left over must not.
    timer.unref();
    this.#timer = timer;
  }

  #isDue(nowMs: number): boolean {
    const oldest = this.#watched[this.#oldest];
    return oldest !== undefined && oldest.turn.endedAtMs + this.#dueMs <= nowMs;
  }

  #expire(nowMs: number, wasBusy: boolean): void {
    for (let index = this.#oldest; index < this.#watched.length; index += 1) {
      const watched = this.#watched[index];
      if (watched === undefined || watched.turn.endedAtMs + this.#dueMs > nowMs) break;
      const { reject } = watched;
      if (reject === undefined) continue;
      watched.reject = undefined;
      const error = this.#error(this.#limitMs);
      // First of all: whoever is told that it has expired may give up what came later, and who has waited longest goes on first.
      reject(error);
      watched.watcher?.expired(watched.turn, wasBusy, error);
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
