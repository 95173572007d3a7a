import { setTimeout as later } from "node:timers/promises";
import { trueNowMs } from "../probe.ts";
import type { Scenario } from "../scenario.ts";

const blockMs = 80;
const hourMs = 3_600_000;

/** What goes wrong in the application itself, and nothing. */
export const application: readonly Scenario[] = [
  {
    name: "nothing",
    title: "nothing goes wrong, for 3 s",
    async run({ seconds }) {
      await later(seconds(3));
      return { backAtMs: trueNowMs() };
    },
  },
  {
    name: "clock",
    title: "the client's clock: an hour ahead for 2 s, then an hour behind",
    async run({ contestant, seconds }) {
      for (const byMs of [hourMs, -hourMs]) {
        await contestant.ask({ ask: "shiftClock", byMs });
        await later(seconds(2));
      }
      await contestant.ask({ ask: "shiftClock", byMs: 0 });
      return { backAtMs: trueNowMs() };
    },
  },
  {
    name: "busy-loop",
    title: `the application's own event loop is blocked for ${blockMs} ms, four times a second`,
    // While it waits for Redis, and once more while the loader's timer is due.
    heldUpMs: 2 * blockMs,
    async run({ contestant, seconds }) {
      await contestant.ask({ ask: "block", forMs: blockMs, everyMs: 250 });
      await later(seconds(3));
      await contestant.ask({ ask: "block", forMs: 0, everyMs: 0 });
      return { backAtMs: trueNowMs() };
    },
  },
];
