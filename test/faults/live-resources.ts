import { createHook } from "node:async_hooks";
import { setImmediate } from "node:timers/promises";
import { until } from "../support/until.ts";

const counted = {
  TCPWRAP: "sockets",
  TLSWRAP: "TLS sessions",
  Timeout: "timers",
  WORKER: "workers",
  MESSAGEPORT: "ports",
} as const;

type Counted = (typeof counted)[keyof typeof counted];

/** How many there are of each, whether or not they keep the process alive. */
export type Census = Readonly<Record<Counted, number>>;

/** Counts what is made from now on, and not yet gone: also timers that `getActiveResourcesInfo` passes over, unreferenced ones. */
export class LiveResources {
  readonly #kinds = new Map<number, Counted>();
  /** Where each was made; empty unless that is to be known. */
  readonly #origins = new Map<number, string>();

  /** @param isTraced - whether it is to be known where each is made, which takes some microseconds of whoever makes one */
  constructor(isTraced = false) {
    createHook({
      init: (id, type) => {
        if (!(type in counted)) return;
        this.#kinds.set(id, counted[type as keyof typeof counted]);
        if (isTraced) this.#origins.set(id, String(new Error(type).stack));
      },
      destroy: (id) => {
        this.#kinds.delete(id);
        this.#origins.delete(id);
      },
    }).enable();
  }

  /** Where those were made that there are. */
  get origins(): readonly string[] {
    return [...this.#origins.values()];
  }

  census(): Census {
    const census = { sockets: 0, "TLS sessions": 0, timers: 0, workers: 0, ports: 0 };
    for (const kind of this.#kinds.values()) census[kind] += 1;
    return census;
  }

  /** What there is when it has been the same for a while: what was closed takes a moment to go. */
  async idle(): Promise<Census> {
    let last = await this.#censusAfterTurn();
    let sameFor = 0;
    await until("nothing comes or goes", async () => {
      const now = await this.#censusAfterTurn();
      sameFor = JSON.stringify(now) === JSON.stringify(last) ? sameFor + 1 : 0;
      last = now;
      return sameFor === 4;
    });
    return last;
  }

  /**
   * Resolves when there is no more of anything than there was.
   *
   * @throws Error that says of what there is more, after twenty seconds
   */
  async settle(bound: Census): Promise<void> {
    let census = bound;
    try {
      await until("all that was made is gone", async () => {
        census = await this.#censusAfterTurn();
        return Object.entries(census).every(([kind, count]) => count <= bound[kind as Counted]);
      });
    } catch (cause) {
      throw new Error(`More is left than ${JSON.stringify(bound)}: ${JSON.stringify(census)}.`, { cause });
    }
  }

  /** What has just ended is told to the hook after this turn, such as the timer of who asks. */
  async #censusAfterTurn(): Promise<Census> {
    await setImmediate();
    return this.census();
  }
}
