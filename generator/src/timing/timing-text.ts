import type { Timing } from "./phase-clock.ts";

/** A line for each phase: its name, its time, and the memory in use at its end. */
export function timingText({ phases, totalMs }: Timing): string {
  const rows = phases.map(({ phase, ms, heapBytes }) => [phase, `${ms.toFixed(1)} ms`, megabytes(heapBytes)] as const);
  const lines = [...rows, ["total", `${totalMs.toFixed(1)} ms`, ""] as const].map(
    ([name, time, memory]) => `${name.padEnd(8)} ${time.padStart(11)} ${memory.padStart(9)}`,
  );
  return lines.map((line) => `${line.trimEnd()}\n`).join("");
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
