import { setTimeout as later } from "node:timers/promises";
import { closedLoop } from "../harness/closed-loop.ts";
import type { Stand } from "../harness/contest.ts";
import { callOf, fill, stockOf } from "./calls.ts";
import { type Cell, clusterCells, largeCells, smallCells } from "./cells.ts";
import type { Place } from "./contender.ts";
import { openEntrant } from "./open-entrant.ts";

/** What the process of a contender is told. Milliseconds each. */
export interface CallsSetup {
  readonly place: Place;
  /** By their names, what is going to be measured. */
  readonly cells: readonly string[];
  /** Each cell, twice, before the first is measured: of the processor's time, of which a busy machine gives less. */
  readonly warmMs: number;
  /** The same cell, right before it is measured, which the one before it in the process was not. */
  readonly leadMs: number;
  readonly cellMs: number;
}

/** Calls of one operation in a closed loop, with so many in flight. */
export async function open(name: string, { place, cells, warmMs, leadMs, cellMs }: CallsSetup): Promise<Stand> {
  const contender = await openEntrant(name, place);
  const stock = stockOf(place.subject);
  await fill(contender, stock);
  const loop = async ({ operation, inFlight }: Cell, forMs: number) => {
    const call = callOf(contender, operation, stock);
    return call && closedLoop(inFlight, forMs, 1, call);
  };
  const warmUp = async (cell: Cell): Promise<void> => {
    const start = process.cpuUsage();
    while ((await loop(cell, warmMs / 4)) !== undefined && cpuMs(start) < warmMs);
  };
  // What the compiler makes for one number of calls in flight is thrown away with the next one, so each cell has its turn, and
  // all of them twice. Its threads have the same core, so there are pauses for them.
  for (const cellName of [...cells, ...cells]) {
    await warmUp(cellNamed(cellName));
    await later(10);
  }
  return {
    async measure(cellName) {
      const cell = cellNamed(cellName);
      await loop(cell, leadMs);
      return { ...(await loop(cell, cellMs)) };
    },
    close: () => contender.close(),
  };
}

function cellNamed(name: string): Cell {
  const cell = [...smallCells, ...largeCells, ...clusterCells].find((each) => each.name === name);
  if (cell === undefined) throw new Error(`There is no cell ${name}.`);
  return cell;
}

function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}
