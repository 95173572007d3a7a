import { CachetoryError } from "../errors.ts";
import type { AgedEntry } from "../layers/far-entries.ts";
import type { Kind } from "../serializers/serializer.ts";
import { BackendClosedError } from "./backend-closed-error.ts";
import { agedReads, CoalescedReads, plainReads } from "./coalesced-reads.ts";
import { CommandLimits, type LimitedConnection } from "./command-limits.ts";
import { DueDeletions } from "./due-deletions.ts";
import { nodeRedisCommands } from "./node-redis-commands.ts";
import { readOneAged } from "./redis-aged-reads.ts";
import type { IoredisClient, NodeRedisClient, RedisClient } from "./redis-client.ts";
import type { RedisCommands } from "./redis-commands.ts";
import type { CommandKind, RedisConnection, RedisFeatures } from "./redis-connection.ts";
import { notConnected } from "./redis-errors.ts";
import { complete, type RedisTimes } from "./redis-options.ts";
import { readOne } from "./redis-reads.ts";
import { asksServer, serverFor } from "./redis-slots.ts";
import { wireCommands } from "./redis-wire.ts";
import { corked, TurnCork } from "./turn-cork.ts";

/** How a client that somebody else made is used. */
export interface GivenClientOptions extends RedisTimes {
  /**
   * Whether single reads of one turn of the event loop leave together, as MGET, at its end at the latest. So they may come
   * after commands that you give the client in the same turn, also those you give it later. Default `false`.
   */
  readonly coalesceReads?: boolean | undefined;
  /**
   * Whether the commands of one turn leave in few writes, at its end at the latest, those included that you give the client between them.
   * Not for node-redis, which does so anyway. Default `false`.
   */
  readonly cork?: boolean | undefined;
  /**
   * How often the connection that tells near layers of changes is asked whether it lives, in milliseconds. Default 1,000.
   */
  readonly heartbeatMs?: number | undefined;
  /** How long its answer may take, in milliseconds. Default 1,000. */
  readonly heartbeatTimeoutMs?: number | undefined;
}

/** A client that somebody else made, and closes. */
export class GivenConnection implements RedisConnection, LimitedConnection {
  readonly isCluster: boolean;
  readonly limits: CommandLimits;
  /** A client that sends again what was lost would do so with the rest of a transaction alone. */
  readonly features: RedisFeatures = { hasMsetex: undefined, hasScripts: undefined, hasTransactions: false };
  readonly #client: RedisClient;
  readonly #commands: RedisCommands;
  readonly #cork: TurnCork | undefined;
  readonly #reads: CoalescedReads<unknown> | undefined;
  readonly #agedReads: CoalescedReads<AgedEntry> | undefined;
  readonly #due: DueDeletions;
  /** Of a client of node-redis. */
  readonly #first: FirstConnection | undefined;
  /** Whether its next connection is listened for. */
  #isAwaited = false;
  #isClosed = false;

  /** @throws CachetoryError `INVALID_OPTION` for a client that cannot be used as it is */
  constructor(client: RedisClient, options: GivenClientOptions) {
    const { coalesceReads, cork } = options;
    refuseUnfit(client);
    this.#client = client;
    this.isCluster = !isNodeRedis(client) && client.isCluster === true;
    // The commands of ioredis' shape are those of RedisCommands in every version that the client may be of.
    this.#commands = isNodeRedis(client)
      ? nodeRedisCommands(client)
      : wireCommands(client as IoredisClient & RedisCommands);
    this.limits = new CommandLimits(complete(options), this);
    this.#first = isNodeRedis(client) ? firstConnectionOf(client) : undefined;
    this.#due = new DueDeletions(
      () => this.readyClient,
      this.isCluster,
      () => this.#commands,
    );
    this.#reads = coalesceReads === true ? new CoalescedReads(this, plainReads) : undefined;
    this.#agedReads = coalesceReads === true ? new CoalescedReads(this, agedReads) : undefined;
    this.#cork = cork === true && !isNodeRedis(client) ? new TurnCork() : undefined;
  }

  get feedProblem(): string | undefined {
    if (this.#commands.duplicate === undefined) {
      return (
        "A near layer hears of changes over a connection of its own, which cannot be made of this Redis client. Give a " +
        "client of ioredis or iovalkey, or a URL; or let nothing invalidate it, and entries be short."
      );
    }
    return undefined;
  }

  get readyClient(): RedisCommands | undefined {
    return this.#isClosed || this.#isDown ? undefined : this.#commands;
  }

  get(key: string, as: Kind, largeAsBytes?: boolean): Promise<unknown> {
    return this.#reads === undefined ? readOne(this, key, as, largeAsBytes) : this.#reads.add(key, as, largeAsBytes);
  }

  getAged(key: string, as: Kind): Promise<AgedEntry> {
    if (this.#agedReads !== undefined) return this.#agedReads.add(key, as);
    return readOneAged(this, key, as);
  }

  run<Reply, Answer>(
    kind: CommandKind,
    keys: string | readonly string[],
    command: (client: RedisCommands) => Promise<Reply>,
    answer: (reply: Reply) => Answer,
    failed: (cause: unknown) => Answer,
  ): Promise<Answer> {
    this.#sendReads();
    if (this.#isClosed) return Promise.reject(new BackendClosedError());
    if (kind !== "write" && this.#isDown) return Promise.reject(notConnected(undefined));
    const refused = kind === "write" ? this.#due.overtake(keys) : undefined;
    if (this.isCluster || this.#reads?.isPressing !== true) this.#cork?.hold(this.#commands, keys, this.limits.pending);
    const begin = (): Promise<Reply> => command(this.#commands);
    // Whether what was lost is sent again is for the client to know.
    const answered = this.limits.limit(kind, keys, begin, answer, failed, undefined, this.#isConnecting);
    this.#cork?.written(this.#commands, this.limits.pending);
    if (refused !== undefined) answered.catch(refused);
    return answered;
  }

  addressOf(key: string | undefined): string | undefined {
    if (!this.isCluster || key === undefined) return this.isCluster ? undefined : serverOf(this.#client);
    return serverFor(key, this.#commands.slots);
  }

  isAsked(address: string): boolean {
    return !this.isCluster || asksServer(address, this.#commands.slots);
  }

  get isReachable(): boolean {
    return !this.#isClosed && !this.#isDown;
  }

  /** Its owner decides when it connects anew. */
  doubt(): void {}

  abandon(): void {}

  answers(): void {
    this.#due.hasten();
  }

  unanswered(keys: readonly string[]): void {
    this.#due.add(keys);
    if (this.#isAwaited || !this.#isDown) return;
    this.#isAwaited = true;
    this.#client.once?.("ready", () => {
      this.#isAwaited = false;
      this.#due.hasten();
    });
  }

  together<T>(send: () => T): T {
    const streams = corked(this.#commands);
    try {
      return send();
    } finally {
      for (const stream of streams) stream.uncork();
    }
  }

  /** It is the only one: what is done with it is its owner's to know. */
  laneFor(): RedisConnection {
    return this;
  }

  async enterLane(): Promise<RedisConnection> {
    return this;
  }

  get #isDown(): boolean {
    const client = this.#client;
    if (isNodeRedis(client)) return !client.isReady && !this.#isConnecting;
    const { status } = client;
    if (status === "connecting" || status === "connect") return isConnectingAnew(client);
    return status === "reconnecting" || status === "close" || status === "end";
  }

  /** For the first time, which is waited for: reads come as soon as it is there. */
  get #isConnecting(): boolean {
    const client = this.#client;
    if (isNodeRedis(client)) return this.#first?.isAhead === true && client.isOpen === true && !client.isReady;
    return client.status === "wait" || client.status === "connecting" || client.status === "connect";
  }

  #sendReads(): void {
    this.#reads?.send();
    this.#agedReads?.send();
  }

  async close(): Promise<void> {
    // What was asked before is answered.
    this.#sendReads();
    this.#isClosed = true;
    this.#due.stop();
  }
}

interface FirstConnection {
  /** Whether it has neither been made nor failed. */
  isAhead: boolean;
}

const firstConnections = new WeakMap<NodeRedisClient, FirstConnection>();

/** A client of node-redis does not tell. It is listened to once, however many backends it is given to. */
function firstConnectionOf(client: NodeRedisClient): FirstConnection {
  const known = firstConnections.get(client);
  if (known !== undefined) return known;
  const first = { isAhead: !client.isReady };
  const end = (): void => {
    first.isAhead = false;
  };
  if (first.isAhead) for (const event of ["ready", "reconnecting"] as const) client.once?.(event, end);
  firstConnections.set(client, first);
  return first;
}

function refuseUnfit(client: RedisClient): void {
  const { options } = client;
  if (options !== undefined && "keyPrefix" in options && options.keyPrefix) {
    throw new CachetoryError(
      "INVALID_OPTION",
      "The Redis client has a keyPrefix, which would hide keys from clear. Give the prefix to the cache instead.",
    );
  }
  if (givesTexts(options)) {
    throw new CachetoryError(
      "INVALID_OPTION",
      "The Redis client gives numbers as texts (stringNumbers), which a cache would misread. Give another client.",
    );
  }
  if (readsReplicas(client)) {
    throw new CachetoryError(
      "INVALID_OPTION",
      "The Redis client reads from replicas (scaleReads, or the role of a sentinel's client), which may be older than what " +
        "was written, also where a cache needs to know what is there. Give a client that reads from masters alone; for a " +
        "cache whose reads replicas may answer, give a redis+cluster:// or redis+sentinel:// URL, and `reads: replica`.",
    );
  }
  if (isNodeRedis(client) && (!("isReady" in client) || "nodeByAddress" in client || "getMasterNode" in client)) {
    throw new CachetoryError(
      "INVALID_OPTION",
      "Of node-redis, a client for one server can be used, made with createClient. For a Cluster or sentinels give a " +
        "redis+cluster:// or redis+sentinel:// URL, or a Cluster of ioredis.",
    );
  }
}

function isConnectingAnew(client: object): boolean {
  // Not among what ioredis declares, but there in all its versions: how often it has tried since it last was connected.
  const { retryAttempts = 0 } = client as { retryAttempts?: number };
  return retryAttempts > 0;
}

/** As its options tell; no password. */
function serverOf({ options }: RedisClient): string {
  const own = (options ?? {}) as Readonly<Record<string, unknown>>;
  // Where node-redis has them.
  const { host, port, path, name } = { ...own, ...(own["socket"] as object | undefined) } as typeof own;
  if (typeof path === "string") return path;
  if (typeof name === "string") return name;
  return `${host ?? "localhost"}:${port ?? 6379}`;
}

function readsReplicas({ options }: RedisClient): boolean {
  const { scaleReads = "master", role = "master" } = (options ?? {}) as { scaleReads?: unknown; role?: unknown };
  return scaleReads !== "master" || role !== "master";
}

/** Also where it is said of the servers of a Cluster. */
function givesTexts(options: object | undefined): boolean {
  const { stringNumbers, redisOptions } = (options ?? {}) as { stringNumbers?: unknown; redisOptions?: object };
  return Boolean(stringNumbers) || (redisOptions !== undefined && givesTexts(redisOptions));
}

function isNodeRedis(client: RedisClient): client is NodeRedisClient {
  return !("getBuffer" in client);
}
