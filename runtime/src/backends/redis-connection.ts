import type { AgedEntry } from "../layers/far-entries.ts";
import type { Kind } from "../serializers/serializer.ts";
import type { CommandLimits } from "./command-limits.ts";
import type { RedisCommands } from "./redis-commands.ts";

/**
 * A read gives up where a write still waits for a connection: the caller of a read has another way. A `value` is a read whose
 * reply is what its keys hold, and nothing else. What is asked `once` has the time of a read, but is not asked again where the
 * connection was lost: it may have been done.
 */
export type CommandKind = "value" | "read" | "once" | "write";

/** What a server turned out to have; unknown until it was asked. */
export interface RedisFeatures {
  hasMsetex: boolean | undefined;
  /** Whether this user may run scripts. */
  hasScripts: boolean | undefined;
  /** Whether commands can be sent that take effect together. Not where somebody might send them again, apart from each other. */
  hasTransactions: boolean | undefined;
}

/** Gives commands a client, in the order in which they come, and each a time limit. */
export interface RedisConnection {
  /** Whether the keys of one command must be of one slot. */
  readonly isCluster: boolean;
  readonly features: RedisFeatures;
  /** The client, while it has a connection. */
  readonly readyClient: RedisCommands | undefined;
  /** How long its commands may take, and what is known of that. */
  readonly limits: CommandLimits;
  /** The value of a key, `undefined` where there is none; large text as its UTF-8, where that may be. */
  get(key: string, as: Kind, largeAsBytes?: boolean): Promise<unknown>;
  /** The same with the life that is left to it, in the same round trip. */
  getAged(key: string, as: Kind): Promise<AgedEntry>;
  /** Why no other connection can be made of this one to hear of changes; `undefined` where it can. */
  readonly feedProblem: string | undefined;
  /**
   * Sends a command before it returns, or waits for a connection.
   *
   * @param keys - what it is about; none where it is about no key
   * @param failed - throws what is rejected with
   */
  run<Reply, Answer>(
    kind: CommandKind,
    keys: string | readonly string[],
    command: (client: RedisCommands) => Promise<Reply>,
    answer: (reply: Reply) => Answer,
    failed: (cause: unknown) => Answer,
  ): Promise<Answer>;
  /** Lets the commands that `send` runs leave in one write to each server. They count as one of those that wait. */
  together<T>(send: () => T): T;
  /**
   * The connection on which to ask for the values of these keys, which are expected to be much: the second one, so that nobody waits
   * behind them, or this one, where that would change the order of calls, or the second does not answer yet.
   */
  laneFor(keys: readonly string[]): RedisConnection;
  /** The second connection, once all that was sent on this one has taken effect; this one where it has no second. */
  enterLane(): Promise<RedisConnection>;
  close(): Promise<void>;
}
