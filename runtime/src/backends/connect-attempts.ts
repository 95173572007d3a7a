import { messageOf } from "../message-of.ts";
import type { CompleteOptions } from "./redis-own-client.ts";
import { timeLimit } from "./time-limit.ts";

/**
 * Of what sentinels name: so long the first attempt to connect anew may take, or so many times as long as connecting last took; each
 * further one twice as long. Milliseconds.
 */
const firstAttemptMs = 250;
const firstAttemptFactor = 4;

/** The attempts of a client to connect: how long each may take, and why there is no connection. */
export class ConnectAttempts {
  readonly #options: CompleteOptions;
  #startedAtMs = 0;
  /** How long the last one took that succeeded, and how many have been made since. */
  #tookMs = 0;
  #count = 0;
  #isRefused = false;
  #lastError: unknown;
  /** What went wrong first in the one that is under way. */
  #error: unknown;
  #endLimit: (() => void) | undefined;

  constructor(options: CompleteOptions) {
    this.#options = options;
  }

  /** Why there was no connection when it was last tried. */
  get lastError(): unknown {
    return this.#lastError;
  }

  /** Whether a server has let the client in, but not to its database. */
  get isRefused(): boolean {
    return this.#isRefused;
  }

  /** The client limits the connection of the socket alone; a server may accept it and say nothing. */
  begin(isFirst: boolean, tooLong: () => void): void {
    this.#isRefused = false;
    // Until this one tells a reason of its own, that of the last one holds.
    this.#error = undefined;
    this.#startedAtMs = performance.now();
    this.endLimit();
    this.#count += 1;
    const limitMs = this.#limitMs(isFirst);
    this.#endLimit = timeLimit(limitMs, () => {
      if (this.#error === undefined) this.blame(new Error(`it was not ready within ${limitMs} ms`));
      tooLong();
    });
  }

  endLimit(): void {
    this.#endLimit?.();
  }

  /** @returns how long it took, in milliseconds */
  succeeded(): number {
    this.#tookMs = performance.now() - this.#startedAtMs;
    this.#count = 0;
    this.#lastError = undefined;
    return this.#tookMs;
  }

  blame(error: unknown): void {
    this.#error = error;
    this.#lastError = error;
  }

  /**
   * Notes what the client told.
   *
   * @returns whether it was that the server refuses the database: the client would go on in another one
   */
  note(error: unknown): boolean {
    // What follows from a refusal says less than the refusal, and that all sentinels failed less than why.
    if (this.#isRefused || (this.#error !== undefined && isOfAllSentinels(error))) return false;
    this.blame(reasonOf(error));
    this.#isRefused = isRefusedDatabase(error);
    return this.#isRefused;
  }

  /** Notes what the client told of one sentinel. */
  noteSentinel(cause: unknown): void {
    const isUnknown = cause instanceof Error && /No such master|invalid reply: null/.test(cause.message);
    const master = this.#options.sentinel?.master;
    this.blame(isUnknown ? new Error(`the sentinels know no master "${master}"`, { cause }) : cause);
  }

  /**
   * A master that stands still is connected to, and says nothing. Sentinels tell when another has taken its place, but not to who was
   * about to listen: he has to ask them again.
   */
  #limitMs(isFirst: boolean): number {
    const { connectTimeoutMs, sentinel } = this.#options;
    if (sentinel === undefined || isFirst) return connectTimeoutMs;
    const firstMs = Math.max(firstAttemptMs, firstAttemptFactor * this.#tookMs);
    return Math.min(connectTimeoutMs, firstMs * 2 ** (this.#count - 1));
  }
}

/** A Cluster speaks of its cache of slots, and hangs the error of the node that it asked last to it. */
function reasonOf(error: unknown): unknown {
  if (!(error instanceof Error) || !("lastNodeError" in error)) return error;
  const { lastNodeError: cause } = error;
  return new Error(`no node of the Cluster answered: ${messageOf(cause)}`, { cause });
}

function isOfAllSentinels(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("All sentinels are unreachable");
}

function isRefusedDatabase(error: unknown): boolean {
  if (!(error instanceof Error) || !("command" in error)) return false;
  const { command } = error;
  return typeof command === "object" && command !== null && "name" in command && command.name === "select";
}
