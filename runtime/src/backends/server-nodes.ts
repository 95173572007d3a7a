import { nameOfBackend } from "../observe/backend-names.ts";
import { publish } from "../observe/channels.ts";
import { Breaker, type BreakerOptions } from "../policies/breaker.ts";

/** One server of those that a connection is to, and whether it is left alone. */
export interface ServerNode {
  /** Its host and port, or the path of its socket. */
  readonly address: string;
  readonly breaker: Breaker;
  /** Since when it has been silent that was asked something: when the first was sent that got no answer. */
  silentSinceMs: number | undefined;
  /** When it last answered anything, or the connection to it was given up. */
  silenceCountsFromMs: number;
  /** What opened the breaker. */
  error: unknown;
}

/** Who is told of servers. */
export interface NodesListener {
  /** Nobody waits for this server any more. */
  opened(node: ServerNode): void;
  /** It answers again. */
  answers(node: ServerNode): void;
  /** Whether this server is asked for anything; in a Cluster, another may have taken its place. */
  isAsked(address: string): boolean;
}

/** So many addresses are remembered: a Cluster may give its nodes new ones again and again. */
const maxNodes = 1000;

/** The servers of a connection, each with a breaker of its own. */
export class ServerNodes {
  /** Whose connection it is, for events. */
  owner: { readonly name: string } | undefined;
  /** Off where the same servers have another connection, of which events tell. */
  isTold = true;
  readonly #options: BreakerOptions;
  readonly #listener: NodesListener;
  readonly #nodes = new Map<string, ServerNode>();

  constructor(options: BreakerOptions, listener: NodesListener) {
    this.#options = options;
    this.#listener = listener;
  }

  at(address: string): ServerNode {
    let node = this.#nodes.get(address);
    if (node === undefined) {
      if (this.#nodes.size >= maxNodes) this.#nodes.clear();
      node = this.#make(address);
      this.#nodes.set(address, node);
    }
    return node;
  }

  /** Whether any is left alone. */
  get isAnyLeftAlone(): boolean {
    this.forgetOthers();
    for (const { breaker } of this.#nodes.values()) if (breaker.state === "open") return true;
    return false;
  }

  /** The addresses of those that are left alone. */
  get leftAlone(): readonly string[] {
    this.forgetOthers();
    return [...this.#nodes.values()].filter(({ breaker }) => breaker.state === "open").map(({ address }) => address);
  }

  /** A connection has been made anew: the next call may try. */
  hope(): void {
    for (const node of this.#nodes.values()) {
      node.silentSinceMs = undefined;
      node.breaker.hope();
    }
  }

  /** A connection has been made to another server than before. */
  replaced(): void {
    for (const node of this.#nodes.values()) node.breaker.reset();
  }

  /** Nobody would find out whether those answer again that are not asked any more. */
  forgetOthers(): void {
    for (const { address, breaker } of this.#nodes.values()) {
      if (breaker.isClosed || this.#listener.isAsked(address)) continue;
      breaker.reset();
      this.#nodes.delete(address);
    }
  }

  #make(address: string): ServerNode {
    const breaker = new Breaker(this.#options, {
      nowMs: () => performance.now(),
      random: Math.random,
      tell: (state, error) => {
        node.error = error;
        if (state === "open") this.#listener.opened(node);
        if (state === "half-open") this.#listener.answers(node);
        if (!this.isTold) return;
        const backend = this.owner === undefined ? "redis" : nameOfBackend(this.owner);
        publish("breaker", () => ({ backend, node: address, state, error }));
      },
    });
    const node: ServerNode = { address, breaker, silentSinceMs: undefined, silenceCountsFromMs: 0, error: undefined };
    return node;
  }
}
