import type { Host } from "../host.ts";
import type { Phase } from "./phase.ts";

/** How long a run took, and what it held in memory. Plain data, for `--format json` too. */
export interface Timing {
  readonly totalMs: number;
  /** In the order in which they were first entered. */
  readonly phases: readonly PhaseTiming[];
}

export interface PhaseTiming {
  readonly phase: Phase;
  /** Of all the times that it was entered. */
  readonly ms: number;
  /** What JavaScript held at its end, garbage included. */
  readonly heapBytes: number;
}

/** Takes the time of each phase of a run. */
export class PhaseClock {
  readonly #host: Pick<Host, "nowMs" | "heapBytes">;
  readonly #startedMs: number;
  readonly #phases = new Map<Phase, PhaseTiming>();
  #current: { readonly phase: Phase; readonly sinceMs: number } | undefined;

  constructor(host: Pick<Host, "nowMs" | "heapBytes">) {
    this.#host = host;
    this.#startedMs = host.nowMs();
  }

  enter(phase: Phase): void {
    const nowMs = this.#host.nowMs();
    this.#leave(nowMs);
    this.#current = { phase, sinceMs: nowMs };
  }

  /** Ends the last phase. */
  stop(): Timing {
    const nowMs = this.#host.nowMs();
    this.#leave(nowMs);
    this.#current = undefined;
    return { totalMs: rounded(nowMs - this.#startedMs), phases: [...this.#phases.values()] };
  }

  #leave(nowMs: number): void {
    if (this.#current === undefined) return;
    const { phase, sinceMs } = this.#current;
    const ms = rounded((this.#phases.get(phase)?.ms ?? 0) + nowMs - sinceMs);
    this.#phases.set(phase, { phase, ms, heapBytes: this.#host.heapBytes() });
  }
}

/** What is below a tenth of a millisecond says nothing. */
function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
