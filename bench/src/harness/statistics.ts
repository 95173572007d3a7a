import type { Samples } from "./contest.ts";

/** Middle of the numbers; NaN of none. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  const lower = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  return (upper + lower) / 2;
}

export function geometricMean(numbers: readonly number[]): number {
  return Math.exp(numbers.reduce((sum, number) => sum + Math.log(number), 0) / numbers.length);
}

/** What a contender needed in each round: one series, or the sum of several. `undefined` where it was not measured. */
export function rounds(
  samples: Samples,
  series: string | readonly string[],
  cell: string,
  contender: string,
): readonly number[] | undefined {
  const [first = "", ...more] = typeof series === "string" ? [series] : series;
  const sum = samples[first]?.[cell]?.[contender];
  return more.reduce<readonly number[] | undefined>((total, next) => {
    const addend = samples[next]?.[cell]?.[contender];
    return addend && total?.map((value, round) => value + (addend[round] ?? Number.NaN));
  }, sum);
}

/** Median of the ratios of two contenders, each formed within one round. `undefined` where one was not measured. */
export function ratio(
  samples: Samples,
  series: string | readonly string[],
  cell: string,
  contender: string,
  reference: string,
): number | undefined {
  const own = rounds(samples, series, cell, contender);
  const other = rounds(samples, series, cell, reference);
  return own && other && median(own.map((value, round) => value / (other[round] ?? Number.NaN)));
}

/** Median of one contender. `undefined` where it was not measured. */
export function middle(
  samples: Samples,
  series: string | readonly string[],
  cell: string,
  contender: string,
): number | undefined {
  const own = rounds(samples, series, cell, contender);
  return own && median(own);
}
