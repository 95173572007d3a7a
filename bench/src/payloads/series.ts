import type { Random } from "./random.ts";

/** 1,000 moments and 1,000 measurements. */
export interface Series {
  readonly at: readonly number[];
  readonly values: readonly number[];
}

/** Measurements of a sensor that gives two decimals. */
export function makeDecimalSeries(random: Random): Series {
  let hundredths = 5000;
  return series(random, () => {
    hundredths += random.below(121) - 60;
    return hundredths / 100;
  });
}

/** Measurements with all the digits of a double. */
export function makeFloatSeries(random: Random): Series {
  let value = 50;
  return series(random, () => {
    value += random.below(1e9) / 1e9 - 0.5;
    return value;
  });
}

function series(random: Random, next: () => number): Series {
  let at = 1.7e12 + random.below(1e9);
  return {
    at: random.many(1000, () => {
      // Every ten seconds, and a little late.
      at += 10_000 + random.below(20);
      return at;
    }),
    values: random.many(1000, next),
  };
}
