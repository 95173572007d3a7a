import { coldStartCell } from "../cold-start/contests.ts";
import type { Samples } from "../harness/contest.ts";
import { middle } from "../harness/statistics.ts";
import { memoryEntrants } from "../memory/entrants.ts";
import { memoryCells } from "../memory/memory-stand.ts";
import { redisEntrants } from "../redis/entrants.ts";
import type { PartResult } from "../results.ts";
import { joinedNumbers, markdownTable, nothing, shortNumber } from "./markdown.ts";

export function memoryTables({ samples }: PartResult): readonly string[] {
  const { small = {}, large = {} } = samples;
  const rows = memoryEntrants.map(({ name }) => [
    `${name}${isLive(small, name) ? " †" : ""}`,
    ...memoryCells.map((cell) => shortNumber(middle(small, "ns", cell, name))),
    ...memoryCells.map((cell) => shortNumber(middle(large, "ns", cell, name))),
  ]);
  return [
    markdownTable(
      ["", ...memoryCells, ...memoryCells.map((cell) => `${cell}, 12 KB`)],
      rows.filter(([, ...texts]) => texts.some((text) => text !== nothing)),
    ),
    "† hands out the object that it keeps: a caller that changes it changes the cache.",
  ];
}

/** Milliseconds, and megabytes that the process has grown by. */
export function coldStartTable({ samples }: PartResult): string {
  const { memory = {}, redis = {} } = samples;
  const names = [...new Set([...memoryEntrants, ...redisEntrants].map(({ name }) => name))];
  const rows = names.map((name) => [name, cellText(memory, name), cellText(redis, name)]);
  return markdownTable(
    ["", "in memory", "on Redis"],
    rows.filter(([, ...texts]) => texts.some((text) => text !== nothing)),
  );
}

/** Whether a contender hands out what it keeps. */
export function isLive(samples: Samples, name: string): boolean {
  return memoryCells.some((cell) => middle(samples, "isIsolated", cell, name) === 0);
}

function cellText(samples: Samples, name: string): string {
  return joinedNumbers(["ms", "rssMb"].map((series) => middle(samples, series, coldStartCell, name)));
}
