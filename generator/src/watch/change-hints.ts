import type { Host } from "../host.ts";
import type { FileQuestion } from "../resolve/resolution.ts";
import { nameKey, watchedNames } from "./watched-names.ts";

/** Saving a file is several events: this long there must be none. */
const quietMs = 25;
/** But no longer than this, where they do not end. */
const patienceMs = 150;

/**
 * Says when files may have changed. Events of the system are taken as hints alone, for they come late, twice, or for
 * nothing: whether something did change, the files themselves tell.
 */
export class ChangeHints {
  readonly #host: Pick<Host, "files" | "watchFolder" | "nowMs">;
  #stops: (() => void)[] = [];
  #isHinted = false;
  #wake: () => void = () => {};

  constructor(host: Pick<Host, "files" | "watchFolder" | "nowMs">) {
    this.#host = host;
  }

  /** Listens to all that could change an answer, and no more to what was before. A folder may have become another one. */
  listen(questions: readonly FileQuestion[]): void {
    const before = this.#stops;
    this.#stops = [];
    try {
      for (const [folder, { all, names }] of watchedNames(questions, this.#host.files)) {
        const stop = this.#host.watchFolder(folder, (name) => {
          if (all || name === undefined || names.has(nameKey(name))) this.#hint();
        });
        this.#stops.push(stop);
      }
    } finally {
      for (const stop of before) stop();
    }
  }

  /** Resolves when there was a hint since the last time, and then a moment of quiet. */
  async next(): Promise<void> {
    if (!this.#isHinted) await this.#hinted();
    const untilMs = this.#host.nowMs() + patienceMs;
    do {
      this.#isHinted = false;
      await Promise.race([this.#hinted(), pause(quietMs)]);
    } while (this.#isHinted && this.#host.nowMs() < untilMs);
    this.#isHinted = false;
  }

  close(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }

  #hint(): void {
    this.#isHinted = true;
    this.#wake();
  }

  #hinted(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
