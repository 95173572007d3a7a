import { hotKeys } from "./caller.ts";
import { ttlMs } from "./contender.ts";
import type { Outcome } from "./outcome.ts";
import type { Scenario } from "./scenario.ts";

/** What a read may wait for its backend, by default; what a load takes; and what may be lost besides. Milliseconds. */
const allowanceMs = { budget: 50, loader: 2, rest: 10 } as const;
const normalLoadsPerSecond = (hotKeys * 1000) / ttlMs.hot;
const recoveryMs = 250;
/** A process under load grows by up to half of it where nothing goes wrong; what was kept for each call would be more. */
const heapBytes = 2_000_000;
/** For so long a process waits for a processor anyway. */
const worthTellingMs = 3;

/** A column of the table. */
export interface Column {
  readonly title: string;
  readonly text: (outcome: Outcome) => string;
  readonly isMet: (outcome: Outcome, scenario: Pick<Scenario, "heldUpMs">) => boolean;
}

export const columns: readonly Column[] = [
  {
    title: "errors",
    text: ({ errors, hung }) => (hung > 0 ? `${errors}, ${hung} never answered` : `${errors}`),
    isMet: ({ errors, hung }) => errors === 0 && hung === 0,
  },
  {
    title: "longest call, ms",
    text: ({ longestMs, longestWaitedMs }) => {
      // Upwards, so that what is over the limit looks like it.
      const took = `${Math.ceil(longestMs)}`;
      return longestWaitedMs < worthTellingMs ? took : `${took} (${longestWaitedMs.toFixed(0)} without a processor)`;
    },
    // Servers and lab are on this machine, too, and what they take of it is nothing that the contender takes.
    isMet: ({ longestMs, longestWaitedMs }, { heldUpMs = 0 }) =>
      longestMs - longestWaitedMs <= allowanceMs.budget + allowanceMs.loader + allowanceMs.rest + heldUpMs,
  },
  {
    title: "loads a second",
    text: ({ loadsPerSecond }) => loadsPerSecond.toFixed(0),
    isMet: (outcome) => outcome.loadsPerSecond <= 2 * normalLoadsPerSecond,
  },
  {
    title: "recovery, ms",
    text: (outcome) => outcome.recoveryMs?.toFixed(0) ?? `> ${outcome.lookedMs.toFixed(0)}`,
    isMet: (outcome) => outcome.recoveryMs !== undefined && outcome.recoveryMs < recoveryMs,
  },
  { title: "wrong values", text: ({ wrong }) => `${wrong}`, isMet: ({ wrong }) => wrong === 0 },
  {
    title: "stale values",
    text: ({ stale, oldestMs }) => (stale === 0 ? "0" : `${stale}, up to ${(oldestMs / 1000).toFixed(2)} s old`),
    isMet: ({ stale }) => stale === 0,
  },
  { title: "unhandled", text: ({ unhandled }) => `${unhandled}`, isMet: ({ unhandled }) => unhandled === 0 },
  {
    title: "growth",
    text: ({ growth: { sockets, timers, heapBytes: bytes } }) => {
      const grown = [
        sockets > 0 && `sockets: ${sockets}`,
        timers > 0 && `timers: ${timers}`,
        bytes > heapBytes && `${(bytes / 1e6).toFixed(1)} MB`,
      ].filter((each) => each !== false);
      return grown.length === 0 ? "0" : grown.join(", ");
    },
    isMet: ({ growth }) => growth.sockets <= 0 && growth.timers <= 0 && growth.heapBytes <= heapBytes,
  },
];
