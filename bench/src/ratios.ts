import { type Cell, cellName } from "./cells.ts";
import type { Place } from "./contender.ts";
import type { Sample } from "./rounds.ts";

type Measure = "wallUs" | "cpuUs";

/** Numbers of one place by contender and cell; `undefined` where the contender has no such operation. */
export type Grid = (contender: string, cell: Cell) => number | undefined;

/** Median time of one call. */
export function medians(samples: readonly Sample[], place: Place, measure: Measure): Grid {
  const rounds = byRound(samples, place, measure);
  return (contender, cell) => median([...(rounds.get(idOf(contender, cell))?.values() ?? [])]);
}

/** Median of the ratios to a reference, each formed within one round. */
export function ratios(samples: readonly Sample[], place: Place, measure: Measure, reference: string): Grid {
  const rounds = byRound(samples, place, measure);
  return (contender, cell) => {
    const own = [...(rounds.get(idOf(contender, cell)) ?? [])];
    return median(own.map(([round, us]) => us / (rounds.get(idOf(reference, cell))?.get(round) ?? Number.NaN)));
  };
}

function byRound(samples: readonly Sample[], place: Place, measure: Measure): Map<string, Map<number, number>> {
  const found = new Map<string, Map<number, number>>();
  for (const sample of samples) {
    if (sample.place !== place) continue;
    const id = idOf(sample.contender, sample.cell);
    const rounds = found.get(id) ?? new Map<number, number>();
    found.set(id, rounds.set(sample.round, sample[measure]));
  }
  return found;
}

function idOf(contender: string, cell: Cell): string {
  return `${contender} ${cellName(cell)}`;
}

function median(numbers: readonly number[]): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2;
}
