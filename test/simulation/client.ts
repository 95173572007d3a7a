import type { Random } from "./random.ts";
import type { Reply, ReplyError } from "./redis-model.ts";
import type { ClientEnd, Incoming, Link, SentCommand, SimulatedServer } from "./server.ts";
import { type Owner, sockets, timers } from "./virtual-time.ts";

/** Where a client runs, and whom it connects to. */
export interface ClientPlace {
  readonly owner: Owner;
  readonly server: SimulatedServer;
  readonly random: Random;
}

interface Pending {
  resolve(reply: unknown): void;
  reject(cause: Error): void;
}

interface ClientOptions {
  readonly enableReadyCheck?: boolean;
  readonly connectTimeout?: number;
  readonly disconnectTimeout?: number;
  readonly retryStrategy?: (attempt: number) => number;
}

/** A socket, as far as clients hand it out: another one for each connection. */
class Socket {
  readonly remoteAddress = "10.0.0.1";
  readonly remotePort = 6379;
  cork(): void {}
  uncork(): void {}
  /** Replies come in by another way. */
  on(): void {}
  pause(): void {}
  resume(): void {}
}

/**
 * A client of ioredis' shape, with its states, its events, and its order of commands. One that is not connected refuses commands:
 * the runtime asks for no queue.
 */
export class SimulatedClient {
  status = "wait";
  stream: Socket | undefined;
  readonly options: ClientOptions;
  readonly #place: () => ClientPlace;
  readonly #here: ClientPlace;
  readonly #listeners = new Map<string, ((...args: unknown[]) => void)[]>();
  #link: Link | undefined;
  readonly #pending: Pending[] = [];
  #attempt = 0;
  #isEnding = false;

  /** @param place - where a client that is made now runs */
  constructor(place: () => ClientPlace, options: ClientOptions = {}) {
    this.#place = place;
    this.#here = place();
    this.options = { host: "redis", port: 6379, ...options } as ClientOptions;
  }

  on(event: string, listener: (...args: unknown[]) => void): this {
    const known = this.#listeners.get(event) ?? [];
    this.#listeners.set(event, [...known, listener]);
    return this;
  }

  duplicate(override: ClientOptions = {}): SimulatedClient {
    return new SimulatedClient(this.#place, { ...this.options, ...override });
  }

  async connect(): Promise<void> {
    if (this.status !== "wait" && this.status !== "end" && this.status !== "close")
      throw new Error("Redis is already connecting/connected");
    this.#isEnding = false;
    this.#connect();
  }

  disconnect(reconnect = false): void {
    if (!reconnect) this.#isEnding = true;
    if (this.status === "wait" || this.status === "reconnecting") {
      if (!reconnect) this.#enter("end");
      return;
    }
    const link = this.#link;
    if (link === undefined) {
      if (this.status === "connecting") this.#onClosed();
      return;
    }
    // The end of a socket is told when the server ends it too, or when it takes too long.
    const { random } = this.#here;
    this.#after(random.next() * (this.options.disconnectTimeout ?? 50), () => {
      if (this.#link !== link) return;
      link.leave();
      this.#onClosed();
    });
  }

  async quit(): Promise<string> {
    this.#isEnding = true;
    this.#link?.leave();
    this.#onClosed();
    return "OK";
  }

  #connect(): void {
    this.#enter("connecting");
    this.#emit("connecting");
    const { server, owner } = this.#here;
    const { latency, random, time } = server;
    const attempt = ++this.#attempt;
    const isCurrent = (): boolean => this.#attempt === attempt && this.status === "connecting";
    const limitMs = this.options.connectTimeout ?? 10_000;
    const timedOut = (): void => {
      if (!isCurrent() || this.#link !== undefined) return;
      this.#emit("error", new Error("connect ETIMEDOUT"));
      this.#onClosed();
    };
    if (limitMs > 0) this.#after(limitMs, timedOut);
    time.after(latency.leastMs + random.next() * 2 * latency.mostMs, sockets, owner, () => {
      if (!isCurrent()) return;
      const client: ClientEnd = {
        owner,
        received: (incoming) => this.#received(client, incoming),
        closed: () => {
          if (this.#end === client) this.#onClosed();
        },
      };
      const link = server.connect(client);
      if (link === undefined) {
        this.#emit("error", new Error("connect ECONNREFUSED 10.0.0.1:6379"));
        this.#onClosed();
        return;
      }
      this.#link = link;
      this.#end = client;
      this.stream = new Socket();
      if (this.options.enableReadyCheck === false) this.#ready();
      else
        this.#send({ name: "info", args: [] }).then(
          () => this.#ready(),
          () => {},
        );
    });
  }
  #end: ClientEnd | undefined;

  #ready(): void {
    if (this.#link === undefined || this.status === "ready") return;
    this.#retries = 0;
    this.#enter("ready");
    this.#emit("ready");
  }
  #retries = 0;

  #received(client: ClientEnd, incoming: readonly Incoming[]): void {
    if (this.#end !== client) return;
    for (const one of incoming) {
      if (one.kind === "message") {
        this.#emit("messageBuffer", one.channel, one.payload);
        continue;
      }
      const pending = this.#pending.shift();
      if (one.kind === "reply") pending?.resolve(one.reply);
      else pending?.reject(one.error);
    }
  }

  #onClosed(): void {
    this.#link = undefined;
    this.#end = undefined;
    this.stream = undefined;
    this.#enter("close");
    // As ioredis with no retries: in one go.
    for (const { reject } of this.#pending.splice(0)) {
      const lost = new Error("Reached the max retries per request limit (which is 0).");
      lost.name = "MaxRetriesPerRequestError";
      reject(lost);
    }
    this.#emit("close");
    if (this.#isEnding) {
      this.#enter("end");
      this.#emit("end");
      return;
    }
    this.#retries += 1;
    this.#enter("reconnecting");
    const delayMs = this.options.retryStrategy?.(this.#retries) ?? 50;
    this.#after(delayMs, () => {
      if (this.status === "reconnecting") this.#connect();
    });
  }

  #after(ms: number, run: () => void): void {
    this.#here.server.time.after(Math.max(1, ms), timers, this.#here.owner, run);
  }

  #enter(status: string): void {
    this.status = status;
  }

  #emit(event: string, ...args: unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(...args);
  }

  #command<R>(name: string, ...args: readonly (string | number)[]): Promise<R> {
    if (this.status !== "ready") {
      return Promise.reject(new Error("Stream isn't writeable and enableOfflineQueue options is false"));
    }
    // What a command answers is what the caller of its method expects.
    return this.#send({ name, args }) as Promise<R>;
  }

  #send(command: SentCommand): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#pending.push({ resolve, reject });
      this.#link?.send(command);
    });
  }

  call(command: string, ...args: readonly string[]): Promise<unknown> {
    return this.#command(command.toLowerCase(), ...args);
  }
  subscribe(channel: string): Promise<unknown> {
    return this.#command("subscribe", channel);
  }
  publish(channel: string, message: string): Promise<number> {
    return this.#command("publish", channel, message);
  }
  ping(): Promise<string> {
    return this.#command("ping");
  }
  get(key: string): Promise<string | null> {
    return this.#command("get", key);
  }
  getBuffer(key: string): Promise<string | null> {
    return this.get(key);
  }
  getdel(key: string): Promise<string | null> {
    return this.#command("getdel", key);
  }
  getdelBuffer(key: string): Promise<string | null> {
    return this.getdel(key);
  }
  mget(keys: readonly string[]): Promise<(string | null)[]> {
    return this.#command("mget", ...keys);
  }
  mgetBuffer(keys: readonly string[]): Promise<(string | null)[]> {
    return this.mget(keys);
  }
  set(key: string, value: string, ...options: readonly (string | number)[]): Promise<string | null> {
    return this.#command("set", key, value, ...options);
  }
  mset(...pairs: readonly string[]): Promise<string> {
    return this.#command("mset", ...pairs);
  }
  getrange(key: string, start: number, end: number): Promise<string> {
    return this.#command("getrange", key, start, end);
  }
  time(): Promise<[string, string]> {
    return this.#command("time");
  }
  eval(script: string, count: number, ...rest: readonly (string | number)[]): Promise<Reply> {
    return this.#command("eval", script, count, ...rest);
  }
  evalBuffer(script: string, count: number, ...rest: readonly (string | number)[]): Promise<Reply> {
    return this.eval(script, count, ...rest);
  }
  pexpire(key: string, ms: number): Promise<number> {
    return this.#command("pexpire", key, ms);
  }
  pexpireat(key: string, atMs: number): Promise<number> {
    return this.#command("pexpireat", key, atMs);
  }
  pttl(key: string): Promise<number> {
    return this.#command("pttl", key);
  }
  type(key: string): Promise<string> {
    return this.#command("type", key);
  }
  unlink(...keys: readonly string[]): Promise<number> {
    return this.#command("unlink", ...keys);
  }
  scan(cursor: string, ...options: readonly (string | number)[]): Promise<[string, string[]]> {
    return this.#command("scan", cursor, ...options);
  }
  multi(): { exists(key: string): void; persist(key: string): void; exec(): Promise<[ReplyError | null, unknown][]> } {
    const transaction: SentCommand[] = [];
    return {
      exists: (key) => void transaction.push({ name: "exists", args: [key] }),
      persist: (key) => void transaction.push({ name: "persist", args: [key] }),
      exec: async () => {
        if (this.status !== "ready") throw new Error("Stream isn't writeable and enableOfflineQueue options is false");
        const replies = (await this.#send({ transaction })) as readonly Reply[];
        return replies.map((reply) => [null, reply]);
      },
    };
  }
}
