import type { Backend } from "../backends/backend.ts";
import type { SyncBackend } from "../backends/sync-backend.ts";
import type { LifeMs } from "./ttl.ts";

/** What is to be stored under a key, and for how long. */
export type LivingEntry = readonly [text: string, stored: unknown, lifeMs: LifeMs];

/** The same, with what the read before a load has left, where storing is guarded. */
export type StorableEntry = readonly [...LivingEntry, guard: string | undefined];

/** The same for a backend: `undefined` for ever. */
type StoredEntry = readonly [text: string, stored: unknown, ttlMs: number | undefined];

/**
 * Stores entries that have a lifetime each: in one step where the backend can, else in one for each lifetime. What is over
 * already is deleted, or left alone with `ifNotExists`. Sends before it waits.
 */
export async function storeEach(
  backend: Backend,
  entries: readonly LivingEntry[],
  ifNotExists: boolean,
): Promise<void> {
  const { over, living } = parted(entries);
  const sent: Promise<unknown>[] = [];
  if (over.length > 0 && !ifNotExists) sent.push(backend.deleteMany(over));
  if (living.length > 0) sent.push(storeLiving(backend, living, ifNotExists));
  await Promise.all(sent);
}

/** As `storeEach`, without promises, whatever is there. */
export function storeEachSync(backend: SyncBackend, entries: readonly LivingEntry[]): void {
  const { over, living } = parted(entries);
  if (over.length > 0) backend.deleteMany(over);
  const lifetimes = byLifetime(living);
  if (lifetimes.size > 1 && backend.setManyEach !== undefined) backend.setManyEach(living, false);
  else for (const [ttlMs, group] of lifetimes) backend.setMany(group, ttlMs);
}

function storeLiving(backend: Backend, entries: readonly StoredEntry[], ifNotExists: boolean): Promise<unknown> {
  const lifetimes = byLifetime(entries);
  // One lifetime has commands of its own, which are quicker.
  if (lifetimes.size > 1 && backend.setManyEach !== undefined) return backend.setManyEach(entries, ifNotExists);
  return Promise.all([...lifetimes].map(([ttlMs, group]) => storeAlike(backend, group, ttlMs, ifNotExists)));
}

function storeAlike(
  backend: Backend,
  entries: readonly (readonly [text: string, stored: unknown])[],
  ttlMs: number | undefined,
  ifNotExists: boolean,
): Promise<unknown> {
  if (entries.length > 1) {
    if (!ifNotExists) return backend.setMany(entries, ttlMs);
    if (backend.setManyIfAbsent !== undefined) return backend.setManyIfAbsent(entries, ttlMs);
  }
  return Promise.all(entries.map(([text, stored]) => backend.set(text, stored, { ttlMs, ifNotExists })));
}

function parted(entries: readonly LivingEntry[]): { over: readonly string[]; living: readonly StoredEntry[] } {
  const over: string[] = [];
  const living: StoredEntry[] = [];
  for (const [text, stored, lifeMs] of entries) {
    if (lifeMs === "forever") living.push([text, stored, undefined]);
    else if (lifeMs > 0) living.push([text, stored, lifeMs]);
    else over.push(text);
  }
  return { over, living };
}

function byLifetime(entries: readonly StoredEntry[]): ReadonlyMap<number | undefined, (readonly [string, unknown])[]> {
  const lifetimes = new Map<number | undefined, (readonly [string, unknown])[]>();
  for (const [text, stored, ttlMs] of entries) {
    const group = lifetimes.get(ttlMs);
    if (group === undefined) lifetimes.set(ttlMs, [[text, stored]]);
    else group.push([text, stored]);
  }
  return lifetimes;
}
