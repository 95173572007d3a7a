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
  const reached = reachedOf(goal, target, result);
  const label = target.label ? `${target.label} ` : "";
  const limit = `${target.bound} ${numberText(target, limitOn(target, result.major))}`;
  if (reached === undefined) return `${label}${nothing} (${limit})`;
  const isReached = isMet(target, reached, result.major);
  return `${label}${numberText(target, reached)} ${isReached ? "✓" : "**not met**"} (${limit})`;
}

function verdict(goal: Goal, target: Target, result: NodeResults): boolean | undefined {
  const reached = reachedOf(goal, target, result);
  return reached === undefined ? undefined : isMet(target, reached, result.major);
}

function reachedOf(goal: Goal, target: Target, { parts }: NodeResults): number | undefined {
  const part = parts[goal.part];
  const reached = part && target.reached(part);
  return reached === undefined || Number.isNaN(reached) ? undefined : reached;
}

function numberText({ unit }: Target, value: number): string {
  if (unit === "%") return `${Math.round(value)} %`;
  return unit === undefined ? shortNumber(value) : `${shortNumber(value)} ${unit}`;
}
