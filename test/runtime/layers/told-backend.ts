import type { AgedEntry, Change, FarEntries, Feed, FeedListener, Kind } from "@cachetory/runtime";
import { ControlledBackend } from "@cachetory/runtime/testing";

/** A shared backend whose news and answers come when a test says so. */
export class ToldBackend extends ControlledBackend {
  readonly announced: Change[] = [];
  /** How often it was asked for entries. */
  questions = 0;
  longestMs = Number.POSITIVE_INFINITY;
  readonly #listeners = new Set<FeedListener>();
  #answersWait: Promise<void> | undefined;

  constructor() {
    super({ isShared: true });
  }

  readonly far: FarEntries = {
    getAged: async (key, as) => {
      this.questions += 1;
      const answer = await this.#aged(key, as);
      await this.#answersWait;
      return answer;
    },
    getManyAged: async (keys, as) => {
      this.questions += 1;
      const answers = await Promise.all(keys.map((key) => this.#aged(key, as)));
      await this.#answersWait;
      return answers;
    },
    feed: (): Feed => ({
      longestMs: this.longestMs,
      listen: (listener) => void this.#listeners.add(listener),
      announce: (change) => void this.announced.push(change),
      ready: async () => {},
    }),
  };

  /** The feed is open from now on, or not. */
  open(): void {
    for (const listener of this.#listeners) listener.opened();
  }

  breakOff(): void {
    for (const listener of this.#listeners) listener.closed();
  }

  tell(change: Change): void {
    for (const listener of this.#listeners) listener.changed(change);
  }

  /** What is read from now on is read at once, and answered when the answer is called. */
  holdAnswers(): () => void {
    let open = (): void => {};
    this.#answersWait = new Promise((resolve) => {
      open = resolve;
    });
    return () => {
      this.#answersWait = undefined;
      open();
    };
  }

  async #aged(key: string, as: Kind): Promise<AgedEntry> {
    const stored = await this.memory.get(key, as);
    return { stored, lifeMs: (await this.memory.ttl(key)) ?? 0 };
  }
}
