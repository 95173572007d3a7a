// Not the global one, which tests replace together with the clock.
import { setTimeout } from "node:timers";
import { AwaitingDeletion } from "../backends/awaiting-deletion.ts";
import { messageOf } from "../message-of.ts";
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
/** A backend that comes and goes is spoken of no more often: what is more is counted, and said with the next. */
const warningPauseMs = 10_000;

/** When an outage of a backend was said last, and how many were not since. */
interface Said {
  readonly atMs: number;
  unsaid: number;
}

/** Outages of one kind, by their backends. */
class Outages {
  readonly #state: Outage["state"];
  /** What a backend does not do, and what comes of it. */
  readonly #what: string;
  readonly #present = new WeakMap<Named, Outage>();
  readonly #said = new WeakMap<Named, Said>();

  constructor(state: Outage["state"], what: string) {
    this.#state = state;
    this.#what = what;
  }

  of(backend: Named): Outage | undefined {
    return this.#present.get(backend);
  }

  /** Notes that a backend has failed, once again or for the first time. */
  note(backend: Named, error: unknown): void {
    const said = this.#said.get(backend);
    if (this.#present.has(backend)) {
      // It began soon after another one.
      if (said !== undefined && said.unsaid > 0 && isOver(said)) this.#say(backend, error, said.unsaid);
      return;
    }
    this.#present.set(backend, { state: this.#state, sinceMs: Date.now(), error });
    publish("outage", () => ({ backend: nameOfBackend(backend), state: this.#state, error }));
    if (said === undefined || isOver(said)) this.#say(backend, error, 1 + (said?.unsaid ?? 0));
    else said.unsaid += 1;
  }

  end(backend: Named): void {
    if (!this.#present.delete(backend)) return;
    publish("outage", () => ({ backend: nameOfBackend(backend), state: "up", error: undefined }));
  }

  #say(backend: Named, error: unknown, count: number): void {
    this.#said.set(backend, { atMs: performance.now(), unsaid: 0 });
    const often = count > 1 ? ` That was so ${count} times since it was said last.` : "";
    const reason = messageOf(error);
    // The first one of a process takes up to ten milliseconds: calls that wait for the backend shall not wait for that as well.
    setTimeout(() => {
      process.emitWarning(`The cache backend ${nameOfBackend(backend)} ${this.#what}.${often} ${reason}`, {
        type: "CachetoryWarning",
        code: "CACHETORY_UNAVAILABLE",
      });
    }, warningDelayMs);
  }
}

function isOver({ atMs }: Said): boolean {
  return performance.now() - atMs >= warningPauseMs;
}

const down = new Outages("down", "does not answer, reads are misses until it does");
const refusing = new Outages("refusing", "does not store, what is loaded is not kept until it does");

/** What is wrong with a backend, as far as caches have seen. */
export function outageOf(asked: Named): Outage | undefined {
  const backend = answering(asked);
  return down.of(backend) ?? refusing.of(backend);
}

/** Says of an outage that a backend does not answer; reads meanwhile are misses. */
export function noteFailure(asked: Named, error: unknown): void {
  if (!(error instanceof AwaitingDeletion)) down.note(answering(asked), error);
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
  if (down.of(backend) === undefined) refusing.note(backend, error);
}

export function noteStored(asked: Named): void {
  refusing.end(answering(asked));
}

function answering(asked: Named): Named {
  return asked.behind ?? asked;
}
