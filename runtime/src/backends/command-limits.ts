import type { BackendUnavailableError } from "../errors.ts";
import { Deadline, latenessMs, type Pending, type Watcher } from "./deadline.ts";
import type { Patience } from "./patience.ts";
import { ReadBudget } from "./read-budget.ts";
import type { CommandKind } from "./redis-connection.ts";
import { leftAlone, timedOut } from "./redis-errors.ts";
import type { Complete, RedisTimes } from "./redis-options.ts";
import { type SendingOf, SentCommand } from "./sent-command.ts";
import { type ServerNode, ServerNodes } from "./server-nodes.ts";
import { ValueSizes } from "./value-sizes.ts";

/** What limits need of the connection that they are of. */
export interface LimitedConnection {
  /** The server that has a key, as far as is known. */
  addressOf(key: string | undefined): string | undefined;
  /** Whether there is a connection, or the first one is still to come. */
  readonly isReachable: boolean;
  /** Whether a server has keys that are asked for, as far as is known. */
  isAsked(address: string): boolean;
  /** A server does not answer that is left alone: another may have taken its place. */
  doubt(address: string): void;
  /** A server has been silent for so long that the connection to it is taken for dead. */
  abandon(address: string): void;
  /** A server answers that was left alone. */
  answers(): void;
  /** A command has not been answered that may have changed these keys, or is still to change them. */
  unanswered(keys: readonly string[]): void;
}

/** A connection that has been silent for so long, or as long as a command may take, is taken for dead. */
const leastSilenceMs = 1000;

/** What is left of a budget is waited for in steps of this, so that a few timers serve all. */
const stepMs = 5;

/**
 * How long the commands of one connection may take, reads a budget that grows with what they ask for, the others one time; and
 * who is not asked at all for now, since he has not answered.
 */
export class CommandLimits implements Patience, SendingOf {
  readonly sizes: ValueSizes;
  readonly budget: ReadBudget;
  readonly nodes: ServerNodes;
  /** Set by the connection. */
  readySinceMs = 0;
  readonly #pending: Pending = { count: 0, turn: undefined };
  readonly #deadlines = new Map<number, Deadline>();
  readonly #readTimeoutMs: number;
  readonly #commandTimeoutMs: number;
  readonly #reads: Deadline;
  readonly #writes: Deadline;
  readonly #connection: LimitedConnection;
  /** As somebody has asked for them in this turn of the event loop. */
  #beingWritten: Set<string> | undefined;

  constructor(
    { readTimeoutMs, commandTimeoutMs, breakerFailures, breakerPauseMs }: Complete<RedisTimes>,
    connection: LimitedConnection,
    sizes: ValueSizes = new ValueSizes(),
  ) {
    this.sizes = sizes;
    this.#readTimeoutMs = readTimeoutMs;
    this.#commandTimeoutMs = commandTimeoutMs;
    this.#connection = connection;
    this.budget = new ReadBudget(readTimeoutMs, sizes);
    this.nodes = new ServerNodes({ failures: breakerFailures, pauseMs: breakerPauseMs }, this);
    this.#reads = this.#deadlineOf(readTimeoutMs);
    this.#writes = this.#deadlineOf(commandTimeoutMs);
  }

  /** How many commands have no answer yet, those that have expired included. */
  get pending(): number {
    return this.#pending.count;
  }

  get leftAlone(): readonly string[] {
    return this.nodes.leftAlone;
  }

  /**
   * What a command becomes, or a rejection when its time is over.
   *
   * @param keys - what it is about, where that is keys
   * @param failed - throws what is rejected with
   * @param again - asks again where the connection was lost; not for what may be done once alone
   * @param isConnecting - whether the client is still to connect, which is no part of the budget of a read
   */
  limit<Reply, Answer>(
    kind: CommandKind,
    keys: string | readonly string[],
    begin: () => Promise<Reply>,
    answer: (reply: Reply) => Answer,
    failed: (cause: unknown) => Answer,
    again?: () => Promise<Reply>,
    isConnecting = false,
  ): Promise<Answer> {
    const node = this.#nodeOf(typeof keys === "string" ? keys : keys[0]);
    if (kind === "write") {
      if (this.#beingWritten !== undefined) addKeys(this.#beingWritten, keys);
      return this.#writes.limit(begin, answer, failed, new SentCommand(this, kind, keys, node));
    }
    if (node?.breaker.isClosed === false && !node.breaker.admits()) return Promise.reject(this.#leftAlone(node));
    const read = new SentCommand(this, kind, keys, node);
    if (isConnecting) return this.#writes.limit(begin, answer, failed, read);
    const deadline = read.limitMs === this.#readTimeoutMs ? this.#reads : this.#deadlineOf(read.limitMs);
    return deadline.limit(begin, answer, failed, read, again);
  }

  budgetMs(keyCount: number): number {
    return this.budget.limitMs(keyCount, 0);
  }

  isOut(key: string): boolean {
    return !this.#connection.isReachable || this.#nodeOf(key)?.breaker.isShut === true;
  }

  within<T>(promised: Promise<T>, limitMs: number): Promise<T> {
    const steps = Math.floor(limitMs / stepMs);
    return this.#deadlineOf(steps > 0 ? steps * stepMs : Math.max(1, Math.ceil(limitMs))).watch(promised);
  }

  /** As for a command that is no read. */
  watch<T>(promised: Promise<T>): Promise<T> {
    return this.#writes.watch(promised);
  }

  /** The keys that are being changed, by commands without an answer; or have been, until a moment ago. */
  get beingWritten(): ReadonlySet<string> {
    if (this.#beingWritten !== undefined) return this.#beingWritten;
    const keys = new Set<string>();
    for (const watcher of this.#writes.watchers()) {
      if (watcher instanceof SentCommand && watcher.kind === "write") addKeys(keys, watcher.keys);
    }
    this.#beingWritten = keys;
    // To go through thousands for each of thousands of reads would take seconds.
    setImmediate(() => {
      this.#beingWritten = undefined;
    });
    return keys;
  }

  invalidate(keys: readonly string[]): void {
    this.#connection.unanswered(keys);
  }

  /** Who waits for it need not wait any longer. */
  opened(node: ServerNode): void {
    const isOfNode = (watcher: Watcher): boolean =>
      watcher instanceof SentCommand && watcher.kind !== "write" && watcher.node === node;
    const error = this.#leftAlone(node);
    for (const deadline of this.#deadlines.values()) deadline.giveUp(isOfNode, error);
  }

  answers(): void {
    this.#connection.answers();
  }

  isAsked(address: string): boolean {
    return this.#connection.isAsked(address);
  }

  silent(node: ServerNode, sinceMs: number): void {
    // What was sent on may hang with another server, while this one answers.
    node.silentSinceMs ??= Math.max(sinceMs, node.silenceCountsFromMs);
    if (!node.breaker.isClosed) this.#connection.doubt(node.address);
    const limitMs = Math.max(this.#commandTimeoutMs, leastSilenceMs);
    if (performance.now() - node.silentSinceMs < limitMs - latenessMs) return;
    node.silentSinceMs = undefined;
    // What else was sent on that connection says nothing of the next one.
    node.silenceCountsFromMs = performance.now();
    // To make another takes a millisecond, and whoever has waited is told first.
    setImmediate(() => this.#connection.abandon(node.address));
  }

  #nodeOf(key: string | undefined): ServerNode | undefined {
    const address = this.#connection.addressOf(key);
    return address === undefined ? undefined : this.nodes.at(address);
  }

  #leftAlone({ address, error }: ServerNode): BackendUnavailableError {
    return leftAlone(address, error);
  }

  #deadlineOf(limitMs: number): Deadline {
    let deadline = this.#deadlines.get(limitMs);
    if (deadline === undefined) {
      deadline = new Deadline(limitMs, timedOut, this.#pending);
      this.#deadlines.set(limitMs, deadline);
    }
    return deadline;
  }
}

function addKeys(set: Set<string>, keys: string | readonly string[]): void {
  if (typeof keys === "string") set.add(keys);
  else for (const key of keys) set.add(key);
}
