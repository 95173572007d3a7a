import { nameOfBackend } from "../observe/backend-names.ts";
import { publish } from "../observe/channels.ts";

/** A backend, with promises or without. */
interface Named {
  readonly name: string;
}

/** What is wrong with a backend, and since when. */
export interface Outage {
  readonly state: "down" | "refusing";
  /** Milliseconds since 1970. */
  readonly sinceMs: number;
  readonly error: unknown;
}

const out = new WeakMap<Named, Outage>();
const refusing = new WeakMap<Named, Outage>();

/** What is wrong with a backend, as far as caches have seen. */
export function outageOf(backend: Named): Outage | undefined {
  return out.get(backend) ?? refusing.get(backend);
}

/** Says once for each outage that a backend does not answer; reads meanwhile are misses. */
export function noteFailure(backend: Named, error: unknown): void {
  if (out.has(backend)) return;
  begin(out, backend, "down", error);
  warn(`The cache backend ${backend.name} does not answer, reads are misses until it does.`, error);
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
  begin(refusing, backend, "refusing", error);
  warn(`The cache backend ${backend.name} does not store, what is loaded is not kept until it does.`, error);
}

export function noteStored(backend: Named): void {
  if (refusing.delete(backend)) tellUp(backend);
}

function begin(outages: WeakMap<Named, Outage>, backend: Named, state: Outage["state"], error: unknown): void {
  outages.set(backend, { state, sinceMs: Date.now(), error });
  publish("outage", () => ({ backend: nameOfBackend(backend), state, error }));
}

function tellUp(backend: Named): void {
  publish("outage", () => ({ backend: nameOfBackend(backend), state: "up", error: undefined }));
}

function warn(what: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  process.emitWarning(`${what} ${reason}`, { type: "CachetoryWarning", code: "CACHETORY_UNAVAILABLE" });
}
