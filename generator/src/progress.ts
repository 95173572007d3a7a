import { writeSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { scriptsUrl } from "./own-files.ts";

/** What a terminal shows of a run that takes its time. */
export interface Progress {
  show(label: string): void;
  /** Takes away what is shown. */
  stop(): void;
}

/** What both threads know of the line: who may write it, and whether it stands there. */
export interface ProgressStart {
  readonly flags: Int32Array;
  readonly afterMs: number;
}

export const writing = 0;
export const shown = 1;

/**
 * A line on the terminal of stderr, from the second on that a run takes. Another thread writes it, for the compiler keeps
 * this one from doing anything else.
 */
export function startProgress(): Progress {
  const flags = new Int32Array(new SharedArrayBuffer(8));
  const workerData: ProgressStart = { flags, afterMs: 1000 };
  const worker = new Worker(new URL("progress-worker.js", scriptsUrl), { workerData });
  // Without it the run is the same.
  worker.on("error", () => {});
  worker.unref();
  return {
    show: (label) => worker.postMessage(label),
    stop() {
      // Taken and never given back: nothing is written any more.
      while (Atomics.compareExchange(flags, writing, 0, 1) !== 0) Atomics.wait(flags, writing, 1, 10);
      if (Atomics.load(flags, shown) === 1) writeSync(2, eraseLine);
      void worker.terminate();
    },
  };
}

export const eraseLine = "\r\u001b[K";
