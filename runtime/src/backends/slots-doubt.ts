import type { RedisCommands } from "./redis-commands.ts";
import type { OwnClient } from "./redis-own-client.ts";

/** So long it is at least from one question about the slots of a Cluster to the next, in milliseconds. */
const pauseMs = 50;

type SlotRange = readonly [first: number, last: number, ...servers: readonly unknown[]];

/**
 * Whether servers have other slots than a Cluster's client knows. It would learn them anew with each command that is redirected, or
 * sent in vain: without end while a master is out, though that holds up the event loop for some milliseconds, and asks whoever is
 * silent, too. So one of those that are connected is asked, once in a while, and the client learns them where they have changed.
 */
export class SlotsDoubt {
  readonly #client: OwnClient;
  readonly #refresh: OwnClient["refreshSlotsCache"];
  readonly #isOfReplicas: boolean;
  #askedAtMs = Number.NEGATIVE_INFINITY;
  #doubtedAtMs = Number.NEGATIVE_INFINITY;
  /** When the client began to learn what it knows. */
  #learntAtMs = Number.NEGATIVE_INFINITY;
  #learningSinceMs: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  /**
   * The client has its doubts here from now on, but for who connects: he waits for its slots.
   *
   * @param isOfReplicas - whether it reads from replicas, of which it has to find those that are gone as well
   */
  constructor(client: OwnClient, isOfReplicas = false) {
    this.#client = client;
    this.#isOfReplicas = isOfReplicas;
    this.#refresh = client.refreshSlotsCache?.bind(client);
    client.refreshSlotsCache = (done) => {
      if (done !== undefined && client.status !== "ready") {
        this.#learn(done);
        return;
      }
      this.raise();
      // What waits to be sent again would come too late if it waited for servers that are silent.
      if (done !== undefined) process.nextTick(done);
    };
  }

  /** @param silent - the address of a server that does not answer, and is not asked */
  raise(silent?: string): void {
    this.#doubtedAtMs = performance.now();
    const leftMs = this.#askedAtMs + pauseMs - this.#doubtedAtMs;
    if (leftMs <= 0) {
      this.#ask(silent);
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#ask(silent);
    }, leftMs).unref();
  }

  #ask(silent: string | undefined): void {
    if (this.#isSettled) return;
    const askedAtMs = performance.now();
    this.#askedAtMs = askedAtMs;
    const others = this.#isOfReplicas ? [] : this.#connected().filter((server) => addressOf(server) !== silent);
    const asked = others[Math.floor(Math.random() * others.length)]?.cluster?.("SLOTS");
    if (asked === undefined) {
      this.#learn();
      return;
    }
    asked.then(
      (ranges) => {
        if (this.#areOther(ranges)) this.#learn();
      },
      () => {
        // Unless another has been asked since.
        if (askedAtMs === this.#askedAtMs && !this.#isSettled) this.#learn();
      },
    );
  }

  /** Who connects learns them anyway; what a client began to learn before the doubt may be what is doubted. */
  get #isSettled(): boolean {
    return this.#client.status !== "ready" || this.#learntAtMs > this.#doubtedAtMs;
  }

  #learn(done?: (error?: Error) => void): void {
    this.#learningSinceMs ??= performance.now();
    const beganAtMs = this.#learningSinceMs;
    this.#refresh?.((error) => {
      this.#learningSinceMs = undefined;
      if (error === undefined) this.#learntAtMs = beganAtMs;
      done?.(error);
    });
  }

  /** The masters, as far as the client knows them. */
  #connected(): readonly RedisCommands[] {
    return (this.#client.nodes?.("master") ?? []).filter(({ status }) => status === "ready");
  }

  #areOther(ranges: readonly SlotRange[]): boolean {
    const { slots } = this.#client;
    const masters = new Set(ranges.map(([, , master]) => nameOf(master)));
    const isKnown = ([first, last, master]: SlotRange): boolean =>
      [first, last].every((slot) => slots?.[slot]?.[0] === nameOf(master));
    // What was redirected has told the client of slots, but of nobody who is no master any more.
    return !ranges.every(isKnown) || this.#connected().some((server) => !masters.has(addressOf(server)));
  }
}

function nameOf(master: unknown): string {
  // What a proxy makes of it is no address that anybody has.
  const [host, port] = Array.isArray(master) ? master : [];
  return `${host}:${port}`;
}

function addressOf({ options }: RedisCommands): string {
  return `${options?.host}:${options?.port}`;
}
