import { aroundLoads, Cache, type CacheOptions, json, MemoryBackend, SyncCache } from "@cachetory/runtime";
import { instrumentCaches } from "@cachetory/runtime/opentelemetry";
import { ControlledBackend } from "@cachetory/runtime/testing";
import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";

const options = (backend = new ControlledBackend()): CacheOptions<{ readonly id: number }, number> => ({
  name: "stock",
  backend,
  backendName: "shared",
  pattern: { segments: ["stock:", { name: "id", type: "int" }] },
  keyText: ({ id }) => `stock:${id}`,
  serializer: json(),
});

beforeEach(() => {
  vi.spyOn(process, "emitWarning").mockImplementation(() => {});
});

describe("metrics", () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  // Read when a test wants to, and not in a minute.
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const meterProvider = new MeterProvider({ readers: [reader] });

  afterAll(() => meterProvider.shutdown());

  test("are counters and a histogram, with attributes that do not grow with the number of keys", async () => {
    const backend = new ControlledBackend();
    const cache = new Cache(options(backend));
    const stop = instrumentCaches({ meterProvider });
    await cache.getOrSet({ id: 1 }, () => 5);
    await cache.getMany([{ id: 1 }, { id: 2 }]);
    await cache.deleteMany([{ id: 1 }]);
    backend.fail("set");
    await cache.getOrSet({ id: 3 }, () => 5);
    const small = new Cache<string, number>({
      backend: new MemoryBackend({ maxEntries: 1 }),
      name: "small",
      serializer: json(),
    });
    await small.setMany(Object.entries({ a: 1, b: 2 }));
    stop();
    await cache.get({ id: 1 });
    await reader.forceFlush();
    const metrics = exporter.getMetrics()[0]?.scopeMetrics[0]?.metrics ?? [];
    const counted = metrics.flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map(({ attributes, value }) => [
        descriptor.name,
        descriptor.unit,
        attributes,
        typeof value === "object" ? value.count : value,
      ]),
    );
    const stock = { "cachetory.cache": "stock" };
    expect(counted).toEqual([
      ["cachetory.hits", "{hit}", stock, 1],
      ["cachetory.misses", "{miss}", { ...stock, "cachetory.reason": "absent" }, 3],
      ["cachetory.loads", "{load}", stock, 2],
      ["cachetory.stores", "{entry}", stock, 1],
      ["cachetory.stores", "{entry}", { "cachetory.cache": "small" }, 2],
      ["cachetory.invalidations", "{entry}", stock, 1],
      ["cachetory.evictions", "{entry}", { "cachetory.backend": "memory" }, 1],
      ["cachetory.errors", "{error}", { ...stock, "cachetory.kind": "store" }, 1],
      ["cachetory.load.duration", "s", stock, 2],
    ]);
    const [duration] = metrics.filter(({ descriptor }) => descriptor.name === "cachetory.load.duration");
    expect(duration?.dataPoints[0]?.value).toMatchObject({
      buckets: { boundaries: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] },
    });
  });
});

describe("spans", () => {
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  let stop = (): void => {};

  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  });
  afterAll(async () => {
    context.disable();
    await tracerProvider.shutdown();
  });
  beforeEach(() => {
    exporter.reset();
    stop = instrumentCaches({ tracerProvider, spans: true });
  });
  afterEach(() => stop());

  test("are loads, within what is under way; what the loader does is within them", async () => {
    const cache = new Cache(options());
    const tracer = tracerProvider.getTracer("test");
    await tracer.startActiveSpan("request", async (request) => {
      await cache.getOrSet({ id: 424_242 }, async () => {
        await new Promise(setImmediate);
        tracer.startSpan("query").end();
        return 5;
      });
      request.end();
    });
    const [query, load, request] = exporter.getFinishedSpans();
    expect([query?.name, load?.name, request?.name]).toEqual(["query", "load stock", "request"]);
    expect(query?.parentSpanContext?.spanId).toBe(load?.spanContext().spanId);
    expect(load?.parentSpanContext?.spanId).toBe(request?.spanContext().spanId);
    expect(load?.attributes).toEqual({
      "cachetory.cache": "stock",
      "cachetory.backend": "shared",
      "cachetory.operation": "getOrSet",
      "cachetory.load.keys": 1,
      "cachetory.key.pattern": "stock:{id}",
    });
    expect(JSON.stringify([load?.attributes, load?.name])).not.toContain("424242");
  });

  test("of a load that fails have its kind, and not its message", async () => {
    const failing = new Cache(options()).getOrSetMany([{ id: 1 }, { id: 2 }], () => {
      throw new TypeError("about a person");
    });
    await expect(failing).rejects.toThrow(TypeError);
    const [span] = exporter.getFinishedSpans();
    expect(span?.status).toEqual({ code: SpanStatusCode.ERROR });
    expect(span?.attributes).toMatchObject({ "error.type": "TypeError", "cachetory.load.keys": 2 });
    expect(span?.events).toEqual([]);
  });

  test("of caches without promises end with the call", () => {
    const cache = new SyncCache({ ...options(), backend: new MemoryBackend() });
    let active: string | undefined;
    cache.refresh({ id: 1 }, () => {
      active = trace.getActiveSpan()?.spanContext().spanId;
      return 5;
    });
    const fail = (): number => {
      throw new Error("down");
    };
    expect(() => cache.getOrSet({ id: 2 }, fail)).toThrow("down");
    expect(exporter.getFinishedSpans().map(({ status }) => status.code)).toEqual([
      SpanStatusCode.UNSET,
      SpanStatusCode.ERROR,
    ]);
    expect(exporter.getFinishedSpans()[0]?.spanContext().spanId).toBe(active);
  });

  test("are none after the end, nor where they are not asked for", async () => {
    const cache = new Cache(options());
    stop();
    await cache.getOrSet({ id: 1 }, () => 5);
    stop = instrumentCaches({ tracerProvider });
    await cache.getOrSet({ id: 2 }, () => 5);
    expect(exporter.getFinishedSpans()).toEqual([]);
  });
});

test("loads run within every function that is put around them, what came last outermost", async () => {
  const cache = new Cache(options());
  const steps: string[] = [];
  const ends = ["inner", "outer"].map((name) =>
    aroundLoads((call, run) => {
      steps.push(`${name}: ${call.operation} of ${call.keyCount}`);
      return run();
    }),
  );
  expect(await cache.getOrSet({ id: 1 }, () => 5)).toBe(5);
  for (const end of ends) end();
  await cache.getOrSet({ id: 2 }, () => 5);
  expect(steps).toEqual(["outer: getOrSet of 1", "inner: getOrSet of 1"]);
});
