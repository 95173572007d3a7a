import type { AgedEntry } from "../layers/far-entries.ts";
import { expectOptional } from "../optional-package.ts";
import type { Kind } from "../serializers/serializer.ts";
import { BackendClosedError } from "./backend-closed-error.ts";
import { agedReads, CoalescedReads, plainReads } from "./coalesced-reads.ts";
import { CommandLimits, type LimitedConnection } from "./command-limits.ts";
import { ConnectAttempts } from "./connect-attempts.ts";
import { DueDeletions } from "./due-deletions.ts";
import { nextTurn, pause } from "./next-turn.ts";
import { readOneAged } from "./redis-aged-reads.ts";
import type { RedisCommands } from "./redis-commands.ts";
import type { CommandKind, RedisConnection, RedisFeatures } from "./redis-connection.ts";
import { notConnected, tooManyWaiting } from "./redis-errors.ts";
import { ReadLane, reachAll, type SecondConnection } from "./redis-lane.ts";
import { complete, type RedisConnectionOptions, refuseUnfitOptions } from "./redis-options.ts";
import {
  type CompleteOptions,
  limitRefresh,
  makeOwnClient,
  type OwnClient,
  type OwnClientOptions,
} from "./redis-own-client.ts";
import { readOne } from "./redis-reads.ts";
import { asksServer, masterAt, nodeAt, serverFor } from "./redis-slots.ts";
import { wireCommands } from "./redis-wire.ts";
import { returnShare } from "./sent-command.ts";
import { SlotsDoubt } from "./slots-doubt.ts";
import { TurnCork } from "./turn-cork.ts";
import type { ValueSizes } from "./value-sizes.ts";
import { WaitingCommands } from "./waiting-commands.ts";

/** Until what a server of a Cluster lost is asked again, in milliseconds. */
const clusterPauseMs = 4;

/**
 * A client of its own, imported and connected when the first command comes. Every command waits for the first attempt
 * to connect. Where a connection is lost, reads wait for the first attempt to make another, those that were under way are
 * asked again, all within their time; from then on reads fail at once. Writes wait for it as long as a command may take.
 * Only so many wait; more fail at once.
 */
export class OwnConnection implements SecondConnection, LimitedConnection {
  readonly isCluster: boolean;
  readonly limits: CommandLimits;
  readonly feedProblem = undefined;
  readonly features: RedisFeatures = { hasMsetex: undefined, hasScripts: undefined, hasTransactions: undefined };
  readonly #options: CompleteOptions;
  readonly #waiting = new WaitingCommands();
  readonly #attempts: ConnectAttempts;
  #state: "new" | "connecting" | "ready" | "down" | "closed" = "new";
  #client: OwnClient | undefined;
  /** The same, as commands are given to it. */
  #commands: RedisCommands | undefined;
  #slotsDoubt: SlotsDoubt | undefined;
  readonly #cork = new TurnCork();
  /** Absent where each read is a command of its own. */
  readonly #reads: CoalescedReads<unknown> | undefined;
  readonly #agedReads: CoalescedReads<AgedEntry> | undefined;
  /** What is to be deleted by way of it. */
  readonly due: DueDeletions;
  /** Of the server, where there is one; the name of a master. */
  readonly #address: string | undefined;
  /** Who answered last under that. */
  #peer: string | undefined;
  #second: OwnConnection | undefined;
  #readLane: ReadLane | undefined;
  #isAdmitted = false;
  /** There while reads wait for another connection in place of one that was lost. */
  #returning: NodeJS.Timeout | undefined;
  /** Tells who closes it while an attempt to connect is under way. */
  #endAttempt: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  /**
   * @param sizes - where others read the same values
   * @throws CachetoryError `MISSING_PACKAGE` without ioredis, `INVALID_OPTION`
   */
  constructor(options: OwnClientOptions, sizes?: ValueSizes) {
    checkConnection(options);
    this.#options = complete(options);
    this.#attempts = new ConnectAttempts(this.#options);
    this.isCluster = options.cluster !== undefined;
    this.limits = new CommandLimits(this.#options, this, sizes);
    this.limits.nodes.isTold = options.isSecondLane !== true;
    this.due = new DueDeletions(() => this.readyClient, this.isCluster);
    this.#address = options.cluster === undefined ? addressOf(options) : undefined;
    const isCoalesced = options.coalesceReads !== false;
    this.#reads = isCoalesced ? new CoalescedReads(this, plainReads) : undefined;
    this.#agedReads = isCoalesced ? new CoalescedReads(this, agedReads) : undefined;
  }

  get readyClient(): RedisCommands | undefined {
    return this.#state === "ready" ? this.#commands : undefined;
  }

  get(key: string, as: Kind, largeAsBytes?: boolean): Promise<unknown> {
    return this.#reads === undefined
      ? readOne(this.#laneOf(key), key, as, largeAsBytes)
      : this.#reads.add(key, as, largeAsBytes);
  }

  getAged(key: string, as: Kind): Promise<AgedEntry> {
    if (this.#agedReads !== undefined) return this.#agedReads.add(key, as);
    return readOneAged(this.#laneOf(key), key, as);
  }

  run<Reply, Answer>(
    kind: CommandKind,
    keys: string | readonly string[],
    command: (client: RedisCommands) => Promise<Reply>,
    answer: (reply: Reply) => Answer,
    failed: (cause: unknown) => Answer,
  ): Promise<Answer> {
    this.#sendReads();
    const commands = this.readyClient;
    if (commands !== undefined) {
      const refused = kind === "write" ? this.due.overtake(keys, this.#second?.due) : undefined;
      // At the end of a turn nothing follows that could leave with it, and before that it is to leave at once.
      if (this.isCluster || this.#reads?.isPressing !== true) this.#cork.hold(commands, keys, this.limits.pending);
      const isAsked = kind !== "write" && kind !== "once" && this.#waitsForReturn;
      const again = isAsked ? (): Promise<Reply> => this.#askAgain(command) : undefined;
      const answered = this.limits.limit(kind, keys, () => command(commands), answer, failed, again);
      this.#cork.written(commands, this.limits.pending);
      if (refused !== undefined) answered.catch(refused);
      return answered;
    }
    if (this.#closing !== undefined) return Promise.reject(new BackendClosedError());
    const isRead = kind !== "write";
    if (this.#state === "down" && isRead && this.#returning === undefined) return Promise.reject(this.#noConnection());
    if (this.#state === "new") this.#open();
    // What asks for no key is whoever waits for the connection itself.
    if (keys.length > 0 && !this.#isAdmitted && this.#waiting.size >= this.#options.maxWaiting) {
      return Promise.reject(tooManyWaiting(this.#options.maxWaiting));
    }
    if (this.#state === "down" && isRead) {
      return this.limits.limit(kind, keys, () => this.#wait(true, command), answer, failed);
    }
    return this.#wait(false, (client) => {
      const refused = kind === "write" ? this.due.overtake(keys, this.#second?.due) : undefined;
      const answered = this.limits.limit(kind, keys, () => command(client), answer, failed);
      if (refused !== undefined) answered.catch(refused);
      return answered;
    });
  }

  addressOf(key: string | undefined): string | undefined {
    if (!this.isCluster || key === undefined) return this.#address;
    return serverFor(key, this.#commands?.slots, this.#options.isOfReplicas);
  }

  isAsked(address: string): boolean {
    return !this.isCluster || asksServer(address, this.#commands?.slots, this.#options.isOfReplicas);
  }

  get isReachable(): boolean {
    return this.#state !== "down" && this.#state !== "closed";
  }

  /** What was written to it is lost with it, or read by a server that wakes up: nothing more shall wait for that. */
  abandon(address: string): void {
    if (this.#state !== "ready" || this.#client === undefined) return;
    if (!this.isCluster) {
      this.renew();
      return;
    }
    this.#readLane?.doubt();
    // The client makes another when it is next asked for a key of its slots, and learns meanwhile whose they are.
    const isOfReplicas = this.#options.isOfReplicas === true;
    (isOfReplicas ? nodeAt(this.#client, address) : masterAt(this.#client, address))?.disconnect();
    this.#client.refreshSlotsCache?.();
  }

  /** Sentinels tell by themselves when another server takes its place; a Cluster has to be asked. */
  doubt(address: string): void {
    if (this.#state === "ready") this.#slotsDoubt?.raise(address);
    this.#readLane?.doubt();
  }

  answers(): void {
    this.due.hasten();
  }

  unanswered(keys: readonly string[]): void {
    if (this.#state !== "closed") this.due.add(keys);
  }

  /** Of the same servers, for what takes long: made when it is first asked for, and closed with this one. */
  get second(): OwnConnection {
    this.#second ??= new OwnConnection({ ...this.#options, isSecondLane: true }, this.limits.sizes);
    return this.#second;
  }

  laneFor(keys: readonly string[]): RedisConnection {
    if (this.#options.isSecondLane === true || this.#state !== "ready" || this.limits.nodes.isAnyLeftAlone) return this;
    const { beingWritten } = this.limits;
    // Who has written and does not wait for that finds what he wrote: here it has come before.
    if (beingWritten.size > 0 && keys.some((key) => beingWritten.has(key))) return this;
    this.#readLane ??= new ReadLane(this.second);
    return this.#readLane.connection ?? this;
  }

  async enterLane(): Promise<RedisConnection> {
    await reachAll(this);
    return this.#options.isSecondLane === true ? this : this.second;
  }

  renew(): void {
    if (this.#state === "ready" && this.#client !== undefined) this.#giveUp(this.#client);
  }

  /** All commands of a turn leave together anyway, and those of one call are let in together. */
  together<T>(send: () => T): T {
    this.#isAdmitted = this.#waiting.size < this.#options.maxWaiting;
    try {
      return send();
    } finally {
      this.#isAdmitted = false;
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    // What was asked before is answered, also what waits for the first connection.
    this.#sendReads();
    if (this.#state === "connecting" && this.#waiting.size > 0)
      await this.limits.watch(this.#attemptOver()).catch(() => {});
    const wasReady = this.#state === "ready";
    this.#state = "closed";
    this.#attempts.endLimit();
    this.due.stop();
    this.#endReturn();
    this.#waiting.fail(new BackendClosedError());
    const secondClosed = this.#second?.close();
    // A server that does not answer must not keep the process from ending.
    if (wasReady && this.#client !== undefined) await this.limits.watch(this.#client.quit()).catch(() => {});
    this.#client?.disconnect();
    await secondClosed;
  }

  /** Resolves when there is a connection, or the attempt that is under way has failed. */
  #attemptOver(): Promise<void> {
    return new Promise((resolve) => {
      this.#endAttempt = resolve;
    });
  }

  #laneOf(key: string): RedisConnection {
    return this.limits.sizes.isLarge(key) ? this.laneFor([key]) : this;
  }

  #sendReads(): void {
    this.#reads?.send();
    this.#agedReads?.send();
  }

  /** Where replicas are read, masters are asked meanwhile. */
  get #waitsForReturn(): boolean {
    return this.#options.isOfReplicas !== true;
  }

  async #askAgain<Reply>(command: (client: RedisCommands) => Promise<Reply>): Promise<Reply> {
    // What went with a connection is told before the connection. Of a Cluster, all may go within some milliseconds.
    await (this.isCluster ? pause(clusterPauseMs) : nextTurn());
    const commands = this.readyClient;
    if (commands !== undefined) return command(commands);
    if (this.#state === "closed") throw new BackendClosedError();
    if (this.#returning === undefined) throw this.#noConnection();
    return this.#wait(true, command);
  }

  #wait<T>(isRead: boolean, command: (client: RedisCommands) => Promise<T>): Promise<T> {
    // The first attempt has a time limit of its own.
    const isLimited = this.#state === "down" && !isRead;
    const limit = { limitMs: this.#options.commandTimeoutMs, tooLong: () => this.#noConnection() };
    return this.#waiting.add(isRead, command, isLimited ? limit : undefined);
  }

  #noConnection(): Error {
    return notConnected(this.#attempts.lastError);
  }

  #open(): void {
    this.#state = "connecting";
    this.#connect().catch((error: unknown) => {
      this.#attempts.blame(error);
      this.#onDown();
    });
  }

  async #connect(): Promise<void> {
    // Whoever asks first has his promise before: to load ioredis takes long.
    await Promise.resolve();
    if (this.#state === "closed") return;
    const client = makeOwnClient(this.#options);
    this.#client = client;
    this.#commands = wireCommands(client);
    if (this.isCluster) {
      this.#slotsDoubt = new SlotsDoubt(client, this.#options.isOfReplicas);
      client.on("refresh", () => this.limits.nodes.forgetOthers());
    }
    client.on("connecting", () => {
      // It tells so in a later turn.
      if (this.#state !== "closed") this.#attempts.begin(this.#state === "connecting", () => this.#giveUp(client));
    });
    client.on("error", (error) => {
      // The client would go on in database 0, whose entries are not this backend's.
      if (this.#attempts.note(error)) this.#giveUp(client);
    });
    client.on("sentinelError", (error) => this.#attempts.noteSentinel(error));
    client.on("ready", () => this.#onReady(client));
    client.on("close", () => this.#onDown());
    // It gives up where it is told to connect anew while it asks the sentinels: they may do so themselves.
    client.on("end", () => {
      if (this.#state !== "closed") connect(client);
    });
    connect(client);
  }

  #giveUp(client: RedisCommands): void {
    client.disconnect(true);
    this.#onDown();
  }

  #onReady(client: OwnClient): void {
    if (this.#state === "closed" || this.#attempts.isRefused) return;
    this.#attempts.endLimit();
    // Only what came before the first connection has waited for one that had its own limit.
    if (this.#state === "connecting") this.limits.readySinceMs = performance.now();
    this.#state = "ready";
    this.#endReturn();
    limitRefresh(client, this.#attempts.succeeded(), this.#options.connectTimeoutMs);
    // It may be another server than before.
    this.features.hasMsetex = undefined;
    this.features.hasScripts = undefined;
    // Of a Cluster each command is redirected by itself.
    this.features.hasTransactions = this.isCluster ? false : undefined;
    const commands = wireCommands(client);
    this.#cork.hold(commands, [], this.limits.pending);
    if (!this.isCluster) this.#meet(commands);
    this.limits.nodes.hope();
    this.due.send().catch(() => {});
    this.#waiting.start(commands);
    this.#endAttempt?.();
  }

  /** A master that has been replaced has failed, and not the one in its place. */
  #meet({ stream }: RedisCommands): void {
    const peer = `${stream?.remoteAddress}:${stream?.remotePort}`;
    if (peer !== this.#peer) this.limits.nodes.replaced();
    this.#peer = peer;
  }

  #onDown(): void {
    if (this.#state === "closed") return;
    this.#attempts.endLimit();
    this.#readLane?.doubt();
    const before = this.#state;
    this.#state = "down";
    this.#endAttempt?.();
    if (before === "connecting") this.#waiting.fail(this.#noConnection());
    else if (before === "down") {
      // Of a Cluster, the server that was asked may have gone a moment after the others.
      if (!this.isCluster) this.#endReturn();
    } else if (this.#waitsForReturn) {
      this.#returning = setTimeout(() => this.#endReturn(), returnShare * this.#options.readTimeoutMs).unref();
    }
  }

  /** Reads wait no longer, unless there is a connection. */
  #endReturn(): void {
    clearTimeout(this.#returning);
    this.#returning = undefined;
    if (this.#state === "down") this.#waiting.failReads(this.#noConnection());
  }
}

function connect(client: OwnClient): void {
  // Its rejection is what the events tell, too.
  client.connect().catch(() => {});
}

/** @throws CachetoryError `MISSING_PACKAGE` without ioredis, `INVALID_OPTION` */
export function checkConnection(options: RedisConnectionOptions): void {
  refuseUnfitOptions(options);
  expectOptional("ioredis", "A redis backend");
}

function addressOf({ path, sentinel, host = "localhost", port = 6379 }: OwnClientOptions): string {
  if (sentinel !== undefined) return sentinel.master;
  return path ?? `${host}:${port}`;
}
