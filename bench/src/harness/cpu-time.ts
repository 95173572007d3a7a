import { setTimeout as later } from "node:timers/promises";

/** What is timed: synchronous, or not. */
export type Run = () => void | Promise<void>;

/**
 * Nanoseconds of one call, of a run that makes so many each time it is started: over and over, for so long. Of the processor's
 * time, which is all that such calls take: what else the machine does then counts for little. The compiler's and the
 * collector's threads are in it.
 */
export async function nanosecondsOf(run: Run, callsInRun: number, forMs: number): Promise<number> {
  let runs = 0;
  let tookUs = 0;
  const start = process.cpuUsage();
  // To ask for the time takes some microseconds: that is done about ten times, and not after each run.
  for (let batch = 1; tookUs < forMs * 1000; batch = tookUs < forMs * 100 ? batch * 2 : batch) {
    for (let index = 0; index < batch; index += 1) await run();
    runs += batch;
    const { user, system } = process.cpuUsage(start);
    tookUs = user + system;
  }
  return (tookUs * 1000) / (runs * callsInRun);
}

/**
 * Runs until the compiler of the last tier is done. It compiles on threads of its own, which have the same core: so there are
 * pauses for it.
 */
export async function warmUp(runs: readonly Run[], warmMs: number): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    for (const run of runs) await nanosecondsOf(run, 1, warmMs / 3);
    await later(10);
  }
}
