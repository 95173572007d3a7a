import { Worker } from "node:worker_threads";

/** How long one input may keep the process busy before it is taken for one that never ends, in seconds of the processor. */
const hangSeconds = 60;

// In a thread of its own, for the first one does not come to it. By the processor's time: a busy machine is no hang.
const source = `
const { workerData } = require("node:worker_threads");
const counter = new Int32Array(workerData.shared);
let seen = -1;
let since = process.cpuUsage();
setInterval(() => {
  const now = Atomics.load(counter, 0);
  const { user, system } = process.cpuUsage(since);
  if (now !== seen) {
    seen = now;
    since = process.cpuUsage();
  } else if ((user + system) / 1e6 > workerData.hangSeconds) process.kill(process.pid, "SIGKILL");
}, 500);
`;

/** Ends the process with SIGKILL where one input goes on and on; who has started it knows which. */
export function watchForHang(): { advance(): void } {
  const counter = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(source, { eval: true, workerData: { shared: counter.buffer, hangSeconds } });
  worker.unref();
  return { advance: () => void Atomics.add(counter, 0, 1) };
}
