import type { Backend } from "../backends/backend.ts";

const out = new WeakSet<Backend>();

/** Says once for each outage that a backend does not answer; reads meanwhile are misses. */
export function noteFailure(backend: Backend, error: unknown): void {
  if (out.has(backend)) return;
  out.add(backend);
  const reason = error instanceof Error ? error.message : String(error);
  process.emitWarning(`The cache backend ${backend.name} does not answer, reads are misses until it does. ${reason}`, {
    type: "CachetoryWarning",
    code: "CACHETORY_UNAVAILABLE",
  });
}

/** The next failure is a new outage. */
export function noteAnswer(backend: Backend): void {
  out.delete(backend);
}
