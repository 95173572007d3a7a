import { CachetoryError } from "../errors.ts";
import { Deadline } from "./deadline.ts";
import { nodeRedisCommands } from "./node-redis-commands.ts";
import type { IoredisClient, NodeRedisClient, RedisClient } from "./redis-client.ts";
import type { RedisCommands } from "./redis-commands.ts";
import {
  type CommandKind,
  closed,
  corked,
  notConnected,
  type RedisConnection,
  type RedisFeatures,
  timedOut,
} from "./redis-connection.ts";

/** A client that somebody else made, and closes. */
export class GivenConnection implements RedisConnection {
  readonly isCluster: boolean;
  readonly features: RedisFeatures = { hasMsetex: undefined, hasScripts: undefined };
  readonly #client: RedisClient;
  readonly #commands: RedisCommands;
  readonly #deadline: Deadline;
  #isClosed = false;

  /** @throws CachetoryError `INVALID_OPTION` for a client that cannot be used as it is */
  constructor(client: RedisClient, commandTimeoutMs: number) {
    refuseUnfit(client);
    this.#client = client;
    this.isCluster = !isNodeRedis(client) && client.isCluster === true;
    // The commands of ioredis' shape are those of RedisCommands in every version that the client may be of.
    this.#commands = isNodeRedis(client) ? nodeRedisCommands(client) : (client as IoredisClient & RedisCommands);
    this.#deadline = new Deadline(commandTimeoutMs, timedOut);
  }

  get readyClient(): RedisCommands | undefined {
    return this.#isClosed || isDown(this.#client) ? undefined : this.#commands;
  }

  run<T>(kind: CommandKind, command: (client: RedisCommands) => Promise<T>): Promise<T> {
    if (this.#isClosed) return Promise.reject(closed());
    if (kind === "read" && isDown(this.#client)) return Promise.reject(notConnected(undefined));
    return this.#deadline.watch(command(this.#commands));
  }

  together<T>(send: () => T): T {
    const uncork = corked(this.#commands);
    try {
      return send();
    } finally {
      uncork();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }
}

function refuseUnfit(client: RedisClient): void {
  const { options } = client;
  if (options !== undefined && "keyPrefix" in options && options.keyPrefix) {
    throw new CachetoryError(
      "INVALID_OPTION",
      "The Redis client has a keyPrefix, which would hide keys from clear. Give the prefix to the cache instead.",
    );
  }
  if (isNodeRedis(client) && !("isReady" in client)) {
    throw new CachetoryError(
      "INVALID_OPTION",
      "Of node-redis, a client for one server can be used, made with createClient. For a Cluster or sentinels give a " +
        "redis+cluster:// or redis+sentinel:// URL, or a Cluster of ioredis.",
    );
  }
}

function isDown(client: RedisClient): boolean {
  if (isNodeRedis(client)) return !client.isReady;
  return client.status === "reconnecting" || client.status === "close" || client.status === "end";
}

function isNodeRedis(client: RedisClient): client is NodeRedisClient {
  return !("getBuffer" in client);
}
