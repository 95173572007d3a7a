import type { NetConnectOpts, Socket } from "node:net";
import type { AbstractConnector, RedisOptions } from "ioredis";
import { openSocket } from "./read-memory.ts";

type ConnectorClass = NonNullable<RedisOptions["Connector"]>;

/** What a client tells its connector. */
interface ConnectorOptions extends Pick<RedisOptions, "host" | "port" | "family" | "path"> {
  readonly disconnectTimeout: number;
}

/**
 * Connects to a server as the client does by itself, but for the memory into which the connection reads.
 *
 * @param Base - of ioredis
 * @param connect - of `node:net`
 */
export function connectorOn(
  Base: typeof AbstractConnector,
  connect: (options: NetConnectOpts) => Socket,
): ConnectorClass {
  return class Connector extends Base {
    readonly #place: NetConnectOpts;

    constructor(options: unknown) {
      const { disconnectTimeout, host, port, family, path } = options as ConnectorOptions;
      super(disconnectTimeout);
      this.#place = path
        ? { path }
        : { port: port ?? 6379, ...(host != null && { host }), ...(family != null && { family }) };
    }

    override async connect(): Promise<Socket> {
      this.connecting = true;
      // Whoever disconnects at once is not connected.
      await undefined;
      if (!this.connecting) throw new Error("Connection is closed.");
      const socket = openSocket(connect, this.#place);
      this.stream = socket;
      socket.once("error", (error) => {
        this.firstError = error;
      });
      return socket;
    }
  };
}
