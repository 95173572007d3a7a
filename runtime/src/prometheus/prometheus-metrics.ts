import { type CounterName, counters, type Labels, loadDuration, measure } from "../observe/metrics.ts";

/** How long something took, again and again. */
interface Histogram {
  readonly labels: Labels;
  /** How many were at most as long as each boundary, and longer than the one before. */
  readonly counts: number[];
  count: number;
  sum: number;
}

/**
 * Counts what happens in all caches of the process, from when it is made, as a Prometheus server wants to read it.
 *
 * @example
 * ```ts
 * const metrics = new PrometheusMetrics();
 * createServer((request, response) => {
 *   response.setHeader("content-type", PrometheusMetrics.contentType);
 *   response.end(metrics.text());
 * }).listen(9464);
 * ```
 */
export class PrometheusMetrics implements Disposable {
  /** Of what `text` answers. */
  static readonly contentType: string = "text/plain; version=0.0.4; charset=utf-8";

  readonly #totals = new Map<CounterName, Map<string, number>>();
  readonly #durations = new Map<string, Histogram>();
  readonly #stop: () => void;

  constructor() {
    this.#stop = measure({
      count: (name, labels, amount) => this.#count(name, labels, amount),
      loadTook: (labels, seconds) => this.#observe(labels, seconds),
    });
  }

  /** The numbers there are, in the text format of Prometheus, 0.0.4. Lines are sorted by what tells them apart. */
  text(): string {
    const lines: string[] = [];
    for (const [name, definition] of Object.entries(counters)) {
      const metric = `cachetory_${name}_total`;
      // The names of a record are those of its entries.
      const totals = this.#totals.get(name as CounterName) ?? new Map<string, number>();
      lines.push(...head(metric, definition.description, "counter"));
      for (const [labels, total] of sorted(totals)) lines.push(`${metric}{${labels}} ${total}`);
    }
    lines.push(...head(durationName, loadDuration.description, "histogram"));
    for (const [, histogram] of sorted(this.#durations)) lines.push(...histogramLines(histogram));
    return `${lines.join("\n")}\n`;
  }

  /** Counts no more. The text stays. */
  close(): void {
    this.#stop();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #count(name: CounterName, labels: Labels, amount: number): void {
    const totals = this.#totals.get(name) ?? new Map<string, number>();
    this.#totals.set(name, totals);
    const key = labelText(labels);
    totals.set(key, (totals.get(key) ?? 0) + amount);
  }

  #observe(labels: Labels, seconds: number): void {
    const key = labelText(labels);
    const histogram = this.#durations.get(key) ?? {
      labels,
      counts: loadDuration.boundaries.map(() => 0),
      count: 0,
      sum: 0,
    };
    this.#durations.set(key, histogram);
    const bucket = loadDuration.boundaries.findIndex((boundary) => seconds <= boundary);
    if (bucket !== -1) histogram.counts[bucket] = (histogram.counts[bucket] ?? 0) + 1;
    histogram.count += 1;
    histogram.sum += seconds;
  }
}

const durationName = "cachetory_load_duration_seconds";

function head(metric: string, description: string, type: "counter" | "histogram"): readonly string[] {
  return [`# HELP ${metric} ${description}`, `# TYPE ${metric} ${type}`];
}

function histogramLines({ labels, counts, count, sum }: Histogram): readonly string[] {
  let upTo = 0;
  const buckets = counts.map((inBucket, index) => {
    upTo += inBucket;
    return `${durationName}_bucket{${labelText({ le: `${loadDuration.boundaries[index]}`, ...labels })}} ${upTo}`;
  });
  const own = labelText(labels);
  return [
    ...buckets,
    `${durationName}_bucket{${labelText({ le: "+Inf", ...labels })}} ${count}`,
    `${durationName}_sum{${own}} ${sum}`,
    `${durationName}_count{${own}} ${count}`,
  ];
}

function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(",");
}

function escaped(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}

function sorted<T>(byLabels: ReadonlyMap<string, T>): readonly (readonly [labels: string, T])[] {
  return [...byLabels].sort(([one], [other]) => (one < other ? -1 : 1));
}
