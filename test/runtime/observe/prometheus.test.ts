import { Cache, json, MemoryBackend } from "@cachetory/runtime";
import { PrometheusMetrics } from "@cachetory/runtime/prometheus";
import { ControlledBackend, FakeClock } from "@cachetory/runtime/testing";
import { Counter, Histogram, Registry } from "prom-client";
import { expect, onTestFinished, test, vi } from "vitest";

function metricsOfTest(): PrometheusMetrics {
  const metrics = new PrometheusMetrics();
  onTestFinished(() => metrics.close());
  return metrics;
}

function cacheOf(name: string, backend = new ControlledBackend()): Cache<string, number> {
  return new Cache<string, number>({ name, backend, backendName: "shared", serializer: json() });
}

/** The lines of one metric, without those that describe it. */
function linesOf(text: string, metric: string): readonly string[] {
  return text.split("\n").filter((line) => line.startsWith(metric));
}

test("counts by cache, and misses by their reason", async () => {
  vi.spyOn(process, "emitWarning").mockImplementation(() => {});
  const metrics = metricsOfTest();
  const backend = new ControlledBackend();
  const prices = cacheOf("prices", backend);
  await prices.setMany(Object.entries({ a: 1, b: 2 }));
  await prices.get("a");
  await prices.get("c");
  await cacheOf("stock").get("a");
  await prices.delete("a");
  backend.fail("get");
  await prices.get("a");
  expect(linesOf(metrics.text(), "cachetory_")).toEqual([
    'cachetory_hits_total{cache="prices"} 1',
    'cachetory_misses_total{cache="prices",reason="absent"} 1',
    'cachetory_misses_total{cache="prices",reason="error"} 1',
    'cachetory_misses_total{cache="stock",reason="absent"} 1',
    'cachetory_stores_total{cache="prices"} 2',
    'cachetory_invalidations_total{cache="prices"} 1',
    'cachetory_errors_total{cache="prices",kind="read"} 1',
    'cachetory_outages_total{backend="shared"} 1',
  ]);
});

test("is the very text that prom-client makes of the same numbers", async () => {
  const metrics = metricsOfTest();
  const registry = new Registry();
  const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
  const loads = new Counter({
    name: "cachetory_loads_total",
    help: "Calls of loaders.",
    labelNames: ["cache"],
    registers: [registry],
  });
  const errors = new Counter({
    name: "cachetory_errors_total",
    help: "What failed, by its kind: read, load, store, invalidation, lifetime.",
    labelNames: ["cache", "kind"],
    registers: [registry],
  });
  const duration = new Histogram({
    name: "cachetory_load_duration_seconds",
    help: "How long calls of loaders took, those that failed included.",
    labelNames: ["cache"],
    buckets,
    registers: [registry],
  });
  using clock = new FakeClock();
  // What a label may hold, and how long a load may take: on a boundary, between two, beyond the last.
  const hostile = 'quo"te \\ line\nend';
  for (const [index, tookMs] of [1, 3, 250, 20_000].entries()) {
    await cacheOf(hostile).getOrSet(`${index}`, () => {
      clock.advance({ ms: tookMs });
      return 1;
    });
    loads.inc({ cache: hostile });
    duration.observe({ cache: hostile }, tookMs / 1000);
  }
  const failing = cacheOf(hostile).getOrSet("e", () => {
    throw new Error("down");
  });
  await expect(failing).rejects.toThrow("down");
  loads.inc({ cache: hostile });
  errors.inc({ cache: hostile, kind: "load" });
  duration.observe({ cache: hostile }, 0);
  const expected = (await registry.metrics()).split("\n").filter((line) => line !== "");
  const told = metrics.text().split("\n");
  expect(told.filter((line) => expected.includes(line))).toEqual(expected);
});

test("every metric is described, and every line is one of the format", async () => {
  const metrics = metricsOfTest();
  await cacheOf("a").getOrSet("a", () => 1);
  const text = metrics.text();
  expect(text.endsWith("\n")).toBe(true);
  const line =
    /^(?:# HELP [a-z_]+ .+|# TYPE [a-z_]+ (?:counter|histogram)|[a-z_]+\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\} [0-9.e+-]+)$/;
  for (const each of text.trimEnd().split("\n")) expect(each).toMatch(line);
  const described = [...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name);
  const named = [...text.matchAll(/^([a-z_]+)\{/gm)].map(([, name = ""]) => name.replace(/_(?:bucket|sum|count)$/, ""));
  expect(described).toHaveLength(13);
  expect(described).toEqual(expect.arrayContaining(named));
});

test("evictions are those of a backend", async () => {
  const metrics = metricsOfTest();
  const backend = new MemoryBackend({ maxEntries: 1 });
  const cache = new Cache<string, number>({ backend, backendName: "local", serializer: json() });
  await cache.setMany(Object.entries({ a: 1, b: 2 }));
  expect(linesOf(metrics.text(), "cachetory_evictions")).toEqual(['cachetory_evictions_total{backend="local"} 1']);
});

test("after close nothing is counted, and the text stays", async () => {
  const metrics = new PrometheusMetrics();
  const cache = cacheOf("prices");
  await cache.get("a");
  const text = metrics.text();
  {
    using closed = metrics;
    expect(closed.text()).toBe(text);
  }
  await cache.get("a");
  expect(metrics.text()).toBe(text);
});
