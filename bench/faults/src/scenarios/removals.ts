import { setTimeout as later } from "node:timers/promises";
import { trueNowMs } from "../probe.ts";
import type { Fault, Scenario } from "../scenario.ts";
import { keysLike } from "../stored-keys.ts";

/** Entries that are deleted while they are used. */
export const removals: readonly Scenario[] = [
  {
    name: "flushall",
    title: "`FLUSHALL`, three times",
    async run({ stage, seconds }) {
      for (let turn = 0; turn < 3; turn += 1) {
        if (turn > 0) await later(seconds(1));
        await Promise.all((await stage.masters()).map((master) => master.ask("FLUSHALL")));
      }
      return { backAtMs: trueNowMs() };
    },
  },
  {
    name: "clear",
    title: "100,000 other keys are cleared",
    prepare: fill,
    async run({ stage, contestant }) {
      const error = await contestant.ask({ ask: "clearBulk" });
      const backAtMs = trueNowMs();
      const left = (await keysLike(stage, "*bulk:*")).length;
      const notes = [error && `clearing: ${error}`, left > 0 && `${left} keys are left`].filter(Boolean);
      return { backAtMs, note: notes.length > 0 ? notes.join("; ") : undefined };
    },
  },
];

/** Many copies of the one that the contender has stored. */
async function fill({ stage, keyOf, isQuick }: Fault): Promise<void> {
  const bytes = await stage.client.getBuffer(keyOf("bulk", 0));
  if (bytes === null) throw new Error("The contender has stored no bulk entry.");
  const count = isQuick ? 10_000 : 100_000;
  for (let first = 0; first < count; first += 5000) {
    await Promise.all(
      Array.from({ length: 5000 }, (_, index) =>
        stage.client.set(keyOf("bulk", first + index), bytes, "PX", 3_600_000),
      ),
    );
  }
}
