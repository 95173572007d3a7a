import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as later } from "node:timers/promises";
import type { Stand } from "../harness/contest.ts";
import { asRead } from "../payloads/as-read.ts";
import { productOf } from "../payloads/product.ts";
import { checkMany, checkStored } from "./calls.ts";
import type { Place } from "./contender.ts";
import { openEntrant } from "./open-entrant.ts";

export const bulkSize = 10_000;
export const bulkCells = [`setMany(${bulkSize})`, `getMany(${bulkSize})`] as const;

const firstId = 100_000;
/** So often each is called before anything is measured: the first ones, which are compiled, take two to three times as long. */
const warmTurns = 15;

/** One call for very many entries: how long it takes, and the longest time for which nothing else could run. */
export async function open(name: string, { place }: { readonly place: Place }): Promise<Stand> {
  const contender = await openEntrant(name, place);
  const { getMany, setMany } = contender;
  const items = Array.from({ length: bulkSize }, (_, index) => {
    const value = asRead(productOf(firstId + index));
    return [value.id, value] as const;
  });
  const ids = items.map(([id]) => id);
  const calls: Readonly<Record<string, () => Promise<void>>> =
    getMany === undefined || setMany === undefined
      ? {}
      : {
          [bulkCells[0]]: async () => checkStored(await setMany(items)),
          [bulkCells[1]]: async () => checkMany(await getMany(ids), ids),
        };
  for (let turn = 0; turn < warmTurns; turn += 1) for (const call of Object.values(calls)) await call();
  return {
    async measure(cell) {
      const call = calls[cell];
      if (call === undefined) return undefined;
      const delays = monitorEventLoopDelay({ resolution: 1 });
      delays.enable();
      // What blocks before its timer has fired for the first time would not be seen.
      await later(5);
      const startMs = performance.now();
      await call();
      const wallMs = performance.now() - startMs;
      await later(5);
      delays.disable();
      return { wallMs, blockMs: delays.max / 1e6 };
    },
    close: () => contender.close(),
  };
}
