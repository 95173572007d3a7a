import { BackendUnavailableError } from "../errors.ts";
import { expectOptional } from "../optional-package.ts";
import { Deadline } from "./deadline.ts";
import type { RedisClient } from "./redis-client.ts";
import type { RedisCommands } from "./redis-commands.ts";

/** Where and how to connect. Times are milliseconds. */
export interface RedisConnectionOptions {
  /** Default `"localhost"`. */
  readonly host?: string | undefined;
  /** Default 6379. */
  readonly port?: number | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Number of the database. Default 0. */
  readonly db?: number | undefined;
  /** Default `false`. */
  readonly tls?: boolean | undefined;
  /** As CLIENT LIST shows it. */
  readonly clientName?: string | undefined;
  /** Of the host's address: 4, 6, or either with 0. */
  readonly family?: 0 | 4 | 6 | undefined;
  readonly keepAliveMs?: number | undefined;
  readonly noDelay?: boolean | undefined;
  /** Version of RESP. Default: the client's. */
  readonly protocol?: 2 | 3 | undefined;
  /** Default 1,000. */
  readonly connectTimeoutMs?: number | undefined;
  /** Of one command. Default 1,000. */
  readonly commandTimeoutMs?: number | undefined;
}

/** A read gives up where a write still waits for a connection: the caller of a read has another way. */
export type CommandKind = "read" | "write";

/** Gives commands a client, in the order in which they come, and each a time limit. */
export interface RedisConnection {
  run<T>(kind: CommandKind, command: (client: RedisCommands) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A client that somebody else made, and closes. */
export class GivenConnection implements RedisConnection {
  readonly #client: RedisClient & RedisCommands;
  readonly #deadline: Deadline;
  #isClosed = false;

  constructor(client: RedisClient & RedisCommands, commandTimeoutMs: number) {
    this.#client = client;
    this.#deadline = new Deadline(commandTimeoutMs, timedOut);
  }

  run<T>(kind: CommandKind, command: (client: RedisCommands) => Promise<T>): Promise<T> {
    if (this.#isClosed) return Promise.reject(closed());
    if (kind === "read" && isDown(this.#client)) return Promise.reject(notConnected(undefined));
    return this.#deadline.watch(command(this.#client));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }
}

/** A client of ioredis, and the socket that it writes to at the moment. */
interface OwnClient extends RedisCommands {
  readonly stream?: { cork(): void; uncork(): void };
}

interface Waiting {
  start(client: RedisCommands): void;
  fail(error: Error): void;
}

/**
 * A client of its own, imported and connected when the first command comes. Every command waits for the first attempt
 * to connect; from then on, while there is no connection, reads fail at once, and writes wait for it as long as a
 * command may take.
 */
export class OwnConnection implements RedisConnection {
  readonly #options: RedisConnectionOptions;
  readonly #commandTimeoutMs: number;
  readonly #deadline: Deadline;
  readonly #waiting = new Set<Waiting>();
  #state: "new" | "connecting" | "ready" | "down" | "closed" = "new";
  #client: OwnClient | undefined;
  #isCorked = false;
  #connectTimer: NodeJS.Timeout | undefined;
  #isRefused = false;
  #lastError: unknown;

  constructor(options: RedisConnectionOptions) {
    expectOptional("ioredis", "A redis backend");
    this.#options = options;
    this.#commandTimeoutMs = options.commandTimeoutMs ?? 1000;
    this.#deadline = new Deadline(this.#commandTimeoutMs, timedOut);
  }

  run<T>(kind: CommandKind, command: (client: RedisCommands) => Promise<T>): Promise<T> {
    if (this.#state === "ready" && this.#client !== undefined) {
      this.#cork(this.#client);
      return this.#deadline.watch(command(this.#client));
    }
    if (this.#state === "closed") return Promise.reject(closed());
    if (this.#state === "down" && kind === "read") return Promise.reject(notConnected(this.#lastError));
    if (this.#state === "new") this.#open();
    return this.#wait(command);
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
  #cork({ stream }: OwnClient): void {
    if (this.#isCorked || stream === undefined) return;
    this.#isCorked = true;
    stream.cork();
    process.nextTick(() => {
      this.#isCorked = false;
      stream.uncork();
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
      this.#lastError = error;
      this.#onDown();
    });
  }

  async #connect(): Promise<void> {
    const { Redis } = await import("ioredis");
    if (this.#state === "closed") return;
    const client = new Redis(clientOptions(this.#options));
    // ioredis types every form of a command as an overload, of which the one used here is assignable to none.
    const commands = client as unknown as OwnClient;
    this.#client = commands;
    client.on("connecting", () => this.#limitConnecting(commands));
    client.on("error", (error: unknown) => {
      // What follows from a refusal says less than the refusal.
      if (this.#isRefused) return;
      this.#lastError = error;
      if (isRefusedDatabase(error)) this.#refuse(commands);
    });
    client.on("ready", () => this.#onReady(commands));
    client.on("close", () => this.#onDown());
    // Its rejection is what the events tell, too.
    client.connect().catch(() => {});
  }

  /** The client limits the connection of the socket alone; a server may accept it and say nothing. */
  #limitConnecting(client: RedisCommands): void {
    this.#isRefused = false;
    clearTimeout(this.#connectTimer);
    const limitMs = this.#options.connectTimeoutMs ?? 1000;
    this.#connectTimer = setTimeout(() => {
      this.#lastError = new Error(`it was not ready within ${limitMs} ms`);
      client.disconnect(true);
      this.#onDown();
    }, limitMs);
  }

  /** The client would go on in database 0, whose entries are not this backend's. */
  #refuse(client: RedisCommands): void {
    this.#isRefused = true;
    client.disconnect(true);
    this.#onDown();
  }

  #onReady(client: RedisCommands): void {
    if (this.#state === "closed" || this.#isRefused) return;
    clearTimeout(this.#connectTimer);
    this.#state = "ready";
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

function clientOptions(options: RedisConnectionOptions): object {
  const { keepAliveMs, noDelay, protocol, family, clientName } = options;
  return {
    host: options.host ?? "localhost",
    port: options.port ?? 6379,
    db: options.db ?? 0,
    ...(options.username !== undefined && { username: options.username }),
    ...(options.password !== undefined && { password: options.password }),
    ...(options.tls === true && { tls: {} }),
    ...(clientName !== undefined && { connectionName: clientName }),
    ...(family !== undefined && { family }),
    ...(keepAliveMs !== undefined && { keepAlive: keepAliveMs }),
    ...(noDelay !== undefined && { noDelay }),
    ...(protocol !== undefined && { protocol }),
    lazyConnect: true,
    connectTimeout: options.connectTimeoutMs ?? 1000,
    // Whatever was wanted of the server has been said by then; the client's timer would keep a process alive meanwhile.
    disconnectTimeout: 50,
    // Whether, and how long, a command may wait is decided here, not in the client's queues. What was sent is not sent
    // again: nobody waits for it any more, and it may be old by then.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt: number) => Math.min(20 * attempt, 200),
  };
}

function isDown(client: RedisClient): boolean {
  return client.status === "reconnecting" || client.status === "close" || client.status === "end";
}

function isRefusedDatabase(error: unknown): boolean {
  if (!(error instanceof Error) || !("command" in error)) return false;
  const { command } = error;
  return typeof command === "object" && command !== null && "name" in command && command.name === "select";
}

function closed(): BackendUnavailableError {
  return new BackendUnavailableError("The backend is closed.", { outcome: "none" });
}

function notConnected(cause: unknown): BackendUnavailableError {
  forgetArguments(cause);
  const reason = cause instanceof Error ? ` (${cause.message})` : "";
  return new BackendUnavailableError(`There is no connection to Redis${reason}.`, { cause, outcome: "none" });
}

function timedOut(limitMs: number): BackendUnavailableError {
  return new BackendUnavailableError(`Redis did not answer within ${limitMs} ms.`, { outcome: "unknown" });
}

/** ioredis hangs the command to its errors, with its arguments: values of the cache, or the password. */
export function forgetArguments(cause: unknown): void {
  if (!(cause instanceof Error)) return;
  if ("command" in cause) delete cause.command;
  for (const refused of previousErrors(cause)) forgetArguments(refused);
}

/** Why the commands of an aborted transaction were refused; its own error says only that one was. */
export function previousErrors(cause: Error): readonly unknown[] {
  return "previousErrors" in cause && Array.isArray(cause.previousErrors) ? cause.previousErrors : [];
}
