import type { CorkableStream, RedisCommands } from "./redis-commands.ts";

/** So many keys leave before the turn ends: to write fewer takes longer than the server gains by beginning with them. */
const leastKeysWritten = 16;

/** The same of reads, of which a server answers more in the time. */
export const leastReads = 32;

/**
 * Whether the server should begin with what has been gathered of a turn: it works on that while the promise chains that
 * bring the rest run. So it should where it has no more to do than that; a smaller share needs more commands than it gains.
 */
export function isEnough(gathered: number, underWay: number, least: number): boolean {
  return gathered >= Math.max(least, underWay);
}

/** Lets the commands of one turn of the event loop leave in few writes, of which each costs as much as for one command. */
export class TurnCork {
  #streams: readonly CorkableStream[] = [];
  #heldKeys = 0;
  readonly #letGo = (): void => {
    for (const stream of this.#streams) stream.uncork();
    this.#streams = [];
    this.#heldKeys = 0;
  };

  /**
   * What the client writes from now on leaves when the turn ends, or when it is enough: whoever has written calls `written`.
   *
   * @param keys - what the next command is about
   * @param underWay - how many commands have no answer yet
   */
  hold(client: RedisCommands, keys: string | readonly string[], underWay: number): void {
    const keyCount = typeof keys === "string" ? 1 : keys.length;
    if (this.#streams.length === 0) {
      // The server begins with the first commands of a large call while the others are made.
      if (isOneServer(client) && underWay === 0 && keyCount >= leastKeysWritten) return;
      this.#streams = corked(client);
      process.nextTick(this.#letGo);
    }
    this.#heldKeys += keyCount;
  }

  /** @param underWay - as above, with what has been written */
  written(client: RedisCommands, underWay: number): void {
    if (this.#streams.length === 0 || !isOneServer(client)) return;
    if (!isEnough(this.#heldKeys, underWay - this.#heldKeys, leastKeysWritten)) return;
    this.#heldKeys = 0;
    for (const stream of this.#streams) {
      stream.uncork();
      stream.cork();
    }
  }
}

/** Of several servers each gets but a part of what is held: that is little enough when the turn ends. */
function isOneServer({ nodes }: RedisCommands): boolean {
  return nodes === undefined;
}

/** The sockets of a client, of a Cluster those of all servers, which hold back what is written until they are uncorked. */
export function corked(client: RedisCommands): readonly CorkableStream[] {
  const clients = client.nodes?.("master") ?? [client];
  const streams = clients.map(({ stream }) => stream).filter((stream): stream is CorkableStream => stream != null);
  for (const stream of streams) stream.cork();
  return streams;
}
