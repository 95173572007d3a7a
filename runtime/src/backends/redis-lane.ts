import { asIs } from "../as-is.ts";
import type { RedisCommands } from "./redis-commands.ts";
import type { RedisConnection } from "./redis-connection.ts";
import { isReply, unavailable } from "./redis-errors.ts";
import type { RedisConnectionOptions } from "./redis-options.ts";
import { SharedConnection } from "./shared-connection.ts";

/**
 * A second connection for what takes long, so that no other command waits behind it. It is made when it is first needed; its
 * order is its own.
 */
export class SecondLane {
  readonly #first: RedisConnection;
  readonly #options: RedisConnectionOptions | undefined;
  readonly #owner: { readonly name: string };
  #second: SharedConnection | undefined;
  #isClosed = false;

  /**
   * @param options - how to connect; without them, for a client that was handed in, the first lane is the only one
   * @param owner - whose name events have
   */
  constructor(first: RedisConnection, options: RedisConnectionOptions | undefined, owner: { readonly name: string }) {
    this.#owner = owner;
    this.#first = first;
    this.#options = options;
  }

  /** Resolves when everything that was sent on the first lane until now has taken effect. */
  async enter(): Promise<RedisConnection> {
    if (this.#options === undefined) return this.#first;
    await this.#first.run("write", [], reachAll, asIs, unavailable);
    // It tells whoever comes now that the backend is closed.
    if (this.#isClosed) return this.#first;
    this.#second ??= new SharedConnection({ ...this.#options, isSecondLane: true }, this.#owner);
    return this.#second;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#second?.close();
  }
}

/** Answers come in the order of commands: with this one, every server has given those before. */
async function reachAll(client: RedisCommands): Promise<void> {
  const servers = client.nodes?.("master") ?? [client];
  await Promise.all(
    servers.map(async (server) => {
      try {
        await server.ping();
      } catch (cause) {
        // A user who may not ask has an answer, too.
        if (!isReply(cause)) throw cause;
      }
    }),
  );
}
