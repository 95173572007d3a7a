import type { Contest, Pace, Samples } from "./contest.ts";
import { type Contestant, openContestant } from "./open-contestant.ts";

/**
 * Measures every cell with all contenders one right after the other, over and over, for short times, so that a slow phase of
 * the machine hits all of them alike. Each round has every cell, and begins with another contender.
 */
export async function runContest(contest: Contest, pace: Pace): Promise<Samples> {
  const samples: Samples = {};
  for (let session = 0; session < pace.sessions; session += 1) {
    pace.say(`${contest.title}, session ${session + 1} of ${pace.sessions}`);
    const contestants: Contestant[] = [];
    try {
      // One after the other: two that warm up at a time would slow each other down.
      for (const name of contest.contenders) contestants.push(await openContestant(contest, name, pace.node));
      const roundsOf = (cell: string): number => pace.rounds * (contest.roundsFor?.(cell) ?? 1);
      const most = Math.max(...contest.cells.map(roundsOf));
      for (let round = 0; round < most; round += 1) {
        // Cells are compared with each other, too.
        for (const cell of contest.cells.filter((each) => round < roundsOf(each))) {
          for (const { name, measure } of rotated(contestants, session * most + round)) {
            const measured = (await measure(cell)) ?? {};
            for (const [series, value] of Object.entries(measured)) keep(samples, series, cell, name, value);
          }
        }
      }
    } finally {
      await Promise.all(contestants.map((contestant) => contestant.close()));
    }
  }
  return samples;
}

/** All samples of several contests that share no cell. */
export function merged(all: readonly Samples[]): Samples {
  const samples: Samples = {};
  for (const each of all) {
    for (const [series, cells] of Object.entries(each)) samples[series] = { ...samples[series], ...cells };
  }
  return samples;
}

function keep(samples: Samples, series: string, cell: string, contender: string, value: number): void {
  if (!Number.isFinite(value)) throw new Error(`${contender}: ${series} of ${cell} is no number.`);
  samples[series] ??= {};
  samples[series][cell] ??= {};
  samples[series][cell][contender] ??= [];
  // The machine is not as exact as a double is.
  samples[series][cell][contender].push(Number(value.toPrecision(4)));
}

function rotated<T>(contestants: readonly T[], by: number): readonly T[] {
  const start = by % contestants.length;
  return [...contestants.slice(start), ...contestants.slice(0, start)];
}
