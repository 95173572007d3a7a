import type { Leases } from "./leases.ts";
import { besideKey } from "./redis-beside-keys.ts";
import type { RedisCommands } from "./redis-commands.ts";
import type { RedisConnection } from "./redis-connection.ts";
import { unavailable } from "./redis-errors.ts";

// As text and not by their hash: a server that has lost a script would have the call sent again, after those that came later.
const extendScript =
  "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0";
const releaseScript = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('UNLINK', KEYS[1]) end return 0";

/** Leases as keys that expire, each beside the key that it is of. Without a connection they give up as reads do. */
export class RedisLeases implements Leases {
  readonly #connection: RedisConnection;

  constructor(connection: RedisConnection) {
    this.#connection = connection;
  }

  take(key: string, token: string, leaseMs: number): Promise<boolean> {
    return this.#ask(
      key,
      (client) => client.set(besideKey(key, "lock"), token, "PX", leaseMs, "NX"),
      (reply) => reply !== null,
    );
  }

  extend(key: string, token: string, leaseMs: number): Promise<boolean> {
    return this.#ask(key, (client) => client.eval(extendScript, 1, besideKey(key, "lock"), token, leaseMs), isOne);
  }

  release(key: string, token: string): Promise<boolean> {
    return this.#ask(key, (client) => client.eval(releaseScript, 1, besideKey(key, "lock"), token), isOne);
  }

  #ask<Reply>(
    key: string,
    command: (client: RedisCommands) => Promise<Reply>,
    answer: (reply: Reply) => boolean,
  ): Promise<boolean> {
    return this.#connection.run("once", key, command, answer, unavailable);
  }
}

function isOne(reply: unknown): boolean {
  return reply === 1;
}
