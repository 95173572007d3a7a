/** The first comes after so long, and each one that fails lets the next wait twice as long. */
const firstDelayMs = 100;
const lastDelayMs = 5000;

/** Work that is tried again and again until nothing of it is left. */
export class Retries {
  readonly #work: () => Promise<void>;
  readonly #isDone: () => boolean;
  #running: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #delayMs = firstDelayMs;
  #isStopped = false;

  /** @param work - does all that is left, and rejects where it cannot */
  constructor(work: () => Promise<void>, isDone: () => boolean) {
    this.#work = work;
    this.#isDone = isDone;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** There is something to do. */
  schedule(): void {
    if (this.#timer !== undefined || this.#running !== undefined || this.#isStopped) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#attempt();
    }, this.#delayMs);
    // That something is left to do is no reason for a process to stay.
    this.#timer.unref();
  }

  /** It may succeed now. */
  hasten(): void {
    if (this.#delayMs === firstDelayMs || this.#isDone()) return;
    this.#delayMs = firstDelayMs;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.schedule();
  }

  /** Resolves when nothing is left, or when the time is over. */
  async drain(limitMs: number): Promise<void> {
    const endMs = performance.now() + limitMs;
    while (!this.#isDone() && performance.now() < endMs) {
      this.#attempt();
      const pause = after(Math.min(firstDelayMs, endMs - performance.now()));
      await Promise.race([this.#running, pause]);
      if (!this.#isDone()) await pause;
    }
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #attempt(): void {
    if (this.#running !== undefined || this.#isDone()) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = this.#work().then(
      () => this.#ended(firstDelayMs),
      () => this.#ended(Math.min(2 * this.#delayMs, lastDelayMs)),
    );
  }

  #ended(delayMs: number): void {
    this.#running = undefined;
    this.#delayMs = delayMs;
    if (!this.#isDone()) this.schedule();
  }
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, ms));
  });
}
