import type { PartName, PartResult } from "../results.ts";

/** One number that is to be reached. */
export interface Target {
  /** What tells it from the others of the same goal. */
  readonly label?: string;
  readonly bound: "at least" | "at most";
  /** On Node 20, and on newer ones. */
  readonly limit: number | readonly [onNode20: number, onNewer: number];
  /** How it is written; plain numbers by default. */
  readonly unit?: "%" | "ms";
  /** `undefined` where it was not measured. */
  readonly reached: (result: PartResult) => number | undefined;
  /** What the least that does the same reaches, written by hand: where a goal is not met, it says what the machine allows. */
  readonly byHand?: (result: PartResult) => number | undefined;
}

/** A row of the table of goals. */
export interface Goal {
  readonly title: string;
  readonly part: PartName;
  readonly targets: readonly Target[];
}

export function limitOn({ limit }: Target, nodeMajor: number): number {
  return typeof limit === "number" ? limit : limit[nodeMajor < 22 ? 0 : 1];
}

export function isMet(target: Target, reached: number, nodeMajor: number): boolean {
  const limit = limitOn(target, nodeMajor);
  return target.bound === "at least" ? reached >= limit : reached <= limit;
}
