import { readFileSync } from "node:fs";
import { Redis } from "ioredis";

/**
 * Asks the same servers the same way, by clients that know of no budget: whoever says that a server was slow is right where it
 * was slow for a witness, too. On a machine with more to do than it can, it is.
 */
export class Witness {
  readonly #clients: readonly Redis[];
  #longestMs = 0;
  #isOver = false;

  /** @param caFile - of the authority that the servers' certificates are of */
  constructor(ports: readonly number[], caFile: string) {
    const tls = { ca: readFileSync(caFile, "utf8") };
    this.#clients = ports.map((port) => new Redis({ host: "127.0.0.1", port, tls }));
    for (const client of this.#clients) void this.#askAgainAndAgain(client);
  }

  /** What `act` gives, and how long at most a witness waited meanwhile. */
  async during<T>(act: () => Promise<T>): Promise<{ readonly answer: T; readonly longestMs: number }> {
    this.#longestMs = 0;
    const answer = await act();
    return { answer, longestMs: this.#longestMs };
  }

  stop(): void {
    this.#isOver = true;
    for (const client of this.#clients) client.disconnect();
  }

  async #askAgainAndAgain(client: Redis): Promise<void> {
    while (!this.#isOver) {
      const startMs = performance.now();
      await client.ping().catch(() => {});
      this.#longestMs = Math.max(this.#longestMs, performance.now() - startMs);
    }
  }
}
