import type { Counter, Meter } from "@opentelemetry/api";
import { type CounterName, counters, type Labels, loadDuration, measure } from "../observe/metrics.ts";

/** Counts with the instruments of a meter: `cachetory.hits`, …, `cachetory.load.duration`. */
export function measureWith(meter: Meter): () => void {
  const instruments = Object.fromEntries(
    Object.entries(counters).map(([name, { description, unit }]) => [
      name,
      meter.createCounter(`cachetory.${name}`, { description, unit: `{${unit}}` }),
    ]),
    // One for each counter.
  ) as Readonly<Record<CounterName, Counter>>;
  const duration = meter.createHistogram("cachetory.load.duration", {
    description: loadDuration.description,
    unit: "s",
    advice: { explicitBucketBoundaries: [...loadDuration.boundaries] },
  });
  return measure({
    count: (name, labels, amount) => instruments[name].add(amount, attributes(labels)),
    loadTook: (labels, seconds) => duration.record(seconds, attributes(labels)),
  });
}

function attributes(labels: Labels): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [`cachetory.${name}`, value]));
}
