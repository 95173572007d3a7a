import { asIs } from "../as-is.ts";
import { BackendClosedError } from "../backends/backend-closed-error.ts";
import type { RedisCommands } from "../backends/redis-commands.ts";
import type { RedisConnection } from "../backends/redis-connection.ts";
import { unavailable } from "../backends/redis-errors.ts";
import { BackendUnavailableError } from "../errors.ts";
import { messageOf } from "../message-of.ts";
import type { Change, Feed, FeedKind, FeedListener } from "./feed.ts";
import { busChannel, type FeedChannel, trackingChannel } from "./feed-channel.ts";
import { addressOf, feedClientOptions } from "./feed-client.ts";
import { FeedConnection, type FeedOwner, type FeedTimes } from "./feed-connection.ts";
import { areCovered, fewestHeads } from "./heads.ts";

/** So long is kept what was to be tracked, where messages have to do: who writes without one is heard of by nobody. */
const longestWithoutTrackingMs = 5000;

interface Waiter {
  resolve(): void;
  reject(cause: Error): void;
}

/**
 * Hears of changes from Redis: over one connection, on a Cluster over one to each master. It is open while all of them are;
 * another set of masters is a gap. Where a server refuses tracking, all becomes a bus, and that is said once.
 */
export class RedisFeed implements Feed, FeedOwner {
  readonly #connection: RedisConnection;
  readonly #times: FeedTimes;
  readonly #listeners = new Set<FeedListener>();
  readonly #waiters = new Set<Waiter>();
  readonly #isMeantToTrack: boolean;
  #channel: FeedChannel;
  #heads: readonly string[] = [];
  /** By the address of the server, where there are several. */
  #connections = new Map<string, FeedConnection>();
  #state: "new" | "opening" | "open" | "refused" | "closed" = "new";
  #timer: NodeJS.Timeout | undefined;
  readonly #warned = new Set<string>();

  constructor(kind: FeedKind, connection: RedisConnection, times: FeedTimes) {
    this.#isMeantToTrack = kind === "tracking";
    this.#channel = kind === "tracking" ? trackingChannel : busChannel();
    this.#connection = connection;
    this.#times = times;
  }

  get channel(): FeedChannel {
    return this.#channel;
  }

  get longestMs(): number {
    const isLess = this.#isMeantToTrack && this.#channel.kind === "bus";
    return isLess ? longestWithoutTrackingMs : Number.POSITIVE_INFINITY;
  }

  listen(listener: FeedListener, heads: readonly string[]): void {
    const isCovered = areCovered(heads, this.#heads);
    this.#heads = fewestHeads([...this.#heads, ...heads]);
    if (this.#listeners.has(listener) && isCovered) return;
    this.#listeners.add(listener);
    if (this.#state === "new") this.#open();
    // A bus tells of all keys.
    else if (!isCovered && this.#channel.kind === "tracking") this.#reopen();
    else if (this.#state === "open") listener.opened();
  }

  announce(change: Change): void {
    const message = this.#channel.write(change);
    if (message === undefined) return;
    const { name } = this.#channel;
    this.#connection
      .run("write", [], (client) => client.publish(name, message), asIs, unavailable)
      .catch((cause: unknown) => this.#warn("Other processes could not be told of a change.", cause));
  }

  async ready(): Promise<void> {
    if (this.#state === "closed") throw new BackendClosedError();
    if (this.#state === "new" || this.#state === "open" || this.#state === "refused") return;
    const limitMs = this.#times.connectTimeoutMs;
    await new Promise<void>((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
      };
      const waiter: Waiter = {
        resolve: () => {
          leave();
          resolve();
        },
        reject: (cause) => {
          leave();
          reject(cause);
        },
      };
      const message = `The connection that hears of changes was not there within ${limitMs} ms.`;
      const late = (): void => waiter.reject(new BackendUnavailableError(message, { outcome: "none" }));
      const timer = setTimeout(late, limitMs);
      this.#waiters.add(waiter);
    });
  }

  close(): void {
    this.#state = "closed";
    this.#disconnect();
    for (const listener of this.#listeners) listener.closed();
    this.#listeners.clear();
    for (const waiter of this.#waiters) waiter.reject(new BackendClosedError());
  }

  readsFrom(address: string | undefined): boolean {
    const { readyClient: client, isCluster } = this.#connection;
    // On a Cluster the servers are compared by name, when it is looked for other ones.
    if (isCluster || client === undefined || address === undefined) return true;
    const own = addressOf(client);
    if (own === undefined || own === address) return true;
    this.#warn("Entries are read from another server than the one that tells of changes, so near layers wait.");
    return false;
  }

  onOpen(): void {
    if (this.#state !== "opening") return;
    for (const { isOpen } of this.#connections.values()) if (!isOpen) return;
    this.#state = "open";
    for (const listener of this.#listeners) listener.opened();
    for (const waiter of this.#waiters) waiter.resolve();
  }

  onGap(): void {
    if (this.#state !== "open") return;
    this.#state = "opening";
    for (const listener of this.#listeners) listener.closed();
  }

  onMessage(payload: unknown): void {
    const change = this.#channel.read(payload);
    if (change === undefined) return;
    for (const listener of this.#listeners) listener.changed(change);
  }

  onRefused(cause: Error): void {
    if (this.#channel.kind === "tracking") {
      this.#warn(
        "Client tracking is refused, so processes tell each other of changes, and near entries are short.",
        cause,
      );
      this.#channel = busChannel();
      this.#reopen();
      return;
    }
    this.#warn("Nothing tells of changes, so near layers keep nothing.", cause);
    this.#state = "refused";
    for (const waiter of this.#waiters) waiter.resolve();
  }

  #reopen(): void {
    if (this.#state === "closed" || this.#state === "new") return;
    if (this.#state === "open") for (const listener of this.#listeners) listener.closed();
    this.#open();
  }

  #open(): void {
    this.#state = "opening";
    this.#disconnect();
    // Where there is nobody to connect to yet, it is tried again.
    this.#connect()
      .catch(() => {})
      .finally(() => this.#lookAgain());
  }

  /** Connections see to themselves; which ones there have to be is looked for again and again. */
  #lookAgain(): void {
    clearTimeout(this.#timer);
    if (this.#state === "closed" || (!this.#connection.isCluster && this.#connections.size > 0)) return;
    this.#timer = setTimeout(() => {
      if (this.#isAsConnected()) this.#lookAgain();
      else this.#reopen();
    }, this.#times.heartbeatMs).unref();
  }

  #isAsConnected(): boolean {
    const servers = this.#connection.readyClient?.nodes?.("master") ?? [];
    const names = new Set(servers.map(nameOf));
    const isKnown = [...this.#connections.keys()].every((name) => names.has(name) || names.size === 0);
    const hasAll = this.#channel.kind === "bus" || names.size <= this.#connections.size;
    return this.#connections.size > 0 && isKnown && hasAll;
  }

  async #connect(): Promise<void> {
    const servers = await this.#connection.run("write", [], serversOf, asIs, unavailable);
    if (this.#state !== "opening" || this.#connections.size > 0) return;
    // A message to one node of a Cluster reaches all.
    const needed = this.#channel.kind === "bus" ? servers.slice(0, 1) : servers;
    for (const server of needed) {
      const client = server.duplicate?.(feedClientOptions);
      if (client === undefined) continue;
      this.#connections.set(nameOf(server), new FeedConnection(client, this.#heads, this.#times, this));
    }
  }

  #disconnect(): void {
    clearTimeout(this.#timer);
    for (const connection of this.#connections.values()) connection.close();
    this.#connections = new Map();
  }

  /** Each thing once for each feed: what comes after says nothing new. */
  #warn(what: string, cause?: unknown): void {
    if (this.#warned.has(what) || this.#state === "closed") return;
    this.#warned.add(what);
    const reason = cause === undefined ? "" : ` ${messageOf(cause)}`;
    process.emitWarning(`The cache backend redis: ${what}${reason}`, {
      type: "CachetoryWarning",
      code: "CACHETORY_FEED",
    });
  }
}

async function serversOf(client: RedisCommands): Promise<readonly RedisCommands[]> {
  return client.nodes?.("master") ?? [client];
}

function nameOf({ options }: RedisCommands): string {
  return `${options?.host}:${options?.port}`;
}
