import { asIs } from "../as-is.ts";
import { BackendUnavailableError, CachetoryError } from "../errors.ts";
import type { FarEntries } from "../layers/far-entries.ts";
import { RedisFar } from "../layers/redis-far.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { Backend, KeyRange, StoreOptions } from "./backend.ts";
import { type ClearOptions, ClearRun } from "./clear-run.ts";
import type { Envelopes } from "./envelopes.ts";
import type { GuardedBackend } from "./guarded-backend.ts";
import type { Leases } from "./leases.ts";
import type { Patience } from "./patience.ts";
import { readBackendUrl } from "./read-backend-url.ts";
import { canAcknowledge, RedisAcknowledgements } from "./redis-acknowledgements.ts";
import type { RedisClient } from "./redis-client.ts";
import type { RedisCommands } from "./redis-commands.ts";
import type { CommandKind, RedisConnection } from "./redis-connection.ts";
import { argument } from "./redis-encoding.ts";
import { RedisEnvelopes } from "./redis-envelopes.ts";
import { clearedUntil, missOfWrongType, unavailable } from "./redis-errors.ts";
import { type GivenClientOptions, GivenConnection } from "./redis-given-connection.ts";
import { isOneCommand, partly, pick, runInGroups, storingLimit } from "./redis-groups.ts";
import { GuardedRedis } from "./redis-guarded.ts";
import { deleteMany, keysIn } from "./redis-keys.ts";
import { RedisLeases } from "./redis-leases.ts";
import { complete, type RedisConnectionOptions, refuseUnfitNumbers } from "./redis-options.ts";
import { orUndefined, readMany } from "./redis-reads.ts";
import { RedisReplicaReads } from "./redis-replica-reads.ts";
import type { GroupLimit } from "./redis-slots.ts";
import { type LivingPair, type StoredPair, storeMany, storeManyEach, storeManyIfAbsent } from "./redis-store-many.ts";
import { redisConnectionOptions, redisUrlSchemes } from "./redis-url.ts";
import { SharedConnection } from "./shared-connection.ts";
import type { SyncBackend } from "./sync-backend.ts";
import { type RedisRecipe, SyncRedisBackend } from "./sync-redis.ts";
import { timeLeft } from "./time-left.ts";
import type { UrlLike } from "./url-like.ts";

/**
 * Entries in Redis (or Valkey), for all processes that use it: one server, a Cluster, or the server that sentinels name.
 * The wire is plain: a key holds exactly what the pipeline made. Connects when first used.
 *
 * On a Cluster, the keys of one call are grouped by slot, and the commands to one server leave in one write. Backends of
 * the same options, or of one URL, share one connection, which is closed with the last of them.
 *
 * @example
 * ```ts
 * const backend = new RedisBackend({ host: "localhost", port: 6379 });
 * const cluster = new RedisBackend({ cluster: [{ host: "one" }, { host: "two" }], tls: true });
 * const shared = new RedisBackend(existingClient); // is not closed with the backend
 * ```
 */
export class RedisBackend implements Backend {
  readonly name = "redis";
  readonly holds: readonly Kind[] = ["text", "bytes"];
  readonly isShared = true;
  readonly gathersReads: boolean;
  readonly leases: Leases;
  /** Absent where the backend was made with a client of node-redis. */
  readonly awaitReplicas: Backend["awaitReplicas"];
  /** There for a Cluster and for what sentinels name, unless the backend was made with a client. */
  readonly onReplicas: Backend["onReplicas"];
  readonly #connection: RedisConnection;
  #envelopes: Envelopes | undefined;
  /** How a worker makes this backend again; a client that was handed in cannot be made again. */
  readonly #recipe: RedisRecipe | undefined;
  readonly #acknowledgements: RedisAcknowledgements | undefined;
  readonly #far: RedisFar;
  #sync: SyncBackend | undefined;
  #guarded: GuardedBackend | undefined;
  #replicaReads: RedisReplicaReads | undefined;
  #behind: RedisBackend | undefined;
  #closesBehind = false;

  /**
   * @param source - where to connect, or a client: of ioredis 5 or 6 or iovalkey, also for a Cluster, or of node-redis. It
   * stays its owner's to close
   * @param options - for a given client, whose other commands are yours
   * @throws CachetoryError `MISSING_PACKAGE` without ioredis; `INVALID_OPTION` for options that exclude each other, and for
   * a client with a `keyPrefix`, or that reads from replicas
   */
  constructor(source: RedisConnectionOptions | RedisClient, options: GivenClientOptions = {}) {
    if (typeof source === "string") {
      throw new CachetoryError(
        "INVALID_OPTION",
        "RedisBackend takes options or a client; of a URL, RedisBackend.fromUrl makes one.",
      );
    }
    refuseUnfitNumbers(options);
    if (!isClient(source) && Object.keys(options).length > 0) {
      const message = "RedisBackend: a second argument is for a client of your own. Give all options in the first one.";
      throw new CachetoryError("INVALID_OPTION", message);
    }
    this.#connection = isClient(source) ? new GivenConnection(source, options) : new SharedConnection(source, this);
    if (isClient(source)) this.#connection.limits.nodes.owner = this;
    this.gathersReads = isClient(source) ? options.coalesceReads === true : source.coalesceReads !== false;
    this.#recipe = isClient(source) ? undefined : source;
    this.leases = new RedisLeases(this.#connection);
    const acknowledgements =
      isClient(source) && !canAcknowledge(source) ? undefined : new RedisAcknowledgements(source);
    this.#acknowledgements = acknowledgements;
    const hasReplicas = !isClient(source) && (source.cluster !== undefined || source.sentinel !== undefined);
    this.onReplicas = hasReplicas ? (closesThis) => this.#onReplicas(source, closesThis) : undefined;
    this.awaitReplicas = acknowledgements && ((...question) => acknowledgements.count(...question));
    const { heartbeatMs, heartbeatTimeoutMs, connectTimeoutMs } = complete(isClient(source) ? options : source);
    this.#far = new RedisFar(this.#connection, { heartbeatMs, heartbeatTimeoutMs, connectTimeoutMs });
  }

  /**
   * As `backendFromUrl`, for the schemes of Redis alone.
   *
   * @throws CachetoryError `INVALID_OPTION`, `INVALID_URL`, `MISSING_PACKAGE` without ioredis
   */
  static fromUrl(url: string | UrlLike): RedisBackend {
    return new RedisBackend(redisConnectionOptions(readBackendUrl(url, ...redisUrlSchemes)));
  }

  get far(): FarEntries {
    if (this.#replicaReads !== undefined) {
      throw new CachetoryError(
        "INVALID_OPTION",
        "A near layer is never filled from replicas, which may be older than what it was told of.",
      );
    }
    return this.#far;
  }

  get patience(): Patience {
    return this.#connection.limits;
  }

  get envelopes(): Envelopes {
    this.#envelopes ??= new RedisEnvelopes(this.#connection);
    return this.#envelopes;
  }

  async ready(): Promise<void> {
    await this.#run("write", [], (client) => client.ping());
    await this.#far.ready();
  }

  get behind(): Backend | undefined {
    return this.#behind;
  }

  get(key: string, as: Kind, largeAsBytes?: boolean): Promise<unknown> {
    return (this.#replicaReads ?? this.#connection).get(key, as, largeAsBytes);
  }

  async getMany(keys: readonly string[], as: Kind, isForWrite = false): Promise<unknown[]> {
    const replicas = isForWrite ? undefined : this.#replicaReads;
    const found = replicas?.getMany(keys, as) ?? readMany(this.#connection, keys, as, isForWrite);
    const { values, failed } = await found;
    // Where some servers answer, the others' keys are misses with a reason.
    for (const { indexes, error } of failed) for (const index of indexes) values[index] = error;
    const [first] = failed;
    if (first !== undefined && values.every((value) => value instanceof BackendUnavailableError)) throw first.error;
    return values;
  }

  set(key: string, stored: unknown, { ttlMs, ifNotExists = false }: StoreOptions): Promise<boolean> {
    const life = timeLeft(ttlMs);
    return this.#ask(
      "write",
      key,
      (client) => {
        const value = argument(stored);
        if (life === undefined) return ifNotExists ? client.set(key, value, "NX") : client.set(key, value);
        return ifNotExists ? client.set(key, value, "PX", life, "NX") : client.set(key, value, "PX", life);
      },
      isAnswered,
    );
  }

  setMany(entries: readonly (readonly [key: string, stored: unknown])[], ttlMs: number | undefined): Promise<void> {
    return this.#storeInGroups(entries, ttlMs, storeMany);
  }

  setManyIfAbsent(
    entries: readonly (readonly [key: string, stored: unknown])[],
    ttlMs: number | undefined,
  ): Promise<void> {
    return this.#storeInGroups(entries, ttlMs, storeManyIfAbsent);
  }

  async setManyEach(
    entries: readonly (readonly [key: string, stored: unknown, ttlMs: number | undefined])[],
    ifNotExists: boolean,
  ): Promise<void> {
    const nowMs = performance.now();
    const each = entries.map(([key, stored, ttlMs]): LivingPair => [key, argument(stored), timeLeft(ttlMs, nowMs)]);
    const keys = each.map(([key]) => key);
    await this.#storeEachGroup(
      keys,
      storingLimit((index) => each[index]?.[1]),
      (client, indexes) => storeManyEach(client, pick(each, indexes), ifNotExists, this.#connection.features),
    );
  }

  async expireIn(key: string, ttlMs: number | undefined): Promise<boolean> {
    if (ttlMs !== undefined) return this.#ask("write", key, (client) => client.pexpire(key, ttlMs), isOne);
    const [exists] = await this.#run("write", key, (client) => {
      // PERSIST says whether it removed an expiry, not whether there is an entry.
      const transaction = client.multi();
      transaction.exists(key);
      transaction.persist(key);
      return results(transaction.exec());
    });
    return exists === 1;
  }

  expireAt(key: string, atMs: number): Promise<boolean> {
    return this.#ask("write", key, (client) => client.pexpireat(key, atMs), isOne);
  }

  async ttl(key: string): Promise<number | "forever" | undefined> {
    const leftMs = await this.#run("read", key, (client) => client.pttl(key));
    if (leftMs === -2) return undefined;
    return leftMs === -1 ? "forever" : leftMs;
  }

  has(key: string): Promise<boolean> {
    return this.#ask(
      "read",
      key,
      (client) => client.type(key),
      (type) => type === "string",
    );
  }

  hasForeign(key: string): Promise<boolean> {
    return this.#ask(
      "read",
      key,
      (client) => client.type(key),
      (type) => type !== "string" && type !== "none",
    );
  }

  take(key: string, as: Kind): Promise<unknown> {
    return this.#ask<unknown, unknown>(
      "write",
      key,
      (client) => (as === "text" ? client.getdel(key) : client.getdelBuffer(key)),
      orUndefined,
      missOfWrongType,
    );
  }

  delete(key: string): Promise<boolean> {
    return this.#ask("write", key, (client) => client.unlink(key), isOne);
  }

  deleteMany(keys: readonly string[]): Promise<number> {
    return deleteMany(this.#connection, keys);
  }

  async *scan(range: KeyRange): AsyncGenerator<readonly string[], void> {
    yield* keysIn(await this.#connection.enterLane(), range);
  }

  async clear(range: KeyRange, options: ClearOptions): Promise<number> {
    const run = new ClearRun(options);
    try {
      const lane = await this.#connection.enterLane();
      for await (const keys of keysIn(lane, range)) await run.delete(keys, (batch) => deleteMany(lane, batch));
    } catch (cause) {
      throw clearedUntil(cause, run.count);
    }
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

  guarded(): GuardedBackend {
    this.#guarded ??= new GuardedRedis(this, this.#connection);
    return this.#guarded;
  }

  async close(): Promise<void> {
    if (this.#recipe !== undefined) this.sync().close();
    this.#far.close();
    await Promise.all([this.#connection.close(), this.#acknowledgements?.close(), this.#replicaReads?.close()]);
    if (this.#closesBehind) await this.#behind?.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #onReplicas(options: RedisConnectionOptions, closesThis: boolean): Backend {
    // The master is still to be asked where they say nothing.
    const halfMs = Math.ceil(complete(options).readTimeoutMs / 2);
    const replica = { ...options, readTimeoutMs: halfMs, isOfReplicas: true };
    // It has the same connection to masters, for the options are the same.
    const backend = new RedisBackend(options);
    backend.#replicaReads = new RedisReplicaReads(new SharedConnection(replica, this), backend.#connection, halfMs);
    backend.#behind = this;
    backend.#closesBehind = closesThis;
    return backend;
  }

  async #storeInGroups(
    entries: readonly (readonly [key: string, stored: unknown])[],
    ttlMs: number | undefined,
    store: typeof storeMany,
  ): Promise<void> {
    const pairs = entries.every(isTextPair)
      ? entries
      : entries.map(([key, stored]): StoredPair => [key, argument(stored)]);
    const life = timeLeft(ttlMs);
    const limit = storingLimit((index) => pairs[index]?.[1]);
    const keys = pairs.map(([key]) => key);
    if (this.#connection.isCluster || !isOneCommand(pairs.length, limit)) {
      return this.#storeEachGroup(keys, limit, (client, indexes) =>
        store(client, pick(pairs, indexes), life, this.#connection.features),
      );
    }
    const send = (client: RedisCommands): Promise<unknown> => store(client, pairs, life, this.#connection.features);
    // Not waited for in here: what is sent would stay until it is answered.
    return this.#connection.run("write", keys, send, asNothing, unavailable);
  }

  async #storeEachGroup(
    keys: readonly string[],
    limit: GroupLimit,
    send: (client: RedisCommands, indexes: readonly number[]) => Promise<unknown>,
  ): Promise<void> {
    const failed = await runInGroups(this.#connection, "write", keys, { send, take() {}, limit });
    if (failed.length > 0) throw partly("stored", keys.length, failed);
  }

  #run<Reply>(
    kind: CommandKind,
    keys: string | readonly string[],
    command: (client: RedisCommands) => Promise<Reply>,
  ): Promise<Reply> {
    return this.#connection.run(kind, keys, command, asIs, unavailable);
  }

  #ask<Reply, Answer>(
    kind: CommandKind,
    keys: string | readonly string[],
    command: (client: RedisCommands) => Promise<Reply>,
    answer: (reply: Reply) => Answer,
    failed: (cause: unknown) => Answer = unavailable,
  ): Promise<Answer> {
    return this.#connection.run(kind, keys, command, answer, failed);
  }
}

function asNothing(): void {}

function isTextPair(entry: readonly [key: string, stored: unknown]): entry is readonly [key: string, stored: string] {
  return typeof entry[1] === "string";
}

function isClient(source: RedisConnectionOptions | RedisClient): source is RedisClient {
  return "sendCommand" in source || ("get" in source && typeof source.get === "function");
}

function isAnswered(reply: unknown): boolean {
  return reply !== null;
}

function isOne(count: number): boolean {
  return count === 1;
}

async function results(executed: Promise<[Error | null, unknown][] | null>): Promise<unknown[]> {
  const replies = (await executed) ?? [];
  return replies.map(([error, result]) => {
    if (error !== null) throw error;
    return result;
  });
}
