import { type Violation, violationIn } from "./invariants.ts";
import { Realm } from "./realm.ts";
import type { Edit } from "./runtime-bundle.ts";
import { bundleRuntime } from "./runtime-bundle.ts";
import { type Configuration, type Schedule, type Step, scheduleOf } from "./schedule.ts";
import { simulate } from "./simulation.ts";

/** What a seed shows. */
export interface Finding {
  readonly seed: number;
  readonly violation: Violation;
  /** As few steps as show it. */
  readonly schedule: Schedule;
  /** What happens in these, in words. */
  readonly trace: readonly string[];
}

/** How a search went. */
export interface Outcome {
  readonly schedules: number;
  /** Events of all schedules. */
  readonly steps: number;
  readonly findings: readonly Finding[];
}

/** Every value is large then, so that it comes over the second connection. */
export const everyValueIsLarge: Edit = {
  file: "backends/value-sizes.ts",
  text: "const largeBytes = 32 * 1024;",
  replacement: "const largeBytes = 1;",
};

/** A schedule has but a few calls: in them reads are shared, and are not. */
const soonAlone: Edit = {
  file: "cache/read-sharing.ts",
  text: "const trial = 64;",
  replacement: "const trial = 2;",
};

/** The processes that a search runs schedules with, one after the other. */
export async function realmsOf(root: URL, edits: readonly Edit[] = []): Promise<readonly Realm[]> {
  const code = await bundleRuntime(root, [soonAlone, ...edits]);
  return [0, 1, 2].map(() => new Realm(code));
}

/**
 * Runs schedules of seeds that follow each other.
 *
 * @param maxFindings - ends with so many. Default 1
 * @param onProgress - told after every schedule
 */
export async function search(
  realms: readonly Realm[],
  seeds: { readonly from: number; readonly count: number },
  {
    given = {},
    maxFindings = 1,
    onProgress,
    onFound,
  }: {
    readonly given?: Partial<Configuration>;
    readonly maxFindings?: number;
    readonly onProgress?: (steps: number) => void;
    readonly onFound?: (finding: Finding) => void;
  } = {},
): Promise<Outcome> {
  const findings: Finding[] = [];
  let [schedules, steps] = [0, 0];
  for (let seed = seeds.from; seed < seeds.from + seeds.count && findings.length < maxFindings; seed += 1) {
    const schedule = scheduleOf(seed, given);
    const course = await withoutStacks(() => simulate(schedule, realms));
    schedules += 1;
    steps += course.steps;
    onProgress?.(course.steps);
    const violation = violationIn(course);
    if (violation === undefined) continue;
    const finding = await shrunk(realms, schedule, violation);
    findings.push(finding);
    onFound?.(finding);
  }
  return { schedules, steps, findings };
}

/** The same with fewer steps: half of them go at once where that still shows it, then a quarter, and in the end each alone. */
async function shrunk(realms: readonly Realm[], schedule: Schedule, violation: Violation): Promise<Finding> {
  let smallest = { schedule, violation };
  for (let size = Math.ceil(schedule.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < smallest.schedule.steps.length; ) {
      const fewer = without(smallest.schedule.steps, from, size);
      const tried = { ...schedule, steps: fewer };
      const found = violationIn(await withoutStacks(() => simulate(tried, realms)));
      if (found?.invariant === violation.invariant) smallest = { schedule: tried, violation: found };
      else from += size;
    }
  }
  const { trace } = await simulate(smallest.schedule, realms, true);
  return { seed: schedule.seed, ...smallest, trace };
}

/** A fifth of a search is to find out where errors were made, of which the last run of a finding alone tells. */
async function withoutStacks<T>(run: () => Promise<T>): Promise<T> {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return await run();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function without(steps: readonly Step[], from: number, count: number): readonly Step[] {
  return [...steps.slice(0, from), ...steps.slice(from + count)];
}

/** A finding for a person: what was violated, the shortest trace, and how to see it again. */
export function findingText({ seed, violation, schedule, trace }: Finding): string {
  return [
    `Violated: ${violation.invariant}.`,
    `  ${violation.what}`,
    `  ${JSON.stringify(schedule.configuration)}`,
    ...trace.map((line) => `  ${line}`),
    `Again: npm run simulate -- --seed ${seed}`,
  ].join("\n");
}
