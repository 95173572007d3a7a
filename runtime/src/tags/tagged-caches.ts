import type { Backend } from "../backends/backend.ts";
import type { Tag } from "./tag.ts";

/** A cache that must know what is invalidated while it loads. */
export interface TaggedCache {
  /** Put before all keys of the backend's caches, and so of their tags. */
  readonly prefix: string;
  /** Loads under way of entries that may have one of these tags answer, and do not store. */
  invalidate(tags: readonly Tag[]): void;
}

/** The caches of this process by the backend that answers them. */
const byBackend = new WeakMap<Backend, Set<TaggedCache>>();

export function joinTagged(backend: Backend, cache: TaggedCache): void {
  const answering = backend.behind ?? backend;
  const caches = byBackend.get(answering) ?? new Set();
  byBackend.set(answering, caches.add(cache));
}

export function leaveTagged(backend: Backend, cache: TaggedCache): void {
  byBackend.get(backend.behind ?? backend)?.delete(cache);
}

/** Those whose entries may have tags of this prefix. */
export function taggedBeside(backend: Backend, prefix: string): readonly TaggedCache[] {
  return [...(byBackend.get(backend.behind ?? backend) ?? [])].filter((cache) => cache.prefix === prefix);
}
