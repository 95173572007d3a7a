import type { Backend } from "../backends/backend.ts";
import { BackendClosedError } from "../backends/backend-closed-error.ts";
import { CachetoryError } from "../errors.ts";
import type { Gutter } from "../policies/gutter.ts";
import type { EntryCodec } from "./entry-codec.ts";
import { Miss, unanswered } from "./miss.ts";
import { noteAnswer, noteFailure, noteRefusal } from "./outage.ts";
import type { Reading } from "./reading.ts";

/** A value, or why there is none; a promise of it where it is offloaded. */
export type Found<V> = V | Miss | Promise<V | Miss>;

/**
 * What reads of one cache are answered with, whatever their backend says or fails to say, and what that tells of the backend.
 */
export class ReadAnswers<V> {
  readonly #codec: EntryCodec<V>;
  /** Absent until it is open. */
  #backend: Backend | undefined;
  #gutter: Gutter<V> | undefined;

  constructor(codec: EntryCodec<V>) {
    this.#codec = codec;
  }

  /** What has been loaded while the backend did not answer; absent where nothing is kept, and until the backend is open. */
  get gutter(): Gutter<V> | undefined {
    return this.#gutter;
  }

  opened(backend: Backend, gutter: Gutter<V> | undefined): void {
    this.#backend = backend;
    this.#gutter = gutter;
  }

  /** The backend has answered something. */
  heard(): void {
    if (this.#backend !== undefined) noteAnswer(this.#backend);
  }

  /** The backend has answered a read. */
  heardOf(text: string): void {
    this.heard();
    this.#gutter?.answered(text);
  }

  /** What was read; what was loaded a moment ago, where the backend has no entry because it has refused to store it. */
  of(text: string, key: unknown, found: Found<V>, reading: Reading): Found<V> {
    if (this.#gutter === undefined) return found;
    if (found instanceof Promise) return found.then((known) => this.of(text, key, known, reading));
    if (!isAbsent(found)) {
      if (!(found instanceof Miss)) this.#gutter.found(text);
      return found;
    }
    const kept = this.#gutter.readRefused(text, key);
    if (kept === undefined) return found;
    reading.foundIn?.set(text, "gutter");
    return kept;
  }

  /** What was loaded a moment ago, where the backend has not answered a read; else the miss that this is. */
  instead(text: string, key: unknown, cause: unknown, reading: Reading): Found<V> {
    const miss = this.missOf(cause);
    const kept = this.#gutter?.read(text, key);
    if (kept === undefined) return miss;
    reading.foundIn?.set(text, "gutter");
    return kept;
  }

  /** The miss that a question is which has failed. */
  missOf(cause: unknown): Miss {
    if (!isOfBackend(cause)) this.#codec.warn("could not ask for an entry, and takes it for a miss", cause);
    else if (this.#backend !== undefined) noteFailure(this.#backend, cause);
    return unanswered(cause);
  }

  /** Tells of a loaded value that was not stored. */
  noteUnstored(cause: unknown): void {
    // Whoever closes it while a load runs knows why.
    if (cause instanceof BackendClosedError) return;
    if (!isOfBackend(cause)) this.#codec.warn("could not store a loaded value", cause);
    else if (this.#backend !== undefined) noteRefusal(this.#backend, cause);
  }
}

/** What is wrong with a value, a key, or a function that is called for them is the fault of no backend. */
function isOfBackend(cause: unknown): boolean {
  return !(cause instanceof CachetoryError) || cause.code === "UNAVAILABLE";
}

function isAbsent(found: unknown): found is Miss {
  return found instanceof Miss && found.reason === "absent";
}
