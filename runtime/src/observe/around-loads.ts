import { channel } from "node:diagnostics_channel";
import type { EventSource, Operation } from "./event-types.ts";

/** A call of a loader that is about to begin. */
export interface LoadCall extends EventSource {
  readonly operation: Operation;
  /** How many keys it is asked for. */
  readonly keyCount: number;
}

/** Must call `run` once, and answer what that answers: a value, or a promise of it. */
export type AroundLoad = <T>(call: LoadCall, run: () => T) => T;

/** What is told before a loader is called; whoever hears of it may put another `run` around that which is there. */
interface StartingLoad {
  readonly call: LoadCall;
  run: () => unknown;
}

// A channel, and no list: entry points of the package are files of their own, and have modules of their own.
const starting = channel("cachetory:load:start");

/**
 * Runs every call of a loader, of all caches of the process, within a function: for tracing, so that what a loader does is
 * seen as a part of it. What is given last is outermost.
 *
 * @returns ends it
 *
 * @example
 * ```ts
 * const requests = new AsyncLocalStorage<string>();
 * const stop = aroundLoads((load, run) => requests.run(`load of ${load.cache}`, run));
 * ```
 */
export function aroundLoads(around: AroundLoad): () => void {
  const wrap = (message: unknown): void => {
    // What comes on this channel is what `runWrapped` tells.
    const load = message as StartingLoad;
    const { run } = load;
    load.run = () => around(load.call, run);
  };
  starting.subscribe(wrap);
  return () => {
    starting.unsubscribe(wrap);
  };
}

export function hasWrappers(): boolean {
  return starting.hasSubscribers;
}

export function runWrapped<T>(call: LoadCall, run: () => T): T {
  const load: StartingLoad = { call, run };
  starting.publish(load);
  // Whoever put something around it answers what it answers.
  return load.run() as T;
}
