/** A backend that is opened and closed many times, as source of a module that has imported all of `@cachetory/runtime`. */
export interface LeakSubject {
  /** Expression that makes the backend. */
  readonly backend: string;
  /** Statements that run once, before the first is opened. */
  readonly setUp?: string;
  /** Statements that run once, after the last is closed, and end what `setUp` began. */
  readonly tearDown?: string;
  /** The server of which the clients are counted: for this subject alone. */
  readonly server?: { readonly port: number; stop(): Promise<void> };
}

/**
 * A program that counts what there is of sockets, timers and listeners, opens, uses and closes the backend in many
 * rounds, and prints what there was before and after. It must end by itself.
 */
export function censusProgram({ backend, setUp = "", tearDown = "", server }: LeakSubject): string {
  return `
    import { getEventListeners } from "node:events";
    import { setTimeout as wait } from "node:timers/promises";
    import { Redis } from "ioredis";
    import * as runtime from "@cachetory/runtime";

    const signals = [new AbortController().signal, new AbortController().signal];
    const emitters = { process };
    const observer = ${server === undefined ? "undefined" : `new Redis(${server.port}, "127.0.0.1")`};
    await observer?.ping();
    ${setUp}

    async function round(number) {
      const cache = new runtime.Cache({
        backend: ${backend},
        serializer: runtime.json(),
        prefix: "leaks:",
        ttl: "1m",
      });
      const [signal] = signals;
      const calls = () => [
        cache.set("a", number, { signal }),
        cache.setMany({ b: 1, c: 2 }, { signal }),
        cache.get("a", undefined, { signal }),
        cache.getMany(["a", "b"], { signal }),
        cache.getOrSet("d", () => wait(1, number), { signal }),
        cache.getOrSetMany(["e", "f"], (keys) => keys.map(() => number), { signal }),
        cache.refresh("g", () => number, { signal }),
        cache.expireIn("a", "2m", { signal }),
        cache.take("b", { signal }),
        cache.clear(undefined, { signal: signals[1], maxPerSecond: 100_000 }),
        giveUp(cache),
      ];
      await Promise.allSettled(calls());
      // Every second is closed while it is at work.
      const left = Promise.allSettled(number % 2 === 0 ? [] : calls());
      await cache.close();
      await left;
    }

    async function giveUp(cache) {
      const controller = new AbortController();
      signals.push(controller.signal);
      const load = cache.getOrSet("h", (_, { signal }) => wait(60_000, 1, { signal }), { signal: controller.signal });
      controller.abort(new Error("given up"));
      await load;
    }

    async function census() {
      const clients = observer === undefined ? "" : String(await observer.client("LIST"));
      const listeners = Object.entries(emitters).flatMap(([name, emitter]) =>
        emitter.eventNames().map((event) => [name + " " + String(event), emitter.listenerCount(event)]),
      );
      return JSON.stringify({
        resources: process.getActiveResourcesInfo().sort(),
        listeners: listeners.sort(),
        abortListeners: signals.reduce((sum, signal) => sum + getEventListeners(signal, "abort").length, 0),
        clients: clients.split("\\n").length,
      });
    }

    /** What was closed may take a moment to go. */
    async function censusLike(expected) {
      for (let tries = 0; tries < 100; tries += 1) {
        if (await census() === expected) break;
        await wait(20);
      }
      return census();
    }

    // What loading the modules began is over by then.
    await wait(100);
    const before = await census();
    for (let number = 0; number < 10; number += 1) await round(number);
    const after = await censusLike(before);
    console.log(before + "\\n" + after);
    ${tearDown}
    observer?.disconnect();
  `;
}
