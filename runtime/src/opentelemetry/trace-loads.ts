import { isPromise } from "node:util/types";
import { context, type Span, SpanStatusCode, type Tracer, trace } from "@opentelemetry/api";
import { aroundLoads } from "../observe/around-loads.ts";

/** Makes each call of a loader a span, in whose context the loader runs. */
export function traceLoads(tracer: Tracer): () => void {
  return aroundLoads((call, run) => {
    const span = tracer.startSpan(`load ${call.cache}`, {
      attributes: {
        "cachetory.cache": call.cache,
        "cachetory.backend": call.backend,
        "cachetory.operation": call.operation,
        "cachetory.load.keys": call.keyCount,
        ...(call.pattern !== undefined && { "cachetory.key.pattern": call.pattern }),
      },
    });
    return context.with(trace.setSpan(context.active(), span), () => ending(span, run));
  });
}

/** Ends the span with what `run` answers: at once, or when the promise of it is settled. */
function ending<T>(span: Span, run: () => T): T {
  const done = <R>(result: R): R => {
    span.end();
    return result;
  };
  const failed = (error: unknown): never => {
    // What a loader says of its failure may be about a person, so only its kind is told.
    span.setAttribute("error.type", error instanceof Error ? error.name : typeof error);
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
    throw error;
  };
  let result: T;
  try {
    result = run();
  } catch (error) {
    return failed(error);
  }
  // A promise of the same.
  return isPromise(result) ? (result.then(done, failed) as T) : done(result);
}
