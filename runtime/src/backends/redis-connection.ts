import { BackendUnavailableError } from "../errors.ts";
import { expectOptional } from "../optional-package.ts";
import { Deadline } from "./deadline.ts";
import type { CorkableStream, RedisCommands } from "./redis-commands.ts";
import { forgetArguments } from "./redis-errors.ts";
import { type RedisConnectionOptions, refuseUnfitOptions } from "./redis-options.ts";
import { makeOwnClient, type OwnClient } from "./redis-own-client.ts";

/** A read gives up where a write still waits for a connection: the caller of a read has another way. */
export type CommandKind = "read" | "write";

/** What a server turned out to have; unknown until it was asked. */
export interface RedisFeatures {
  hasMsetex: boolean | undefined;
  /** Whether this user may run scripts. */
  hasScripts: boolean | undefined;
}

/** Gives commands a client, in the order in which they come, and each a time limit. */
export interface RedisConnection {
  /** Whether the keys of one command must be of one slot. */
  readonly isCluster: boolean;
  readonly features: RedisFeatures;
  /** The client, while it has a connection. */
  readonly readyClient: RedisCommands | undefined;
  run<T>(kind: CommandKind, command: (client: RedisCommands) => Promise<T>): Promise<T>;
  /** Lets the commands that `send` runs leave in one write to each server. They count as one of those that wait. */
  together<T>(send: () => T): T;
  close(): Promise<void>;
}

interface Waiting {
  start(client: RedisCommands): void;
  fail(error: Error): void;
}

/**
 * A client of its own, imported and connected when the first command comes. Every command waits for the first attempt
 * to connect; from then on, while there is no connection, reads fail at once, and writes wait for it as long as a
 * command may take. Only so many wait; more fail at once.
 */
export class OwnConnection implements RedisConnection {
  readonly isCluster: boolean;
  readonly features: RedisFeatures = { hasMsetex: undefined, hasScripts: undefined };
  readonly #options: RedisConnectionOptions;
  readonly #commandTimeoutMs: number;
  readonly #maxWaiting: number;
  readonly #deadline: Deadline;
  readonly #waiting = new Set<Waiting>();
  #state: "new" | "connecting" | "ready" | "down" | "closed" = "new";
  #client: OwnClient | undefined;
  #isCorked = false;
  #isAdmitted = false;
  #connectTimer: NodeJS.Timeout | undefined;
  #isRefused = false;
  /** Why there was no connection when it was last tried. */
  #lastError: unknown;
  /** What went wrong first in the attempt that is under way. */
  #attemptError: unknown;

  /** @throws CachetoryError `MISSING_PACKAGE` without ioredis, `INVALID_OPTION` */
  constructor(options: RedisConnectionOptions) {
    checkConnection(options);
    this.#options = options;
    this.isCluster = options.cluster !== undefined;
    this.#commandTimeoutMs = options.commandTimeoutMs ?? 1000;
    this.#maxWaiting = options.maxWaiting ?? 1000;
    this.#deadline = new Deadline(this.#commandTimeoutMs, timedOut);
  }

  get readyClient(): RedisCommands | undefined {
    return this.#state === "ready" ? this.#client : undefined;
  }

  run<T>(kind: CommandKind, command: (client: RedisCommands) => Promise<T>): Promise<T> {
    if (this.#state === "ready" && this.#client !== undefined) {
      this.#cork(this.#client);
      return this.#deadline.watch(command(this.#client));
    }
    if (this.#state === "closed") return Promise.reject(closed());
    if (this.#state === "down" && kind === "read") return Promise.reject(notConnected(this.#lastError));
    if (!this.#isAdmitted && this.#waiting.size >= this.#maxWaiting) {
      return Promise.reject(tooManyWaiting(this.#maxWaiting));
    }
    if (this.#state === "new") this.#open();
    return this.#wait(command);
  }

  /** All commands of a turn leave together anyway, and those of one call are let in together. */
  together<T>(send: () => T): T {
    this.#isAdmitted = this.#waiting.size < this.#maxWaiting;
    try {
      return send();
    } finally {
      this.#isAdmitted = false;
    }
  }

  async close(): Promise<void> {
    if (this.#state === "closed") return;
    const wasReady = this.#state === "ready";
    this.#state = "closed";
    clearTimeout(this.#connectTimer);
    this.#failWaiting(closed());
    // A server that does not answer must not keep the process from ending.
    if (wasReady && this.#client !== undefined) await this.#deadline.watch(this.#client.quit()).catch(() => {});
    this.#client?.disconnect();
  }

  /** Lets the commands of one turn of the event loop leave in one write, which costs as much as it does for one. */
  #cork(client: OwnClient): void {
    if (this.#isCorked) return;
    this.#isCorked = true;
    const uncork = corked(client);
    process.nextTick(() => {
      this.#isCorked = false;
      uncork();
    });
  }

  #wait<T>(command: (client: RedisCommands) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(waiting);
      };
      const waiting: Waiting = {
        start: (client) => {
          leave();
          this.#deadline.watch(command(client)).then(resolve, reject);
        },
        fail: (error) => {
          leave();
          reject(error);
        },
      };
      // The first attempt has a time limit of its own.
      const timer =
        this.#state === "down"
          ? setTimeout(() => waiting.fail(notConnected(this.#lastError)), this.#commandTimeoutMs)
          : undefined;
      this.#waiting.add(waiting);
    });
  }

  #open(): void {
    this.#state = "connecting";
    this.#connect().catch((error: unknown) => {
      this.#blame(error);
      this.#onDown();
    });
  }

  async #connect(): Promise<void> {
    const client = await makeOwnClient(this.#options);
    if (this.#state === "closed") return;
    this.#client = client;
    client.on("connecting", () => this.#limitConnecting(client));
    client.on("error", (error) => {
      // What follows from a refusal says less than the refusal, and that all sentinels failed less than why.
      if (this.#isRefused || (this.#attemptError !== undefined && isOfAllSentinels(error))) return;
      this.#blame(reasonOf(error));
      if (isRefusedDatabase(error)) this.#refuse(client);
    });
    client.on("sentinelError", (error) => {
      this.#blame(reasonOfSentinel(error, this.#options.sentinel?.master));
    });
    client.on("ready", () => this.#onReady(client));
    client.on("close", () => this.#onDown());
    // Its rejection is what the events tell, too.
    client.connect().catch(() => {});
  }

  /** The client limits the connection of the socket alone; a server may accept it and say nothing. */
  #limitConnecting(client: RedisCommands): void {
    this.#isRefused = false;
    // Until this attempt tells a reason of its own, that of the last one holds.
    this.#attemptError = undefined;
    clearTimeout(this.#connectTimer);
    const limitMs = this.#options.connectTimeoutMs ?? 1000;
    this.#connectTimer = setTimeout(() => {
      if (this.#attemptError === undefined) this.#blame(new Error(`it was not ready within ${limitMs} ms`));
      client.disconnect(true);
      this.#onDown();
    }, limitMs);
  }

  #blame(error: unknown): void {
    this.#attemptError = error;
    this.#lastError = error;
  }

  /** The client would go on in database 0, whose entries are not this backend's. */
  #refuse(client: RedisCommands): void {
    this.#isRefused = true;
    client.disconnect(true);
    this.#onDown();
  }

  #onReady(client: OwnClient): void {
    if (this.#state === "closed" || this.#isRefused) return;
    clearTimeout(this.#connectTimer);
    this.#state = "ready";
    this.#lastError = undefined;
    // It may be another server than before.
    this.features.hasMsetex = undefined;
    this.features.hasScripts = undefined;
    this.#cork(client);
    for (const waiting of this.#waiting) waiting.start(client);
  }

  #onDown(): void {
    if (this.#state === "closed") return;
    clearTimeout(this.#connectTimer);
    const wasFirst = this.#state === "connecting";
    this.#state = "down";
    if (wasFirst) this.#failWaiting(notConnected(this.#lastError));
  }

  #failWaiting(error: Error): void {
    for (const waiting of this.#waiting) waiting.fail(error);
  }
}

/** @throws CachetoryError `MISSING_PACKAGE` without ioredis, `INVALID_OPTION` */
export function checkConnection(options: RedisConnectionOptions): void {
  refuseUnfitOptions(options);
  expectOptional("ioredis", "A redis backend");
}

/** Holds back what a client writes, on every server that it writes to; the answer lets it go. */
export function corked(client: RedisCommands): () => void {
  const clients = client.nodes?.("master") ?? [client];
  const streams = clients.map(({ stream }) => stream).filter((stream): stream is CorkableStream => stream != null);
  for (const stream of streams) stream.cork();
  return () => {
    for (const stream of streams) stream.uncork();
  };
}

/** A Cluster speaks of its cache of slots, and hangs the error of the node that it asked last to it. */
function reasonOf(error: unknown): unknown {
  if (!(error instanceof Error) || !("lastNodeError" in error)) return error;
  const { lastNodeError: cause } = error;
  return new Error(`no node of the Cluster answered: ${cause instanceof Error ? cause.message : cause}`, { cause });
}

function isOfAllSentinels(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("All sentinels are unreachable");
}

function reasonOfSentinel(cause: unknown, master: string | undefined): unknown {
  if (!(cause instanceof Error) || !/No such master|invalid reply: null/.test(cause.message)) return cause;
  return new Error(`the sentinels know no master "${master}"`, { cause });
}

function isRefusedDatabase(error: unknown): boolean {
  if (!(error instanceof Error) || !("command" in error)) return false;
  const { command } = error;
  return typeof command === "object" && command !== null && "name" in command && command.name === "select";
}

export function closed(): BackendUnavailableError {
  return new BackendUnavailableError("The backend is closed.", { outcome: "none" });
}

export function notConnected(cause: unknown): BackendUnavailableError {
  forgetArguments(cause);
  const reason = cause instanceof Error ? ` (${cause.message})` : "";
  return new BackendUnavailableError(`There is no connection to Redis${reason}.`, { cause, outcome: "none" });
}

export function timedOut(limitMs: number): BackendUnavailableError {
  return new BackendUnavailableError(`Redis did not answer within ${limitMs} ms.`, { outcome: "unknown" });
}

function tooManyWaiting(max: number): BackendUnavailableError {
  const message = `There is no connection to Redis yet, and ${max} commands wait for one (max-waiting).`;
  return new BackendUnavailableError(message, { outcome: "none" });
}
