import type { Stand } from "../harness/contest.ts";
import { nanosecondsOf, type Run, warmUp } from "../harness/cpu-time.ts";
import { asRead } from "../payloads/as-read.ts";
import { pageOf } from "../payloads/page.ts";
import { productOf } from "../payloads/product.ts";
import type { Kept, MemoryContender, Subject } from "./contender.ts";
import { memoryEntrants } from "./entrants.ts";
import { isIsolated } from "./is-isolated.ts";

export const memoryCells = ["peek", "get", "set", "getOrSet"] as const;

type MemoryCell = (typeof memoryCells)[number];

/** What the process of a contender is told. */
export interface MemorySetup {
  readonly subject: Subject;
  /** So long each time; in milliseconds, as the next. */
  readonly cellMs: number;
  /** Each operation before the first is measured. */
  readonly warmMs: number;
}

const makers = { product: productOf, page: pageOf } as const;
const counts = { product: 1000, page: 200 } as const;
const firstId = 10_000;

/** Hits and writes, one after the other. Besides times it tells whether a caller could change what others get. */
export async function open(name: string, { subject, cellMs, warmMs }: MemorySetup): Promise<Stand> {
  const entrant = memoryEntrants.find((each) => each.name === name);
  if (entrant === undefined) throw new Error(`There is no contender ${name}.`);
  const contender = await entrant.open(subject);
  const count = counts[subject];
  // All in turn, neighbours far apart.
  const values = Array.from({ length: count }, (_, index) =>
    asRead<Kept>(makers[subject](firstId + ((index * 379) % count))),
  );
  await fill(contender, values);
  const apart = Number(await isIsolated(contender, firstId));
  const tally = { off: 0 };
  const runs = runsOf(contender, values, tally);
  await warmUp(
    Object.values(runs).filter((run) => run !== undefined),
    warmMs,
  );
  return {
    async measure(cell) {
      // Only cells are asked for that stand in the contest.
      const run = runs[cell as MemoryCell];
      if (run === undefined) return undefined;
      const ns = await nanosecondsOf(run, values.length, cellMs);
      if (tally.off !== 0) throw new Error(`A ${cell} was answered with something else.`);
      return { ns, isIsolated: apart };
    },
    close: async () => undefined,
  };
}

/** All values once, by each operation. Each has a loop of its own, in which nothing but the call happens. */
function runsOf(
  { peek, get, set, getOrSet }: MemoryContender,
  values: readonly Kept[],
  tally: { off: number },
): Readonly<Record<MemoryCell, Run | undefined>> {
  return {
    peek:
      peek &&
      (() => {
        for (const { id } of values) tally.off += (peek(id)?.id ?? 0) - id;
      }),
    get:
      get &&
      (async () => {
        for (const { id } of values) tally.off += ((await get(id))?.id ?? 0) - id;
      }),
    set:
      set &&
      (async () => {
        for (const value of values) await set(value.id, value);
      }),
    getOrSet:
      getOrSet &&
      (async () => {
        for (const { id } of values) tally.off += ((await getOrSet(id, notAHit))?.id ?? 0) - id;
      }),
  };
}

async function fill({ set, getOrSet }: MemoryContender, values: readonly Kept[]): Promise<void> {
  for (const value of values) await (set?.(value.id, value) ?? getOrSet?.(value.id, async () => value));
}

async function notAHit(): Promise<never> {
  throw new Error("The loader was called, but the value is there.");
}
