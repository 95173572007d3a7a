interface Watched {
  readonly expiresAtMs: number;
  /** Gone once the promise is settled. */
  reject: ((error: Error) => void) | undefined;
}

/**
 * One time limit for any number of promises, with one timer: they expire in the order in which they came, so the timer
 * is for the oldest alone.
 */
export class Deadline {
  readonly #limitMs: number;
  readonly #error: (limitMs: number) => Error;
  #watched: Watched[] = [];
  #oldest = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(limitMs: number, error: (limitMs: number) => Error) {
    this.#limitMs = limitMs;
    this.#error = error;
  }

  /** The promise, or a rejection when the limit is reached first. */
  watch<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const watched: Watched = { expiresAtMs: performance.now() + this.#limitMs, reject };
      this.#watched.push(watched);
      this.#arm();
      promise.then(
        (value) => {
          this.#settle(watched);
          resolve(value);
        },
        (cause: unknown) => {
          this.#settle(watched);
          reject(cause);
        },
      );
    });
  }

  #settle(watched: Watched): void {
    watched.reject = undefined;
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
      Math.max(1, Math.ceil(oldest.expiresAtMs - performance.now())),
    );
    // The connection keeps the process alive while it waits; a timer left over must not.
    timer.unref();
    this.#timer = timer;
  }

  #expire(nowMs: number): void {
    for (let index = this.#oldest; index < this.#watched.length; index += 1) {
      const watched = this.#watched[index];
      if (watched === undefined || watched.expiresAtMs > nowMs) break;
      watched.reject?.(this.#error(this.#limitMs));
      watched.reject = undefined;
    }
    this.#forgetSettled();
  }
}
