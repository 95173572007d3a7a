import { type Cell, cellName, cells } from "./cells.ts";
import type { Place } from "./contender.ts";
import { entrants } from "./contenders/entrants.ts";
import { type Grid, medians, ratios } from "./ratios.ts";
import type { Run } from "./rounds.ts";

/** What the numbers hold for. */
export interface Setting {
  readonly machine: string;
  readonly versions: string;
  readonly method: string;
}

const plain = "ioredis";
const pipelined = "ioredis, auto-pipelined";
const ours = "**cachetory, generated**";
const mapOfJson = "Map of JSON";

const goals = [
  { cell: { operation: "get", inFlight: 32 }, atMost: 1.15 },
  { cell: { operation: "set", inFlight: 32 }, atMost: 1.15 },
] as const;

/** The run as Markdown. */
export function report(run: Run, setting: Setting): string {
  const { samples } = run;
  const toPlain = ratios(samples, "redis", "wallUs", plain);
  const toPipelined = ratios(samples, "redis", "wallUs", pipelined);
  const cpuToPlain = ratios(samples, "redis", "cpuUs", plain);
  const cpuToPipelined = ratios(samples, "redis", "cpuUs", pipelined);
  return [
    "# Results",
    "Written by `npm run bench -- --write`; see [README.md](README.md) for how it is measured.",
    `${setting.machine}. ${setting.versions}. ${setting.method}.`,
    "## Goals",
    goalLines(toPlain).join("\n"),
    "## On Redis",
    "Wall time of a call, as a ratio to plain ioredis / to auto-pipelined ioredis doing the same JSON work; lower is better.",
    table("redis", (contender, cell) => pair(toPlain(contender, cell), toPipelined(contender, cell))),
    "CPU time of the client's process, as the same ratios.",
    table("redis", (contender, cell) => pair(cpuToPlain(contender, cell), cpuToPipelined(contender, cell))),
    "Microseconds of wall time for one call (a batch is one call).",
    table("redis", shown(medians(samples, "redis", "wallUs"), microseconds)),
    "## In memory",
    `Wall time of a call, as a ratio to a Map of JSON text with expiries. These hand out the live object that they keep, so a caller that changes it changes the cache: ${live(run).join(", ")}.`,
    table("memory", shown(ratios(samples, "memory", "wallUs", mapOfJson), ratio)),
    "Microseconds of wall time for one call (a batch is one call).",
    table("memory", shown(medians(samples, "memory", "wallUs"), microseconds)),
  ].join("\n\n");
}

function goalLines(toPlain: Grid): string[] {
  return goals.map(({ cell, atMost }) => {
    const reached = toPlain(ours, cell) ?? Number.NaN;
    const verdict = reached <= atMost ? "met" : "**missed**";
    return `- ${cellName(cell)} on Redis at most ${ratio(atMost)} of plain ioredis: ${ratio(reached)}, ${verdict}.`;
  });
}

function live({ isolated }: Run): string[] {
  return entrants.memory.map(({ name }) => name).filter((name) => !isolated.has(name));
}

function table(place: Place, text: (contender: string, cell: Cell) => string): string {
  const rows = entrants[place].map(({ name }) => [name, ...cells.map((cell) => text(name, cell))]);
  const header = ["", ...cells.map(cellName)];
  const rule = header.map((_, index) => (index === 0 ? "---" : "---:"));
  return [header, rule, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function shown(grid: Grid, format: (value: number) => string): (contender: string, cell: Cell) => string {
  return (contender, cell) => {
    const value = grid(contender, cell);
    return value === undefined ? "–" : format(value);
  };
}

function pair(a: number | undefined, b: number | undefined): string {
  return a === undefined || b === undefined ? "–" : `${ratio(a)} / ${ratio(b)}`;
}

function ratio(value: number): string {
  return value.toFixed(2);
}

function microseconds(value: number): string {
  return value < 10 ? value.toFixed(2) : value.toFixed(value < 100 ? 1 : 0);
}
