import type { Samples } from "../harness/contest.ts";
import { ratio } from "../harness/statistics.ts";
import { memoryEntrants, oursMemory, oursShared } from "../memory/entrants.ts";
import { memoryCells } from "../memory/memory-stand.ts";
import { bulkCells } from "../redis/bulk-stand.ts";
import { largeCells, smallCells } from "../redis/cells.ts";
import { oursJson, oursTyped, redisEntrants } from "../redis/entrants.ts";
import type { NodeResults, PartName } from "../results.ts";
import { markdownTable, nothing, shortNumber } from "./markdown.ts";
import { isLive } from "./memory-tables.ts";

/** One comparison with the cache libraries that have the operation. */
interface Row {
  readonly title: string;
  readonly part: PartName;
  readonly table: string;
  readonly series: string;
  readonly cell: string;
  readonly ours: string;
  readonly isRival: (name: string, samples: Samples) => boolean;
}

const redisLibraries = new Set(
  redisEntrants
    .filter(({ name, isClient }) => isClient !== true && !name.includes("cachetory"))
    .map(({ name }) => name),
);
const memoryLibraries = new Set(
  memoryEntrants
    .filter(({ name, isYardstick }) => isYardstick !== true && !name.includes("cachetory"))
    .map(({ name }) => name),
);

const onRedis = { part: "redis", isRival: (name: string) => redisLibraries.has(name) } as const;

const rows: readonly Row[] = [
  ...smallCells.map(
    ({ name }): Row => ({
      ...onRedis,
      title: `Redis, ${name}`,
      table: "small",
      series: "wallUs",
      cell: name,
      ours: oursJson,
    }),
  ),
  ...largeCells.map(
    ({ name }): Row => ({
      ...onRedis,
      title: `Redis, 12 KB, ${name}, \`typed\``,
      table: "large",
      series: "wallUs",
      cell: name,
      ours: oursTyped,
    }),
  ),
  ...bulkCells.map(
    (cell): Row => ({
      ...onRedis,
      part: "waits",
      title: `Redis, ${cell}`,
      table: "bulk",
      series: "wallMs",
      cell,
      ours: oursJson,
    }),
  ),
  ...memoryCells.flatMap((cell) => [
    inMemory(cell, "values kept apart", oursMemory, false),
    inMemory(cell, "the very values", oursShared, true),
  ]),
];

/** Libraries that hand out what they keep are beside caches that do, and those that do not beside the default. */
function inMemory(cell: string, kind: string, ours: string, live: boolean): Row {
  const isRival = (name: string, samples: Samples): boolean =>
    memoryLibraries.has(name) && isLive(samples, name) === live;
  return { title: `memory, ${cell}, ${kind}`, part: "memory", table: "small", series: "ns", cell, ours, isRival };
}

/** For every operation the library that comes nearest, and how many times as fast we are. */
export function bestLibraryTable(results: readonly NodeResults[]): string {
  const texts = rows.map((row) => [row.title, ...results.map((result) => rowText(row, result))]);
  return markdownTable(
    ["", ...results.map(({ major }) => `Node ${major}`)],
    texts.filter(([, ...cells]) => cells.some((cell) => cell !== nothing)),
  );
}

/** `18 of 20 on Node 20`, and so on. */
export function beatenCounts(results: readonly NodeResults[]): string {
  return results
    .map((result) => {
      const times = rows.map((row) => nearest(row, result)?.times).filter((each) => each !== undefined);
      const twice = times.filter((each) => each >= 2).length;
      return `${times.filter((each) => each > 1).length} of ${times.length} on Node ${result.major}, ${twice} by 2x or more`;
    })
    .join("; ");
}

function rowText(row: Row, result: NodeResults): string {
  const found = nearest(row, result);
  if (found === undefined) return nothing;
  return `${shortNumber(found.times)}× ${found.name}${found.times > 1 ? "" : " **behind**"}`;
}

function nearest(row: Row, { parts }: NodeResults): { readonly name: string; readonly times: number } | undefined {
  const samples = parts[row.part]?.samples[row.table];
  const contenders = Object.keys(samples?.[row.series]?.[row.cell] ?? {});
  if (samples === undefined) return undefined;
  const found = contenders
    .filter((name) => row.isRival(name, samples))
    .flatMap((name) => {
      const times = ratio(samples, row.series, row.cell, name, row.ours);
      return times === undefined ? [] : [{ name, times }];
    })
    .sort((a, b) => a.times - b.times);
  return found[0];
}
