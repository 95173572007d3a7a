import type { RedisCommands } from "./redis-commands.ts";

/** A server that takes longer to tell which slots it knows is as silent as the one that is asked about. */
const patienceMs = 100;

/**
 * Finds out whether another server has the slots of one that does not answer. It is others that are asked, on the connections that
 * there are, and the client learns its slots anew where they have changed: to do so takes it some milliseconds of the
 * event loop each time, and it would ask the silent one as well.
 */
export class SlotsDoubt {
  readonly #client: RedisCommands;
  #isAsking = false;

  constructor(client: RedisCommands) {
    this.#client = client;
  }

  /** @param address - of the server that does not answer */
  raise(address: string): void {
    if (this.#isAsking) return;
    const others = (this.#client.nodes?.("master") ?? []).filter(
      ({ options, stream }) => stream?.remotePort !== undefined && `${options?.host}:${options?.port}` !== address,
    );
    const asked = others[Math.floor(Math.random() * others.length)]?.cluster?.("SLOTS");
    if (asked === undefined) {
      this.#client.refreshSlotsCache?.();
      return;
    }
    this.#isAsking = true;
    const over = (): void => {
      this.#isAsking = false;
      clearTimeout(timer);
    };
    const timer = setTimeout(over, patienceMs);
    timer.unref();
    asked.then(
      (ranges) => {
        over();
        if (ranges.some((range) => !this.#isKnown(range))) this.#client.refreshSlotsCache?.();
      },
      // Another one is asked when the server is silent again.
      over,
    );
  }

  #isKnown([first, last, master]: readonly [first: number, last: number, ...servers: readonly unknown[]]): boolean {
    const [host, port] = master as readonly unknown[];
    const { slots } = this.#client;
    return [first, last].every((slot) => slots?.[slot]?.[0] === `${host}:${port}`);
  }
}
