import type { NodeResults } from "../results.ts";
import { codecGoals } from "./codec-goals.ts";
import { type Goal, isMet, limitOn, type Target } from "./goal.ts";
import { markdownTable, nothing, shortNumber } from "./markdown.ts";
import { memoryGoals, otherGoals } from "./memory-goals.ts";
import { redisGoals } from "./redis-goals.ts";

export const goals: readonly Goal[] = [...codecGoals, ...memoryGoals, ...redisGoals, ...otherGoals];

/** Every goal with what was reached; what was not says so, and is not left out. */
export function goalsTable(results: readonly NodeResults[]): string {
  const rows = goals.map((goal) => [
    goal.title,
    ...results.map((result) => goal.targets.map((target) => targetText(goal, target, result)).join("<br>")),
  ]);
  return markdownTable(["goal", ...results.map(({ major }) => `Node ${major}`)], rows);
}

/** `41 of 52`, by Node. */
export function metCounts(results: readonly NodeResults[]): string {
  return results
    .map((result) => {
      const judged = goals.flatMap((goal) => goal.targets.map((target) => verdict(goal, target, result)));
      const measured = judged.filter((isReached) => isReached !== undefined);
      return `${measured.filter(Boolean).length} of ${measured.length} on Node ${result.major}`;
    })
    .join(", ");
}

function targetText(goal: Goal, target: Target, result: NodeResults): string {
  const reached = numberOf(target.reached, goal, result);
  const label = target.label ? `${target.label} ` : "";
  const limit = `${target.bound} ${numberText(target, limitOn(target, result.major))}`;
  if (reached === undefined) return `${label}${nothing} (${limit})`;
  if (isMet(target, reached, result.major)) return `${label}${numberText(target, reached)} ✓ (${limit})`;
  const byHand = numberOf(target.byHand, goal, result);
  const others = byHand === undefined ? "" : `; by hand ${numberText(target, byHand)}`;
  return `${label}${numberText(target, reached)} **not met** (${limit}${others})`;
}

function verdict(goal: Goal, target: Target, result: NodeResults): boolean | undefined {
  const reached = numberOf(target.reached, goal, result);
  return reached === undefined ? undefined : isMet(target, reached, result.major);
}

function numberOf(read: Target["byHand"], goal: Goal, { parts }: NodeResults): number | undefined {
  const part = parts[goal.part];
  const number = part && read?.(part);
  return number === undefined || Number.isNaN(number) ? undefined : number;
}

function numberText({ unit }: Target, value: number): string {
  if (unit === "%") return `${Math.round(value)} %`;
  return unit === undefined ? shortNumber(value) : `${shortNumber(value)} ${unit}`;
}
