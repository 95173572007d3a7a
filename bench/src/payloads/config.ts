import type { Random } from "./random.ts";

export type Setting = string | number | boolean | readonly string[];

export interface Feature {
  readonly isEnabled: boolean;
  readonly rolloutPercent: number;
  readonly owner: string;
  readonly audiences: readonly ("staff" | "beta" | "partners" | "everybody")[];
  readonly expiresAt?: string;
}

export type Service =
  | { readonly kind: "http"; readonly baseUrl: string; readonly timeoutMs: number; readonly retries: number }
  | { readonly kind: "queue"; readonly topic: string; readonly concurrency: number; readonly isOrdered: boolean };

/** A tenant's configuration: maps whose keys no type knows, and values of several kinds. */
export interface Config {
  readonly tenant: string;
  readonly version: number;
  readonly features: Readonly<Record<string, Feature>>;
  readonly settings: Readonly<Record<string, Setting>>;
  readonly services: Readonly<Record<string, Service>>;
  readonly labels: Readonly<Record<string, string>>;
}

export function makeConfig(random: Random): Config {
  const named = <T>(count: number, make: () => T): Record<string, T> =>
    Object.fromEntries(random.many(count, (index) => [`${random.words(1)}.${index}`, make()] as const));
  return {
    tenant: random.uuid(),
    version: random.below(1000),
    features: named(16, () => makeFeature(random)),
    settings: named(45, () => makeSetting(random)),
    services: named(8, () => makeService(random)),
    labels: named(24, () => random.words(3)),
  };
}

function makeFeature(random: Random): Feature {
  return {
    isEnabled: random.once(2),
    rolloutPercent: random.below(101),
    owner: random.words(1),
    audiences: random.many(random.below(3), () => random.pick(["staff", "beta", "partners", "everybody"])),
    ...(random.once(4) && { expiresAt: random.isoDate() }),
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

function makeService(random: Random): Service {
  return random.once(2)
    ? {
        kind: "http",
        baseUrl: `https://${random.words(1)}.internal.example/`,
        timeoutMs: 100 * (1 + random.below(50)),
        retries: random.below(5),
      }
    : {
        kind: "queue",
        topic: random.words(2).replace(" ", "."),
        concurrency: 1 + random.below(32),
        isOrdered: random.once(2),
      };
}
