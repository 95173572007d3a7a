import { nameOfBackend } from "../observe/backend-names.ts";
import { publish } from "../observe/channels.ts";

/** A backend, with promises or without. */
interface Named {
  readonly name: string;
}

const out = new WeakSet<Named>();
const refusing = new WeakSet<Named>();

/** Says once for each outage that a backend does not answer; reads meanwhile are misses. */
export function noteFailure(backend: Named, error: unknown): void {
  if (out.has(backend)) return;
  out.add(backend);
  warn(`The cache backend ${backend.name} does not answer, reads are misses until it does.`, error);
  publish("outage", () => ({ backend: nameOfBackend(backend), state: "down", error }));
}

/** The next failure is a new outage. */
export function noteAnswer(backend: Named): void {
  if (out.delete(backend)) tellUp(backend);
}

/**
 * Says once that a backend does not store what was loaded, until it does again. It may answer every read meanwhile: a
 * Redis that is full, or a replica.
 */
export function noteRefusal(backend: Named, error: unknown): void {
  if (out.has(backend) || refusing.has(backend)) return;
  refusing.add(backend);
  warn(`The cache backend ${backend.name} does not store, what is loaded is not kept until it does.`, error);
  publish("outage", () => ({ backend: nameOfBackend(backend), state: "refusing", error }));
}

export function noteStored(backend: Named): void {
  if (refusing.delete(backend)) tellUp(backend);
}

function tellUp(backend: Named): void {
  publish("outage", () => ({ backend: nameOfBackend(backend), state: "up", error: undefined }));
}

function warn(what: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  process.emitWarning(`${what} ${reason}`, { type: "CachetoryWarning", code: "CACHETORY_UNAVAILABLE" });
}
