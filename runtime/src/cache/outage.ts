// Not the global one, which tests replace together with the clock.
import { setTimeout } from "node:timers";
import { AwaitingDeletion } from "../backends/awaiting-deletion.ts";
import { nameOfBackend } from "../observe/backend-names.ts";
import { publish } from "../observe/channels.ts";

/** A backend, with promises or without. */
interface Named {
  readonly name: string;
  /** Who answers in the end: several caches may have something of their own in front of it. */
  readonly behind?: Named | undefined;
}

/** What is wrong with a backend, and since when. */
export interface Outage {
  readonly state: "down" | "refusing";
  /** Milliseconds since 1970. */
  readonly sinceMs: number;
  readonly error: unknown;
}

/** By then a server that does not answer is left alone, and nobody waits for it. */
const warningDelayMs = 100;

const out = new WeakMap<Named, Outage>();
const refusing = new WeakMap<Named, Outage>();

/** What is wrong with a backend, as far as caches have seen. */
export function outageOf(asked: Named): Outage | undefined {
  const backend = answering(asked);
  return out.get(backend) ?? refusing.get(backend);
}

/** Says once for each outage that a backend does not answer; reads meanwhile are misses. */
export function noteFailure(asked: Named, error: unknown): void {
  const backend = answering(asked);
  if (out.has(backend) || error instanceof AwaitingDeletion) return;
  begin(out, backend, "down", error);
  warn(`The cache backend ${backend.name} does not answer, reads are misses until it does.`, error);
}

/** The next failure is a new outage. */
export function noteAnswer(asked: Named): void {
  const backend = answering(asked);
  if (out.delete(backend)) tellUp(backend);
}

/**
 * Says once that a backend does not store what was loaded, until it does again. It may answer every read meanwhile: a
 * Redis that is full, or a replica.
 */
export function noteRefusal(asked: Named, error: unknown): void {
  const backend = answering(asked);
  if (out.has(backend) || refusing.has(backend)) return;
  begin(refusing, backend, "refusing", error);
  warn(`The cache backend ${backend.name} does not store, what is loaded is not kept until it does.`, error);
}

export function noteStored(asked: Named): void {
  const backend = answering(asked);
  if (refusing.delete(backend)) tellUp(backend);
}

function begin(outages: WeakMap<Named, Outage>, backend: Named, state: Outage["state"], error: unknown): void {
  outages.set(backend, { state, sinceMs: Date.now(), error });
  publish("outage", () => ({ backend: nameOfBackend(backend), state, error }));
}

function answering(asked: Named): Named {
  return asked.behind ?? asked;
}

function tellUp(backend: Named): void {
  publish("outage", () => ({ backend: nameOfBackend(backend), state: "up", error: undefined }));
}

function warn(what: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  // The first one of a process takes up to ten milliseconds: calls that wait for the backend shall not wait for that as well.
  setTimeout(() => {
    process.emitWarning(`${what} ${reason}`, { type: "CachetoryWarning", code: "CACHETORY_UNAVAILABLE" });
  }, warningDelayMs);
}
