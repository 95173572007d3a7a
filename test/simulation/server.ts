import type { Random } from "./random.ts";
import { RedisModel, type Reply, ReplyError } from "./redis-model.ts";
import { type Owner, sockets, type VirtualTime } from "./virtual-time.ts";

/** A command on its way: a name and its arguments, or several that take effect together. */
export type SentCommand =
  | { readonly name: string; readonly args: readonly (string | number)[] }
  | { readonly transaction: readonly SentCommand[] };

/** What a connection brings to its client. */
export type Incoming =
  | { readonly kind: "reply"; readonly reply: Reply }
  | { readonly kind: "error"; readonly error: ReplyError }
  | { readonly kind: "message"; readonly channel: string; readonly payload: Reply };

/** How long messages take, in milliseconds. */
export interface Latency {
  readonly leastMs: number;
  readonly mostMs: number;
}

/** The client's end of a connection. */
export interface ClientEnd {
  readonly owner: Owner;
  received(incoming: readonly Incoming[]): void;
  closed(): void;
}

/**
 * One TCP connection: each direction keeps its order until it is cut. What leaves in one instant mostly travels together, as in
 * one segment.
 */
export class Link {
  readonly id: number;
  readonly #server: SimulatedServer;
  readonly #client: ClientEnd;
  /** When the last message that is under way arrives, in each direction. */
  #atServerMs = 0;
  #atClientMs = 0;
  #segment: { readonly sentAtMs: number; readonly commands: SentCommand[] } | undefined;
  /** Until when nothing gets through; infinite for a connection that is half open. */
  #stalledUntilMs = 0;
  #isCut = false;
  /** Set once the client has closed its end: what it sent before may still arrive. */
  #isLeft = false;
  channel: string | undefined;
  /** What its keys begin with of which it is told, where it tracks. */
  tracked: readonly string[] | undefined;

  constructor(id: number, server: SimulatedServer, client: ClientEnd) {
    this.id = id;
    this.#server = server;
    this.#client = client;
  }

  get owner(): Owner {
    return this.#client.owner;
  }

  send(command: SentCommand): void {
    if (this.#isCut || this.#isLeft) return;
    const { time, random } = this.#server;
    const open = this.#segment;
    if (open?.sentAtMs === time.nowMs && random.chance(0.8)) {
      open.commands.push(command);
      return;
    }
    const segment = { sentAtMs: time.nowMs, commands: [command] };
    this.#segment = segment;
    this.#atServerMs = Math.max(this.#atServerMs, this.#arrivalMs());
    if (this.#atServerMs === Number.POSITIVE_INFINITY) return;
    time.at(this.#atServerMs, sockets, undefined, () => {
      if (this.#segment === segment) this.#segment = undefined;
      if (!this.#isCut) this.#server.receive(this, segment.commands);
    });
  }

  /** Brings something to the client. */
  deliver(incoming: readonly Incoming[]): void {
    if (this.#isCut || this.#isLeft || incoming.length === 0) return;
    this.#atClientMs = Math.max(this.#atClientMs, this.#arrivalMs());
    if (this.#atClientMs === Number.POSITIVE_INFINITY) return;
    this.#server.time.at(this.#atClientMs, sockets, this.#client.owner, () => {
      if (!this.#isCut && !this.#isLeft) this.#client.received(incoming);
    });
  }

  /** Both ends are told, and nothing more arrives, except perhaps what was on its way to a server that is still there. */
  cut(isServerGone = false): void {
    if (this.#isCut) return;
    const isLeft = this.#isLeft;
    this.#server.forget(this);
    if (isServerGone || this.#server.random.chance(0.5)) this.#isCut = true;
    else this.#isLeft = true;
    if (!isLeft) this.#server.time.after(0, sockets, this.#client.owner, () => this.#client.closed());
  }

  /** The client closes its end. */
  leave(): void {
    this.#isLeft = true;
    // What the operating system has taken it goes on sending.
    if (this.#server.random.chance(0.3)) this.#isCut = true;
    this.#server.forget(this);
  }

  /** Nothing gets through until then. */
  stall(untilMs: number): void {
    this.#stalledUntilMs = Math.max(this.#stalledUntilMs, untilMs);
    this.#segment = undefined;
  }

  #arrivalMs(): number {
    const { time, random, latency } = this.#server;
    const { leastMs, mostMs } = latency;
    return Math.max(time.nowMs, this.#stalledUntilMs) + leastMs + random.next() * (mostMs - leastMs);
  }
}

/** What a server does with what comes in, and what may befall it. */
export class SimulatedServer {
  readonly time: VirtualTime;
  readonly random: Random;
  latency: Latency;
  readonly #dateAtStartMs: number;
  #redis: RedisModel;
  /** Those that it knows of. */
  readonly #links = new Set<Link>();
  /** The same with those on which something may still be under way. */
  readonly #all = new Set<Link>();
  #linkCount = 0;
  #isUp = true;
  #isStopped = false;
  /** What came while it stood still. */
  readonly #waiting: { readonly link: Link; readonly commands: readonly SentCommand[] }[] = [];
  #changed = new Set<string>();
  #isAllChanged = false;
  /** Is told of what it stores, and when by the time of the simulation. */
  onStored: (key: string, value: string, replaced: string | undefined) => void = () => {};

  constructor(time: VirtualTime, random: Random, latency: Latency, dateAtStartMs: number) {
    this.time = time;
    this.random = random;
    this.latency = latency;
    this.#dateAtStartMs = dateAtStartMs;
    this.#redis = this.#empty();
  }

  /** By its own clock, in milliseconds since 1970. */
  get nowMs(): number {
    return this.#dateAtStartMs + this.time.nowMs;
  }

  linksOf(owner: Owner): readonly Link[] {
    return [...this.#links].filter((link) => link.owner === owner);
  }

  /** `undefined` where nobody listens. */
  connect(client: ClientEnd): Link | undefined {
    if (!this.#isUp) return undefined;
    this.#linkCount += 1;
    const link = new Link(this.#linkCount, this, client);
    this.#links.add(link);
    this.#all.add(link);
    return link;
  }

  forget(link: Link): void {
    this.#links.delete(link);
  }

  /** Loses everything. */
  kill(): void {
    this.#isUp = false;
    this.#isStopped = false;
    this.#waiting.length = 0;
    for (const link of this.#all) link.cut(true);
    this.#all.clear();
    this.#redis = this.#empty();
  }

  restart(): void {
    this.#isUp = true;
  }

  stop(): void {
    this.#isStopped = true;
  }

  resume(): void {
    if (!this.#isStopped) return;
    this.#isStopped = false;
    for (const { link, commands } of this.#waiting.splice(0)) this.receive(link, commands);
  }

  evict(): void {
    const { keys } = this.#redis;
    if (keys.length === 0) return;
    this.#redis.evict(this.random.pick(keys));
    this.#tellChanges();
  }

  flush(): void {
    this.#redis.flush();
    this.#tellChanges();
  }

  receive(link: Link, commands: readonly SentCommand[]): void {
    if (!this.#isUp) return;
    if (this.#isStopped) {
      this.#waiting.push({ link, commands });
      return;
    }
    const replies: Incoming[] = [];
    for (const command of commands) {
      replies.push(this.#reply(link, command));
      // What is told of a change comes after the answer to it, and before that to the next command.
      if (this.#changed.size > 0 || this.#isAllChanged) {
        link.deliver(replies.splice(0));
        this.#tellChanges();
      }
    }
    link.deliver(replies);
  }

  #reply(link: Link, command: SentCommand): Incoming {
    try {
      return { kind: "reply", reply: this.#run(link, command) };
    } catch (cause) {
      if (cause instanceof ReplyError) return { kind: "error", error: cause };
      throw cause;
    }
  }

  #run(link: Link, command: SentCommand): Reply {
    if ("transaction" in command) return command.transaction.map((one) => this.#run(link, one));
    const { name, args } = command;
    switch (name) {
      case "publish":
        return this.#publish(String(args[0]), String(args[1]));
      case "subscribe":
        link.channel = String(args[0]);
        return 1;
      case "client":
        if (args[0] === "ID") return link.id;
        link.tracked = args.filter((_, index) => args[index - 1] === "PREFIX").map(String);
        if (link.tracked.length === 0) link.tracked = [""];
        return "OK";
      default:
        return this.#redis.run(name, args);
    }
  }

  #publish(channel: string, message: string): number {
    const heard = [...this.#links].filter((link) => link.channel === channel);
    for (const link of heard) link.deliver([{ kind: "message", channel, payload: message }]);
    return heard.length;
  }

  #tellChanges(): void {
    const [keys, isAll] = [[...this.#changed], this.#isAllChanged];
    this.#changed = new Set();
    this.#isAllChanged = false;
    for (const link of this.#links) {
      const { tracked, channel } = link;
      if (tracked === undefined || channel === undefined) continue;
      const payload = isAll ? null : keys.filter((key) => tracked.some((head) => key.startsWith(head)));
      if (payload === null || payload.length > 0) link.deliver([{ kind: "message", channel, payload }]);
    }
  }

  #empty(): RedisModel {
    const changed = (key: string | undefined): void => {
      if (key === undefined) this.#isAllChanged = true;
      else this.#changed.add(key);
    };
    return new RedisModel(
      () => this.nowMs,
      changed,
      (...stored) => this.onStored(...stored),
    );
  }
}
