import type { Backend } from "../backends/backend.ts";

const out = new WeakSet<Backend>();
const refusing = new WeakSet<Backend>();

/** Says once for each outage that a backend does not answer; reads meanwhile are misses. */
export function noteFailure(backend: Backend, error: unknown): void {
  if (out.has(backend)) return;
  out.add(backend);
  warn(`The cache backend ${backend.name} does not answer, reads are misses until it does.`, error);
}

/** The next failure is a new outage. */
export function noteAnswer(backend: Backend): void {
  out.delete(backend);
}

/**
 * Says once that a backend does not store what was loaded, until it does again. It may answer every read meanwhile: a
 * Redis that is full, or a replica.
 */
export function noteRefusal(backend: Backend, error: unknown): void {
  if (out.has(backend) || refusing.has(backend)) return;
  refusing.add(backend);
  warn(`The cache backend ${backend.name} does not store, what is loaded is not kept until it does.`, error);
}

export function noteStored(backend: Backend): void {
  refusing.delete(backend);
}

function warn(what: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  process.emitWarning(`${what} ${reason}`, { type: "CachetoryWarning", code: "CACHETORY_UNAVAILABLE" });
}
