import { ttlMs } from "./contender.ts";
import type { Held } from "./held.ts";
import type { CallRecord } from "./records.ts";

/** What became of the calls, in one scenario with one contender. */
export interface Outcome {
  readonly calls: number;
  readonly errors: number;
  readonly firstError?: string | undefined;
  /**
   * Of all calls since it went wrong the one that took longest, less what its process waited for a processor. One that was never
   * answered counts for as long as it was waited for.
   */
  readonly longestMs: number;
  /** For how long, during that one, the process waited for a processor. */
  readonly longestWaitedMs: number;
  /** Calls that were never answered. */
  readonly hung: number;
  /** Loads of the hot keys that reached the origin, until a second after the servers were as before. */
  readonly loadsPerSecond: number;
  /** From the moment when the servers were as before. `undefined`: not as long as was looked. */
  readonly recoveryMs?: number | undefined;
  /** For how long was looked. */
  readonly lookedMs: number;
  readonly wrong: number;
  readonly firstWrong?: string | undefined;
  /** Values that were older than their ttl when they were asked for, and the oldest of them. */
  readonly stale: number;
  readonly oldestMs: number;
  readonly unhandled: number;
  /** Of what the process holds while it does nothing. */
  readonly growth: { readonly heapBytes: number; readonly sockets: number; readonly timers: number };
  readonly note?: string | undefined;
}

/** What is known at the end of a run. Times by the clock of `trueNowMs`. */
export interface Run {
  readonly records: readonly CallRecord[];
  readonly hotLoadsAtMs: ArrayLike<number>;
  /** Ids of the fresh keys that Redis holds in the end. */
  readonly storedIds: ReadonlySet<number>;
  readonly beforeAtMs: number;
  readonly faultAtMs: number;
  readonly backAtMs: number;
  readonly endAtMs: number;
  readonly before: Held;
  readonly after: Held;
  readonly firstError?: string | undefined;
  readonly firstWrong?: string | undefined;
  readonly unhandled: number;
  readonly note?: string | undefined;
}

/** A lifetime begins when Redis has the value: loading ended up to a budget earlier, and on a busy machine a little more. */
const staleToleranceMs = 150;
/** So many calls in a row, of which one may be slow by chance, are as before. */
const steadyCalls = 20;
const slowByChance = 1;
/** What makes a call slower than those before. */
const slowerByMs = 10;

export function outcomeOf(run: Run): Outcome {
  const { records, faultAtMs, backAtMs, endAtMs, before, after } = run;
  const sinceFault = records.filter(({ startMs }) => startMs >= faultAtMs);
  // What was held back comes when the servers are back: that reaches the origin, too.
  const duringEndMs = Math.min(endAtMs, backAtMs + 1000);
  const stale = records.filter(({ kind, ageMs }) => ageMs > ttlMs[kind === "hot" ? "hot" : "fresh"] + staleToleranceMs);
  const longest = sinceFault
    .map(({ startMs, endMs = endAtMs, waitedMs }) => ({ tookMs: endMs - startMs, waitedMs }))
    .reduce((most, each) => (each.tookMs - each.waitedMs > most.tookMs - most.waitedMs ? each : most), {
      tookMs: 0,
      waitedMs: 0,
    });
  return {
    calls: sinceFault.length,
    errors: records.filter(({ isError }) => isError).length,
    firstError: run.firstError,
    longestMs: longest.tookMs,
    longestWaitedMs: longest.waitedMs,
    hung: sinceFault.filter(({ endMs }) => endMs === undefined).length,
    loadsPerSecond: perSecond(run.hotLoadsAtMs, faultAtMs, duringEndMs),
    recoveryMs: recoveryOf(run),
    lookedMs: endAtMs - backAtMs,
    wrong: records.filter(({ isWrong }) => isWrong).length,
    firstWrong: run.firstWrong,
    stale: stale.length,
    oldestMs: Math.max(0, ...stale.map(({ ageMs }) => ageMs)),
    unhandled: run.unhandled,
    growth: {
      heapBytes: after.heapBytes - before.heapBytes,
      sockets: after.sockets - before.sockets,
      timers: after.timers - before.timers,
    },
    note: run.note,
  };
}

/** From when on fresh keys are stored, read back as hits, and as quickly as before. */
function recoveryOf({ records, storedIds, beforeAtMs, faultAtMs, backAtMs }: Run): number | undefined {
  const before = records.filter(({ kind, startMs }) => kind !== "hot" && startMs >= beforeAtMs && startMs < faultAtMs);
  const quickMs = quantile(before.map(durationOf), 0.99) + slowerByMs;
  const echoes = new Map(records.filter(({ kind }) => kind === "echo").map((echo) => [echo.id, echo]));
  const rounds = records
    .filter(({ kind, startMs }) => kind === "fresh" && startMs >= backAtMs)
    .map((fresh) => {
      const echo = echoes.get(fresh.id);
      const isCached = !fresh.isError && storedIds.has(fresh.id) && echo !== undefined && !echo.isError && echo.isHit;
      const isQuick = durationOf(fresh) <= quickMs && echo !== undefined && durationOf(echo) <= quickMs;
      return { startMs: fresh.startMs, isCached, isQuick };
    });
  const first = rounds.findIndex((_, index) => {
    const steady = rounds.slice(index, index + steadyCalls);
    return (
      steady.length === steadyCalls &&
      steady[0]?.isQuick === true &&
      steady.every(({ isCached }) => isCached) &&
      steady.filter(({ isQuick }) => !isQuick).length <= slowByChance
    );
  });
  const recovered = rounds[first];
  // The calls come every 5 ms: the first one that could be as before tells nothing of a delay.
  return recovered && (first === 0 ? 0 : recovered.startMs - backAtMs);
}

function perSecond(atMs: ArrayLike<number>, fromMs: number, toMs: number): number {
  const count = Array.from(atMs).filter((each) => each >= fromMs && each < toMs).length;
  return (count * 1000) / (toMs - fromMs);
}

function durationOf({ startMs, endMs = Number.POSITIVE_INFINITY }: CallRecord): number {
  return endMs - startMs;
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
}
