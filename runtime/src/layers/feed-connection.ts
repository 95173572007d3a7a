import { isReply } from "../backends/redis-errors.ts";
import type { FeedChannel } from "./feed-channel.ts";
import { addressOf, type FeedClient } from "./feed-client.ts";

/** Times of a connection that has to be known to live, in milliseconds. */
export interface FeedTimes {
  /** From one sign of life to the next question for it. */
  readonly heartbeatMs: number;
  /** How long the answer may take. */
  readonly heartbeatTimeoutMs: number;
  /** How long it may take until it is open. */
  readonly connectTimeoutMs: number;
}

/** Who wants to know how a connection fares. */
export interface FeedOwner {
  /** What it subscribes to when it connects next. */
  readonly channel: FeedChannel;
  /** Whether the server at this address is the one that entries are read from. */
  readsFrom(address: string | undefined): boolean;
  onOpen(): void;
  /** What was told from then on is lost. */
  onGap(): void;
  onMessage(payload: unknown): void;
  /** The server will not do it, now or later. */
  onRefused(cause: Error): void;
}

/** One connection that hears of changes, for one server. It reconnects by itself, and is a gap until it is open again. */
export class FeedConnection {
  readonly #client: FeedClient;
  readonly #heads: readonly string[];
  readonly #times: FeedTimes;
  readonly #owner: FeedOwner;
  #state: "connecting" | "open" | "closed" = "connecting";
  /** Which attempt to connect this is: what an earlier one still answers does not count. */
  #attempt = 0;
  #timer: NodeJS.Timeout | undefined;
  #nextAttempt: NodeJS.Timeout | undefined;

  constructor(client: FeedClient, heads: readonly string[], times: FeedTimes, owner: FeedOwner) {
    this.#client = client;
    this.#heads = heads;
    this.#times = times;
    this.#owner = owner;
    client.on("connecting", () => this.#limit(times.connectTimeoutMs));
    client.on("ready", () => void this.#subscribe());
    client.on("close", () => this.#onClose());
    // It gives up where it is told to connect anew while it asks sentinels.
    client.on("end", () => {
      if (this.#state !== "closed" && this.#nextAttempt === undefined) this.#connect();
    });
    // What there is to tell of it, the connection for commands tells.
    client.on("error", () => {});
    client.on("messageBuffer", (_, payload) => {
      if (this.#state === "open") owner.onMessage(payload);
    });
    this.#connect();
  }

  get isOpen(): boolean {
    return this.#state === "open";
  }

  close(): void {
    this.#state = "closed";
    clearTimeout(this.#timer);
    clearTimeout(this.#nextAttempt);
    this.#client.disconnect();
  }

  #connect(): void {
    // Its rejection is what the events tell, too.
    this.#client.connect().catch(() => {});
  }

  async #subscribe(): Promise<void> {
    this.#attempt += 1;
    const attempt = this.#attempt;
    const { channel } = this.#owner;
    try {
      await channel.prepare(this.#client, this.#heads);
      await this.#client.subscribe(channel.name);
    } catch (cause) {
      if (attempt !== this.#attempt || this.#state === "closed") return;
      if (isReply(cause) && !isPassing(cause)) {
        clearTimeout(this.#timer);
        this.#owner.onRefused(cause);
      } else {
        this.#reconnect();
      }
      return;
    }
    if (attempt !== this.#attempt || this.#state === "closed") return;
    if (!this.#owner.readsFrom(addressOf(this.#client))) {
      this.#waitForServer();
      return;
    }
    this.#state = "open";
    this.#awaitHeartbeat();
    this.#owner.onOpen();
  }

  #awaitHeartbeat(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), this.#times.heartbeatMs).unref();
  }

  /** A socket that is half open, and a server that stands still, show in nothing else. */
  #ask(): void {
    const attempt = this.#attempt;
    this.#limit(this.#times.heartbeatTimeoutMs);
    this.#client.ping().then(
      () => {
        if (attempt !== this.#attempt || this.#state !== "open") return;
        if (!this.#owner.readsFrom(addressOf(this.#client))) {
          this.#waitForServer();
          return;
        }
        this.#awaitHeartbeat();
      },
      // That the connection is lost is told by its end.
      () => {},
    );
  }

  #limit(ms: number): void {
    clearTimeout(this.#timer);
    const timer = setTimeout(() => {
      // A busy loop lets the timer run before it has looked at the socket: an answer may be waiting there.
      setImmediate(() => {
        if (this.#timer === timer) this.#reconnect();
      });
    }, ms);
    this.#timer = timer.unref();
  }

  /** Not when the socket is closed: one that is half open may take minutes for that. */
  #reconnect(): void {
    this.#onClose();
    this.#client.disconnect(true);
  }

  /** One of the two connections has not heard of the new master yet. */
  #waitForServer(): void {
    this.#onClose();
    this.#client.disconnect();
    this.#nextAttempt = setTimeout(() => {
      this.#nextAttempt = undefined;
      this.#connect();
    }, this.#times.heartbeatMs).unref();
  }

  #onClose(): void {
    this.#attempt += 1;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const wasOpen = this.#state === "open";
    if (this.#state !== "closed") this.#state = "connecting";
    if (wasOpen) this.#owner.onGap();
  }
}

/** Whether it is refused for now, as by a server that has too many clients. */
function isPassing(cause: Error): boolean {
  return /^(?:LOADING|BUSY|MASTERDOWN|NOAUTH|CLUSTERDOWN|TRYAGAIN) |max number of clients/.test(cause.message);
}
