import { setTimeout as later } from "node:timers/promises";
import { hotKeys } from "../caller.ts";
import { trueNowMs } from "../probe.ts";
import type { Fault, FaultEnd, Scenario } from "../scenario.ts";

/** Keys that hold what nobody of us has stored. */
export const badEntries: readonly Scenario[] = [
  {
    name: "wrong-type",
    title: "keys that hold a list",
    run: (fault) =>
      planted(fault, async (key) => {
        await fault.stage.client.multi().del(key).rpush(key, "of another program").pexpire(key, lifeMs).exec();
      }),
  },
  {
    name: "bad-bytes",
    title: "foreign, truncated and corrupted bytes",
    async run(fault) {
      const stored = await storedBytes(fault);
      // Every seventh byte is one that no text has.
      const corrupted = stored.map((byte, index) => (index % 7 === 3 ? 0xff : byte));
      const truncated = stored.subarray(0, stored.length / 2);
      const bad = [Buffer.from('{"hello":"from another schema"}'), truncated, corrupted].map((bytes) =>
        Buffer.from(bytes),
      );
      return planted(fault, async (key, id) => {
        await fault.stage.client.set(key, bad[id % bad.length] ?? "", "PX", lifeMs);
      });
    },
  },
];

const lifeMs = 10_000;

/** Under the hot keys, once a second for three seconds, and under the fresh keys of that time. */
async function planted(fault: Fault, plant: (key: string, id: number) => Promise<void>): Promise<FaultEnd> {
  const { contestant, keyOf, seconds, stage } = fault;
  const hot = Array.from({ length: hotKeys }, (_, id) => [keyOf("hot", id), id] as const);
  const next = await contestant.ask({ ask: "nextFreshId" });
  // One is asked for every 5 ms; those that come first are passed by before anything stands there.
  const fresh = Array.from({ length: seconds(3) / 5 }, (_, index) => {
    const id = next + index;
    return [keyOf("fresh", id), id] as const;
  }).slice(20);
  await Promise.all(fresh.map(([key, id]) => plant(key, id)));
  for (let turn = 0; turn < 3; turn += 1) {
    await Promise.all(hot.map(([key, id]) => plant(key, id)));
    await later(seconds(1));
  }
  await Promise.all([...hot, ...fresh].map(([key]) => stage.client.unlink(key)));
  return { backAtMs: trueNowMs() };
}

/** As the contender has stored a value. */
async function storedBytes({ stage, keyOf }: Fault): Promise<Buffer> {
  for (let id = 0; ; id = (id + 1) % hotKeys) {
    // Between its end and its next load there is none.
    const bytes = await stage.client.getBuffer(keyOf("hot", id));
    if (bytes !== null) return bytes;
    await later(5);
  }
}
