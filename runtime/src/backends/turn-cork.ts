import type { CorkableStream, RedisCommands } from "./redis-commands.ts";

/** Lets the commands of one turn of the event loop leave in one write, which costs as much as it does for one. */
export class TurnCork {
  #isHeld = false;

  /** What the client writes from now on leaves when the turn ends. */
  hold(client: RedisCommands): void {
    if (this.#isHeld) return;
    this.#isHeld = true;
    const uncork = corked(client);
    process.nextTick(() => {
      this.#isHeld = false;
      uncork();
    });
  }
}

/** Holds back what a client writes, on every server that it writes to; the answer lets it go. */
export function corked(client: RedisCommands): () => void {
  const clients = client.nodes?.("master") ?? [client];
  const streams = clients.map(({ stream }) => stream).filter((stream): stream is CorkableStream => stream != null);
  for (const stream of streams) stream.cork();
  return () => {
    for (const stream of streams) stream.uncork();
  };
}
