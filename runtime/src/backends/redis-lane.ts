import { asIs } from "../as-is.ts";
import type { RedisCommands } from "./redis-commands.ts";
import type { RedisConnection } from "./redis-connection.ts";
import { isReply, unavailable } from "./redis-errors.ts";

/** Answers come in the order of commands: with this one, every server has given those before. */
export async function reachAll(connection: RedisConnection): Promise<void> {
  await connection.run("write", [], pingAll, asIs, unavailable);
}

async function pingAll(client: RedisCommands): Promise<void> {
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

/** A connection beside another one to the same servers. */
export interface SecondConnection extends RedisConnection {
  /** Leaves its connection for a new one. */
  renew(): void;
}

/** Nobody notices that a connection is dead on which nothing is asked: after so long it is tried first. Milliseconds. */
const trustedForMs = 10_000;

/**
 * The second connection, for reads that bring much: small ones need not wait until that has come. It is used where it answers, and
 * where the first has not been lost since it was made: a server that this one still reaches may have been replaced.
 */
export class ReadLane {
  readonly #second: SecondConnection;
  #isDoubted = false;
  #isTried = false;
  #trustedUntilMs = 0;

  constructor(second: SecondConnection) {
    this.#second = second;
  }

  /** Nothing where it is not to be used at the moment. It is made, or tried, meanwhile. */
  get connection(): RedisConnection | undefined {
    const second = this.#second;
    const nowMs = performance.now();
    if (second.limits.nodes.isAnyLeftAlone) this.#isDoubted = true;
    if (second.readyClient !== undefined && !this.#isDoubted && nowMs < this.#trustedUntilMs) {
      this.#trustedUntilMs = nowMs + trustedForMs;
      return second;
    }
    this.#restore();
    return undefined;
  }

  /** The first connection was lost, or given up: another server may have taken the place of the one that this one has. */
  doubt(): void {
    this.#isDoubted = true;
  }

  #restore(): void {
    if (this.#isTried) return;
    const second = this.#second;
    // What was asked there is still to come, of a `clear` too.
    if (this.#isDoubted && second.limits.pending === 0) {
      this.#isDoubted = false;
      second.renew();
    }
    this.#isTried = true;
    reachAll(second)
      .then(
        () => {
          this.#trustedUntilMs = performance.now() + trustedForMs;
        },
        // Who is silent for long is left anyway.
        () => {},
      )
      .finally(() => {
        this.#isTried = false;
      });
  }
}
