import { writeSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { eraseLine, type ProgressStart, shown, writing } from "./progress.ts";

const { flags, afterMs } = workerData as ProgressStart;
const startedMs = performance.now();
let label = "";

parentPort?.on("message", (next: string) => {
  label = next;
  if (Atomics.load(flags, shown) === 1) draw();
});

setTimeout(() => {
  draw();
  setInterval(draw, 1000).unref();
}, afterMs).unref();

function draw(): void {
  // Whoever waits for the run has it first: a line that comes late would stay.
  if (Atomics.compareExchange(flags, writing, 0, 1) !== 0) return;
  try {
    writeSync(2, `${eraseLine}${label} (${Math.round((performance.now() - startedMs) / 1000)} s)`);
    Atomics.store(flags, shown, 1);
  } catch {
    // A terminal that takes nothing now gets the next one.
  }
  Atomics.store(flags, writing, 0);
  Atomics.notify(flags, writing);
}
