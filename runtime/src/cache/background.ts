/** Work of a cache that no caller waits for, so that whoever shuts down can. */
export class Background {
  readonly #running = new Set<Promise<unknown>>();

  /** How much of it is under way. */
  get size(): number {
    return this.#running.size;
  }

  /** Waits for it in the callers' place. Who runs it tells of its failure: here, it ends like any other end. */
  run(work: Promise<unknown>): void {
    const ended: Promise<unknown> = work.then(
      () => this.#running.delete(ended),
      () => this.#running.delete(ended),
    );
    this.#running.add(ended);
  }

  /** Resolves when nothing is under way, that which has begun meanwhile included. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /** As `idle`, or when it has taken too long: what hangs must not keep a process from ending. */
  async idleWithin(limitMs: number): Promise<void> {
    if (this.#running.size === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limitMs);
    });
    await Promise.race([this.idle(), late]);
    clearTimeout(timer);
  }
}
