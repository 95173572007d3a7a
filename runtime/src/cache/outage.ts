// Not the global one, which tests replace together with the clock.
import { setTimeout } from "node:timers";
import { AwaitingDeletion } from "../backends/awaiting-deletion.ts";
import { nameOfBackend } from "../observe/backend-names.ts";
import { publish } from "../observe/channels.ts";

/** A backend, with promises or without. */
interface Named {
  readonly name: string;
  /** Who answers in the end: several caches may have something of their own in front of it. */
  readonly behind?: Named | undefined;
}

/** What is wrong with a backend, and since when. */
export interface Outage {
  readonly state: "down" | "refusing";
  /** Milliseconds since 1970. */
  readonly sinceMs: number;
  readonly error: unknown;
}

/** By then a server that does not answer is left alone, and nobody waits for it. */
const warningDelayMs = 100;
/** A backend that comes and goes is spoken of no more often: what is more is counted, and said in one. */
const warningPauseMs = 10_000;

/** What is not said by itself. */
interface Unsaid {
  count: number;
  error: unknown;
}

/** Outages of one kind, by their backends. */
class Outages {
  readonly #state: Outage["state"];
  /** What a backend does not do. */
  readonly #verb: "answer" | "store";
  readonly #doing: "answering" | "storing";
  readonly #consequence: string;
  readonly #present = new WeakMap<Named, Outage>();
  readonly #unsaid = new WeakMap<Named, Unsaid>();

  constructor(state: Outage["state"], verb: "answer" | "store", doing: "answering" | "storing", consequence: string) {
    this.#state = state;
    this.#verb = verb;
    this.#doing = doing;
    this.#consequence = consequence;
  }

  of(backend: Named): Outage | undefined {
    return this.#present.get(backend);
  }

  begin(backend: Named, error: unknown): void {
    this.#present.set(backend, { state: this.#state, sinceMs: Date.now(), error });
    publish("outage", () => ({ backend: nameOfBackend(backend), state: this.#state, error }));
    const unsaid = this.#unsaid.get(backend);
    if (unsaid === undefined) {
      this.#pause(backend);
      // The first warning of a process takes up to ten milliseconds: calls that wait for the backend shall not wait for that as well.
      setTimeout(() => this.#say(backend, `does not ${this.#verb}, ${this.#consequence}`, error), warningDelayMs);
    } else {
      unsaid.count += 1;
      unsaid.error = error;
    }
  }

  end(backend: Named): void {
    if (!this.#present.delete(backend)) return;
    publish("outage", () => ({ backend: nameOfBackend(backend), state: "up", error: undefined }));
  }

  #pause(backend: Named): void {
    const unsaid: Unsaid = { count: 0, error: undefined };
    this.#unsaid.set(backend, unsaid);
    setTimeout(() => {
      this.#unsaid.delete(backend);
      if (unsaid.count === 0) return;
      this.#pause(backend);
      const times = unsaid.count === 1 ? "once" : `${unsaid.count} times`;
      const now = this.#present.has(backend) ? `does not ${this.#verb} now` : `${this.#verb}s again`;
      this.#say(
        backend,
        `stopped ${this.#doing} ${times} more within ${warningPauseMs / 1000} s, and ${now}`,
        unsaid.error,
      );
    }, warningPauseMs).unref();
  }

  #say({ name }: Named, what: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    process.emitWarning(`The cache backend ${name} ${what}. ${reason}`, {
      type: "CachetoryWarning",
      code: "CACHETORY_UNAVAILABLE",
    });
  }
}

const down = new Outages("down", "answer", "answering", "reads are misses until it does");
const refusing = new Outages("refusing", "store", "storing", "what is loaded is not kept until it does");

/** What is wrong with a backend, as far as caches have seen. */
export function outageOf(asked: Named): Outage | undefined {
  const backend = answering(asked);
  return down.of(backend) ?? refusing.of(backend);
}

/** Says of an outage that a backend does not answer; reads meanwhile are misses. */
export function noteFailure(asked: Named, error: unknown): void {
  const backend = answering(asked);
  if (down.of(backend) === undefined && !(error instanceof AwaitingDeletion)) down.begin(backend, error);
}

/** The next failure is a new outage. */
export function noteAnswer(asked: Named): void {
  down.end(answering(asked));
}

/**
 * Says that a backend does not store what was loaded. It may answer every read meanwhile: a Redis that is full, or a replica.
 */
export function noteRefusal(asked: Named, error: unknown): void {
  const backend = answering(asked);
  if (outageOf(backend) === undefined) refusing.begin(backend, error);
}

export function noteStored(asked: Named): void {
  refusing.end(answering(asked));
}

function answering(asked: Named): Named {
  return asked.behind ?? asked;
}
