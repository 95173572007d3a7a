import type { AgedEntry } from "../layers/far-entries.ts";
import type { Kind } from "../serializers/serializer.ts";
import { BackendClosedError } from "./backend-closed-error.ts";
import { CommandLimits, type LimitedConnection } from "./command-limits.ts";
import type { RedisCommands } from "./redis-commands.ts";
import type { CommandKind, RedisConnection, RedisFeatures } from "./redis-connection.ts";
import { complete } from "./redis-options.ts";
import type { OwnClientOptions } from "./redis-own-client.ts";
import { checkConnection, OwnConnection } from "./redis-own-connection.ts";

interface Shared {
  readonly connection: OwnConnection;
  users: number;
}

/** By the whole of their options, which stay in memory and are shown to nobody. */
const sharedByOptions = new Map<string, Shared>();

const unknownFeatures: RedisFeatures = { hasMsetex: undefined, hasScripts: undefined, hasTransactions: false };

/** What is closed. */
const nowhere: LimitedConnection = {
  addressOf: () => undefined,
  isAsked: () => false,
  isReachable: false,
  doubt() {},
  abandon() {},
  answers() {},
  unanswered() {},
};

/**
 * One user's share of the connection that all users of the same options have in this process. It is taken with the first
 * command; the last user that closes its share closes the connection.
 */
export class SharedConnection implements RedisConnection {
  readonly isCluster: boolean;
  readonly feedProblem = undefined;
  readonly #options: OwnClientOptions;
  readonly #key: string;
  readonly #owner: { readonly name: string };
  readonly #isSecond: boolean;
  #shared: Shared | undefined;
  #second: SharedConnection | undefined;
  #limits: CommandLimits | undefined;
  #isClosed = false;

  /**
   * @param owner - whose name events have; where several share it, that of the first
   * @param isSecond - whether it is the second connection of these options. Default `false`
   * @throws CachetoryError `MISSING_PACKAGE` without ioredis, `INVALID_OPTION`
   */
  constructor(options: OwnClientOptions, owner: { readonly name: string }, isSecond = false) {
    checkConnection(options);
    this.#owner = owner;
    this.#isSecond = isSecond;
    this.isCluster = options.cluster !== undefined;
    this.#options = options;
    // Those of URLs come with their properties in one order.
    this.#key = JSON.stringify(options);
  }

  get limits(): CommandLimits {
    // Loads may end when it is closed, which must not open it again.
    this.#limits ??= this.#isClosed ? new CommandLimits(complete(this.#options), nowhere) : this.#connection.limits;
    return this.#limits;
  }

  get features(): RedisFeatures {
    return this.#isClosed ? unknownFeatures : this.#connection.features;
  }

  get readyClient(): RedisCommands | undefined {
    return this.#shared === undefined ? undefined : this.#connection.readyClient;
  }

  get(key: string, as: Kind, largeAsBytes?: boolean): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(new BackendClosedError());
    return this.#connection.get(key, as, largeAsBytes);
  }

  getAged(key: string, as: Kind): Promise<AgedEntry> {
    if (this.#isClosed) return Promise.reject(new BackendClosedError());
    return this.#connection.getAged(key, as);
  }

  run<Reply, Answer>(
    kind: CommandKind,
    keys: string | readonly string[],
    command: (client: RedisCommands) => Promise<Reply>,
    answer: (reply: Reply) => Answer,
    failed: (cause: unknown) => Answer,
  ): Promise<Answer> {
    if (this.#isClosed) return Promise.reject(new BackendClosedError());
    return this.#connection.run(kind, keys, command, answer, failed);
  }

  together<T>(send: () => T): T {
    return this.#isClosed ? send() : this.#connection.together(send);
  }

  laneFor(keys: readonly string[]): RedisConnection {
    return this.#isClosed ? this : this.#connection.laneFor(keys);
  }

  async enterLane(): Promise<RedisConnection> {
    if (!this.#isClosed) await this.#connection.enterLane();
    // It tells whoever comes now that it is closed.
    if (this.#isClosed) return this;
    this.#second ??= new SharedConnection(this.#options, this.#owner, true);
    return this.#second;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#second?.close();
    const shared = this.#shared;
    if (shared === undefined) return;
    this.#shared = undefined;
    shared.users -= 1;
    if (shared.users > 0) return;
    // Whoever comes from now on gets another connection.
    sharedByOptions.delete(this.#key);
    await shared.connection.close();
  }

  get #connection(): OwnConnection {
    const { connection } = this.#share();
    return this.#isSecond ? connection.second : connection;
  }

  #share(): Shared {
    if (this.#shared !== undefined) return this.#shared;
    const shared = sharedByOptions.get(this.#key) ?? { connection: new OwnConnection(this.#options), users: 0 };
    sharedByOptions.set(this.#key, shared);
    shared.connection.limits.nodes.owner ??= this.#owner;
    shared.users += 1;
    this.#shared = shared;
    return shared;
  }
}
