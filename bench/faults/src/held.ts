import { setTimeout as later } from "node:timers/promises";

/** What a process holds while it does nothing. */
export interface Held {
  /** After a collection. */
  readonly heapBytes: number;
  readonly sockets: number;
  readonly timers: number;
}

/** Waits for up to two seconds until there is no more of anything than `before`, for what ends by itself is no leak. */
export async function held(before?: Held): Promise<Held> {
  const endMs = performance.now() + 2000;
  for (;;) {
    const now = heldNow();
    const isDone = before === undefined || (now.sockets <= before.sockets && now.timers <= before.timers);
    if (isDone || performance.now() >= endMs) return { ...now, heapBytes: await settledHeap() };
    await later(50);
  }
}

function heldNow(): Omit<Held, "heapBytes"> {
  const resources = process.getActiveResourcesInfo();
  return {
    sockets: resources.filter((name) => /^(TCP|Pipe|TLS)(Socket|Connect)?/.test(name)).length,
    timers: resources.filter((name) => name === "Timeout" || name === "Immediate").length,
  };
}

async function settledHeap(): Promise<number> {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error("The process must be started with --expose-gc.");
  for (let round = 0; round < 3; round += 1) {
    gc();
    // Finalizers run between turns.
    await later(10);
  }
  return process.memoryUsage().heapUsed;
}
