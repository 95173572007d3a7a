import type { Samples } from "../harness/contest.ts";
import { middle, ratio } from "../harness/statistics.ts";
import { besideCells } from "../redis/beside-large-stand.ts";
import { bulkCells } from "../redis/bulk-stand.ts";
import { type Cell, clusterCells, largeCells, smallCells } from "../redis/cells.ts";
import type { Entrant } from "../redis/contender.ts";
import { clusterEntrants, pipelinedClient, plainClient, redisEntrants } from "../redis/entrants.ts";
import type { PartResult } from "../results.ts";
import { joinedNumbers, markdownTable, nothing, shortNumber } from "./markdown.ts";

export function redisTables({ samples }: PartResult): readonly string[] {
  const { small = {}, large = {} } = samples;
  return [
    "Wall time of a call with 350 B, as a ratio to plain / to auto-pipelined ioredis; lower is better.",
    ratioTable(small, "wallUs", smallCells, redisEntrants),
    "CPU time of the client's process, the same ratios.",
    ratioTable(small, "cpuUs", smallCells, redisEntrants),
    "Microseconds of wall time for one call (a batch is one call).",
    timeTable(small, "wallUs", smallCells, redisEntrants),
    "With 12 KB: wall time, the same ratios; then microseconds.",
    ratioTable(large, "wallUs", largeCells, redisEntrants),
    timeTable(large, "wallUs", largeCells, redisEntrants),
  ];
}

/** How long others wait. */
export function waitTables({ samples }: PartResult): readonly string[] {
  const { bulk = {}, besideLarge = {} } = samples;
  return [
    "10,000 entries in one call: milliseconds / the longest time, in milliseconds, for which the event loop stood still.",
    rowsOf(redisEntrants, bulkCells, (name, cell) =>
      joinedNumbers(["wallMs", "blockMs"].map((series) => middle(bulk, series, cell, name))),
    ),
    "Reads of 350 B, eight in flight: median / slowest hundredth, in microseconds.",
    rowsOf(redisEntrants, besideCells, (name, cell) =>
      joinedNumbers(["medianUs", "p99Us"].map((series) => middle(besideLarge, series, cell, name))),
    ),
  ];
}

export function clusterTables({ samples }: PartResult): readonly string[] {
  const { cluster = {} } = samples;
  return [
    rowsOf(clusterEntrants, namesOf(clusterCells), (name, cell) =>
      shortNumber(ratio(cluster, "wallUs", cell, name, pipelinedClient)),
    ),
    "Microseconds of wall time for one call.",
    timeTable(cluster, "wallUs", clusterCells, clusterEntrants),
  ];
}

function ratioTable(samples: Samples, series: string, cells: readonly Cell[], entrants: readonly Entrant[]): string {
  return rowsOf(entrants, namesOf(cells), (name, cell) => {
    const ratios = [plainClient, pipelinedClient].map((client) => ratio(samples, series, cell, name, client));
    return ratios.some((each) => each === undefined) ? nothing : joinedNumbers(ratios);
  });
}

function timeTable(samples: Samples, series: string, cells: readonly Cell[], entrants: readonly Entrant[]): string {
  return rowsOf(entrants, namesOf(cells), (name, cell) => shortNumber(middle(samples, series, cell, name)));
}

function rowsOf(
  entrants: readonly Entrant[],
  cells: readonly string[],
  text: (name: string, cell: string) => string,
): string {
  const rows = entrants.map(({ name }) => [name, ...cells.map((cell) => text(name, cell))]);
  // Who has nothing of all that needs no row of dashes.
  return markdownTable(
    ["", ...cells],
    rows.filter(([, ...texts]) => texts.some((each) => each !== nothing)),
  );
}

function namesOf(cells: readonly Cell[]): readonly string[] {
  return cells.map(({ name }) => name);
}
