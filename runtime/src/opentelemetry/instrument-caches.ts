import { type MeterProvider, metrics, type TracerProvider, trace } from "@opentelemetry/api";
import { measureWith } from "./measure-with.ts";
import { traceLoads } from "./trace-loads.ts";

/** Options of {@link instrumentCaches}. */
export interface InstrumentCachesOptions {
  /** Default: the global one, which must have been set by then. */
  readonly meterProvider?: MeterProvider | undefined;
  /** Default: the global one. */
  readonly tracerProvider?: TracerProvider | undefined;
  /** Whether each call of a loader becomes a span, of which what the loader does is a part. Default `false`. */
  readonly spans?: boolean | undefined;
}

const scope = "@cachetory/runtime";

/**
 * Reports what happens in all caches of the process to OpenTelemetry: counters and the duration of loads, and spans of
 * loads where that is asked for. Attributes are names of caches and backends, and words of a fixed set; never keys.
 *
 * @returns ends it
 *
 * @example
 * ```ts
 * const stop = instrumentCaches({ spans: true });
 * ```
 */
export function instrumentCaches(options: InstrumentCachesOptions = {}): () => void {
  const { meterProvider = metrics.getMeterProvider(), tracerProvider = trace.getTracerProvider(), spans } = options;
  const stopMeasuring = measureWith(meterProvider.getMeter(scope));
  const stopTracing = spans === true ? traceLoads(tracerProvider.getTracer(scope)) : undefined;
  return () => {
    stopMeasuring();
    stopTracing?.();
  };
}
