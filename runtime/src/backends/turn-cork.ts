import type { CorkableStream, RedisCommands } from "./redis-commands.ts";

/**
 * Whether the server should begin with what has been gathered of a turn: it works on that while the promise chains that
 * bring the rest run. So it should where it has no more to do than that; a smaller share needs more commands than it gains.
 * What comes first goes out at once: a server and a client that always wait for one another are slower than a client alone
 * that never gathers anything.
 */
export function isEnough(gathered: number, underWay: number): boolean {
  return gathered >= underWay;
}

/** Lets the commands of one turn of the event loop leave in few writes, of which each costs as much as for one command. */
export class TurnCork {
  #streams: readonly CorkableStream[] = [];
  #held = 0;
  readonly #letGo = (): void => {
    for (const stream of this.#streams) stream.uncork();
    this.#streams = [];
    this.#held = 0;
  };

  /**
   * What the client writes from now on leaves when the turn ends, or when it is enough; at once where nothing is under way.
   *
   * @param underWay - how many commands have no answer yet
   */
  hold(client: RedisCommands, underWay: number): void {
    // Of several servers each gets but a part of what is held: that is little enough when the turn ends.
    const isOneServer = client.nodes === undefined;
    if (isOneServer && underWay === 0) return;
    if (this.#streams.length === 0) {
      this.#streams = corked(client);
      process.nextTick(this.#letGo);
    } else if (isOneServer && isEnough(this.#held, underWay - this.#held)) {
      this.#held = 0;
      for (const stream of this.#streams) {
        stream.uncork();
        stream.cork();
      }
    }
    this.#held += 1;
  }
}

/** The sockets of a client, of a Cluster those of all servers, which hold back what is written until they are uncorked. */
export function corked(client: RedisCommands): readonly CorkableStream[] {
  const clients = client.nodes?.("master") ?? [client];
  const streams = clients.map(({ stream }) => stream).filter((stream): stream is CorkableStream => stream != null);
  for (const stream of streams) stream.cork();
  return streams;
}
