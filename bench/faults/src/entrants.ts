import type { Contender } from "./contender.ts";
import type { Place } from "./topology.ts";

/** A contender by the name that its rows have, and what makes it. */
export interface Entrant {
  readonly name: string;
  readonly open: (place: Place) => Promise<Contender>;
}

export const ours = "**cachetory**";

/** Who takes part, in the order of the rows. A module is imported by the process of its contender only. */
export const entrants: readonly Entrant[] = [
  { name: ours, open: async (place) => (await import("./contenders/cachetory.ts")).openCachetory(place) },
  { name: "bentocache", open: async (place) => (await import("./contenders/bentocache.ts")).openBentocache(place) },
  { name: "cacheable", open: async (place) => (await import("./contenders/cacheable.ts")).openCacheable(place) },
  {
    name: "cache-manager",
    open: async (place) => (await import("./contenders/cache-manager.ts")).openCacheManager(place),
  },
  { name: "ioredis", open: async (place) => (await import("./contenders/ioredis.ts")).openIoredis(place) },
];

export function entrantOf(name: string): Entrant {
  const entrant = entrants.find((each) => each.name.replaceAll("*", "") === name.replaceAll("*", ""));
  if (entrant === undefined) {
    throw new Error(`There is no contender ${name}; there are ${entrants.map((each) => each.name).join(", ")}.`);
  }
  return entrant;
}
