import { byHand, codecEntrants } from "../codecs/entrants.ts";
import { coldStartCell } from "../cold-start/contests.ts";
import type { Samples } from "../harness/contest.ts";
import { geometricMean, middle, ratio } from "../harness/statistics.ts";
import { payloads } from "../payloads/payloads.ts";
import type { NodeResults } from "../results.ts";
import type { Bar, Panel } from "./chart.ts";
import { both } from "./codec-goals.ts";
import { shortNumber } from "./markdown.ts";

/** The pictures of one Node: what is best comes first. */
export function chartPanels({ parts }: NodeResults): readonly Panel[] {
  const codecs = parts.codecs?.samples["codecs"] ?? {};
  const small = parts.redis?.samples["small"] ?? {};
  const memory = parts.memory?.samples["small"] ?? {};
  const cold = parts["cold-start"]?.samples["redis"] ?? {};
  return [
    { title: "Times as fast as JSON: mean of what all of them write", bars: codecBars(codecs) },
    { title: "Redis: get of 350 B, 32 in flight, µs", bars: timeBars(small, "wallUs", "get ×32", "µs") },
    { title: "Memory: get of a hit, ns", bars: timeBars(memory, "ns", "get", "ns") },
    { title: "Redis: from import to the first hit, ms", bars: timeBars(cold, "ms", coldStartCell, "ms") },
  ].filter(({ bars }) => bars.length > 0);
}

/** Over what all of them can write. */
function codecBars(samples: Samples): readonly Bar[] {
  const names = codecEntrants.map(({ name }) => name).filter((name) => name !== byHand);
  const written = payloads.filter(({ name }) =>
    names.every((codec) => samples["encodeNs"]?.[name]?.[codec] !== undefined),
  );
  if (written.length === 0) return [];
  return names
    .map((name) => {
      const times = geometricMean(
        written.map((payload) => ratio(samples, both, payload.name, "JSON", name) ?? Number.NaN),
      );
      return barOf(name, times, `${shortNumber(times)}×`);
    })
    .sort((a, b) => b.value - a.value);
}

function timeBars(samples: Samples, series: string, cell: string, unit: string): readonly Bar[] {
  return Object.keys(samples[series]?.[cell] ?? {})
    .map((name) => {
      const value = middle(samples, series, cell, name) ?? Number.NaN;
      return barOf(name, value, `${shortNumber(value)} ${unit}`);
    })
    .sort((a, b) => a.value - b.value);
}

function barOf(name: string, value: number, text: string): Bar {
  return { label: name.replaceAll(/[*`]/g, ""), value, text, isOurs: name.startsWith("**") };
}
