/** So many keys are remembered at most; the oldest are forgotten first. */
const maxKeys = 10_000;

/** Keys that are left alone for a while, by the monotonic clock of this process. */
export class Throttle {
  readonly #ms: number;
  /** Until when, the oldest first. */
  readonly #untilMs = new Map<string, number>();

  constructor(ms: number) {
    this.#ms = ms;
  }

  has(text: string): boolean {
    const untilMs = this.#untilMs.get(text);
    if (untilMs === undefined) return false;
    if (performance.now() < untilMs) return true;
    this.#untilMs.delete(text);
    return false;
  }

  add(text: string): void {
    if (this.#ms === 0) return;
    // Behind those that came before it.
    this.#untilMs.delete(text);
    this.#untilMs.set(text, performance.now() + this.#ms);
    if (this.#untilMs.size <= maxKeys) return;
    for (const oldest of this.#untilMs.keys()) {
      this.#untilMs.delete(oldest);
      return;
    }
  }

  delete(text: string): void {
    this.#untilMs.delete(text);
  }
}
