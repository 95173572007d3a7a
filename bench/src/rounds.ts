import { type Cell, cells } from "./cells.ts";
import type { Place } from "./contender.ts";
import { type Contestant, openContestants } from "./contestants.ts";
import type { Pace } from "./protocol.ts";

/** What one contender needed for one call of a cell in one round. Microseconds. */
export interface Sample {
  readonly place: Place;
  readonly round: number;
  readonly cell: Cell;
  readonly contender: string;
  readonly wallUs: number;
  readonly cpuUs: number;
}

/** All samples, and which contenders in memory keep their values apart from the caller's. */
export interface Run {
  readonly samples: readonly Sample[];
  readonly isolated: ReadonlySet<string>;
}

/**
 * Measures every cell with all contenders one right after the other, over and over, for short times, so that a slow
 * phase of the machine hits them alike. Each round begins with another contender.
 */
export async function runSessions(
  redisUrl: string,
  pace: Pace,
  node: string,
  checkStores: () => Promise<void>,
  say: (text: string) => void,
): Promise<Run> {
  const samples: Sample[] = [];
  const isolated = new Set<string>();
  for (let session = 0; session < pace.sessions; session += 1) {
    for (const place of ["redis", "memory"] as const) {
      say(`Session ${session + 1} of ${pace.sessions}, ${place}`);
      const contestants = await openContestants(place, redisUrl, pace, node);
      const firstRound = session * pace.rounds;
      for (const cell of cells) samples.push(...(await measureCell(contestants, place, cell, firstRound, pace.rounds)));
      for (const { name, isIsolated } of contestants) if (place === "memory" && isIsolated) isolated.add(name);
      if (place === "redis") await checkStores();
      await Promise.all(contestants.map((contestant) => contestant.close()));
    }
  }
  return { samples, isolated };
}

async function measureCell(
  contestants: readonly Contestant[],
  place: Place,
  cell: Cell,
  firstRound: number,
  rounds: number,
): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let round = firstRound; round < firstRound + rounds; round += 1) {
    for (const { name, measure } of rotated(contestants, round)) {
      const measured = await measure(cell);
      if (measured === undefined) continue;
      const { calls, wallUs, cpuUs } = measured;
      samples.push({ place, round, cell, contender: name, wallUs: wallUs / calls, cpuUs: cpuUs / calls });
    }
  }
  return samples;
}

function rotated(contestants: readonly Contestant[], by: number): readonly Contestant[] {
  const start = by % contestants.length;
  return [...contestants.slice(start), ...contestants.slice(0, start)];
}
