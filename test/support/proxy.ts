import { createConnection, createServer, type Server, type Socket } from "node:net";

/** A TCP proxy before a server, which can be made as bad as a network. Bytes are passed as they are, TLS included. */
export interface TcpProxy {
  readonly port: number;
  /** Connections of clients that are open. */
  readonly connectionCount: number;
  /** Bytes that clients have sent to the server, since the proxy began. */
  readonly bytesUp: number;
  /** Passes bytes on after so many milliseconds, in each direction; 0 at once. Order is kept. */
  delayMs: number;
  /** Half-open: connections stay, and are accepted, but nothing is passed on in either direction. Nothing is lost. */
  stopForwarding(): void;
  /** Becomes half-open once so many more writes of clients have been passed on: 0 at once. Answers to them get through. */
  stopAfter(writes: number): void;
  /** Passes on what has been held back, and everything that comes. */
  resumeForwarding(): void;
  /** Ends every connection, as a network that was parted does (RST). New ones are accepted. */
  cutAll(): void;
  close(): Promise<void>;
}

export interface TcpProxyOptions {
  /** What {@link TcpProxy.delayMs} is at first. Default 0. */
  readonly delayMs?: number;
  /** What clients get in place of a chunk that the server has sent. Default: the chunk. */
  readonly changeAnswer?: (chunk: Buffer) => Buffer;
}

/**
 * Starts a proxy on a free loopback port.
 *
 * @example
 * ```ts
 * const proxy = await startProxy(server.port);
 * const cache = openCache(`redis://127.0.0.1:${proxy.port}`);
 * proxy.stopForwarding();
 * ```
 */
export async function startProxy(serverPort: number, options: TcpProxyOptions = {}): Promise<TcpProxy> {
  const links = new Set<Link>();
  const { delayMs = 0, changeAnswer = (answer) => answer } = options;
  const state: ProxyState = {
    delayMs,
    changeAnswer,
    isForwarding: true,
    writesLeft: Number.POSITIVE_INFINITY,
    bytesUp: 0,
  };
  const server = createServer({ noDelay: true }, (client) => {
    const link = new Link(client, serverPort, state, () => links.delete(link));
    links.add(link);
  });
  const port = await listen(server);
  const flush = (): void => {
    for (const link of links) link.flush();
  };
  return {
    port,
    get connectionCount() {
      return links.size;
    },
    get bytesUp() {
      return state.bytesUp;
    },
    get delayMs() {
      return state.delayMs;
    },
    set delayMs(ms) {
      state.delayMs = ms;
    },
    stopForwarding() {
      state.isForwarding = false;
    },
    stopAfter(writes) {
      state.writesLeft = writes;
    },
    resumeForwarding() {
      state.isForwarding = true;
      state.writesLeft = Number.POSITIVE_INFINITY;
      flush();
    },
    cutAll() {
      for (const link of [...links]) link.cut();
    },
    async close() {
      for (const link of [...links]) link.cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface ProxyState {
  delayMs: number;
  readonly changeAnswer: (chunk: Buffer) => Buffer;
  isForwarding: boolean;
  writesLeft: number;
  bytesUp: number;
}

/** One connection of a client, and that to the server. */
class Link {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #up: Pipe;
  readonly #down: Pipe;
  readonly #onEnd: () => void;

  constructor(client: Socket, serverPort: number, state: ProxyState, onEnd: () => void) {
    this.#client = client;
    this.#onEnd = onEnd;
    this.#server = createConnection({ port: serverPort, host: "127.0.0.1", noDelay: true });
    this.#up = new Pipe(this.#server, state, () => state.isForwarding && state.writesLeft > 0);
    this.#down = new Pipe(client, state, () => state.isForwarding);
    client.on("data", (chunk) => {
      state.bytesUp += chunk.length;
      this.#up.pass(chunk);
      state.writesLeft -= 1;
    });
    this.#server.on("data", (chunk) => this.#down.pass(state.changeAnswer(chunk)));
    for (const socket of [client, this.#server]) {
      // The other side is told by its own end.
      socket.on("error", () => {});
      socket.on("close", () => this.cut());
    }
  }

  flush(): void {
    this.#up.flush();
    this.#down.flush();
  }

  cut(): void {
    this.#onEnd();
    this.#up.stop();
    this.#down.stop();
    if (!this.#client.destroyed) this.#client.resetAndDestroy();
    if (!this.#server.destroyed) this.#server.destroy();
  }
}

/** Bytes on their way in one direction, each with the moment from which it may go on. */
class Pipe {
  readonly #to: Socket;
  readonly #state: ProxyState;
  readonly #isOpen: () => boolean;
  readonly #held: { readonly chunk: Buffer; readonly dueMs: number }[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(to: Socket, state: ProxyState, isOpen: () => boolean) {
    this.#to = to;
    this.#state = state;
    this.#isOpen = isOpen;
  }

  pass(chunk: Buffer): void {
    this.#held.push({ chunk, dueMs: performance.now() + this.#state.delayMs });
    this.flush();
  }

  flush(): void {
    while (this.#isOpen()) {
      const [first] = this.#held;
      if (first === undefined || this.#to.destroyed) return;
      const leftMs = first.dueMs - performance.now();
      if (leftMs > 0) {
        this.#timer ??= setTimeout(() => {
          this.#timer = undefined;
          this.flush();
        }, Math.ceil(leftMs));
        return;
      }
      this.#held.shift();
      this.#to.write(first.chunk);
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#held.length = 0;
  }
}

async function listen(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The proxy has no port.");
  return address.port;
}
