import { asIs } from "../as-is.ts";
import { Deadline } from "./deadline.ts";
import type { RedisClient } from "./redis-client.ts";
import type { RedisCommands } from "./redis-commands.ts";
import type { RedisConnection } from "./redis-connection.ts";
import { isRedirection, timedOut, unavailable } from "./redis-errors.ts";
import { GivenConnection } from "./redis-given-connection.ts";
import type { RedisConnectionOptions } from "./redis-options.ts";
import { OwnConnection } from "./redis-own-connection.ts";
import { besideKey, slotOf } from "./redis-slots.ts";

/** An answer that the server gives when the time is over still has to come here. */
const graceMs = 250;

/** Each question has a limit of its own, which is shorter. */
const longestMs = 120_000;

/** A server that is asked to wait is not sick. */
const asLongAsAsked = { readTimeoutMs: longestMs, commandTimeoutMs: longestMs, breakerFailures: 0 };

/** A client of ioredis' shape, which can be made again. */
interface Duplicable {
  duplicate(): RedisClient & { on(event: "error", listener: () => void): unknown; disconnect(): void };
}

/** A connection that nobody else uses, and how it ends. */
interface Asking {
  readonly connection: RedisConnection;
  close(): Promise<void>;
}

/**
 * Asks how many replicas have what a master has. On a connection of its own, which is opened with the first question: WAIT
 * holds up every command that follows it on its connection.
 */
export class RedisAcknowledgements {
  readonly #open: () => Asking;
  #asking: Asking | undefined;

  /** @param source - options, or a client for which `canAcknowledge` holds */
  constructor(source: RedisConnectionOptions | (RedisClient & Duplicable)) {
    this.#open = () => ("duplicate" in source ? askingBeside(source) : askingBy(source));
  }

  /** How many have everything that was answered before this was asked; waits until so many have, but not for longer. */
  count(key: string, replicas: number, timeoutMs: number): Promise<number> {
    this.#asking ??= this.#open();
    const { connection } = this.#asking;
    const ask = (client: RedisCommands): Promise<number> =>
      connection.isCluster
        ? askMaster(client, key, replicas, timeoutMs)
        : askServer(client, besideKey(key), replicas, timeoutMs);
    // As a read, which does not wait long where there is no connection.
    const asked = connection.run("once", [], ask, asIs, unavailable);
    return new Deadline(timeoutMs + graceMs, () => timedOut(timeoutMs)).watch(asked);
  }

  async close(): Promise<void> {
    await this.#asking?.close();
  }
}

/** Whether a client is of ioredis' shape, can be made again, and has WAIT. */
export function canAcknowledge(client: RedisClient): client is RedisClient & Duplicable {
  return "getBuffer" in client && "duplicate" in client && "wait" in client;
}

function askingBy(options: RedisConnectionOptions): Asking {
  const connection = new OwnConnection({
    ...options,
    coalesceReads: false,
    readTimeoutMs: longestMs,
  });
  return { connection, close: () => connection.close() };
}

function askingBeside(client: RedisClient & Duplicable): Asking {
  const own = client.duplicate();
  // Whoever asks is told; without a listener the client prints it.
  own.on("error", () => {});
  return {
    connection: new GivenConnection(own, { ...asLongAsAsked }),
    async close() {
      own.disconnect();
    },
  };
}

/** Of the master of a key. What moves between two masters is asked for once more. */
async function askMaster(client: RedisCommands, key: string, replicas: number, timeoutMs: number): Promise<number> {
  const mark = besideKey(key);
  const master = masterOf(client, key);
  try {
    if (master !== undefined) return await askServer(master, mark, replicas, timeoutMs);
  } catch (cause) {
    if (!isRedirection(cause)) throw cause;
  }
  // The client follows, and knows the master from then on.
  await writeMark(client, mark);
  const found = masterOf(client, key);
  if (found === undefined) throw new Error("the master of the key is not known");
  return askServer(found, mark, replicas, timeoutMs);
}

/**
 * WAIT means what was written on its own connection, and by some servers nothing else: so something is written. Both are
 * sent before either is answered, for on a connection that was lost in between WAIT would mean nothing.
 */
async function askServer(server: RedisCommands, mark: string, replicas: number, timeoutMs: number): Promise<number> {
  if (server.wait === undefined) throw new Error("the client has no WAIT");
  const [, reached] = await Promise.all([writeMark(server, mark), server.wait(replicas, timeoutMs)]);
  return reached;
}

function writeMark(client: RedisCommands, mark: string): Promise<unknown> {
  return client.set(mark, "", "PX", 1);
}

function masterOf(client: RedisCommands, key: string): RedisCommands | undefined {
  const [address] = client.slots?.[slotOf(key)] ?? [];
  return client.nodes?.("master").find(({ options }) => `${options?.host}:${options?.port}` === address);
}
