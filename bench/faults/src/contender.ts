import type { Probe } from "./probe.ts";

export type Load = () => Promise<Probe>;

/** How long entries live, in milliseconds. */
export const ttlMs = { fresh: 60_000, hot: 1000, bulk: 3_600_000 } as const;

/** One way to cache values on Redis, as an application has it by default. */
export interface Contender {
  /** getOrSet of `fresh:{id}` and of `hot:{id}`. What they answer is judged by who called. */
  readonly getOrSet: (cache: "fresh" | "hot", id: number, load: Load) => Promise<unknown>;
  /** Stores one of many entries, `bulk:{id}`. */
  readonly setBulk: (id: number, text: string) => Promise<unknown>;
  /** Deletes all of these, and nothing else. */
  readonly clearBulk: () => Promise<unknown>;
  readonly close: () => Promise<unknown>;
}
