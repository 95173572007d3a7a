import type { CacheEventMap, TimedEvent } from "./event-types.ts";
import { onCacheEvent } from "./on-cache-event.ts";

/** A counter, and what one of it is. */
interface CounterDefinition {
  readonly description: string;
  readonly unit: string;
}

export type CounterName =
  | "hits"
  | "stale_hits"
  | "gutter_hits"
  | "misses"
  | "loads"
  | "stores"
  | "invalidations"
  | "evictions"
  | "errors"
  | "outages"
  | "overloads"
  | "breaker_openings";

/** What is counted in caches, by the name of the counter. */
export const counters: Readonly<Record<CounterName, CounterDefinition>> = {
  hits: { description: "Reads of a key that had a value.", unit: "hit" },
  stale_hits: { description: "Those of the hits whose value had outlived its time.", unit: "hit" },
  gutter_hits: {
    description: "Those of the hits that an outage would have made misses, but for the gutter.",
    unit: "hit",
  },
  misses: { description: "Reads of a key that had none, by the reason.", unit: "miss" },
  loads: { description: "Calls of loaders.", unit: "load" },
  stores: { description: "Entries that were stored.", unit: "entry" },
  invalidations: { description: "Entries that were deleted on purpose.", unit: "entry" },
  evictions: { description: "Entries that memory let go of before their time.", unit: "entry" },
  errors: { description: "What failed, by its kind: read, load, store, invalidation, lifetime.", unit: "error" },
  outages: { description: "How often a backend stopped to answer.", unit: "outage" },
  overloads: { description: "Loads that were not done, because as many ran as may.", unit: "load" },
  breaker_openings: { description: "How often a server was left alone, by its address.", unit: "opening" },
};

/** How long calls of loaders take, in seconds, and the upper bounds of its buckets. */
export const loadDuration: { readonly description: string; readonly boundaries: readonly number[] } = {
  description: "How long calls of loaders took, those that failed included.",
  boundaries: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
};

/** Values of labels, by their names. None of them grows with the number of keys. */
export type Labels = Readonly<Record<string, string>>;

/** Who keeps the numbers. */
export interface MetricsSink {
  count(name: CounterName, labels: Labels, amount: number): void;
  loadTook(labels: Labels, seconds: number): void;
}

/** Counts what happens in all caches of the process, until what it answers is called. */
export function measure(sink: MetricsSink): () => void {
  const failed = ({ cache, outcome }: TimedEvent, kind: keyof CacheEventMap): void => {
    if (outcome === "failed") sink.count("errors", { cache, kind }, 1);
  };
  const ends = [
    onCacheEvent("hit", ({ cache, isStale, layer }) => {
      sink.count("hits", { cache }, 1);
      if (layer === "gutter") sink.count("gutter_hits", { cache }, 1);
      if (isStale) sink.count("stale_hits", { cache }, 1);
    }),
    onCacheEvent("miss", ({ cache, reason }) => {
      sink.count("misses", { cache, reason }, 1);
      if (reason === "error" || reason === "budget") sink.count("errors", { cache, kind: "read" }, 1);
    }),
    onCacheEvent("load", (event) => {
      const { cache, durationMs } = event;
      sink.count("loads", { cache }, 1);
      sink.loadTook({ cache }, durationMs / 1000);
      failed(event, "load");
    }),
    onCacheEvent("store", (event) => {
      if (event.entryCount > 0) sink.count("stores", { cache: event.cache }, event.entryCount);
      failed(event, "store");
    }),
    onCacheEvent("invalidation", (event) => {
      if (event.entryCount > 0) sink.count("invalidations", { cache: event.cache }, event.entryCount);
      failed(event, "invalidation");
    }),
    onCacheEvent("lifetime", (event) => failed(event, "lifetime")),
    onCacheEvent("eviction", ({ backend }) => sink.count("evictions", { backend }, 1)),
    onCacheEvent("outage", ({ backend, state }) => {
      if (state === "down") sink.count("outages", { backend }, 1);
    }),
    onCacheEvent("overload", ({ cache }) => sink.count("overloads", { cache }, 1)),
    onCacheEvent("breaker", ({ backend, node, state }) => {
      if (state === "open") sink.count("breaker_openings", { backend, node }, 1);
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
