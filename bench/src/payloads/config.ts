import type { Random } from "./random.ts";

export type Setting = string | number | boolean | readonly string[];

/** A tenant's configuration: maps whose keys no type knows, and values of several kinds. */
export interface Config {
  readonly tenant: string;
  readonly version: number;
  readonly flags: Readonly<Record<string, boolean>>;
  readonly settings: Readonly<Record<string, Setting>>;
  readonly limits: Readonly<Record<string, { readonly max: number; readonly unit: "s" | "ms" | "count" }>>;
}

export function makeConfig(random: Random): Config {
  const named = <T>(count: number, make: () => T): Record<string, T> =>
    Object.fromEntries(
      random.many(count, (index) => [`${random.words(1)}.${random.words(1)}.${index}`, make()] as const),
    );
  return {
    tenant: random.uuid(),
    version: random.below(1000),
    flags: named(40, () => random.once(2)),
    settings: named(58, () => makeSetting(random)),
    limits: named(30, () => ({ max: random.below(10_000), unit: random.pick(["s", "ms", "count"]) })),
  };
}

function makeSetting(random: Random): Setting {
  switch (random.below(4)) {
    case 0:
      return random.words(3);
    case 1:
      return random.below(100_000);
    case 2:
      return random.once(2);
    default:
      return random.many(3, () => random.words(1));
  }
}
