import { setTimeout as later } from "node:timers/promises";
import { closedLoop } from "../harness/closed-loop.ts";
import type { Stand } from "../harness/contest.ts";
import { callOf, fill, stockOf } from "./calls.ts";
import { type Cell, cellOf, clusterCells, largeCells, operations, smallCells } from "./cells.ts";
import type { Place } from "./contender.ts";
import { openEntrant } from "./open-entrant.ts";

/** What the process of a contender is told. Milliseconds each. */
export interface CallsSetup {
  readonly place: Place;
  /** Each operation before the first is measured. */
  readonly warmMs: number;
  /** The same cell, right before it is measured, which the one before it in the process was not. */
  readonly leadMs: number;
  readonly cellMs: number;
}

/** Calls of one operation in a closed loop, with so many in flight. */
export async function open(name: string, { place, warmMs, leadMs, cellMs }: CallsSetup): Promise<Stand> {
  const contender = await openEntrant(name, place);
  const stock = stockOf(place.subject);
  await fill(contender, stock);
  const loop = async ({ operation, inFlight }: Cell, forMs: number) => {
    const call = callOf(contender, operation, stock);
    return call && closedLoop(inFlight, forMs, 1, call);
  };
  // An operation that is measured cold in its process looks up to twice as slow. The compiler's threads have the same core, so
  // there are pauses for them.
  for (const operation of operations) {
    await loop(cellOf(operation, 8), warmMs);
    await later(10);
  }
  return {
    async measure(cellName) {
      const cell = [...smallCells, ...largeCells, ...clusterCells].find((each) => each.name === cellName);
      if (cell === undefined) throw new Error(`There is no cell ${cellName}.`);
      await loop(cell, leadMs);
      return { ...(await loop(cell, cellMs)) };
    },
    close: () => contender.close(),
  };
}
