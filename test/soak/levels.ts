import { setImmediate, setTimeout as wait } from "node:timers/promises";
import { getHeapCodeStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { LiveResources } from "../faults/live-resources.ts";

/** What a process holds while nothing happens. */
export interface Levels {
  /**
   * What objects take of the heap. Compiled code is left out: it grows for as long as V8 finds functions that are called often, or
   * has to compile them anew, and says nothing of what is kept.
   */
  readonly objectBytes: number;
  /** The compiled code, to be told and not to be judged. */
  readonly codeBytes: number;
  readonly sockets: number;
  readonly timers: number;
  /** What keeps the process alive, of any kind. */
  readonly handles: number;
}

/** How much more there may be at the end than at the beginning. */
export const tolerance: Levels = {
  objectBytes: 3_000_000,
  codeBytes: Number.POSITIVE_INFINITY,
  // To each server of a Cluster there may be a connection of each lane, or not yet.
  sockets: 12,
  timers: 8,
  handles: 12,
};

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** The lowest levels of the next seconds: what is on its way out, such as what is kept for its TTL, has time to go. */
export async function measureLevels(resources: LiveResources): Promise<Levels> {
  let lowest: Levels | undefined;
  for (let round = 0; round < 12; round += 1) {
    await wait(200);
    collectGarbage();
    await setImmediate();
    const { sockets, timers } = resources.census();
    const code = getHeapCodeStatistics();
    const codeBytes = code.code_and_metadata_size + code.bytecode_and_metadata_size;
    const now: Levels = {
      objectBytes: process.memoryUsage().heapUsed - codeBytes,
      codeBytes,
      sockets,
      timers,
      handles: process.getActiveResourcesInfo().length,
    };
    lowest = lowest === undefined ? now : eachOf((name) => Math.min(now[name], lowest?.[name] ?? now[name]));
  }
  return lowest ?? eachOf(() => 0);
}

/** What there is too much of, in words. */
export function growthOf(before: Levels, after: Levels, allowed: Levels): readonly string[] {
  return names
    .filter((name) => after[name] > before[name] + allowed[name])
    .map((name) => `${name}: ${before[name]} at first, ${after[name]} at last, more than ${allowed[name]} more`);
}

const names = ["objectBytes", "codeBytes", "sockets", "timers", "handles"] as const;

function eachOf(level: (name: keyof Levels) => number): Levels {
  return {
    objectBytes: level("objectBytes"),
    codeBytes: level("codeBytes"),
    sockets: level("sockets"),
    timers: level("timers"),
    handles: level("handles"),
  };
}
