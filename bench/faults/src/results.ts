import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Result } from "./run-scenario.ts";
import { type Topology, topologies } from "./topology.ts";

/** What one run gave. */
export interface RunResult {
  readonly topology: Topology;
  readonly scenario: string;
  readonly contender: string;
  readonly result: Result;
  /** ISO date. */
  readonly day: string;
  /** `v20.20.2`. */
  readonly node: string;
  /** Of the machine when the run began. */
  readonly load: number;
}

// Of `bench/faults/dist/bench/faults/src`, where this is when it runs.
const folder = new URL("../../../../../results/", import.meta.url);

/** All that were kept. */
export function loadResults(): readonly RunResult[] {
  return topologies.flatMap(loadResultsOf);
}

/** Each run at once, in place of the one before: what is interrupted goes on where it was. */
export function saveResult(result: RunResult): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(result.topology), textOf(withResult(loadResultsOf(result.topology), result)));
}

export function withResult(results: readonly RunResult[], result: RunResult): readonly RunResult[] {
  return [...results.filter((other) => !isSameRun(other, result)), result];
}

function isSameRun(one: RunResult, other: RunResult): boolean {
  return one.topology === other.topology && one.scenario === other.scenario && one.contender === other.contender;
}

function loadResultsOf(topology: Topology): readonly RunResult[] {
  const file = fileOf(topology);
  // Written by `saveResult`.
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as readonly RunResult[]) : [];
}

function fileOf(topology: Topology): URL {
  return new URL(`faults-${topology}.json`, folder);
}

/** A line for each run, so that a difference shows what has changed; as exact as the machine is. */
function textOf(results: readonly RunResult[]): string {
  const lines = results.map((result) =>
    JSON.stringify(result, (_, value: unknown) => (typeof value === "number" ? Number(value.toFixed(2)) : value)),
  );
  return `[\n${lines.join(",\n")}\n]\n`;
}
