import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Samples } from "./harness/contest.ts";

export const partNames = ["codecs", "memory", "redis", "waits", "cluster", "cold-start", "generate"] as const;

export type PartName = (typeof partNames)[number];

/** What a part gave on one Node. */
export interface PartResult {
  readonly part: PartName;
  /** `v20.20.2`. */
  readonly node: string;
  readonly machine: string;
  /** ISO date. */
  readonly day: string;
  /** Of the machine when the part began: what is much above 0 was disturbed. */
  readonly load: number;
  /** Of everything that took part, by name. */
  readonly versions: Readonly<Record<string, string>>;
  /** By the name of the table that they are for. */
  readonly samples: Readonly<Record<string, Samples>>;
}

/** The results of one Node, of the parts that were measured on it. */
export interface NodeResults {
  readonly major: number;
  readonly parts: Partial<Record<PartName, PartResult>>;
}

// Of `dist/src`, where this is when it runs.
const folder = new URL("../../results/", import.meta.url);

/** Keeps a result, so that the page can be written anew without measuring. */
export function saveResult(result: PartResult): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(result.part, majorOf(result.node)), `${JSON.stringify(result)}\n`);
}

/** What was kept, for these Nodes. */
export function loadResults(majors: readonly number[]): readonly NodeResults[] {
  return majors.map((major) => ({
    major,
    parts: Object.fromEntries(
      partNames
        .map((part) => [part, fileOf(part, major)] as const)
        .filter(([, file]) => existsSync(file))
        // They were written by `saveResult`.
        .map(([part, file]) => [part, JSON.parse(readFileSync(file, "utf8")) as PartResult]),
    ),
  }));
}

/** 20 of `v20.20.2`. */
export function majorOf(version: string): number {
  return Number(/^v(\d+)\./.exec(version)?.[1]);
}

function fileOf(part: PartName, major: number): URL {
  return new URL(`${part}-node${major}.json`, folder);
}
