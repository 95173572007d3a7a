import { BackendUnavailableError, CachetoryError } from "../errors.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { Backend, KeyRange, StoreOptions } from "./backend.ts";
import { type ClearOptions, ClearRun } from "./clear-run.ts";
import { urlOfScheme } from "./parse-url.ts";
import type { RedisClient } from "./redis-client.ts";
import type { RedisCommands } from "./redis-commands.ts";
import type { RedisConnection, RedisConnectionOptions } from "./redis-connection.ts";
import {
  type CommandKind,
  forgetArguments,
  GivenConnection,
  OwnConnection,
  previousErrors,
} from "./redis-connection.ts";
import { redisConnectionOptions } from "./redis-url.ts";
import type { SyncBackend } from "./sync-backend.ts";
import { type RedisRecipe, SyncRedisBackend } from "./sync-redis.ts";
import type { UrlLike } from "./url-like.ts";
import { urlOptions } from "./url-options.ts";

/** So many entries are stored in one step; a larger batch would keep the server from everybody else. */
const chunkSize = 500;

/**
 * Entries in a Redis server (or Valkey), for all processes that use it. The wire is plain: a key holds exactly what the
 * pipeline made. Connects when first used.
 *
 * @example
 * ```ts
 * const backend = new RedisBackend({ host: "localhost", port: 6379 });
 * const shared = new RedisBackend(existingIoredisClient); // is not closed with the backend
 * ```
 */
export class RedisBackend implements Backend {
  readonly name = "redis";
  readonly holds: readonly Kind[] = ["text", "bytes"];
  readonly isShared = true;
  readonly #connection: RedisConnection;
  /** How a worker makes this backend again; a client that was handed in cannot be made again. */
  readonly #recipe: RedisRecipe | undefined;
  #sync: SyncBackend | undefined;

  /**
   * @param source - where to connect, or a client of ioredis' shape, which stays its owner's to close
   * @param options - for a given client: the time limit of one command in milliseconds, default 1,000
   * @throws CachetoryError `MISSING_PACKAGE` without ioredis; `INVALID_OPTION` for a client with a `keyPrefix` and for a
   * Cluster client
   */
  constructor(
    source: RedisConnectionOptions | RedisClient,
    options: { readonly commandTimeoutMs?: number | undefined } = {},
  ) {
    if (!isClient(source)) {
      this.#connection = new OwnConnection(source);
      this.#recipe = source;
      return;
    }
    refuseUnfit(source);
    // Its commands have the shapes of RedisCommands in every version that it may be of.
    const commands = source as RedisClient & RedisCommands;
    this.#connection = new GivenConnection(commands, options.commandTimeoutMs ?? 1000);
  }

  /**
   * As `backendFromUrl`, for `redis://` and `rediss://` alone.
   *
   * @throws CachetoryError `INVALID_OPTION`, `INVALID_URL`, `MISSING_PACKAGE` without ioredis
   */
  static fromUrl(url: string | UrlLike): RedisBackend {
    const parsed = urlOfScheme(url, "redis", "rediss");
    return new RedisBackend(redisConnectionOptions(parsed, urlOptions(parsed)));
  }

  async ready(): Promise<void> {
    await this.#run("write", (client) => client.ping());
  }

  get(key: string, as: Kind): Promise<unknown> {
    return this.#ask<unknown, unknown>(
      "read",
      (client) => (as === "text" ? client.get(key) : client.getBuffer(key)),
      orUndefined,
      missOfWrongType,
    );
  }

  async getMany(keys: readonly string[], as: Kind): Promise<unknown[]> {
    const replies = await Promise.all(
      chunksOf(keys).map((chunk) =>
        this.#run<unknown[]>("read", (client) => (as === "text" ? client.mget(chunk) : client.mgetBuffer(chunk))),
      ),
    );
    return replies.flat().map(orUndefined);
  }

  set(key: string, stored: unknown, { ttlMs, ifNotExists = false }: StoreOptions): Promise<boolean> {
    return this.#ask(
      "write",
      (client) => {
        const value = argument(stored);
        if (ttlMs === undefined) return ifNotExists ? client.set(key, value, "NX") : client.set(key, value);
        return ifNotExists ? client.set(key, value, "PX", ttlMs, "NX") : client.set(key, value, "PX", ttlMs);
      },
      (reply) => reply !== null,
    );
  }

  async setMany(
    entries: readonly (readonly [key: string, stored: unknown])[],
    ttlMs: number | undefined,
  ): Promise<void> {
    await Promise.all(
      chunksOf(entries).map((chunk) =>
        this.#run<unknown>("write", (client) => {
          if (ttlMs === undefined) return client.mset(...chunk.flatMap(([key, stored]) => [key, argument(stored)]));
          const transaction = client.multi();
          for (const [key, stored] of chunk) transaction.set(key, argument(stored), "PX", ttlMs);
          return results(transaction.exec());
        }),
      ),
    );
  }

  async expireIn(key: string, ttlMs: number | undefined): Promise<boolean> {
    if (ttlMs !== undefined) return this.#ask("write", (client) => client.pexpire(key, ttlMs), isOne);
    const [exists] = await this.#run("write", (client) => {
      // PERSIST says whether it removed an expiry, not whether there is an entry.
      const transaction = client.multi();
      transaction.exists(key);
      transaction.persist(key);
      return results(transaction.exec());
    });
    return exists === 1;
  }

  expireAt(key: string, atMs: number): Promise<boolean> {
    return this.#ask("write", (client) => client.pexpireat(key, atMs), isOne);
  }

  async ttl(key: string): Promise<number | "forever" | undefined> {
    const leftMs = await this.#run("read", (client) => client.pttl(key));
    if (leftMs === -2) return undefined;
    return leftMs === -1 ? "forever" : leftMs;
  }

  has(key: string): Promise<boolean> {
    return this.#ask(
      "read",
      (client) => client.type(key),
      (type) => type === "string",
    );
  }

  take(key: string, as: Kind): Promise<unknown> {
    return this.#ask<unknown, unknown>(
      "write",
      (client) => (as === "text" ? client.getdel(key) : client.getdelBuffer(key)),
      orUndefined,
      missOfWrongType,
    );
  }

  delete(key: string): Promise<boolean> {
    return this.#ask("write", (client) => client.unlink(key), isOne);
  }

  async deleteMany(keys: readonly string[]): Promise<number> {
    const counts = await Promise.all(
      chunksOf(keys).map((chunk) => this.#run("write", (client) => client.unlink(...chunk))),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async clear(range: KeyRange, options: ClearOptions): Promise<number> {
    const run = new ClearRun(options);
    const pattern = `${range.head.replace(/[\\*?[\]]/g, "\\$&")}*`;
    let cursor = "0";
    do {
      const [next, keys] = await this.#run("write", (client) =>
        client.scan(cursor, "MATCH", pattern, "COUNT", 1000, "TYPE", "string"),
      );
      const owned = keys.filter((key) => range.owns(key));
      await run.delete(owned, (batch) => this.deleteMany(batch));
      cursor = next;
    } while (cursor !== "0");
    return run.count;
  }

  /**
   * The same entries without promises: a worker thread with a connection of its own, which starts with the first call.
   *
   * @throws CachetoryError `INVALID_OPTION` where the backend was made with a client
   */
  sync(): SyncBackend {
    if (this.#recipe === undefined) {
      throw new CachetoryError(
        "INVALID_OPTION",
        "A synchronous cache needs a Redis backend made of a URL or of options: a client that is handed in belongs to " +
          "this thread, which stands still meanwhile.",
      );
    }
    this.#sync ??= new SyncRedisBackend(this.#recipe);
    return this.#sync;
  }

  close(): Promise<void> {
    if (this.#recipe !== undefined) this.sync().close();
    return this.#connection.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Must send before it returns: the order of calls is the order of commands. */
  #run<Reply>(kind: CommandKind, command: (client: RedisCommands) => Promise<Reply>): Promise<Reply> {
    return this.#ask(kind, command, (reply) => reply);
  }

  /** As `#run`, with what becomes of the reply: every promise more on its way costs a per cent of a command. */
  async #ask<Reply, Answer>(
    kind: CommandKind,
    command: (client: RedisCommands) => Promise<Reply>,
    answer: (reply: Reply) => Answer,
    failed: (cause: unknown) => Answer = unavailable,
  ): Promise<Answer> {
    try {
      return answer(await this.#connection.run(kind, command));
    } catch (cause) {
      return failed(cause);
    }
  }
}

function isClient(source: RedisConnectionOptions | RedisClient): source is RedisClient {
  return "get" in source && typeof source.get === "function";
}

function refuseUnfit(client: RedisClient): void {
  if (client.isCluster === true) {
    throw new CachetoryError(
      "INVALID_OPTION",
      "A Redis Cluster client is not supported yet: its keys would have to be grouped by slot.",
    );
  }
  if (client.options?.keyPrefix) {
    throw new CachetoryError(
      "INVALID_OPTION",
      "The Redis client has a keyPrefix, which would hide keys from clear. Give the prefix to the cache instead.",
    );
  }
}

// ioredis takes a Buffer for bytes, and prints any other Uint8Array as text.
function argument(stored: unknown): string | Buffer {
  if (typeof stored === "string") return stored;
  const bytes = stored as Uint8Array;
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function orUndefined(reply: unknown): unknown {
  return reply ?? undefined;
}

function isOne(count: number): boolean {
  return count === 1;
}

/** A key that holds a list or a hash is somebody else's: there is no entry, and the answer was an answer. */
function missOfWrongType(cause: unknown): undefined {
  return cause instanceof Error && cause.message.startsWith("WRONGTYPE") ? undefined : unavailable(cause);
}

async function results(executed: Promise<[Error | null, unknown][] | null>): Promise<unknown[]> {
  const replies = (await executed) ?? [];
  return replies.map(([error, result]) => {
    if (error !== null) throw error;
    return result;
  });
}

function unavailable(cause: unknown): never {
  if (cause instanceof CachetoryError) throw cause;
  // An answer means that it was refused; any other end of a command says nothing about what it did.
  const outcome = cause instanceof Error && cause.name === "ReplyError" ? "none" : "unknown";
  forgetArguments(cause);
  throw new BackendUnavailableError(reasonOf(cause), { cause, outcome });
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return `Redis: ${String(cause)}`;
  // The client speaks of an option of its own here, which nobody can set.
  if (cause.name === "MaxRetriesPerRequestError") return "The connection to Redis was lost before an answer came.";
  const [refused] = previousErrors(cause);
  return `Redis: ${refused instanceof Error ? refused.message : cause.message}`;
}

function chunksOf<T>(items: readonly T[]): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += chunkSize) chunks.push(items.slice(start, start + chunkSize));
  return chunks;
}
