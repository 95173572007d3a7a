import { openSync, readSync } from "node:fs";

const buffer = Buffer.alloc(64);
const file = opened();

/**
 * For how long, since it began, this thread has waited for a processor that others had. Milliseconds; 0 where the system
 * does not tell.
 */
export function processorWaitMs(): number {
  if (file === undefined) return 0;
  const length = readSync(file, buffer, 0, buffer.length, 0);
  return Number(buffer.toString("latin1", 0, length).split(" ")[1]) / 1e6;
}

function opened(): number | undefined {
  try {
    // Of the first thread: the time that it ran, the time that it waited, both in nanoseconds.
    return openSync("/proc/self/schedstat", "r");
  } catch {
    return undefined;
  }
}
